/**
 * What charging something costs when a basket was held. With over and under the value charged too much and too little:
 *
 *   overchargedReceipt · [over > 0] + overchargeFactor · over
 *     + underchargedReceipt · [under > 0] + underchargeFactor · under
 *
 * and `unlistedMinor` for a basket nobody listed, whatever is charged.
 */
import type { Beliefs } from './beliefs.ts';
import type { PolicyCosts } from './settings.ts';

/** Units charged of every product in doubt. */
export type Charge = readonly number[];

export interface Harm {
  readonly expectedMinor: number;
  /** P(anything is charged too much), as far as baskets are listed. */
  readonly overcharged: number;
}

/** O(baskets · products). */
export function harmOf(beliefs: Beliefs, charge: Charge, costs: PolicyCosts): Harm {
  const { baskets, prices } = beliefs;
  let expectedMinor = beliefs.unlisted * costs.unlistedMinor;
  let overcharged = 0;
  for (const { quantities, probability } of baskets) {
    let [over, under, isOver] = [0, 0, false];
    for (let i = 0; i < prices.length; i++) {
      const units = charge[i]! - quantities[i]!;
      if (units > 0) [over, isOver] = [over + units * prices[i]!, true];
      else under -= units * prices[i]!;
    }
    const fixed =
      (isOver ? costs.overchargedReceiptMinor : 0) + (under > 0 ? costs.underchargedReceiptMinor : 0);
    expectedMinor += probability * (fixed + costs.overchargeFactor * over + costs.underchargeFactor * under);
    if (isOver) overcharged += probability;
  }
  return { expectedMinor, overcharged };
}

/** The told quantities, without what nobody can price. */
export function toldCharge(beliefs: Beliefs): Charge {
  return beliefs.told.map((quantity, i) => (beliefs.isPriced[i] ? quantity : 0));
}

/** Zero-in sweeps end by themselves; this only bounds them. */
const SWEEPS_MAX = 10;

interface Limits {
  readonly costs: PolicyCosts;
  /** P(overcharged) at most this, if it can be had; null: only the cost counts. */
  readonly overchargedMax: number | null;
}

function isBetter(a: Harm, b: Harm, { overchargedMax }: Limits): boolean {
  if (overchargedMax !== null) {
    const [aOver, bOver] = [a, b].map(({ overcharged }) => Math.max(0, overcharged - overchargedMax));
    if (aOver !== bOver) return aOver! < bOver!;
  }
  return a.expectedMinor < b.expectedMinor;
}

/** One product at a time, until no change of one is better. Ties stay as they are. */
function improved(beliefs: Beliefs, start: Charge, limits: Limits): Charge {
  let best = start;
  let bestHarm = harmOf(beliefs, best, limits.costs);
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    const before = best;
    for (let i = 0; i < start.length; i++) {
      if (!beliefs.isPriced[i]) continue;
      const options = new Set(beliefs.baskets.map(({ quantities }) => quantities[i]!));
      // Never more than was told: a doubt is no reason to put something on the bill.
      for (const quantity of [0, ...options].filter(
        (each) => each <= Math.max(beliefs.told[i]!, start[i]!),
      )) {
        const next = best.with(i, quantity);
        const harm = harmOf(beliefs, next, limits.costs);
        if (isBetter(harm, bestHarm, limits)) [best, bestHarm] = [next, harm];
      }
    }
    if (best === before) break;
  }
  return best;
}

/** The charge of least expected harm found from each of `starts` and from charging nothing in doubt. */
export function leastHarm(beliefs: Beliefs, starts: readonly Charge[], limits: Limits): Charge {
  const nothing = beliefs.products.map(() => 0);
  let best = starts[0] ?? nothing;
  let bestHarm = harmOf(beliefs, best, limits.costs);
  for (const start of [...starts, nothing]) {
    const charge = improved(beliefs, start, limits);
    const harm = harmOf(beliefs, charge, limits.costs);
    if (isBetter(harm, bestHarm, limits)) [best, bestHarm] = [charge, harm];
  }
  return best;
}
