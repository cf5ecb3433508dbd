/**
 * The best deals of one zone for the shopper: most saved, then fewest applications, then the lowest ids (by the sum of
 * their places among the deals that meet). These three are one number per application, so that a sum of them compares
 * whole results. Deals and units that touch each other form a component and are searched together; components know
 * nothing of each other.
 */
import { applicationsOf } from './applications.ts';
import type { Application } from './applications.ts';
import { bestChoices } from './search.ts';
import type { SearchResult } from './search.ts';
import { EXACT_PER_MINOR } from './set-deal.ts';
import { isBase, isLimited, slotKey, unitClasses } from './unit-classes.ts';
import type { OpenDeal, Places, UnitClass } from './unit-classes.ts';

/** One application of a deal on units of the basket. */
export interface QuantityRange {
  readonly deal: OpenDeal;
  /** Places of all its units. */
  readonly places: readonly number[];
  /** Those that carry the discount, with their weights. */
  readonly rewarded: readonly { readonly place: number; readonly exactWeight: number }[];
  readonly exact: number;
}

export interface BestDeals {
  readonly claims: readonly QuantityRange[];
  /** At most so much more could be saved; 0 where the result is proved the best. */
  readonly gapMinor: number;
  /** Deals that could have been applied at least once, alone. */
  readonly possible: ReadonlySet<OpenDeal>;
}

/** `saved · perExact − perUse − rank` as one number; parts that would leave the safe integers are left out. */
interface Scale {
  readonly perExact: number;
  readonly perUse: number;
  readonly perRank: number;
}

function scaleFor(classes: readonly UnitClass[], dealCount: number): Scale {
  const units = classes.reduce((sum, { places }) => sum + places.length, 0);
  const worth = classes.reduce((sum, { places, sample }) => sum + places.length * sample.priceMinor, 0);
  const exactMax = Math.max(1, worth * EXACT_PER_MINOR) * 2;
  const perUse = dealCount * units + 1;
  const perExact = perUse * (units + 1);
  if (Number.isSafeInteger(exactMax * perExact)) return { perExact, perUse, perRank: 1 };
  if (Number.isSafeInteger(exactMax * (units + 1))) return { perExact: units + 1, perUse: 1, perRank: 0 };
  return { perExact: 1, perUse: 0, perRank: 0 };
}

interface Component {
  readonly classes: readonly UnitClass[];
  /** Searched deals, by id. */
  readonly deals: readonly OpenDeal[];
}

/** Classes that share a searched deal belong together. */
function componentsOf(classes: readonly UnitClass[], deals: readonly OpenDeal[]): Component[] {
  const leader = classes.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (leader[at] !== at) at = leader[at]!;
    return at;
  };
  const fits = (each: UnitClass, deal: OpenDeal): boolean =>
    deal.slots.some((_, slot) => each.slots.has(slotKey(deal, slot)));
  const touched = deals.map((deal) => classes.flatMap((each, index) => (fits(each, deal) ? [index] : [])));
  for (const [first = 0, ...others] of touched)
    for (const other of others)
      leader[Math.max(find(first), find(other))] = Math.min(find(first), find(other));
  const groups = Map.groupBy(
    classes.map((_, index) => index),
    find,
  );
  return [...groups.values()].map((indexes) => ({
    classes: indexes.map((index) => classes[index]!),
    deals: deals.filter((_, nth) => touched[nth]!.length > 0 && indexes.includes(touched[nth]![0]!)),
  }));
}

interface Scored {
  readonly application: Application;
  readonly gain: number;
}

interface Searched {
  readonly applications: readonly Application[];
  readonly result: SearchResult;
  readonly gapMinor: number;
  readonly possible: readonly OpenDeal[];
}

function scorer(
  component: Component,
  ranks: ReadonlyMap<OpenDeal, number>,
): { scale: Scale; gainOf: (each: Application) => number } {
  const { classes, deals } = component;
  const scale = scaleFor(classes, ranks.size);
  const score = (deal: OpenDeal, exact: number): number =>
    exact * scale.perExact - scale.perUse - scale.perRank * ranks.get(deal)!;
  const bases = classes.map(({ base }) => (base ? score(base.deal, base.exact) : 0));
  return {
    scale,
    gainOf: ({ dealIndex, takes, exact }) =>
      takes.reduce(
        (gain, { classIndex, units }) => gain - units * bases[classIndex]!,
        score(deals[dealIndex]!, exact),
      ),
  };
}

