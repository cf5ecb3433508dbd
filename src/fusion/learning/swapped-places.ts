/**
 * Two neighbours that may stand in each other's places. At either place that looks like a wrong weight; what tells the
 * two apart is the other place. For a step at the place of one of them
 *
 *   p(D | swapped) / p(D | not) = (R + P(own)·p(D | other) + P(near)·p(D | one)) / (R + P(own)·p(D | one) + P(near)·p(D | other))
 */
import { logAddExp } from '../../kernel/index.ts';
import type { LearntSwap, ProductId } from '../../domain/index.ts';

/** P(a product and a given neighbour stand in each other's places): somebody filled two facings the wrong way round. */
const SWAPPED_SHARE = 0.002;
const LOG_ODDS_PRIOR = Math.log(SWAPPED_SHARE / (1 - SWAPPED_SHARE));
/** Shelves are filled anew: no pair is ever beyond doubt. */
const LOG_ODDS_MAX = 12;

/** ln-odds by product and neighbour, told with both; at most as many as there are neighbours. */
export type SwapBeliefs = Map<ProductId, Map<ProductId, number>>;

/** How well a step at the place of `one` is explained; ln-likelihoods, places included. */
export interface SwapEvidence {
  readonly one: ProductId;
  readonly other: ProductId;
  readonly logSwapped: number;
  readonly logAsPlanned: number;
}

/** Weighs one step. */
export function learnSwap(swaps: SwapBeliefs, evidence: SwapEvidence): void {
  const { one, other, logSwapped, logAsPlanned } = evidence;
  const before = swaps.get(one)?.get(other) ?? LOG_ODDS_PRIOR;
  const after = before + logSwapped - logAsPlanned;
  setSwap(swaps, [one, other], Math.max(-LOG_ODDS_MAX, Math.min(LOG_ODDS_MAX, after)));
}

export function setSwap(
  swaps: SwapBeliefs,
  [one, other]: readonly [ProductId, ProductId],
  logOdds: number,
): void {
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    const pairs = swaps.get(a) ?? new Map<ProductId, number>();
    swaps.set(a, pairs.set(b, logOdds));
  }
}

/** Every pair once. */
export function swapPairs(swaps: SwapBeliefs): LearntSwap[] {
  return [...swaps].flatMap(([one, pairs]) =>
    [...pairs].flatMap(([other, logOdds]): LearntSwap[] =>
      one < other ? [{ productIds: [one, other], logOdds }] : [],
    ),
  );
}

/** P(`product` stands in the place of one of its neighbours): the likeliest of them. */
export function swappedProbability(swaps: SwapBeliefs, product: ProductId): number {
  const pairs = swaps.get(product);
  if (!pairs) return 0;
  const odds = Math.exp(Math.max(...pairs.values()));
  return odds / (1 + odds);
}

/** ln(a + b + c) of three ln-values. */
export function logSum3(a: number, b: number, c: number): number {
  return logAddExp(a, logAddExp(b, c));
}
