/** What is just missed: one more unit for a set, or some more money for a step, with what it would save. */
import type { ProductId } from '../domain/index.ts';
import type { Unit } from './basket-units.ts';
import { bestDeals, EXACT_PER_MINOR, exactOff } from './deals/index.ts';
import type { OpenDeal } from './deals/index.ts';
import type { OpenPromotion } from './eligible.ts';
import { roundedParts } from './exact.ts';
import { openPlaces } from './working.ts';
import type { Working } from './working.ts';
import type { PromotionId } from './promotion.ts';

export type Hint =
  | {
      readonly kind: 'one-more';
      readonly promotionId: PromotionId;
      readonly productId: ProductId;
      /** At least; units that other deals hold are not counted. */
      readonly savesMinor: number;
    }
  | {
      readonly kind: 'spend-more';
      readonly promotionId: PromotionId;
      readonly missingMinor: number;
      readonly savesMinor: number;
    };

const HINTS_MAX = 5;

/** Units in no deal that could still join this one. */
function freeFor(deal: OpenDeal, { units, takenBy }: Working): Unit[] {
  return units.filter(
    (unit, place) =>
      unit.allowsPromotions && takenBy[place]!.length === 0 && deal.slots.some(({ fits }) => fits(unit)),
  );
}

/** What a deal alone saves on some units. */
function savedAlone(deal: OpenDeal, units: readonly Unit[]): number {
  const places = units.map((_, place) => place);
  const { claims } = bestDeals({ units, places }, [deal]);
  return roundedParts(
    claims.map(({ exact }) => exact),
    EXACT_PER_MINOR,
  ).reduce((sum, part) => sum + part, 0);
}

/** One unit short of a set, and the basket shows a product that would do: the cheapest of them. */
function oneMore(deal: OpenDeal, working: Working): Hint | null {
  const { promotionId } = deal.promotion;
  const needed = deal.slots.reduce((sum, { units }) => sum + units, 0);
  if (deal.reward.on === 'unit' || needed < 2 || deal.usesLeft <= (working.uses.get(promotionId) ?? 0))
    return null;
  const free = freeFor(deal, working);
  if (free.length < needed - 1) return null;
  const samples = working.units
    .filter((unit) => unit.allowsPromotions && deal.slots.some(({ fits }) => fits(unit)))
    .toSorted((a, b) => a.priceMinor - b.priceMinor);
  const before = savedAlone(deal, free);
  let best: Hint | null = null;
  const tried = new Set<ProductId>();
  for (const unit of samples) {
    if (tried.has(unit.productId)) continue;
    tried.add(unit.productId);
    const savesMinor = savedAlone(deal, [...free, unit]) - before;
    if (savesMinor > 0 && !best)
      best = { kind: 'one-more', promotionId, productId: unit.productId, savesMinor };
  }
  return best;
}

function spendMore({ promotion }: OpenPromotion, working: Working): Hint | null {
  const { deal, promotionId } = promotion;
  if (deal.kind !== 'threshold') return null;
  const places = openPlaces(working, promotion).filter((place) =>
    promotion.groups[0]!(working.units[place]!.productId),
  );
  // What has been spent counts before this promotion's own discount.
  const own = working.discounts.filter((discount) => discount.promotion === promotion);
  const spent =
    places.reduce((sum, place) => sum + working.remaining[place]!, 0) +
    own.reduce((sum, { minor }) => sum + minor, 0);
  const [next] = deal.tiers.filter(({ from }) => from > spent).toSorted((a, b) => a.from - b.from);
  if (!next || spent === 0) return null;
  const [savesMinor = 0] = roundedParts([exactOff(next.off, next.from)], EXACT_PER_MINOR);
  return { kind: 'spend-more', promotionId, missingMinor: next.from - spent, savesMinor };
}

/** The greatest savings first, at most five. */
export function hintsFor(
  working: Working,
  deals: readonly OpenDeal[],
  open: readonly OpenPromotion[],
): Hint[] {
  const found = [
    ...deals.map((deal) => oneMore(deal, working)),
    ...open.map((promotion) => spendMore(promotion, working)),
  ];
  return found
    .filter((hint) => hint !== null)
    .toSorted((a, b) => b.savesMinor - a.savesMinor)
    .slice(0, HINTS_MAX);
}
