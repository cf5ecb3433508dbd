/**
 * Deals that take units for themselves. Zones have their turn one after the other; inside a zone the best combination
 * is searched. A promotion's total is rounded once and split over its applications and their units.
 */
import { bestDeals, EXACT_PER_MINOR, setDeal } from '../deals/index.ts';
import type { BestDeals, QuantityRange, OpenDeal } from '../deals/index.ts';
import type { OpenPromotion } from '../eligible.ts';
import { roundedParts, splitByWeight } from '../exact.ts';
import type { Loser, LostBecause } from '../loser.ts';
import type { BookedPromotion } from '../promotion-book.ts';
import { withTaking } from '../working.ts';
import type { Working } from '../working.ts';

export interface DealsDone {
  readonly working: Working;
  readonly losers: readonly Loser[];
  /** At most so much more could have been saved; 0 where the best is proved. */
  readonly gapMinor: number;
  readonly deals: readonly OpenDeal[];
}

/** One promotion's claims, rounded together. */
function taken(working: Working, promotion: BookedPromotion, claims: readonly QuantityRange[]): Working {
  const parts = roundedParts(
    claims.map(({ exact }) => exact),
    EXACT_PER_MINOR,
  );
  const off = claims.flatMap(({ rewarded }, index) => {
    const amounts = splitByWeight(
      parts[index]!,
      rewarded.map(({ exactWeight }) => exactWeight),
    );
    return rewarded.map(({ place }, nth) => ({ place, minor: amounts[nth]! }));
  });
  return withTaking(working, {
    promotion,
    places: claims.flatMap(({ places }) => places),
    off,
    uses: claims.length,
  });
}

function openDeals(promotions: readonly OpenPromotion[], working: Working): OpenDeal[] {
  return promotions.flatMap(({ promotion, usesLeft, budgetLeft }) => {
    const deal = setDeal(promotion, working.units);
    return deal ? [{ ...deal, usesLeft, budgetLeft }] : [];
  });
}

/** Free units of a zone: those that no earlier zone has taken. */
function freePlaces(working: Working): number[] {
  return working.units.flatMap(({ allowsPromotions }, place) =>
    allowsPromotions && working.takenBy[place]!.length === 0 ? [place] : [],
  );
}

function whyLost(deal: OpenDeal, working: Working, possible: BestDeals['possible']): LostBecause {
  const fits = (place: number): boolean => deal.slots.some((slot) => slot.fits(working.units[place]!));
  const all = working.units.flatMap((_, place) => (fits(place) ? [place] : []));
  const allowed = all.filter((place) => working.units[place]!.allowsPromotions);
  if (allowed.length === 0 && all.length > 0) return { kind: 'label-allows-none' };
  const isEnough = deal.slots.every(
    (slot) => allowed.filter((place) => slot.fits(working.units[place]!)).length >= slot.units,
  );
  const needed = deal.slots.reduce((sum, { units }) => sum + units, 0);
  if (!isEnough || allowed.length < needed) return { kind: 'not-enough-units' };
  const others = allowed.flatMap((place) => working.takenBy[place]!.map(({ promotionId }) => promotionId));
  const isFreed = allowed.every((place) =>
    working.takenBy[place]!.every(({ terms }) => terms.zone === deal.promotion.terms.zone),
  );
  if (others.length === 0 || (isFreed && !possible.has(deal))) {
    const { deal: promised } = deal.promotion;
    const isBelow =
      promised.kind === 'quantity-break' && all.length < Math.min(...promised.tiers.map(({ from }) => from));
    return isBelow ? { kind: 'not-enough-units' } : { kind: 'saves-nothing' };
  }
  return { kind: 'beaten-by', promotionIds: [...new Set(others)].toSorted() };
}

export function dealsStage(start: Working, promotions: readonly OpenPromotion[]): DealsDone {
  const byZone = Map.groupBy(openDeals(promotions, start), ({ promotion }) => promotion.terms.zone);
  let working = start;
  let gapMinor = 0;
  const losers: Loser[] = [];
  const all: OpenDeal[] = [];
  for (const [, deals] of [...byZone].toSorted(([a], [b]) => a - b)) {
    const best = bestDeals({ units: working.units, places: freePlaces(working) }, deals);
    gapMinor += best.gapMinor;
    const byDeal = Map.groupBy(best.claims, ({ deal }) => deal);
    for (const deal of deals) {
      const claims = byDeal.get(deal);
      if (claims) working = taken(working, deal.promotion, claims);
    }
    for (const deal of deals) {
      if (byDeal.has(deal)) continue;
      losers.push({
        promotionId: deal.promotion.promotionId,
        because: whyLost(deal, working, best.possible),
      });
    }
    all.push(...deals);
  }
  return { working, losers, gapMinor, deals: all };
}
