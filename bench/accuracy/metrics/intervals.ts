/** Intervals of 95 % for shares, by counting alone: visits of one run are taken for independent. */
import { logGamma } from '../../../src/kernel/index.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Count {
  readonly hits: number;
  readonly trials: number;
}

/** The 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;
const TAIL = 0.025;
const HALVINGS = 60;

/** Wilson's score interval (Wilson 1927); 0 to 1 where nothing was tried. */
export function wilsonInterval({ hits, trials }: Count): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = hits / trials;
  const shrink = 1 + (Z * Z) / trials;
  const middle = (share + (Z * Z) / (2 * trials)) / shrink;
  const half = (Z / shrink) * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials));
  return {
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === trials ? 1 : Math.min(1, middle + half),
  };
}

/** P(at most `hits` of `trials`) at probability `p`, 0 < p < 1. O(hits). */
function binomialUpTo({ hits, trials }: Count, p: number): number {
  let sum = 0;
  for (let k = 0; k <= hits; k++) {
    const choose = logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1);
    sum += Math.exp(choose + k * Math.log(p) + (trials - k) * Math.log1p(-p));
  }
  return sum;
}

/** Where `isBelow` turns from true to false between 0 and 1. */
function turningPoint(isBelow: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The exact interval of Clopper and Pearson (1934), which never covers less than it says; 0 to 1 without trials. */
export function clopperPearsonInterval({ hits, trials }: Count): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const low = hits === 0 ? 0 : turningPoint((p) => 1 - binomialUpTo({ hits: hits - 1, trials }, p) < TAIL);
  const high = hits === trials ? 1 : turningPoint((p) => binomialUpTo({ hits, trials }, p) > TAIL);
  return { low, high };
}
