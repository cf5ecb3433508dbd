import { expect, test } from 'vitest';
import { roundedParts, roundedQuotient, shareOf, splitByWeight } from './exact.ts';
import type { TieRule } from './exact.ts';

test.each<[TieRule, readonly number[]]>([
  // Quarters from −6/4 to 6/4.
  ['half-up', [-2, -1, -1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2]],
  ['half-down', [-1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1]],
  ['half-even', [-2, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 2]],
  ['down', [-1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]],
  ['up', [-2, -2, -1, -1, -1, -1, 0, 1, 1, 1, 1, 2, 2]],
])('%s', (tie, expected) => {
  const quarters = Array.from({ length: 13 }, (_, index) => BigInt(index - 6));
  expect(quarters.map((quarter) => Number(roundedQuotient(quarter, 4n, tie)))).toEqual(expected);
});

test('shares that leave the safe integers on the way are exact', () => {
  expect(shareOf(9_007_199_254_740_991, { share: 333_333, divisor: 1_000_000 }, 'down')).toBe(
    3_002_396_749_180_578,
  );
});

test('the largest remainders take what is left, ties the earlier; signs are kept', () => {
  expect(splitByWeight(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(splitByWeight(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  expect(splitByWeight(5, [0, 0])).toEqual([5, 0]);
  expect(splitByWeight(5, [])).toEqual([]);
  expect(splitByWeight(1, [1, 2, 1])).toEqual([0, 1, 0]);
});

test('fractions become integers of the rounded sum', () => {
  expect(roundedParts([5, 5, 5], 10)).toEqual([1, 1, 0]);
  expect(roundedParts([4, 4], 10)).toEqual([1, 0]);
  expect(roundedParts([20, 4], 10)).toEqual([2, 0]);
  expect(roundedParts([], 10)).toEqual([]);
});
