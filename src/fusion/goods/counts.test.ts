import { describe, expect, test } from 'vitest';
import { FUSION_SETTINGS } from '../settings.ts';
import { logCount, logCountAfter, NO_PICKS } from './counts.ts';

const { countMax, furtherUnitShare } = FUSION_SETTINGS;
const counts = Array.from({ length: countMax }, (_, index) => index + 1);
const shares = counts.map((count) => Math.exp(logCount(count, FUSION_SETTINGS)));
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('units in one grasp', () => {
  test('are a law: fewer is likelier, the second by the setting, and all of them are one', () => {
    expect(total(shares)).toBeCloseTo(1, 12);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares[1]! / shares[0]!).toBeCloseTo(furtherUnitShare, 12);
  });

  test('four of a kind are rare, but no wonder', () => {
    expect(shares[3]! / shares[0]!).toBeCloseTo(furtherUnitShare ** 2, 12);
  });
});

describe('of a product that is known', () => {
  const after = (single: number, several: number): number[] =>
    counts.map((count) => Math.exp(logCountAfter(count, { single, several }, FUSION_SETTINGS)));

  test('nothing is known at first', () => {
    expect(counts.map((count) => logCountAfter(count, NO_PICKS, FUSION_SETTINGS))).toEqual(
      counts.map((count) => expect.closeTo(logCount(count, FUSION_SETTINGS), 12)),
    );
  });

  test('what is always taken by several is expected so, and stays a law', () => {
    const severally = after(0, 40);
    expect(total(severally)).toBeCloseTo(1, 12);
    expect(severally[0]).toBeLessThan(0.15);
    expect(severally[1]).toBeGreaterThan(shares[1]! * 3);
    expect(after(40, 0)[0]).toBeGreaterThan(shares[0]!);
  });
});
