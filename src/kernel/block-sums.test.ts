import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSamples, clearBlocks, createBlockSums, READING_GRAMS_MAX } from './block-sums.ts';
import type { BlockSums } from './block-sums.ts';

const reading = fc.oneof(
  { weight: 8, arbitrary: fc.float({ min: -20_000, max: 20_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, Math.fround(1e30), -Math.fround(3e38)) },
);
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
  .chain(([columns, rows]) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.constant(rows),
      samples: fc
        .array(reading, { minLength: columns * rows, maxLength: columns * rows })
        .map((grams) => Float32Array.from(grams)),
    }),
  );

interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

function summaryOf(sums: BlockSums, plate: number): Summary {
  const count = sums.count[plate]!;
  const mean = sums.sum[plate]! / count;
  const variance = (sums.sumSquares[plate]! - sums.sum[plate]! * mean) / (count - 1);
  return { count, mean: sums.ref[plate]! + mean, variance };
}

/** Two passes over the valid readings of one column. */
function naiveSummary(samples: Float32Array, columns: number, column: number): Summary {
  const valid = [...samples]
    .filter((_, at) => at % columns === column)
    .filter((grams) => Number.isFinite(grams) && Math.abs(grams) < READING_GRAMS_MAX);
  const mean = valid.reduce((sum, grams) => sum + grams, 0) / valid.length;
  const squares = valid.reduce((sum, grams) => sum + (grams - mean) ** 2, 0);
  return { count: valid.length, mean, variance: squares / (valid.length - 1) };
}

test('equals naive sums; what is no reading is left out', () => {
  fc.assert(
    fc.property(matrix, ({ columns, rows, samples }) => {
      const sums = createBlockSums(columns);
      addSamples(samples, columns, 0, rows, 0, sums);
      for (let column = 0; column < columns; column++) {
        const found = summaryOf(sums, column);
        const wanted = naiveSummary(samples, columns, column);
        expect(found.count).toBe(wanted.count);
        if (wanted.count === 0) continue;
        expect(found.mean).toBeCloseTo(wanted.mean, 7);
        if (wanted.count > 1) {
          const allowed = 1e-9 * Math.max(1, wanted.variance);
          expect(Math.abs(found.variance - wanted.variance)).toBeLessThan(allowed);
        }
      }
    }),
  );
});

test('a plate that repeats one value has a variance of exactly 0, however large the value', () => {
  fc.assert(
    fc.property(fc.float({ min: -20_000, max: 20_000, noNaN: true }), (grams) => {
      const sums = createBlockSums(1);
      addSamples(new Float32Array(600).fill(grams), 1, 0, 600, 0, sums);
      expect(sums.sum[0]).toBe(0);
      expect(sums.sumSquares[0]).toBe(0);
      expect(summaryOf(sums, 0).mean === grams).toBe(true);
    }),
  );
});

test('noise of tenths on a level of kilograms keeps its variance', () => {
  const samples = Float32Array.from({ length: 1000 }, (_, at) => 8192 + (at % 2 === 0 ? 0.25 : -0.25));
  const sums = createBlockSums(1);
  addSamples(samples, 1, 0, 1000, 0, sums);
  expect(summaryOf(sums, 0).variance).toBeCloseTo((0.0625 * 1000) / 999, 12);
});

test('cut into batches, the same sums bit for bit', () => {
  fc.assert(
    fc.property(matrix, fc.array(fc.integer({ min: 0, max: 40 })), ({ columns, rows, samples }, cuts) => {
      const whole = createBlockSums(columns);
      addSamples(samples, columns, 0, rows, 0, whole);
      const pieces = createBlockSums(columns);
      const ends = [...cuts.filter((cut) => cut < rows).toSorted((a, b) => a - b), rows];
      let start = 0;
      for (const end of ends) {
        addSamples(samples, columns, start, end, 0, pieces);
        start = end;
      }
      expect(pieces).toEqual(whole);
    }),
  );
});

test('plates beside the given ones stay as they are, and clearing empties only its range', () => {
  const sums = createBlockSums(4);
  addSamples(Float32Array.of(1, 2, 3, 5), 2, 0, 2, 1, sums);
  expect([...sums.count]).toEqual([0, 2, 2, 0]);
  expect([...sums.sum]).toEqual([0, 2, 3, 0]);
  clearBlocks(sums, 2, 4);
  expect([...sums.count]).toEqual([0, 2, 0, 0]);
  addSamples(Float32Array.of(NaN, 100), 2, 0, 1, 1, sums);
  expect([...sums.count]).toEqual([0, 2, 1, 0]);
  expect(sums.ref[2]).toBe(100);
});
