/**
 * Exponential, sine and cosine made of additions, multiplications and divisions only. ECMAScript leaves the last bit
 * of `Math.exp`, `Math.sin`, `Math.pow`, `Math.hypot` and their kin to the engine; IEEE 754 leaves nothing of these
 * operations open, so whatever is built on this file has the same bits on every machine. (`Math.sqrt`, too, is left to
 * the engine by the letter, yet correctly rounded by all of them: it is one machine instruction.)
 *
 * Argument reduction in two parts (Cody and Waite) and Taylor sums on the reduced range; errors below 1e-15 relative
 * for exp within ±700 and 1e-15 absolute for sine and cosine within ±1e5 rad (`exact-math.test.ts`).
 */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const HALF_PI_HIGH = 1.57079632673412561417;
const HALF_PI_LOW = 6.07710050650619224932e-11;
const TURN_LIMIT_RAD = 1e5;

/** 2 to an integer power, by squaring: every factor is exact. */
function powerOfTwo(exponent: number): number {
  let result = 1;
  let factor = exponent < 0 ? 0.5 : 2;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

/** e to the `x`; 0 below −745, Infinity above 709.7, NaN for NaN. */
export function exactExp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.78) return Infinity;
  if (x < -745.2) return 0;
  const twos = Math.round(x / Math.LN2);
  const r = x - twos * LN2_HIGH - twos * LN2_LOW;
  let sum = 1;
  for (let term = 14; term >= 1; term--) sum = 1 + (r / term) * sum;
  // In two steps: 2^−1074 is reached before the sum is applied.
  const half = Math.trunc(twos / 2);
  return sum * powerOfTwo(half) * powerOfTwo(twos - half);
}

/** Σ (−r²)ⁿ/… for sine, r within ±π/4. */
function sineNearZero(r: number): number {
  const square = r * r;
  let sum = 1;
  for (let term = 16; term >= 2; term -= 2) sum = 1 - (square / (term * (term + 1))) * sum;
  return r * sum;
}

function cosineNearZero(r: number): number {
  const square = r * r;
  let sum = 1;
  for (let term = 17; term >= 1; term -= 2) sum = 1 - (square / (term * (term + 1))) * sum;
  return sum;
}

/** Sine and cosine of `angleRad`; both NaN beyond ±1e5 rad, where the reduction would lose digits. */
export function exactSineCosine(angleRad: number): { readonly sine: number; readonly cosine: number } {
  if (!(Math.abs(angleRad) <= TURN_LIMIT_RAD)) return { sine: NaN, cosine: NaN };
  const quarters = Math.round(angleRad / 1.5707963267948966);
  const r = angleRad - quarters * HALF_PI_HIGH - quarters * HALF_PI_LOW;
  const sine = sineNearZero(r);
  const cosine = cosineNearZero(r);
  const quadrant = ((quarters % 4) + 4) % 4;
  if (quadrant === 0) return { sine, cosine };
  if (quadrant === 1) return { sine: cosine, cosine: -sine };
  if (quadrant === 2) return { sine: -sine, cosine: -cosine };
  return { sine: -cosine, cosine: sine };
}
