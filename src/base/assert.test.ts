import { expect, test } from 'vitest';
import { assert, assertNever, AssertionFailure, present } from './assert.ts';
import { epochMs, grams } from './units.ts';

function failureOf(act: () => unknown): AssertionFailure | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof AssertionFailure ? error : null;
  }
}

test('a failed assertion carries its code and the facts', () => {
  const failure = failureOf(() => assert(false, 'SOMETHING', { seen: 3 }));
  expect(failure).toMatchObject({ name: 'AssertionFailure', code: 'SOMETHING', facts: { seen: 3 } });
  expect(failure?.message).toBe('SOMETHING {"seen":3}');
  expect(failureOf(() => assert(true, 'SOMETHING'))).toBeNull();
});

test('present lets every value through but null and undefined', () => {
  for (const value of [0, '', false, Number.NaN]) expect(present(value, 'GONE')).toBe(value);
  for (const value of [null, undefined]) expect(failureOf(() => present(value, 'GONE'))?.code).toBe('GONE');
});

test('a kind that nobody handles stops with what it was', () => {
  expect(failureOf(() => assertNever('other' as never))).toMatchObject({ code: 'UNHANDLED_KIND' });
});

test('units refuse what is no number of that unit', () => {
  expect(epochMs(0)).toBe(0);
  expect(epochMs(1_700_000_000_000.25)).toBe(1_700_000_000_000.25);
  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(failureOf(() => epochMs(value))?.code).toBe('EPOCH_MS_NOT_A_TIME');
  expect(grams(-623.04)).toBe(-623.04);
  expect(failureOf(() => grams(Number.NaN))?.code).toBe('GRAMS_NOT_FINITE');
});
