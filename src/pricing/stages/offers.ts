/**
 * What the promotions of the later stages offer on the basket as it stands: coupons, spending, orders, gifts, tender.
 * They look at what units still cost, and share units with other promotions unless one of them is exclusive.
 */
import { EXACT_PER_MINOR, exactOff } from '../deals/index.ts';
import { roundedParts, splitByWeight } from '../exact.ts';
import type { LostBecause } from '../loser.ts';
import type { BookedPromotion } from '../promotion-book.ts';
import type { Deal, DealKind, Off } from '../promotion.ts';
import { openPlaces } from '../working.ts';
import type { Taking, Working } from '../working.ts';

export type Offer =
  | { readonly kind: 'taking'; readonly taking: Taking }
  | { readonly kind: 'none'; readonly because: LostBecause };

type DealOf<Kind extends DealKind> = Extract<Deal, { readonly kind: Kind }>;

/** The basket now and as the stage found it; what the promotion may take of it. */
interface View {
  readonly working: Working;
  readonly atStart: Working;
  readonly promotion: BookedPromotion;
  /** Open places of the deal's first group that still cost something. */
  readonly places: readonly number[];
}

const none = (because: LostBecause): Offer => ({ kind: 'none', because });
const NOTHING = none({ kind: 'saves-nothing' });

const sumOf = (amounts: readonly number[], places: readonly number[]): number =>
  places.reduce((sum, place) => sum + amounts[place]!, 0);

/** An amount off all places together, by what each still costs. */
function offTogether({ promotion, working, places }: View, exact: number): Offer {
  const [rounded = 0] = roundedParts([exact], EXACT_PER_MINOR);
  const total = Math.min(rounded, sumOf(working.remaining, places));
  if (total === 0) return NOTHING;
  const amounts = splitByWeight(
    total,
    places.map((place) => working.remaining[place]!),
  );
  const off = places.map((place, index) => ({ place, minor: amounts[index]! }));
  return { kind: 'taking', taking: { promotion, places, off, uses: 1 } };
}

/** Each place for itself; the promotion's total is rounded once. */
function offEach({ promotion, working }: View, places: readonly number[], off: Off): Offer {
  const amounts = roundedParts(
    places.map((place) => exactOff(off, working.remaining[place]!)),
    EXACT_PER_MINOR,
  );
  if (amounts.every((amount) => amount === 0)) return NOTHING;
  const parts = places.map((place, index) => ({ place, minor: amounts[index]! }));
  return { kind: 'taking', taking: { promotion, places, off: parts, uses: 1 } };
}

function couponOffer({ off, unitsMin, appliesTo }: DealOf<'coupon'>, view: View): Offer {
  const { places, working, promotion } = view;
  const ofGroup = working.units.filter(({ productId }) => promotion.groups[0]!(productId));
  if (ofGroup.length < unitsMin) return none({ kind: 'not-enough-units' });
  if (appliesTo === 'group') return offTogether(view, exactOff(off, sumOf(working.remaining, places)));
  if (appliesTo === 'every-unit') return offEach(view, places, off);
  const best = places.toSorted(
    (a, b) => exactOff(off, working.remaining[b]!) - exactOff(off, working.remaining[a]!) || a - b,
  );
  return offEach(view, best.slice(0, 1), off);
}

function thresholdOffer({ tiers }: DealOf<'threshold'>, view: View): Offer {
  const spent = sumOf(view.working.remaining, view.places);
  const reached = tiers.filter(({ from }) => from <= spent);
  if (reached.length === 0) return none({ kind: 'below-threshold' });
  return offTogether(view, Math.max(...reached.map(({ off }) => exactOff(off, spent))));
}

function orderOffer({ off, isCompound }: DealOf<'order-off'>, view: View): Offer {
  const base = (isCompound ? view.working : view.atStart).remaining;
  return offTogether(view, exactOff(off, sumOf(base, view.places)));
}

function giftOffer({ gift, spendMinor }: DealOf<'free-gift'>, view: View): Offer {
  const { working, promotion, places } = view;
  const [given] = openPlaces(working, promotion)
    .filter((place) => working.units[place]!.productId === gift && working.remaining[place]! > 0)
    .toSorted((a, b) => working.remaining[b]! - working.remaining[a]! || a - b);
  const spent = sumOf(
    working.remaining,
    places.filter((place) => place !== given),
  );
  if (spent < spendMinor) return none({ kind: 'below-threshold' });
  if (given === undefined) return none({ kind: 'not-enough-units' });
  const off = [{ place: given, minor: working.remaining[given]! }];
  return { kind: 'taking', taking: { promotion, places: [given], off, uses: 1 } };
}

function tenderOffer({ off }: DealOf<'tender-off'>, view: View): Offer {
  return offTogether(view, exactOff(off, sumOf(view.working.remaining, view.places)));
}

/** What a promotion of a later stage offers now. */
export function offerOf(promotion: BookedPromotion, working: Working, atStart: Working): Offer {
  const places = openPlaces(working, promotion).filter(
    (place) => promotion.groups[0]!(working.units[place]!.productId) && working.remaining[place]! > 0,
  );
  const view: View = { working, atStart, promotion, places };
  const { deal } = promotion;
  switch (deal.kind) {
    case 'coupon':
      return couponOffer(deal, view);
    case 'threshold':
      return thresholdOffer(deal, view);
    case 'order-off':
      return orderOffer(deal, view);
    case 'free-gift':
      return giftOffer(deal, view);
    case 'tender-off':
      return tenderOffer(deal, view);
    default:
      return NOTHING;
  }
}
