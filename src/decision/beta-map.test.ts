import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import { IDENTITY_MAP, learntMap, mapped } from './beta-map.ts';
import type { BetaMap, WeightedCase } from './beta-map.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const someCase = fc.record({
  probability: share,
  isRight: fc.boolean(),
  weight: fc.double({ min: 0, max: 20, noNaN: true }),
});

/** Told probabilities as receipts have them: most near 1. */
function toldBy(random: { uniform: () => number }): number {
  return random.uniform() < 0.75 ? 1 - 0.05 * random.uniform() ** 3 : random.uniform();
}

function drawn(seed: number, count: number, truth: (told: number) => number): WeightedCase[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const probability = toldBy(random);
    return { probability, isRight: random.uniform() < truth(probability), weight: 1 };
  });
}

/** Mean nats lost against the truth on fresh cases. */
function lossOf(map: BetaMap, truth: (told: number) => number): number {
  const random = seededRandom(999);
  let sum = 0;
  for (let round = 0; round < 1000; round++) {
    const told = toldBy(random);
    const [p, q] = [truth(told), mapped(told, map)];
    sum += p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  }
  return sum / 1000;
}

test('without cases, and without weight, the map is the identity', () => {
  expect(learntMap([])).toEqual(IDENTITY_MAP);
  expect(learntMap([{ probability: 0.9, isRight: false, weight: 0 }])).toEqual(IDENTITY_MAP);
  for (const p of [0.001, 0.3, 0.5, 0.97, 0.9999]) expect(mapped(p, IDENTITY_MAP)).toBeCloseTo(p, 12);
  expect(mapped(1, IDENTITY_MAP)).toBeLessThan(1);
  expect(mapped(0, IDENTITY_MAP)).toBeGreaterThan(0);
});

test('more certainty never becomes less, whatever was judged', () => {
  fc.assert(
    fc.property(fc.array(someCase, { maxLength: 40 }), share, share, (cases, a, b) => {
      const map = learntMap(cases);
      expect(mapped(Math.min(a, b), map)).toBeLessThanOrEqual(mapped(Math.max(a, b), map));
      expect(map.belowSlope).toBeGreaterThanOrEqual(0.05);
      expect(map.aboveSlope).toBeGreaterThanOrEqual(0.05);
    }),
  );
});

test('it is the mode: no neighbour explains the cases and the prior better', () => {
  const cases = drawn(3, 200, (told) => 0.9 * told);
  const map = learntMap(cases);
  const valueAt = ({ belowSlope, aboveSlope, shift }: BetaMap): number => {
    const prior = -2 * (belowSlope - 1) ** 2 - 2 * (aboveSlope - 1) ** 2 - 0.5 * shift ** 2;
    return cases.reduce((sum, { probability, isRight }) => {
      const p = Math.min(1 - 1e-5, Math.max(1e-5, probability));
      const logit = belowSlope * Math.log(p) - aboveSlope * Math.log1p(-p) + shift;
      return sum - Math.log1p(Math.exp(isRight ? -logit : logit));
    }, prior);
  };
  for (const [i, j, k] of [
    [0.01, 0, 0],
    [-0.01, 0, 0],
    [0, 0.01, 0],
    [0, -0.01, 0],
    [0, 0, 0.01],
    [0, 0, -0.01],
  ] as const) {
    const beside = {
      ...map,
      belowSlope: map.belowSlope + i,
      aboveSlope: map.aboveSlope + j,
      shift: map.shift + k,
    };
    expect(valueAt(beside)).toBeLessThan(valueAt(map));
  }
});

describe.each([
  ['too sure near 1', (told: number): number => 0.97 * told + 0.001],
  ['wrong in a tenth, however sure', (told: number): number => 0.9 * told + 0.001],
  ['too modest', (told: number): number => 1 - (1 - Math.min(0.9999, told)) ** 1.5],
])('%s', (_, truth) => {
  test('50 visits help and 500 help more', () => {
    const mean = (count: number): number => {
      let sum = 0;
      for (let seed = 0; seed < 20; seed++) sum += lossOf(learntMap(drawn(seed, count, truth)), truth);
      return sum / 20;
    };
    const identity = lossOf(IDENTITY_MAP, truth);
    expect(mean(50)).toBeLessThan(identity);
    expect(mean(500)).toBeLessThan(0.5 * identity);
  });

  test('what is said is right that often, on visits drawn anew', () => {
    const map = learntMap(drawn(1, 2000, truth));
    const fresh = drawn(2, 20_000, truth);
    for (const [low, high] of [
      [0, 0.9],
      [0.9, 0.98],
      [0.98, 1],
    ] as const) {
      const inside = fresh.filter(({ probability }) => probability >= low && probability < high);
      const said = inside.reduce((sum, { probability }) => sum + mapped(probability, map), 0);
      const right = inside.filter(({ isRight }) => isRight).length;
      // Three numbers cannot follow a step; what is left of it stays below a twentieth.
      expect(Math.abs(said - right) / inside.length).toBeLessThan(0.05);
    }
  });
});
