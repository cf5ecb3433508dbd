/**
 * What to do with a receipt, by least expected cost. With p the probability that the receipt is all right:
 *
 *   charge: (1 − p) · wrongCharge
 *   ask:    ask     + (1 − p) · askMisses · wrongCharge
 *   review: review  + (1 − p) · reviewMisses · wrongCharge
 *   waive:  the money at stake
 *
 * in minor units. A wrong charge costs more than its amount: trust is part of it. Equal costs fall to the earlier
 * choice in that list, except that nothing is charged which nobody can price.
 */
import type { Decision } from '../domain/index.ts';

export interface DecisionCosts {
  readonly wrongChargeMinor: number;
  readonly askMinor: number;
  readonly askMissesShare: number;
  readonly reviewMinor: number;
  readonly reviewMissesShare: number;
}

export const DECISION_COSTS: DecisionCosts = {
  wrongChargeMinor: 1500,
  askMinor: 25,
  askMissesShare: 0.2,
  reviewMinor: 75,
  reviewMissesShare: 0.03,
};

/** The cheapest decision for a receipt of `totalMinor` that is all right with `probabilityAllRight`. */
export function decide(
  receipt: { readonly totalMinor: number; readonly probabilityAllRight: number },
  costs: DecisionCosts = DECISION_COSTS,
): Decision {
  const wrong = (1 - receipt.probabilityAllRight) * costs.wrongChargeMinor;
  const options: readonly (readonly [Decision, number])[] = [
    ['charge', wrong],
    ['ask', costs.askMinor + costs.askMissesShare * wrong],
    ['review', costs.reviewMinor + costs.reviewMissesShare * wrong],
    // An empty receipt has nothing to waive: what may be missing from it is worth at least a review.
    ['waive', receipt.totalMinor > 0 ? receipt.totalMinor : Infinity],
  ];
  let best = options[0]!;
  for (const option of options) if (option[1] < best[1]) best = option;
  return best[0];
}
