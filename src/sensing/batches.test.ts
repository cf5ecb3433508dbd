/** How samples reach sensing (in which pieces, at which rate, with which holes) is no news about the shelf. */
import { expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
import type { Interaction, PlateBatch } from '../domain/index.ts';
import { Scene, SCENE_STARTS_AT_MS, sensed } from '../../test/reference/index.ts';

/** A busy half minute: a pick, a lean with a pick inside, a bump, two picks at once. */
function busyScene(seed: number, rateHz: number): Scene {
  const scene = new Scene({ seconds: 30, plates: 8, seed, rateHz });
  scene.take(1, 4000, -250);
  scene.lean(5, { fromMs: 8000, toMs: 13_000 }, 900);
  scene.take(3, 10_000, -410);
  scene.bump(17_000, 90);
  scene.take(6, 21_000, -700);
  scene.take(2, 21_300, 180);
  return scene;
}

test('cut into batches of 1, 5, 12 and 37, the same interactions bit for bit', () => {
  for (const seed of [1, 2, 3]) {
    // 50 Hz: 20 ms are a whole number, so that stamps reckoned back from any batch end are the same to the bit.
    const scene = busyScene(seed, 50);
    const wanted = sensed(scene.layout, scene.batches(12));
    expect(wanted.stepped.length).toBeGreaterThan(2);
    for (const batchSamples of [1, 5, 37]) {
      const found = sensed(scene.layout, scene.batches(batchSamples));
      expect(found.told, `${batchSamples}`).toEqual(wanted.told);
      expect(found.sensing.plates).toEqual(wanted.sensing.plates);
      expect(found.sensing.counters).toEqual(wanted.sensing.counters);
    }
  }
});

function withoutTimes(found: readonly Interaction[]): unknown {
  const bare = found.map(({ startedAtMs: _started, endedAtMs: _ended, ...rest }) => rest);
  return bare.map(({ steps, ...rest }) => ({
    ...rest,
    steps: steps.map(({ leftAtMs: _left, settledAtMs: _settled, ...step }) => step),
  }));
}

test('at 60 Hz stamps are rounded: all but the times is the same bit for bit, the times to a microsecond', () => {
  const scene = busyScene(4, 60);
  const wanted = sensed(scene.layout, scene.batches(12)).told;
  for (const batchSamples of [1, 5, 37]) {
    const found = sensed(scene.layout, scene.batches(batchSamples)).told;
    expect(withoutTimes(found)).toEqual(withoutTimes(wanted));
    found.forEach((each, index) => {
      expect(Math.abs(each.endedAtMs - wanted[index]!.endedAtMs)).toBeLessThan(2e-3);
      expect(Math.abs(each.startedAtMs - wanted[index]!.startedAtMs)).toBeLessThan(2e-3);
    });
  }
});

/** The one step that `scene` holds, or the test fails. */
function onlyStep(scene: Scene, batches: readonly PlateBatch[], what: string): Interaction['steps'][number] {
  const steps = sensed(scene.layout, batches).stepped.flatMap((found) => found.steps);
  expect(
    steps.map((step) => step.plateId),
    what,
  ).toEqual(['1/1/4']);
  return steps[0]!;
}

test('rates of 8 to 120 Hz find the step, at its time', () => {
  for (const rateHz of [8, 25, 30, 33, 64, 120]) {
    const scene = new Scene({ seconds: 70, plates: 6, seed: rateHz, rateHz });
    scene.lean(3, { fromMs: 3000, toMs: 55_000 }, 250);
    scene.take(3, 8000, -400);
    const steps = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
    const taken = steps.find((step) => Math.abs(step.deltaGrams + 400) < 60);
    expect(taken, `${rateHz} Hz`).toBeDefined();
    // The lean ends 47 s later: a block taken for 100 ms where it is 94 would be seconds off by then.
    expect(Math.abs(taken!.settledAtMs - SCENE_STARTS_AT_MS - 8000), `${rateHz} Hz`).toBeLessThan(1500);
  }
});

test('a sensor that counts its time from its start gets no step before its birth', () => {
  const scene = new Scene({ seconds: 70, plates: 6, seed: 64, rateHz: 64 });
  scene.lean(3, { fromMs: 700, toMs: 64_000 }, 700);
  const early = scene.batches().map((batch) => ({
    ...batch,
    observedAtMs: epochMs(batch.observedAtMs - SCENE_STARTS_AT_MS),
  }));
  const steps = sensed(scene.layout, early).stepped.flatMap((found) => found.steps);
  expect(Math.abs(steps[0]!.settledAtMs - 900)).toBeLessThan(500);
});

test('batches lost during the pick: the step is found, somewhere in the hole', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const scene = new Scene({ seconds: 16, plates: 6, seed });
    scene.take(3, 6000, -300);
    // The hand comes 350 ms before the step.
    const holeMs = 300 + seed * 100;
    const from = SCENE_STARTS_AT_MS + 6000 - holeMs / 2;
    const kept = scene
      .batches()
      .filter((batch) => batch.observedAtMs < from || batch.observedAtMs > from + holeMs);
    const step = onlyStep(scene, kept, `seed ${seed}`);
    expect(Math.abs(step.deltaGrams + 300)).toBeLessThan(8);
    expect(step.leftAtMs).toBeLessThan(SCENE_STARTS_AT_MS + 6150);
    expect(step.settledAtMs).toBeGreaterThan(SCENE_STARTS_AT_MS + 5800);
    expect(step.settledAtMs).toBeLessThan(from + holeMs + 1500);
  }
});

test('a storm of missing samples, 30 % of all: the step is found', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const scene = new Scene({ seconds: 16, plates: 6, seed });
    scene.take(3, 6000, -300);
    for (let column = 0; column < 6; column++)
      scene.spoil(column, { fromMs: 0 }, (was) => (scene.random.uniform() < 0.3 ? Number.NaN : was));
    const step = onlyStep(scene, scene.batches(), `seed ${seed}`);
    expect(Math.abs(step.deltaGrams + 300)).toBeLessThan(6);
  }
});

test('samples that no load cell can show do no harm, then or later', () => {
  for (const nonsense of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -3e38, 1e7]) {
    const scene = new Scene({ seconds: 20, plates: 6, seed: 9 });
    scene.take(3, 9000, -300);
    for (const atMs of [0, 3000, 3016.7, 8900, 9100])
      scene.spoil(3, { fromMs: atMs, toMs: atMs + 17 }, () => nonsense);
    const step = onlyStep(scene, scene.batches(), String(nonsense));
    expect(Math.abs(step.deltaGrams + 300)).toBeLessThan(6);
    expect(step.sigmaGrams).toBeLessThan(6);
  }
});
