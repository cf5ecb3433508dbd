/**
 * The operator's budget of looks (questions and reviews) and the price of a human minute that keeps to it.
 *
 * The price is the Lagrange multiplier of the budget: what the best look at a receipt saves per minute, such that only the
 * allowed share of recent receipts would save more. It rises and falls with the shop, and is nothing while the budget is
 * not used up. Since a price learnt from yesterday may be wrong today, an allowance is kept as well: it grows with every
 * visit by the share, up to what may be saved, and a look needs one whole of it. So n visits in a row are never looked at
 * more than share · n + saved + 1 times.
 */
import type { DecisionPolicy } from './settings.ts';

export interface LookBudget {
  /** What the best look would have saved per minute, of the newest receipts, oldest first; minor units. */
  readonly recentGains: readonly number[];
  readonly minuteMinor: number;
  readonly allowance: number;
}

/** The first doubtful visit of a new store may be looked at. */
export const NO_LOOKS: LookBudget = { recentGains: [], minuteMinor: 0, allowance: 1 };

/** A few hours of a busy shop: enough to know a twentieth by. */
const GAINS_MAX = 500;
/** Nobody pays more than this for a minute: it keeps one odd day from closing the door on every doubt of the next. */
const MINUTE_MINOR_MAX = 5000;

/**
 * What a human minute costs now: the learnt price, and the less the more looks are saved up, for what is saved beyond the
 * most is lost. A shop that has fewer doubts than yesterday looks at smaller ones instead of at none.
 */
export function minutePrice(
  { minuteMinor, allowance }: LookBudget,
  { looksSavedMax }: DecisionPolicy,
): number {
  const saved = looksSavedMax > 0 ? Math.min(Math.max(0, allowance - 1) / looksSavedMax, 1) : 0;
  return minuteMinor * (1 - saved);
}

export function mayLook(budget: LookBudget): boolean {
  return budget.allowance >= 1;
}

/** After a receipt whose best look would save `gainPerMinute`, and that was looked at or not. */
export function afterReceipt(
  budget: LookBudget,
  seen: { readonly gainPerMinute: number; readonly isLookedAt: boolean },
  policy: DecisionPolicy,
): LookBudget {
  const recentGains = [...budget.recentGains, Math.max(0, seen.gainPerMinute)].slice(-GAINS_MAX);
  const above = Math.floor(policy.lookShareMax * recentGains.length);
  const falling = recentGains.toSorted((a, b) => b - a);
  const minuteMinor = Math.min(MINUTE_MINOR_MAX, falling[above] ?? 0);
  const spent = budget.allowance - (seen.isLookedAt ? 1 : 0) + policy.lookShareMax;
  return { recentGains, minuteMinor, allowance: Math.min(1 + policy.looksSavedMax, spent) };
}
