/**
 * Every way to apply a deal once: which classes give how many units, and what that saves. Deals over many classes
 * have more ways than can be listed; then only sets of neighbours by price are, and the search says that it saw less.
 */
import { EXACT_PER_MINOR, exactOff } from './set-deal.ts';
import { slotKey } from './unit-classes.ts';
import type { OpenDeal, UnitClass } from './unit-classes.ts';

export interface Share {
  readonly classIndex: number;
  readonly units: number;
}

export interface Application {
  readonly dealIndex: number;
  /** By class, ascending. */
  readonly takes: readonly Share[];
  /** Units that carry the discount, with the weight of each; a part of `takes`. */
  readonly rewarded: readonly (Share & { readonly exactEach: number })[];
  /** Saved, in ten-thousandths of a minor unit. */
  readonly exact: number;
}

export interface Listing {
  readonly applications: readonly Application[];
  readonly isComplete: boolean;
}

/** Above this many sets of one deal, neighbours by price only. */
const SETS_MAX = 3000;

type Counts = readonly number[];

function sharesOf(counts: Counts): Share[] {
  return counts.flatMap((units, classIndex) => (units > 0 ? [{ classIndex, units }] : []));
}

type Rewarded = Pick<Application, 'rewarded' | 'exact'>;

function summed(shares: readonly Share[], exactEach: (classIndex: number) => number): Rewarded {
  const rewarded = shares.map((share) => ({ ...share, exactEach: exactEach(share.classIndex) }));
  return { rewarded, exact: rewarded.reduce((sum, { units, exactEach: each }) => sum + units * each, 0) };
}

function cheapest(shares: readonly Share[], units: number, priceOf: (classIndex: number) => number): Share[] {
  let left = units;
  const sorted = shares.toSorted(
    (a, b) => priceOf(a.classIndex) - priceOf(b.classIndex) || a.classIndex - b.classIndex,
  );
  return sorted.flatMap((share) => {
    const taken = Math.min(left, share.units);
    left -= taken;
    return taken > 0 ? [{ classIndex: share.classIndex, units: taken }] : [];
  });
}

/** What one set saves, and on which of its units. */
function rewardOf(
  deal: OpenDeal,
  classes: readonly UnitClass[],
  set: { taken: Counts; bySlot: readonly Counts[] },
): Rewarded {
  const { reward } = deal;
  const shares = sharesOf(set.taken);
  const priceOf = (classIndex: number): number => classes[classIndex]!.sample.priceMinor;
  switch (reward.on) {
    case 'set': {
      const sum = shares.reduce((total, { classIndex, units }) => total + units * priceOf(classIndex), 0);
      return {
        ...summed(shares, (index) => priceOf(index) * EXACT_PER_MINOR),
        exact: exactOff(reward.off, sum),
      };
    }
    case 'cheapest':
      return summed(cheapest(shares, reward.units, priceOf), (index) => exactOff(reward.off, priceOf(index)));
    case 'slot':
      return summed(sharesOf(set.bySlot[reward.slot]!), (index) => exactOff(reward.off, priceOf(index)));
    case 'unit':
      return summed(shares, (index) => reward.exactOff(classes[index]!.sample));
  }
}

/** Calls `visit` with every filling of the slots; stops and returns false after `SETS_MAX` of them. */
function eachSet(
  deal: OpenDeal,
  fitting: readonly (readonly number[])[],
  context: { counts: number[]; visit: (bySlot: readonly Counts[]) => void },
): boolean {
  const { counts, visit } = context;
  const bySlot = deal.slots.map(() => counts.map(() => 0));
  let seen = 0;
  const fill = (slot: number, from: number, left: number): boolean => {
    if (left === 0 && slot + 1 === deal.slots.length) {
      visit(bySlot);
      return ++seen < SETS_MAX;
    }
    if (left === 0) return fill(slot + 1, 0, deal.slots[slot + 1]!.units);
    for (let index = from; index < fitting[slot]!.length; index++) {
      const classIndex = fitting[slot]![index]!;
      if (counts[classIndex] === 0) continue;
      counts[classIndex]!--;
      bySlot[slot]![classIndex]!++;
      const goesOn = fill(slot, index, left - 1);
      counts[classIndex]!++;
      bySlot[slot]![classIndex]!--;
      if (!goesOn) return false;
    }
    return true;
  };
  return fill(0, 0, deal.slots[0]!.units);
}

/** Sets of neighbours by price: the dearest of each slot, then one place further, and so on. */
function eachWindow(
  deal: OpenDeal,
  fitting: readonly (readonly number[])[],
  context: { classes: readonly UnitClass[]; visit: (bySlot: readonly Counts[]) => void },
): void {
  const { classes, visit } = context;
  const lists = fitting.map((indexes) =>
    indexes
      .toSorted((a, b) => classes[b]!.sample.priceMinor - classes[a]!.sample.priceMinor || a - b)
      .flatMap((index) => classes[index]!.places.map(() => index)),
  );
  const startMax = Math.min(SETS_MAX, Math.max(...lists.map(({ length }) => length)));
  for (let start = 0; start < startMax; start++) {
    const left = classes.map(({ places }) => places.length);
    const bySlot = lists.map((list, slot) => {
      const taken = classes.map(() => 0);
      let missing = deal.slots[slot]!.units;
      for (let index = start; index < list.length && missing > 0; index++) {
        const classIndex = list[index]!;
        if (left[classIndex] === 0) continue;
        left[classIndex]!--;
        taken[classIndex]!++;
        missing--;
      }
      return missing === 0 ? taken : null;
    });
    const filled = bySlot.filter((taken) => taken !== null);
    if (filled.length === bySlot.length) visit(filled);
  }
}

/** All that one deal can do with the classes. Of equal sets the better reading of slots is kept. */
export function applicationsOf(deal: OpenDeal, dealIndex: number, classes: readonly UnitClass[]): Listing {
  const fitting = deal.slots.map((_, slot) =>
    classes.flatMap(({ slots }, index) => (slots.has(slotKey(deal, slot)) ? [index] : [])),
  );
  const found = new Map<string, Application>();
  const visit = (bySlot: readonly Counts[]): void => {
    const taken = classes.map((_, index) => bySlot.reduce((sum, counts) => sum + counts[index]!, 0));
    const { rewarded, exact } = rewardOf(deal, classes, { taken, bySlot });
    const key = taken.join(' ');
    if (exact > (found.get(key)?.exact ?? 0))
      found.set(key, { dealIndex, takes: sharesOf(taken), rewarded, exact });
  };
  const counts = classes.map(({ places }) => places.length);
  const isComplete = eachSet(deal, fitting, { counts, visit });
  if (!isComplete) {
    found.clear();
    eachWindow(deal, fitting, { classes, visit });
  }
  return { applications: [...found.values()], isComplete };
}
