/**
 * What a run of the twin tells, one line each, the same text wherever it was told: the bits of samples, and numbers in
 * the shortest decimal form that gives them back, as ECMAScript writes them.
 */
import type { TwinOutput } from '../../src/twin/index.ts';

const NAN_BITS = 0x7fc00000;

/** NaN has many bit patterns and engines choose: one of them stands for all. */
function bitsOf(samples: Float32Array): number[] {
  const bits = new Int32Array(samples.slice().buffer);
  return Array.from(samples, (sample, index) => (Number.isNaN(sample) ? NAN_BITS : bits[index]!));
}

export function outputLine(output: TwinOutput): string {
  return JSON.stringify(output, (_, value: unknown) => {
    if (value instanceof Float32Array) return bitsOf(value);
    // What JSON has no numbers for.
    const isOdd = typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
    return isOdd ? (value === 0 ? '-0' : String(value)) : value;
  });
}
