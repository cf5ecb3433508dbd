/**
 * Special functions and log-space arithmetic. Log-probabilities may be −∞ (impossible) and are never NaN for finite
 * input.
 */

const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** ln Γ(x) for x > 0, relative error below 1e-13 (Lanczos 1964, g = 7, nine terms). O(1). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let series = LANCZOS[0]!;
  for (let term = 1; term < LANCZOS.length; term++) series += LANCZOS[term]! / (shifted + term);
  const t = shifted + LANCZOS_G + 0.5;
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
}

/** ln of the normal density at x. `variance` > 0. O(1). */
export function logNormal(x: number, mean: number, variance: number): number {
  const d = x - mean;
  return -HALF_LOG_TWO_PI - 0.5 * Math.log(variance) - (0.5 * d * d) / variance;
}

/** ln(eᵃ + eᵇ) without overflow; either may be −∞. O(1). */
export function logAddExp(a: number, b: number): number {
  if (a === -Infinity) return b;
  if (b === -Infinity) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** ln Σ exp(values[0 … count)); −∞ for none. O(count). */
export function logSumExp(values: ArrayLike<number>, count: number): number {
  let max = -Infinity;
  for (let i = 0; i < count; i++) if (values[i]! > max) max = values[i]!;
  if (max === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(values[i]! - max);
  return max + Math.log(sum);
}

const FRACTION_TERMS_MAX = 500;
const FRACTION_TINY = 1e-300;
const FRACTION_DONE = 1e-15;

/** Continued fraction of Iₓ(a, b), modified Lentz (Press et al., Numerical Recipes, 6.4); for x < (a + 1) / (a + b + 2). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= FRACTION_TERMS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < FRACTION_DONE) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < FRACTION_TINY ? FRACTION_TINY : value;
}

/**
 * Iₓ(a, b), the regularised incomplete beta function: P(X ≤ x) of a beta variable. a, b > 0, 0 ≤ x ≤ 1. The terms needed
 * grow with √max(a, b); relative error below 1e-9 up to a + b = 1e5. O(√max(a, b)).
 */
export function regularizedBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, 1 - x)) / b;
}
