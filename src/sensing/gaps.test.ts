/** Holes in the data: what happened in there is told by the levels on both sides, unless the scales began anew. */
import { expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
import type { PlateBatch, WeightStep } from '../domain/index.ts';
import { Scene, SCENE_STARTS_AT_MS } from '../../test/reference/index.ts';
import { createPlateSensing, reportSilentFixtures, sensePlates, SENSING_SETTINGS } from './index.ts';
import type { PlateSensing } from './index.ts';

interface Heard {
  readonly sensing: PlateSensing;
  readonly steps: readonly WeightStep[];
}

/** The scene without what lies in the hole; the fixture is told silent in it, as the engine does. */
function hear(scene: Scene, [fromMs, toMs]: readonly [number, number]): Heard {
  const sensing = createPlateSensing(scene.layout, SENSING_SETTINGS);
  const last = new Map<string, readonly WeightStep[]>();
  const sink = {
    interaction: (found: { interactionId: string; steps: readonly WeightStep[] }) =>
      last.set(found.interactionId, found.steps),
    plateReport: () => undefined,
  };
  const sinceStartMs = ({ observedAtMs }: PlateBatch): number => observedAtMs - SCENE_STARTS_AT_MS;
  const batches = scene.batches();
  for (const batch of batches.filter((each) => sinceStartMs(each) < fromMs))
    sensePlates(sensing, batch, sink);
  reportSilentFixtures(sensing, epochMs(SCENE_STARTS_AT_MS + toMs), sink);
  for (const batch of batches.filter((each) => sinceStartMs(each) > toMs)) sensePlates(sensing, batch, sink);
  return { sensing, steps: [...last.values()].flat() };
}

const HOLE = [20_000, 80_000] as const;

test('what was taken while the fixture was silent is told when it is back', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const scene = new Scene({ seconds: 100, plates: 4, seed, noiseGrams: 0.5 });
    scene.take(1, 40_000, -330);
    const { steps } = hear(scene, HOLE);
    expect(
      steps.map(({ plateId }) => plateId),
      `seed ${seed}`,
    ).toEqual(['1/1/2']);
    const [step] = steps;
    expect(Math.abs(step!.deltaGrams + 330)).toBeLessThan(3 * step!.sigmaGrams);
    expect(Math.abs(step!.leftAtMs - SCENE_STARTS_AT_MS - HOLE[0])).toBeLessThan(400);
    expect(Math.abs(step!.settledAtMs - SCENE_STARTS_AT_MS - HOLE[1])).toBeLessThan(1000);
    // A minute unseen, at 60 g an hour.
    expect(step!.sigmaGrams).toBeGreaterThan(0.99);
  }
});

test('a hole in which nothing happened tells nothing', () => {
  for (let seed = 1; seed <= 10; seed++)
    expect(hear(new Scene({ seconds: 100, plates: 4, seed }), HOLE).steps, `seed ${seed}`).toEqual([]);
});

test('scales that come back at zero were set to zero: no sales, and what follows is told', () => {
  const scene = new Scene({ seconds: 100, plates: 4, seed: 5, levelGrams: 2000 });
  for (let column = 0; column < 4; column++) scene.add(column, { fromMs: 50_000 }, () => -2000);
  scene.take(2, 90_000, -150);
  const { steps, sensing } = hear(scene, HOLE);
  expect(sensing.counters.tares).toBe(1);
  expect(steps.map(({ plateId }) => plateId)).toEqual(['1/1/3']);
  expect(Math.abs(steps[0]!.deltaGrams + 150)).toBeLessThan(5);
});

test('one plate that was emptied in a hole is no tare', () => {
  const scene = new Scene({ seconds: 100, plates: 4, seed: 6, levelGrams: 2000 });
  scene.bareStep(2, 50_000, -2000);
  const { steps, sensing } = hear(scene, HOLE);
  expect(sensing.counters.tares).toBe(0);
  expect(steps.map(({ plateId }) => plateId)).toEqual(['1/1/3']);
});
