/** The basket while stages take from it: what each unit still costs, and who took what. Lives inside one pricing. */
import { assert } from '../base/index.ts';
import type { Unit } from './basket-units.ts';
import type { BookedPromotion } from './promotion-book.ts';
import type { PromotionId } from './promotion.ts';

export interface Discount {
  readonly place: number;
  readonly promotion: BookedPromotion;
  readonly minor: number;
}

export interface Working {
  readonly units: readonly Unit[];
  readonly remaining: readonly number[];
  readonly discounts: readonly Discount[];
  /** Promotions that took each unit, with or without a discount on it. */
  readonly takenBy: readonly (readonly BookedPromotion[])[];
  /** Applications by promotion. */
  readonly uses: ReadonlyMap<PromotionId, number>;
}

export function untouched(units: readonly Unit[]): Working {
  return {
    units,
    remaining: units.map(({ priceMinor }) => priceMinor),
    discounts: [],
    takenBy: units.map(() => []),
    uses: new Map(),
  };
}

/** What one promotion takes: its units, and what comes off some of them. */
export interface Taking {
  readonly promotion: BookedPromotion;
  readonly places: readonly number[];
  readonly off: readonly { readonly place: number; readonly minor: number }[];
  readonly uses: number;
}

export function withTaking(working: Working, { promotion, places, off, uses }: Taking): Working {
  const remaining = [...working.remaining];
  const takenBy = [...working.takenBy];
  for (const { place, minor } of off) {
    remaining[place] = remaining[place]! - minor;
    assert(remaining[place] >= 0, 'DISCOUNT_ABOVE_PRICE', { promotion: promotion.promotionId, minor });
  }
  for (const place of places) takenBy[place] = [...takenBy[place]!, promotion];
  const { promotionId } = promotion;
  return {
    units: working.units,
    remaining,
    discounts: [
      ...working.discounts,
      ...off.flatMap(({ place, minor }) => (minor > 0 ? [{ place, promotion, minor }] : [])),
    ],
    takenBy,
    uses: new Map(working.uses).set(promotionId, (working.uses.get(promotionId) ?? 0) + uses),
  };
}

/** Units that a promotion may still take: no label forbids it, and nothing exclusive stands between. */
export function openPlaces({ units, takenBy }: Working, promotion: BookedPromotion): number[] {
  const { isExclusive } = promotion.terms;
  return units.flatMap(({ allowsPromotions }, place) => {
    const others = takenBy[place]!.filter((other) => other !== promotion);
    const isShut = isExclusive ? others.length > 0 : others.some(({ terms }) => terms.isExclusive);
    return allowsPromotions && !isShut ? [place] : [];
  });
}

export function savedMinor({ discounts }: Working): number {
  return discounts.reduce((sum, { minor }) => sum + minor, 0);
}
