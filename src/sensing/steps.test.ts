/** Steps: found, told at the right plate and time, with a spread that is neither boast nor excuse. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import { Scene, SCENE_STARTS_AT_MS, sensed } from '../../test/reference/index.ts';

interface Tried {
  /** Steps told on the plate, and on plates that were not touched. */
  readonly ownCount: number;
  readonly strayCount: number;
  /** Of the sum of the plate's steps. */
  readonly errorGrams: number;
  /** Of the last step. */
  readonly sigmaGrams: number;
  readonly delayMs: number;
}

/** One step of 20–1500 g in the noise, wander, ringing and cross-talk that real plates showed. */
function tryStep(seed: number): Tried {
  const random = seededRandom(seed);
  const noiseGrams = 0.3 + 1.7 * random.uniform();
  const size = 20 * 75 ** random.uniform();
  const grams = random.uniform() < 0.8 ? -size : size;
  const column = random.below(5);
  const scene = new Scene({
    seconds: 16,
    plates: 5,
    seed: seed + 1,
    noiseGrams,
    wanderGrams: 0.3 + random.uniform(),
  });
  const atMs = 5000 + 1000 * random.uniform();
  scene.take(column, atMs, grams);
  const steps = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
  const own = steps.filter((step) => step.plateId === scene.fixture.plates[column]!.plateId);
  const deltaGrams = own.reduce((sum, step) => sum + step.deltaGrams, 0);
  const last = own.at(-1);
  return {
    ownCount: own.length,
    strayCount: steps.length - own.length,
    errorGrams: Math.abs(deltaGrams - grams),
    sigmaGrams: last?.sigmaGrams ?? 0,
    delayMs: last ? Math.abs(last.settledAtMs - SCENE_STARTS_AT_MS - atMs) : Infinity,
  };
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
}

/**
 * Measured: 400 of 400 found; 377 as one step, 23 as two around a hand that pushed for 0.5 s (such a push has a level of
 * its own, and the sum of the two is right); single steps: median error 0.43 g, 95 % below 1.68 g, 98.4 % within 2 σ;
 * median σ 1.48 g; no step on a plate that nobody touched.
 */
test('400 drawn steps of 20–1500 g are found, near the truth and with an honest spread', () => {
  const tried = Array.from({ length: 400 }, (_, index) => tryStep(1000 + index * 17));
  expect(tried.filter((each) => each.ownCount === 0)).toEqual([]);
  expect(tried.filter((each) => each.strayCount > 0).length).toBeLessThanOrEqual(2);
  expect(Math.max(...tried.map((each) => each.delayMs))).toBeLessThan(1500);
  const single = tried.filter((each) => each.ownCount === 1);
  expect(single.length).toBeGreaterThan(360);
  const errors = single.map((each) => each.errorGrams);
  expect(quantile(errors, 0.5)).toBeLessThan(0.8);
  expect(quantile(errors, 0.95)).toBeLessThan(3);
  const inside = single.filter((each) => each.errorGrams < 2 * each.sigmaGrams).length / single.length;
  expect(inside).toBeGreaterThan(0.94);
  // A spread that covers by being huge would be worth nothing.
  expect(
    quantile(
      single.map((each) => each.sigmaGrams),
      0.5,
    ),
  ).toBeLessThan(3);
  const split = tried.filter((each) => each.ownCount > 1);
  expect(Math.max(...split.map((each) => each.errorGrams))).toBeLessThan(4);
});

test('two steps on one plate within one contact are two steps', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const scene = new Scene({ seconds: 16, plates: 5, seed });
    scene.take(2, 5000, -330);
    scene.take(2, 6400, -330);
    const { stepped } = sensed(scene.layout, scene.batches());
    const steps = stepped.flatMap((found) => found.steps);
    expect(
      steps.map((step) => step.plateId),
      `seed ${seed}`,
    ).toEqual(['1/1/3', '1/1/3']);
    for (const step of steps) expect(Math.abs(step.deltaGrams + 330)).toBeLessThan(6 + 3 * step.sigmaGrams);
  }
});

