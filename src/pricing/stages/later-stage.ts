/**
 * Coupons, order and tender: each stage tries its shared promotions alone, and behind each exclusive one, and keeps
 * what saves most (then the fewest uses, then the earlier). Inside, zone and id give the order; a budget that an offer
 * would overrun refuses the offer whole.
 */
import { EXACT_PER_MINOR } from '../deals/index.ts';
import type { OpenPromotion } from '../eligible.ts';
import type { Loser, LostBecause } from '../loser.ts';
import type { Working } from '../working.ts';
import { savedMinor, withTaking } from '../working.ts';
import { offerOf } from './offers.ts';

export interface StageDone {
  readonly working: Working;
  readonly losers: readonly Loser[];
}

/** How often a promotion may be used here: coupons as often as they were handed in, others once. */
function timesOf({ promotion, usesLeft }: OpenPromotion, coupons: readonly string[]): number {
  const { deal } = promotion;
  const handedIn = deal.kind === 'coupon' ? coupons.filter((code) => code === deal.code).length : 1;
  return Math.min(handedIn, usesLeft);
}

interface Round {
  readonly atStart: Working;
  readonly coupons: readonly string[];
}

function applied(
  open: OpenPromotion,
  start: Working,
  round: Round,
): { working: Working; because: LostBecause | null } {
  let working = start;
  let budgetLeft = open.budgetLeft;
  for (let time = 0; time < timesOf(open, round.coupons); time++) {
    const offer = offerOf(open.promotion, working, round.atStart);
    const isFirst = time === 0;
    if (offer.kind === 'none') return { working, because: isFirst ? offer.because : null };
    const exact = offer.taking.off.reduce((sum, { minor }) => sum + minor, 0) * EXACT_PER_MINOR;
    if (exact > budgetLeft) return { working, because: isFirst ? { kind: 'limit-reached' } : null };
    budgetLeft -= exact;
    working = withTaking(working, offer.taking);
  }
  return { working, because: null };
}

function inOrder(promotions: readonly OpenPromotion[], round: Round): StageDone {
  let working = round.atStart;
  const losers: Loser[] = [];
  for (const open of promotions) {
    const { promotionId } = open.promotion;
    const before = working;
    const done = applied(open, working, round);
    working = done.working;
    if (!done.because) continue;
    const isShut = done.because.kind === 'saves-nothing' && before.discounts.length > 0;
    const winners = [...new Set(before.discounts.map(({ promotion }) => promotion.promotionId))].toSorted();
    losers.push({
      promotionId,
      because: isShut ? { kind: 'beaten-by', promotionIds: winners } : done.because,
    });
  }
  return { working, losers };
}

function usesIn({ uses }: Working): number {
  return [...uses.values()].reduce((sum, count) => sum + count, 0);
}

function isBetter(a: Working, b: Working): boolean {
  const [savedByA, savedByB] = [savedMinor(a), savedMinor(b)];
  return savedByA > savedByB || (savedByA === savedByB && usesIn(a) < usesIn(b));
}

/** @param promotions of this stage, by id. */
export function laterStage(
  atStart: Working,
  promotions: readonly OpenPromotion[],
  coupons: readonly string[],
): StageDone {
  const sorted = promotions.toSorted((a, b) => a.promotion.terms.zone - b.promotion.terms.zone);
  const exclusive = sorted.filter(({ promotion }) => promotion.terms.isExclusive);
  const shared = sorted.filter(({ promotion }) => !promotion.terms.isExclusive);
  const round: Round = { atStart, coupons };
  let best = inOrder(shared, round);
  let tried: readonly OpenPromotion[] = shared;
  for (const each of exclusive) {
    const option = inOrder([each, ...shared], round);
    if (!isBetter(option.working, best.working)) continue;
    best = option;
    tried = [each, ...shared];
  }
  const winners = best.working.discounts
    .slice(atStart.discounts.length)
    .map(({ promotion }) => promotion.promotionId);
  const untried = exclusive
    .filter((each) => !tried.includes(each))
    .map(({ promotion }): Loser => {
      const alone = offerOf(promotion, atStart, atStart);
      const because: LostBecause =
        alone.kind === 'none'
          ? alone.because
          : { kind: 'beaten-by', promotionIds: [...new Set(winners)].toSorted() };
      return { promotionId: promotion.promotionId, because };
    });
  return { working: best.working, losers: [...best.losers, ...untried] };
}
