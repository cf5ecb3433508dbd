/**
 * Intervals of 95 % for anything that is worked out of whole runs. Visits of one run share their shop, their crowd and
 * their faults, so runs are drawn again, with replacement, and never visits (the cluster bootstrap, percentiles of
 * 1000 rounds; Efron and Tibshirani 1993). The same runs give the same interval.
 */
import { seededRandom } from '../../../src/base/index.ts';
import type { Interval } from './intervals.ts';

const ROUNDS = 1000;
const TAIL = 0.025;
const SEED = 20_240_501;

/** `statistic` may return NaN where a draw holds nothing to measure: such rounds are left out. */
export function bootstrapInterval<Run>(
  runs: readonly Run[],
  statistic: (drawn: readonly Run[]) => number,
): Interval {
  const random = seededRandom(SEED);
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = runs.map(() => runs[random.below(runs.length)]!);
    const value = statistic(drawn);
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
  return { low: at(TAIL), high: at(1 - TAIL) };
}