test('picks 0.7 s apart: the level between is read before the hand presses again', () => {
  const errors: number[] = [];
  for (let seed = 1; seed <= 60; seed++) {
    const scene = new Scene({ seconds: 16, plates: 5, seed });
    scene.bareStep(2, 5000, -330);
    scene.add(2, { fromMs: 5200, toMs: 5700 }, (ms) => 30 * (ms / 500) ** 2);
    scene.bareStep(2, 5700, -330);
    const steps = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
    if (steps.length === 2) errors.push(Math.abs(steps[0]!.deltaGrams + 330));
  }
  expect(errors.length).toBeGreaterThan(20);
  expect(quantile(errors, 0.5)).toBeLessThan(5);
  expect(quantile(errors, 0.95)).toBeLessThan(9);
});

test('the smaller part of a thing that stands on two plates is told', () => {
  let told = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const scene = new Scene({ seconds: 16, plates: 5, seed, noiseGrams: 0.5 });
    scene.bareStep(1, 5000, -560);
    scene.bareStep(2, 5000, -30);
    const steps = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
    if (steps.some((step) => step.plateId === scene.fixture.plates[2]!.plateId)) told++;
  }
  expect(told).toBeGreaterThan(24);
});

test('the spread of a step holds what the scale of a load cell leaves open', () => {
  const scene = new Scene({ seconds: 16, plates: 5, seed: 9, noiseGrams: 0.3 });
  scene.take(2, 5000, -2000);
  const [step] = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
  expect(step!.sigmaGrams).toBeGreaterThan(0.0025 * 2000);
});

test('taken and returned: the steps cancel, and so does the change', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const scene = new Scene({ seconds: 18, plates: 5, seed });
    scene.take(2, 5000, -330);
    scene.take(2, 7000, 330);
    const { stepped } = sensed(scene.layout, scene.batches());
    const steps = stepped.flatMap((found) => found.steps);
    expect(
      steps.map((step) => Math.sign(step.deltaGrams)),
      `seed ${seed}`,
    ).toEqual([-1, 1]);
    const sum = steps.reduce((total, step) => total + step.deltaGrams, 0);
    expect(Math.abs(sum)).toBeLessThan(6);
    expect(steps[0]!.settledAtMs).toBeLessThan(steps[1]!.settledAtMs);
  }
});

test('two plates at the same moment: both are told, each with its own weight', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const scene = new Scene({ seconds: 16, plates: 8, seed });
    scene.take(1, 5000, -500);
    scene.take(6, 5050, -120);
    const steps = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
    const takenFrom = (column: number): number =>
      steps
        .filter((step) => step.plateId === scene.fixture.plates[column]!.plateId)
        .reduce((sum, step) => sum + step.deltaGrams, 0);
    // A push that lasts may stand as a level between two steps of one plate; their sum is what was taken.
    expect(new Set(steps.map((step) => step.plateId)), `seed ${seed}`).toEqual(new Set(['1/1/2', '1/1/7']));
    expect(Math.abs(takenFrom(1) + 500), `seed ${seed}`).toBeLessThan(5);
    expect(Math.abs(takenFrom(6) + 120), `seed ${seed}`).toBeLessThan(5);
  }
});

test('what an interaction says of the plates that did not step: every working plate, near zero', () => {
  const scene = new Scene({ seconds: 16, plates: 8, seed: 3 });
  scene.take(4, 5000, -600);
  const [found] = sensed(scene.layout, scene.batches()).stepped;
  expect(found!.changes.map((change) => change.plateId)).toEqual(
    scene.fixture.plates.map((plate) => plate.plateId),
  );
  found!.changes.forEach((change, column) => {
    const moved = column === 4 ? -600 : 0;
    expect(Math.abs(change.deltaGrams - moved)).toBeLessThan(3 * change.sigmaGrams + 3);
  });
});

test('levels below zero are levels like others', () => {
  const scene = new Scene({ seconds: 16, plates: 5, seed: 4, levelGrams: -350 });
  scene.take(2, 5000, -330);
  const steps = sensed(scene.layout, scene.batches()).stepped.flatMap((found) => found.steps);
  expect(steps.map((step) => step.plateId)).toEqual(['1/1/3']);
  expect(Math.abs(steps[0]!.deltaGrams + 330)).toBeLessThan(4);
});
