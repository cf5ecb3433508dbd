/** Exact binomial tails and the bounds that follow from them. */
import { assert } from '../base/index.ts';
import { regularizedBeta } from '../kernel/index.ts';

export interface Trials {
  readonly count: number;
  readonly hits: number;
}

/** P(at most `hits` of `count` independent trials that each hit with `share`). */
export function atMostHits({ count, hits }: Trials, share: number): number {
  assert(hits >= 0 && count >= 0, 'TRIALS_NEGATIVE', { count, hits });
  return hits >= count ? 1 : regularizedBeta(count - hits, hits + 1, 1 - share);
}

/** P(at least `hits`). */
export function atLeastHits({ count, hits }: Trials, share: number): number {
  return hits <= 0 ? 1 : 1 - atMostHits({ count, hits: hits - 1 }, share);
}
