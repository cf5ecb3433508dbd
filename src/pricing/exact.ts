/**
 * Exact arithmetic on integers. A share of a price is first a fraction (`numerator / divisor`) and becomes minor units
 * once, by a stated tie rule; what is split is split by largest remainder, so that parts always sum to the whole.
 * Products that leave the safe integers are taken with BigInt, never with binary fractions.
 */
import { assert } from '../base/index.ts';

/** What becomes of a half; 'down' and 'up' take every fraction to the same side. Sides are those of the magnitude. */
export type TieRule = 'half-up' | 'half-down' | 'half-even' | 'down' | 'up';

const ROUNDS_UP: Readonly<Record<TieRule, (twice: bigint, divisor: bigint, quotient: bigint) => boolean>> = {
  'half-up': (twice, divisor) => twice >= divisor,
  'half-down': (twice, divisor) => twice > divisor,
  'half-even': (twice, divisor, quotient) => twice > divisor || (twice === divisor && quotient % 2n === 1n),
  down: () => false,
  up: (twice) => twice > 0n,
};

/** `numerator / divisor` as an integer. */
export function roundedQuotient(numerator: bigint, divisor: bigint, tie: TieRule): bigint {
  assert(divisor > 0n, 'DIVISOR_NOT_POSITIVE');
  const size = numerator < 0n ? -numerator : numerator;
  const quotient = size / divisor;
  const twice = 2n * (size - quotient * divisor);
  const rounded = ROUNDS_UP[tie](twice, divisor, quotient) ? quotient + 1n : quotient;
  return numerator < 0n ? -rounded : rounded;
}

/** A safe integer from one that was computed with BigInt. */
export function safeNumber(value: bigint): number {
  const number = Number(value);
  assert(Number.isSafeInteger(number), 'AMOUNT_NOT_SAFE_INTEGER', { value: String(value) });
  return number;
}

/** `value × share / divisor` by the tie rule. */
export function shareOf(value: number, part: { share: number; divisor: number }, tie: TieRule): number {
  const product = value * part.share;
  if (Number.isSafeInteger(product) && product % part.divisor === 0) return product / part.divisor;
  return safeNumber(roundedQuotient(BigInt(value) * BigInt(part.share), BigInt(part.divisor), tie));
}

/**
 * `total` in parts by `weights` (none negative), by largest remainder; ties go to the earlier part. A part has the
 * sign of the total and differs from its exact share by less than one. Without weight the first part takes all.
 */
export function splitByWeight(total: number, weights: readonly number[]): number[] {
  if (weights.length === 1) return [total];
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (weightSum === 0n) return weights.map((_, index) => (index === 0 ? total : 0));
  const sign = total < 0 ? -1 : 1;
  const size = BigInt(Math.abs(total));
  const parts = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    const whole = product / weightSum;
    return { index, whole, rest: product - whole * weightSum };
  });
  let left = Number(size - parts.reduce((sum, { whole }) => sum + whole, 0n));
  const amounts = parts.map(({ whole }) => safeNumber(whole));
  const byRest = parts.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of byRest) {
    if (left === 0) break;
    amounts[index] = amounts[index]! + 1;
    left--;
  }
  return amounts.map((amount) => (amount === 0 ? 0 : sign * amount));
}

/**
 * Fractions `exact / divisor` (none negative) as integers whose sum is the exact sum rounded half up once. Each part is
 * its fraction rounded down or up: the largest fractions go up, ties the earlier.
 */
export function roundedParts(exacts: readonly number[], divisor: number): number[] {
  const sum = exacts.reduce((total, exact) => total + BigInt(exact), 0n);
  const parts = exacts.map((exact) => Math.floor(exact / divisor));
  let left =
    safeNumber(roundedQuotient(sum, BigInt(divisor), 'half-up')) -
    parts.reduce((total, part) => total + part, 0);
  const byRest = exacts
    .map((exact, index) => ({ index, rest: exact % divisor }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRest) {
    if (left === 0) break;
    parts[index] = parts[index]! + 1;
    left--;
  }
  return parts;
}
