/** Nothing happened: noise of every kind, drift, a changed machine nearby. */
import { expect, test } from 'vitest';
import { openContacts } from './index.ts';
import { Scene, sensed } from '../../test/reference/index.ts';

const HOUR_S = 3600;
/** One plate of each kind that was seen, the worst with 7 g. */
const NOISES = [0.3, 0.5, 0.8, 1, 1.2, 1.5, 1.8, 2, 3, 4, 5.5, 7];

test('an hour of noise on 12 plates: no step', () => {
  for (const seed of [1, 2]) {
    const scene = new Scene({ seconds: HOUR_S, seed, noiseGrams: NOISES });
    const found = sensed(scene.layout, scene.batches(), { isCut: true });
    expect(found.told).toEqual([]);
    expect(found.reports).toEqual([]);
    expect(openContacts(found.sensing)).toEqual([]);
    // Unknown noise may open contacts at first; once it is learnt the shelf rests.
    expect(found.sensing.counters.emptyContacts).toBeLessThan(6);
  }
});

test('two hours of drift, 60 g an hour: no step', () => {
  const scene = new Scene({ seconds: 2 * HOUR_S, seed: 3, plates: 4, driftGramsPerHour: 60 });
  const found = sensed(scene.layout, scene.batches(), { isCut: true });
  expect(found.told).toEqual([]);
  const level = found.sensing.plates.level[0]!;
  expect(Math.abs(level - scene.grams.at(-4)!)).toBeLessThan(6);
});

test('a compressor starts: its noise holds contact for a while, not for ever, and steps are still found', () => {
  for (const hz of [0, 3, 11, 25]) {
    const scene = new Scene({ seconds: 180, plates: 4, seed: 5 + hz });
    for (let column = 0; column < 4; column++) {
      const phase = scene.random.uniform() * 6;
      scene.add(column, { fromMs: 20_000 }, (ms) =>
        hz === 0 ? 9 * scene.random.normal() : 12 * Math.sin((2 * Math.PI * hz * ms) / 1000 + phase),
      );
    }
    scene.take(1, 150_000, -400);
    let calmAtMs = 0;
    const found = sensed(scene.layout, scene.batches(), {
      after: (sensing, batch) => {
        if (calmAtMs === 0 && batch.sequence * 200 > 21_000 && openContacts(sensing).length === 0)
          calmAtMs = batch.sequence * 200;
      },
    });
    expect(calmAtMs, `${hz} Hz`).toBeGreaterThan(0);
    expect(calmAtMs, `${hz} Hz`).toBeLessThan(60_000);
    const steps = found.stepped.flatMap((each) => each.steps);
    expect(
      steps.map((step) => step.plateId),
      `${hz} Hz`,
    ).toEqual(['1/1/2']);
    expect(Math.abs(steps[0]!.deltaGrams + 400)).toBeLessThan(2 * steps[0]!.sigmaGrams + 1);
  }
});
