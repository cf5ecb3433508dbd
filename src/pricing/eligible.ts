/** Which promotions may take part at all, by hour, shopper, tender and what is left of their limits. */
import { EXACT_PER_MINOR } from './deals/index.ts';
import { isOpen } from './local-time.ts';
import type { Loser, LostBecause } from './loser.ts';
import type { BookedPromotion } from './promotion-book.ts';
import type { PricingRequest } from './request.ts';

export interface OpenPromotion {
  readonly promotion: BookedPromotion;
  /** Applications left; infinite without limit. */
  readonly usesLeft: number;
  /** In ten-thousandths of a minor unit; infinite without limit. */
  readonly budgetLeft: number;
}

export interface Eligible {
  readonly open: readonly OpenPromotion[];
  readonly losers: readonly Loser[];
}

function left(limit: number | null, used: number): number {
  return limit === null ? Infinity : Math.max(0, limit - used);
}

function opened(promotion: BookedPromotion, request: PricingRequest): OpenPromotion {
  const { limits } = promotion.terms;
  const prior = request.shopper.priorUses.get(promotion.promotionId);
  return {
    promotion,
    usesLeft: Math.min(
      left(limits.perTransaction, 0),
      left(limits.perShopper, prior?.byShopper ?? 0),
      left(limits.perDay, prior?.today ?? 0),
    ),
    budgetLeft: left(limits.budgetMinor, prior?.spentMinor ?? 0) * EXACT_PER_MINOR,
  };
}

function keptOut(
  { promotion, usesLeft, budgetLeft }: OpenPromotion,
  request: PricingRequest,
): LostBecause | null {
  const { terms, deal } = promotion;
  if (!isOpen(terms.hours, request.localTime)) return { kind: 'outside-its-hours' };
  if (terms.forMembers && !request.shopper.isMember) return { kind: 'members-only' };
  if (deal.kind === 'tender-off' && deal.tender !== request.tender)
    return { kind: 'needs-tender', tender: deal.tender };
  return usesLeft === 0 || budgetLeft === 0 ? { kind: 'limit-reached' } : null;
}

/** A coupon that nobody handed in takes no part and is no loser. */
function isAskedFor({ deal }: BookedPromotion, request: PricingRequest): boolean {
  return deal.kind !== 'coupon' || request.shopper.coupons.includes(deal.code);
}

export function eligible(promotions: readonly BookedPromotion[], request: PricingRequest): Eligible {
  const open: OpenPromotion[] = [];
  const losers: Loser[] = [];
  for (const promotion of promotions) {
    if (!isAskedFor(promotion, request)) continue;
    const each = opened(promotion, request);
    const because = keptOut(each, request);
    if (because) losers.push({ promotionId: promotion.promotionId, because });
    else open.push(each);
  }
  return { open, losers };
}
