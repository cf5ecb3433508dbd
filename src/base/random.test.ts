import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

const draw = <Value>(count: number, next: () => Value): Value[] => Array.from({ length: count }, next);

test.each([
  // From an independent sfc32 on big integers: a = 9e3779b9, b = 243f6a88, c = seed, counter = 1, 12 rounds dropped.
  { seed: 0, expected: [2266749544, 3859721991, 3128767472] },
  { seed: 1, expected: [3359835970, 1182520828, 4267878529] },
  { seed: -1, expected: [3808816175, 4158527780, 3722100240] },
])('seed $seed gives the golden sequence', ({ seed, expected }) => {
  const random = seededRandom(seed);
  expect(draw(3, () => random.uniform() * 2 ** 32)).toEqual(expected);
});

test('two generators of one seed agree and do not disturb each other', () => {
  const a = seededRandom(9);
  const b = seededRandom(9);
  const apart = draw(50, () => a.uniform());
  const mixed = draw(50, () => {
    const value = b.uniform();
    seededRandom(9).uniform();
    return value;
  });
  expect(mixed).toEqual(apart);
});

test('uniform fills [0, 1) evenly, below stays below its limit', () => {
  const random = seededRandom(3);
  const counts = new Array<number>(10).fill(0);
  for (let index = 0; index < 20_000; index++) {
    const value = random.uniform();
    expect(value >= 0 && value < 1).toBe(true);
    counts[Math.floor(value * 10)]!++;
  }
  // 2000 ± 5 standard deviations of a binomial.
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(213);
  expect(new Set(draw(500, () => random.below(7)))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
});

test('normal has mean 0, variance 1, and the tails of a sum of twelve', () => {
  const random = seededRandom(4);
  const values = draw(20_000, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.04);
  expect(Math.abs(variance - 1)).toBeLessThan(0.06);
  expect(Math.max(...values)).toBeLessThan(6);
  expect(Math.max(...values)).toBeGreaterThan(3);
});
