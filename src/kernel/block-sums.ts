/**
 * Sums samples into short blocks, all plates of a fixture in one pass. Per plate four numbers are kept: the block's
 * first valid sample `ref`, and count, sum and sum of squares of the differences to it. Differences keep the sums
 * exact where levels are thousands of grams and the noise is tenths (float64 sums of float32 samples); a plate that
 * repeats one value gives a sum of squares of exactly 0. Samples that are no readings are left out: NaN, the
 * infinities, and what no load cell can show. One such number in a sum would spoil the levels of a whole contact.
 *
 * Cost: O(samples), two loads and five operations each, no allocation.
 */
export interface BlockSums {
  /** Shape (plates of the store,), grams. */
  readonly ref: Float64Array;
  /** Valid samples in the open block. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly sumSquares: Float64Array;
}

export function createBlockSums(plateCount: number): BlockSums {
  return {
    ref: new Float64Array(plateCount),
    count: new Float64Array(plateCount),
    sum: new Float64Array(plateCount),
    sumSquares: new Float64Array(plateCount),
  };
}

/** A tonne on one plate is a fault of the wire, not goods. */
export const READING_GRAMS_MAX = 1e6;

/**
 * Adds rows [rowStart, rowEnd) of `samples`, shape (rows, columns) row by row, to the plates
 * [plateStart, plateStart + columns) of `sums`. The caller guarantees that the ranges lie inside the arrays.
 */
export function addSamples(
  samples: Float32Array,
  columns: number,
  rowStart: number,
  rowEnd: number,
  plateStart: number,
  sums: BlockSums,
): void {
  const { ref, count, sum, sumSquares } = sums;
  const first = rowStart * columns;
  const last = rowEnd * columns;
  for (let column = 0; column < columns; column++) {
    const plate = plateStart + column;
    let n = count[plate]!;
    let r = n === 0 ? NaN : ref[plate]!;
    let s = sum[plate]!;
    let q = sumSquares[plate]!;
    for (let at = first + column; at < last; at += columns) {
      const x = samples[at]!;
      if (!(x < READING_GRAMS_MAX && x > -READING_GRAMS_MAX)) continue;
      if (n === 0) r = x;
      const d = x - r;
      n++;
      s += d;
      q += d * d;
    }
    ref[plate] = r;
    count[plate] = n;
    sum[plate] = s;
    sumSquares[plate] = q;
  }
}

/** Empties the blocks of plates [start, end). O(end − start). */
export function clearBlocks(sums: BlockSums, start: number, end: number): void {
  sums.count.fill(0, start, end);
  sums.sum.fill(0, start, end);
  sums.sumSquares.fill(0, start, end);
}
