/** Sums over samples that the statistics of the comparison are made of. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

export function standardDeviation(values: ArrayLike<number>): number {
  const middle = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index]! - middle) ** 2;
  return Math.sqrt(sum / values.length);
}

/** Linear between the values; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low);
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let index = 0; index < a.length; index++) {
    const fromA = a[index]! - meanA;
    const fromB = b[index]! - meanB;
    product += fromA * fromB;
    squareA += fromA * fromA;
    squareB += fromB * fromB;
  }
  return product / Math.sqrt(squareA * squareB);
}

/** Of the values with themselves `lag` later, pooled over `windows`, each around its own mean. */
export function autocorrelation(windows: readonly Float64Array[], lag: number): number {
  let product = 0;
  let square = 0;
  for (const window of windows) {
    const middle = mean(window);
    for (let index = 0; index < window.length; index++) square += (window[index]! - middle) ** 2;
    for (let index = lag; index < window.length; index++)
      product += (window[index]! - middle) * (window[index - lag]! - middle);
  }
  return product / square;
}

/** Peak of the tone at `hz` that the values hold, by a Hann window. */
export function toneGrams(values: Float64Array, hz: number, rateHz: number): number {
  const middle = mean(values);
  let cosine = 0;
  let sine = 0;
  let weights = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = 1 - Math.cos((2 * Math.PI * (index + 0.5)) / values.length);
    const angle = (2 * Math.PI * hz * index) / rateHz;
    cosine += weight * (values[index]! - middle) * Math.cos(angle);
    sine += weight * (values[index]! - middle) * Math.sin(angle);
    weights += weight;
  }
  return (2 * Math.hypot(cosine, sine)) / weights;
}

/** Without what is slower than about 2 Hz: each value less the mean of the 31 around it. */
export function withoutSlow(values: Float64Array): Float64Array {
  const half = 15;
  return values.map((value, index) => {
    const from = Math.max(0, index - half);
    return value - mean(values.subarray(from, Math.min(values.length, index + half + 1)));
  });
}
