import { assert } from './assert.ts';
import type { Brand } from './brand.ts';

/** Milliseconds since 1970-01-01 UTC; fractions carry the microseconds that sensors send. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** Weight in grams; negative where it is a change. */
export type Grams = Brand<number, 'Grams'>;

export const METRES_PER_INCH = 0.0254;

/** @throws AssertionFailure unless `value` is finite and at or after 1970. */
export function epochMs(value: number): EpochMs {
  assert(Number.isFinite(value) && value >= 0, 'EPOCH_MS_NOT_A_TIME', { value });
  return value as EpochMs;
}

/** @throws AssertionFailure unless `value` is finite. */
export function grams(value: number): Grams {
  assert(Number.isFinite(value), 'GRAMS_NOT_FINITE', { value });
  return value as Grams;
}