/** Places by id among the deals of a component, so that what it does not touch changes nothing. */
function ranksIn({ classes, deals }: Component): Map<OpenDeal, number> {
  const met = new Set([...deals, ...classes.flatMap(({ base }) => (base ? [base.deal] : []))]);
  const sorted = [...met].toSorted((a, b) => a.promotion.rank - b.promotion.rank);
  return new Map(sorted.map((deal, rank) => [deal, rank]));
}

/** What no result can exceed, when not every application was listed: all units free. */
function ceiling({ classes }: Component): number {
  return classes.reduce(
    (sum, { places, sample, base }) =>
      sum + places.length * (sample.priceMinor * EXACT_PER_MINOR - (base?.exact ?? 0)),
    0,
  );
}

function searched(component: Component, ranks: ReadonlyMap<OpenDeal, number>): Searched {
  const { classes, deals } = component;
  const { scale, gainOf } = scorer(component, ranks);
  const listings = deals.map((deal, index) => applicationsOf(deal, index, classes));
  const scored: Scored[] = listings
    .flatMap(({ applications }) => applications)
    .map((application) => ({ application, gain: gainOf(application) }))
    .filter(({ gain }) => gain > 0);
  const limited = deals.filter(isLimited);
  const choices = scored.map(({ application, gain }) => {
    const limitIndex = limited.indexOf(deals[application.dealIndex]!);
    return {
      takes: application.takes,
      gain,
      limitIndex: limitIndex < 0 ? null : limitIndex,
      exact: application.exact,
    };
  });
  const counts = classes.map(({ places }) => places.length);
  const result = bestChoices({ counts, choices, limits: limited });
  const isComplete = listings.every((listing) => listing.isComplete);
  const gap = isComplete
    ? (result.bound - result.gain) / scale.perExact
    : ceiling(component) - result.gain / scale.perExact;
  return {
    applications: scored.map(({ application }) => application),
    result,
    // A gap in uses or ids alone is no money.
    gapMinor: Math.max(0, Math.floor(gap / EXACT_PER_MINOR)),
    possible: deals.filter((_, index) => listings[index]!.applications.length > 0),
  };
}

/** Hands out the places of the classes, first to applications in the order of deal and classes, the rest to bases. */
function claimsOf({ classes, deals }: Component, { applications, result }: Searched): QuantityRange[] {
  const next = classes.map(() => 0);
  const claims = result.chosen
    .toSorted((a, b) => a - b)
    .map((index): QuantityRange => {
      const { dealIndex, takes, rewarded, exact } = applications[index]!;
      const taken = new Map(
        takes.map(({ classIndex, units }) => {
          const from = next[classIndex]!;
          next[classIndex] = from + units;
          return [classIndex, classes[classIndex]!.places.slice(from, from + units)] as const;
        }),
      );
      return {
        deal: deals[dealIndex]!,
        places: [...taken.values()].flat(),
        rewarded: rewarded.flatMap(({ classIndex, units, exactEach }) =>
          taken
            .get(classIndex)!
            .slice(0, units)
            .map((place) => ({ place, exactWeight: exactEach })),
        ),
        exact,
      };
    });
  const left = classes.flatMap(({ base, places }, index) =>
    base === null ? [] : places.slice(next[index]!).map((place) => baseClaim(base, place)),
  );
  return [...claims, ...left];
}

function baseClaim({ deal, exact }: NonNullable<UnitClass['base']>, place: number): QuantityRange {
  return { deal, places: [place], rewarded: [{ place, exactWeight: exact }], exact };
}

/** @param deals of one zone, by id. */
export function bestDeals(basket: Places, deals: readonly OpenDeal[]): BestDeals {
  const classes = unitClasses(basket, deals);
  const components = componentsOf(
    classes,
    deals.filter((deal) => !isBase(deal)),
  );
  const results = components.map((component) => ({
    component,
    found: searched(component, ranksIn(component)),
  }));
  const claims = results.flatMap(({ component, found }) => claimsOf(component, found));
  const based = deals.filter(
    (deal) => isBase(deal) && basket.places.some((place) => canTake(deal, basket.units[place]!)),
  );
  return {
    claims,
    gapMinor: results.reduce((sum, { found }) => sum + found.gapMinor, 0),
    possible: new Set([...based, ...results.flatMap(({ found }) => found.possible)]),
  };
}

function canTake({ slots, reward }: OpenDeal, unit: Places['units'][number]): boolean {
  return slots[0]!.fits(unit) && reward.on === 'unit' && reward.exactOff(unit) > 0;
}
