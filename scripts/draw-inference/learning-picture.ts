/** P(the catalogue is wrong) pick by pick, for a product that stands alone and for one beside a look-alike. */
import { present } from '../../src/base/index.ts';
import { BLUE, drawn, GREY, ORANGE, rounded, words } from './draw.ts';
import type { Picture } from './draw.ts';
import type { Followed } from './follow.ts';
import { productOf } from './scenes.ts';
import type { Scene } from './scenes.ts';

const NAMES = ['Cocoa, alone', 'Lentils, beside Rice of the same weight'];

export interface Doubt {
  readonly name: string;
  readonly pick: number;
  readonly wrong: number;
}

/** After every true pick of the product, and behind how many of them the neighbour's own place stepped. */
export function rowDoubts(
  { recording }: Scene,
  run: Followed,
): { readonly doubts: readonly Doubt[]; readonly neighbourAt: readonly number[] } {
  const doubts: Doubt[] = [];
  const neighbourAt: number[] = [];
  const counts = { Cocoa: 0, Lentils: 0 };
  for (const { productId, plateIds } of recording.moves) {
    const name = (['Cocoa', 'Lentils'] as const).find((each) => productOf(each) === productId);
    if (!name) {
      neighbourAt.push(counts.Lentils + 0.5);
      continue;
    }
    const there = run.rowDoubts.filter(({ attribution }) => attribution.plateIds[0] === plateIds[0]);
    const { wrong } = present(there[counts[name]], 'GUIDE_PICK_WAS_NOT_FOUND');
    const pick = ++counts[name];
    doubts.push({
      name: NAMES[name === 'Cocoa' ? 0 : 1]!,
      pick,
      wrong: rounded(wrong.get(productId) ?? 0, 4),
    });
  }
  return { doubts, neighbourAt };
}

export async function learningPicture(scene: Scene, run: Followed): Promise<Picture> {
  const { doubts, neighbourAt } = rowDoubts(scene, run);
  const x = {
    field: 'pick',
    type: 'quantitative',
    title: 'picks of the product',
    axis: { tickCount: 8, grid: false },
  };
  const y = {
    field: 'wrong',
    type: 'quantitative',
    title: 'P(its catalogue weight is wrong)',
    axis: { format: '.0%', tickCount: 5 },
  };
  const by = { field: 'name', type: 'nominal', sort: NAMES, title: null };
  const layer = [
    {
      data: { values: neighbourAt.map((pick) => ({ pick })) },
      mark: { type: 'rule', color: GREY, strokeDash: [4, 3] },
      encoding: { x },
    },
    {
      data: { values: doubts },
      mark: { type: 'line', strokeWidth: 2.2 },
      encoding: { x, y, color: { ...by, scale: { domain: NAMES, range: [BLUE, ORANGE] } } },
    },
    {
      data: { values: doubts },
      mark: { type: 'point', filled: true, size: 70, opacity: 1 },
      encoding: {
        x,
        y,
        color: { ...by, scale: { domain: NAMES, range: [BLUE, ORANGE] } },
        shape: { ...by, scale: { domain: NAMES, range: ['circle', 'square'] } },
      },
    },
    words('steps at Rice’s own place', { x: neighbourAt.at(-1)!, y: 0.3 }, { dx: 6, color: GREY }),
  ];
  const alt =
    'Probability that a catalogue weight is wrong, pick by pick: for a product that stands alone it is high from the second odd step; beside a neighbour of the same weight it stays low until steps at the neighbour’s own place rule out that the two are swapped';
  return drawn({ fileName: 'inference-learning.svg', alt }, { width: 560, height: 240, layer });
}
