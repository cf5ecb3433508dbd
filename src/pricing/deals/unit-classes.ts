/**
 * Units that no deal can tell apart are one class with a count: same price, same place in every deal, same best deal
 * of its own. Twelve equal bottles are a number then, not twelve choices. A unit's best unlimited deal of its own is
 * its base: it needs no search, and sets only matter where they beat it.
 */
import type { Unit } from '../basket-units.ts';
import { compareTexts } from '../compare.ts';
import type { SetDeal } from './set-deal.ts';

/** A deal with what is left of its limits; infinite without limit. */
export interface OpenDeal extends SetDeal {
  readonly usesLeft: number;
  /** In ten-thousandths of a minor unit. */
  readonly budgetLeft: number;
}

export interface BaseDeal {
  readonly deal: OpenDeal;
  readonly exact: number;
}

export interface UnitClass {
  readonly sample: Unit;
  /** Places in the basket's order, ascending. */
  readonly places: readonly number[];
  readonly base: BaseDeal | null;
  /** Slots of searched deals that these units fit: `deal/slot`. */
  readonly slots: ReadonlySet<string>;
}

export function isLimited({ usesLeft, budgetLeft }: OpenDeal): boolean {
  return usesLeft !== Infinity || budgetLeft !== Infinity;
}

/** A deal of single units without limit never competes with itself: it is a base, not a choice. */
export function isBase(deal: OpenDeal): boolean {
  return deal.reward.on === 'unit' && !isLimited(deal);
}

function bestBase(unit: Unit, bases: readonly OpenDeal[]): BaseDeal | null {
  let best: BaseDeal | null = null;
  for (const deal of bases) {
    if (deal.reward.on !== 'unit' || !deal.slots[0]!.fits(unit)) continue;
    const exact = deal.reward.exactOff(unit);
    if (exact > (best?.exact ?? 0)) best = { deal, exact };
  }
  return best;
}

export function slotKey(deal: OpenDeal, slot: number): string {
  return `${deal.promotion.rank}/${slot}`;
}

export interface Places {
  readonly units: readonly Unit[];
  /** Those not yet taken. */
  readonly places: readonly number[];
}

/** @param deals in the order of their ids, which breaks ties. */
export function unitClasses({ units, places }: Places, deals: readonly OpenDeal[]): UnitClass[] {
  const bases = deals.filter(isBase);
  const searched = deals.filter((deal) => !isBase(deal));
  const classes = new Map<string, UnitClass & { readonly places: number[] }>();
  for (const place of places) {
    const sample = units[place]!;
    const slots = searched.flatMap((deal) =>
      deal.slots.flatMap(({ fits }, slot) => (fits(sample) ? [slotKey(deal, slot)] : [])),
    );
    const base = bestBase(sample, bases);
    const key = [sample.priceMinor, sample.grams ?? '', base?.deal.promotion.rank ?? '', ...slots].join(' ');
    const known = classes.get(key);
    if (known) known.places.push(place);
    else classes.set(key, { sample, places: [place], base, slots: new Set(slots) });
  }
  return [...classes].toSorted(([a], [b]) => compareTexts(a, b)).map(([, each]) => each);
}
