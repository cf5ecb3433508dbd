/** The live baskets over time: the probability of every line, and what the screen calls sure. */
import { FUSION_SETTINGS } from '../../src/fusion/index.ts';
import { BLUE, drawn, GREEN, GREY, ORANGE, PURPLE, rounded, words } from './draw.ts';
import type { Picture } from './draw.ts';
import type { Followed } from './follow.ts';
import type { Scene } from './scenes.ts';
import { nameOf } from './terms.ts';

const COLOURS = [BLUE, ORANGE, GREEN, PURPLE, GREY];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross'];
/** A basket that is silent for longer than this about a product does not have it. */
const GAP_S = 0.25;
const SHOWN_MIN = 0.02;
/** Shapes stand at every so many looks. */
const DOT_EVERY = 8;
/** Before this nobody has taken anything. */
const BEGINS_AT_S = 6.5;

interface Point {
  readonly x: number;
  readonly p: number | null;
  readonly visit: string;
  readonly product: string;
}

/** The lines of one visit and product, with a break where nothing is told. */
function pointsOf(scene: Scene, run: Followed): Point[] {
  const lines = Map.groupBy(run.told, ({ visitId, productId }) => `${visitId} ${productId}`);
  return [...lines.values()].flatMap((told) => {
    const { visitId: visit, productId } = told[0]!;
    if (Math.max(...told.map(({ probability }) => probability)) < SHOWN_MIN) return [];
    const product = nameOf(scene.store, productId);
    return told.flatMap(({ s, probability }, index): Point[] => {
      const before = told[index - 1];
      const point = { x: rounded(s, 2), p: rounded(probability, 3), visit, product };
      return before && s - before.s > GAP_S
        ? [{ ...point, x: rounded(before.s + 0.05, 2), p: null }, point]
        : [point];
    });
  });
}

export interface Marked {
  readonly s: number;
  readonly text: string;
}

interface Shown {
  readonly products: readonly string[];
  readonly endsAtS: number;
  readonly marked: readonly Marked[];
}

const PROBABILITY = {
  field: 'p',
  type: 'quantitative',
  title: 'P(line)',
  axis: { format: '.0%', tickCount: 5 },
  scale: { domain: [0, 1.08], nice: false },
};

/** What `sure` is, and when something happened to the tea: words left of the first moment and right of the second. */
function groundLayers({ marked }: Shown, x: object): object[] {
  return [
    {
      data: { values: [{ y: FUSION_SETTINGS.sureProbability, y2: 1.08 }] },
      mark: { type: 'rect', color: '#e3f1ea' },
      encoding: { y: { ...PROBABILITY, field: 'y' }, y2: { field: 'y2' } },
    },
    {
      data: { values: marked.map(({ s }) => ({ x: rounded(s, 2) })) },
      mark: { type: 'rule', color: GREY, strokeDash: [4, 3] },
      encoding: { x },
    },
    words('sure', { x: BEGINS_AT_S + 0.1, y: 1.02 }, { color: '#1b6b47' }),
    words('being checked', { x: BEGINS_AT_S + 0.1, y: 0.88 }, { color: GREY }),
    ...marked.map(({ s, text }, index) =>
      words(
        text,
        { x: rounded(s + (index === 0 ? -0.1 : 0.1), 2), y: 0.07 },
        { color: GREY, align: index === 0 ? 'right' : 'left' },
      ),
    ),
  ];
}

function lineLayers(own: readonly Point[], { products }: Shown, x: object): object[] {
  const by = (range: readonly string[]): object => {
    const scale = { domain: products, range: range.slice(0, products.length) };
    return { field: 'product', type: 'nominal', scale, title: null };
  };
  const broken = { interpolate: 'step-after', invalid: 'break-paths-show-domains' };
  return [
    {
      data: { values: own },
      mark: { type: 'line', strokeWidth: 2.2, ...broken },
      encoding: { x, y: PROBABILITY, color: by(COLOURS) },
    },
    {
      data: { values: own.filter(({ p }, index) => p !== null && index % DOT_EVERY === 0) },
      mark: { type: 'point', filled: true, size: 45, opacity: 1 },
      encoding: { x, y: PROBABILITY, color: by(COLOURS), shape: by(SHAPES) },
    },
  ];
}

function panelOf(visit: string, points: readonly Point[], shown: Shown): object {
  const x = {
    field: 'x',
    type: 'quantitative',
    title: 'seconds from the start of the recording',
    scale: { domain: [BEGINS_AT_S, shown.endsAtS], nice: false },
  };
  const own = points.filter((point) => point.visit === visit);
  const layer = [...groundLayers(shown, x), ...lineLayers(own, shown, x)];
  return { title: `Basket of ${visit}`, width: 640, height: 170, layer };
}

export async function basketPicture(
  scene: Scene,
  run: Followed,
  marked: readonly Marked[],
): Promise<Picture> {
  const points = pointsOf(scene, run);
  const products = [...new Set(points.map(({ product }) => product))];
  const endsAtS = Math.ceil(Math.max(...points.map(({ x }) => x)));
  const vconcat = ['visit-1', 'visit-2'].map((visit) =>
    panelOf(visit, points, { products, endsAtS, marked }),
  );
  const alt =
    'Two live baskets over time: green tea stands in both with about a half each and is being checked; when one of the two puts it back it leaves both baskets, and the other one’s share of it falls to nothing seconds after the event it is about';
  return drawn({ fileName: 'inference-baskets.svg', alt }, { vconcat, spacing: 24 });
}
