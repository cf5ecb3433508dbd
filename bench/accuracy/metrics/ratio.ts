/** Means and ratios of sums over runs, with their interval by drawing runs again. */
import type { JudgedRun, JudgedVisit } from './judge-visits.ts';
import { bootstrapInterval } from './bootstrap.ts';
import type { Interval } from './intervals.ts';

export interface Estimate extends Interval {
  /** NaN where there is nothing to measure. */
  readonly value: number;
}

export interface Ratio {
  readonly part: number;
  readonly whole: number;
}

function divided(ratios: readonly Ratio[]): number {
  let part = 0;
  let whole = 0;
  for (const ratio of ratios) {
    part += ratio.part;
    whole += ratio.whole;
  }
  return whole > 0 ? part / whole : Number.NaN;
}

export function estimateRatio(runs: readonly JudgedRun[], ratioOf: (run: JudgedRun) => Ratio): Estimate {
  const ratios = runs.map(ratioOf);
  return { value: divided(ratios), ...bootstrapInterval(ratios, divided) };
}

/** Mean over all visits, receipts of nobody's visit among them. */
export function estimateMean(runs: readonly JudgedRun[], valueOf: (visit: JudgedVisit) => number): Estimate {
  return estimateRatio(runs, ({ visits }) => ({
    part: visits.reduce((sum, visit) => sum + valueOf(visit), 0),
    whole: visits.length,
  }));
}
