/**
 * Deals that take units for themselves, brought to one shape: so many units from each slot, and a reward on the whole
 * set, on its cheapest, on one slot or on the unit. What they save is counted exactly, in ten-thousandths of a minor
 * unit (a basis point of one), and rounded only when a promotion's total is known.
 */
import type { BookedPromotion, GroupTest } from '../promotion-book.ts';
import type { Deal, DealKind, Off, Slot } from '../promotion.ts';
import type { Unit } from '../basket-units.ts';
import { priceOfGrams } from '../basket-units.ts';

/** Ten-thousandths in a minor unit. */
export const EXACT_PER_MINOR = 10_000;

export type Fits = (unit: Unit) => boolean;

export type Reward =
  | { readonly on: 'set'; readonly off: Off }
  | { readonly on: 'cheapest'; readonly units: number; readonly off: Off }
  | { readonly on: 'slot'; readonly slot: number; readonly off: Off }
  | { readonly on: 'unit'; readonly exactOff: (unit: Unit) => number };

export interface SetDeal {
  readonly promotion: BookedPromotion;
  readonly slots: readonly { readonly fits: Fits; readonly units: number }[];
  readonly reward: Reward;
}

/** What an offer takes off a price, exactly; never more than the price. */
export function exactOff(off: Off, priceMinor: number): number {
  switch (off.kind) {
    case 'percent':
      return priceMinor * off.bps;
    case 'amount':
      return Math.min(priceMinor, off.minor) * EXACT_PER_MINOR;
    case 'price':
      return Math.max(0, priceMinor - off.minor) * EXACT_PER_MINOR;
  }
}

const FREE: Off = { kind: 'percent', bps: EXACT_PER_MINOR };

type DealOf<Kind extends DealKind> = Extract<Deal, { readonly kind: Kind }>;
type Shape = Omit<SetDeal, 'promotion'>;
type Compile<Kind extends DealKind> = (
  deal: DealOf<Kind>,
  promotion: BookedPromotion,
  units: readonly Unit[],
) => Shape | null;

const ofGroup =
  (test: GroupTest | undefined): Fits =>
  (unit) =>
    test?.(unit.productId) ?? false;

const single = (fits: Fits, off: (unit: Unit) => number): Shape => ({
  slots: [{ fits, units: 1 }],
  reward: { on: 'unit', exactOff: off },
});

function slotsOf(slots: readonly Pick<Slot, 'units'>[], promotion: BookedPromotion): Shape['slots'] {
  return slots.map(({ units }, index) => ({ fits: ofGroup(promotion.groups[index]), units }));
}

function quantityBreak(
  deal: DealOf<'quantity-break'>,
  promotion: BookedPromotion,
  units: readonly Unit[],
): Shape {
  const fits = ofGroup(promotion.groups[0]);
  const count = units.filter(fits).length;
  const reached = deal.tiers.filter(({ from }) => from <= count);
  return single(fits, ({ priceMinor }) =>
    reached.reduce((best, { off }) => Math.max(best, exactOff(off, priceMinor)), 0),
  );
}

function weighed({ gramsMin, off }: DealOf<'weighed'>, promotion: BookedPromotion): Shape {
  const ofProduct = ofGroup(promotion.groups[0]);
  const fits: Fits = (unit) => unit.grams !== null && unit.grams >= gramsMin && ofProduct(unit);
  return single(fits, ({ priceMinor, grams }) =>
    exactOff(off.kind === 'price' ? { ...off, minor: priceOfGrams(off.minor, grams ?? 0) } : off, priceMinor),
  );
}

function buyGet({ buy, get, off }: DealOf<'buy-get'>, promotion: BookedPromotion): Shape {
  if (get.products !== null)
    return { slots: slotsOf([buy, get], promotion), reward: { on: 'slot', slot: 1, off } };
  const units = buy.units + get.units;
  return { slots: slotsOf([{ units }], promotion), reward: { on: 'cheapest', units: get.units, off } };
}

type DealsStage =
  | 'unit-off'
  | 'quantity-break'
  | 'weighed'
  | 'n-for-total'
  | 'buy-get'
  | 'nth-item'
  | 'mix-and-match'
  | 'bundle';

const COMPILE: { readonly [Kind in DealsStage]: Compile<Kind> } = {
  'unit-off': ({ off }, { groups }) =>
    single(ofGroup(groups[0]), ({ priceMinor }) => exactOff(off, priceMinor)),
  'quantity-break': quantityBreak,
  weighed,
  'n-for-total': ({ units, totalMinor }, promotion) => ({
    slots: slotsOf([{ units }], promotion),
    reward: { on: 'set', off: { kind: 'price', minor: totalMinor } },
  }),
  'buy-get': buyGet,
  'nth-item': ({ nth, off }, promotion) => ({
    slots: slotsOf([{ units: nth }], promotion),
    reward: { on: 'cheapest', units: 1, off },
  }),
  'mix-and-match': ({ slots, reward }, promotion) => ({
    slots: slotsOf(slots, promotion),
    reward:
      reward.kind === 'cheapest-free' ? { on: 'cheapest', units: 1, off: FREE } : { on: 'set', off: reward },
  }),
  bundle: ({ off }, { parts }) => ({
    slots: parts.map(({ productId, units }) => ({
      fits: (unit: Unit) => unit.productId === productId,
      units,
    })),
    reward: { on: 'set', off },
  }),
};

/** @param units those of the zone, which count for quantity breaks. Null for kinds of a later stage. */
export function setDeal(promotion: BookedPromotion, units: readonly Unit[]): SetDeal | null {
  const table: Readonly<Record<string, unknown>> = COMPILE;
  const compile = table[promotion.deal.kind] as Compile<DealKind> | undefined;
  const shape = compile?.(promotion.deal, promotion, units) ?? null;
  return shape && { promotion, ...shape };
}
