/** What may have been moved: the cost of each candidate in nats, by what it comes from. */
import { BLUE, drawn, GREEN, INK, ORANGE, rounded } from './draw.ts';
import type { Picture } from './draw.ts';
import type { Terms } from './terms.ts';

const SHOWN = 8;
const PARTS = ['weight', 'place', 'count or oddity'];

export async function outcomePicture(terms: readonly Terms[]): Promise<Picture> {
  const shown = terms.slice(0, SHOWN);
  const best = shown[0]!.total;
  const sort = shown.map(({ name }) => name);
  const values = shown.flatMap(({ name, weight, place, rarity }) =>
    [weight, place, rarity].map((nats, index) => ({
      name,
      part: PARTS[index]!,
      order: index,
      nats: rounded(nats, 2),
    })),
  );
  const totals = shown.map(({ name, total }) => ({
    name,
    nats: rounded(total, 2),
    text:
      total === best
        ? `${total.toFixed(1)}: the likeliest`
        : `${total.toFixed(1)}: ${odds(total - best)} times less`,
  }));
  const y = { field: 'name', type: 'nominal', sort, title: null };
  const x = { field: 'nats', type: 'quantitative', scale: { domain: [0, 23], nice: false } };
  const layer = [
    {
      data: { values },
      mark: { type: 'bar', height: 16 },
      encoding: {
        x: { ...x, stack: 'zero', title: '−ln p: shorter is likelier, 2.3 more is ten times less likely' },
        y,
        color: {
          field: 'part',
          scale: { domain: PARTS, range: [BLUE, ORANGE, GREEN] },
          type: 'nominal',
          title: null,
        },
        order: { field: 'order' },
      },
    },
    {
      data: { values: totals },
      mark: { type: 'text', align: 'left', dx: 6, color: INK, fontSize: 12 },
      encoding: { x, y, text: { field: 'text' } },
    },
  ];
  const alt =
    'Bars of minus the log-likelihood of eight candidates for one step: one green tea is the shortest; mint tea from the plate beside it, two oat bars and something unknown are hundreds to ten thousands of times less likely';
  return drawn({ fileName: 'inference-outcomes.svg', alt }, { width: 560, height: { step: 26 }, layer });
}

function odds(nats: number): string {
  const times = Number(Math.exp(nats).toPrecision(2));
  return times.toLocaleString('en-GB', { maximumFractionDigits: 0 });
}
