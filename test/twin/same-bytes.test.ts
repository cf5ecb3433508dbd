import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runTwin } from '../../src/twin/index.ts';
import type { TwinPlan } from '../../src/twin/index.ts';
import { GOLDEN_RUNS } from './golden-runs.ts';
import { outputLine } from './output-line.ts';

function hashOf(plan: TwinPlan): string {
  const hash = createHash('sha256');
  for (const output of runTwin(plan)) hash.update(`${outputLine(output)}\n`);
  return hash.digest('hex');
}

/** Everything whose last bits ECMAScript leaves to the engine. */
const INEXACT = [
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh'] as const),
  ...(['asinh', 'acosh', 'atanh', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10'] as const),
  ...(['pow', 'cbrt', 'hypot'] as const),
];

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(GOLDEN_RUNS)('$name', ({ seed, planOf, sha256 }) => {
  // A change of these bytes is a change of the simulated world: every figure measured on it is another one then. Where
  // that is meant, copy what was received here into golden-runs.ts, run scripts/other-engine.ts where another engine is
  // installed, and measure anew what docs/benchmarks.md tells.
  test('tells what it told on the first machine', () => {
    expect(hashOf(planOf(seed))).toBe(sha256);
  });

  test('tells it again on an engine whose functions differ in their last bits', () => {
    for (const name of INEXACT) {
      const real = Math[name] as (...values: number[]) => number;
      vi.spyOn(Math, name).mockImplementation((...values: number[]) => real(...values) * (1 + 1e-13));
    }
    expect(Math.exp(1)).not.toBe(Math.E);
    expect(hashOf(planOf(seed))).toBe(sha256);
  });

  test('tells something else by another seed', () => {
    expect(hashOf(planOf(seed + 100))).not.toBe(sha256);
  });
});
