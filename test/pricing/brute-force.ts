/**
 * The best deals by trying everything, written from the promises themselves and not from the code that keeps them:
 * every set of units that holds the first one is either left alone or given to one promotion, and so on.
 */
import type { Off, ProductGroup, Promotion } from '../../src/pricing/index.ts';

export interface PlainUnit {
  readonly productId: string;
  readonly priceMinor: number;
  readonly grams: number | null;
}

/** Ten-thousandths of a minor unit. */
type Exact = number;
const WHOLE = 10_000;

function holds(group: ProductGroup, unit: PlainUnit): boolean {
  const names: readonly string[] = group.kind === 'listed' ? group.productIds : group.except;
  return names.includes(unit.productId) === (group.kind === 'listed');
}

function offPrice(off: Off, price: number): Exact {
  if (off.kind === 'percent') return price * off.bps;
  if (off.kind === 'amount') return Math.min(off.minor, price) * WHOLE;
  return Math.max(price - off.minor, 0) * WHOLE;
}

const total = (units: readonly PlainUnit[]): number =>
  units.reduce((sum, { priceMinor }) => sum + priceMinor, 0);

function cheapest(units: readonly PlainUnit[], count: number): PlainUnit[] {
  return units.toSorted((a, b) => a.priceMinor - b.priceMinor).slice(0, count);
}

/** All ways to choose `count` of the units, as [chosen, others]. */
function* choices(units: readonly PlainUnit[], count: number): Generator<[PlainUnit[], PlainUnit[]]> {
  for (let mask = 0; mask < 1 << units.length; mask++) {
    const chosen = units.filter((_, index) => mask & (1 << index));
    if (chosen.length === count) yield [chosen, units.filter((_, index) => !(mask & (1 << index)))];
  }
}

function fillsSlots(
  units: readonly PlainUnit[],
  slots: readonly { products: ProductGroup; units: number }[],
): boolean {
  const [first, ...others] = slots;
  if (!first) return units.length === 0;
  for (const [chosen, rest] of choices(units, first.units))
    if (chosen.every((unit) => holds(first.products, unit)) && fillsSlots(rest, others)) return true;
  return false;
}

function sumOff(off: Off, units: readonly PlainUnit[]): Exact {
  return units.reduce((sum, { priceMinor }) => sum + offPrice(off, priceMinor), 0);
}

const FREE: Off = { kind: 'percent', bps: WHOLE };

/** What one application of a promotion to exactly these units saves; null where it does not fit them. */
export function savedOn(
  promotion: Promotion,
  units: readonly PlainUnit[],
  basket: readonly PlainUnit[],
): Exact | null {
  const { deal } = promotion;
  const all = (group: ProductGroup): boolean => units.every((unit) => holds(group, unit));
  switch (deal.kind) {
    case 'unit-off':
      return units.length === 1 && all(deal.products) ? sumOff(deal.off, units) : null;
    case 'quantity-break': {
      const count = basket.filter((unit) => holds(deal.products, unit)).length;
      const reached = deal.tiers.filter(({ from }) => count >= from);
      if (units.length !== 1 || !all(deal.products) || reached.length === 0) return null;
      return Math.max(...reached.map(({ off }) => sumOff(off, units)));
    }
    case 'n-for-total':
      if (units.length !== deal.units || !all(deal.products)) return null;
      return Math.max(0, total(units) - deal.totalMinor) * WHOLE;
    case 'nth-item':
      return units.length === deal.nth && all(deal.products) ? sumOff(deal.off, cheapest(units, 1)) : null;
    case 'mix-and-match':
      if (!fillsSlots(units, deal.slots)) return null;
      return deal.reward.kind === 'cheapest-free'
        ? sumOff(FREE, cheapest(units, 1))
        : offPrice(deal.reward, total(units));
    case 'buy-get': {
      const { buy, get, off } = deal;
      if (units.length !== buy.units + get.units) return null;
      if (get.products === null) return all(buy.products) ? sumOff(off, cheapest(units, get.units)) : null;
      let best: Exact | null = null;
      for (const [given, bought] of choices(units, get.units))
        if (
          given.every((unit) => holds(get.products!, unit)) &&
          bought.every((unit) => holds(buy.products, unit))
        )
          best = Math.max(best ?? 0, sumOff(off, given));
      return best;
    }
    case 'bundle': {
      const slots = deal.parts.flatMap((part) =>
        part.kind === 'product'
          ? [{ products: { kind: 'listed', productIds: [part.productId] } as const, units: part.units }]
          : [],
      );
      return fillsSlots(units, slots) ? offPrice(deal.off, total(units)) : null;
    }
    default:
      return null;
  }
}

export interface Best {
  readonly exact: Exact;
  readonly applications: number;
}

function isBetter(a: Best, b: Best): boolean {
  return a.exact > b.exact || (a.exact === b.exact && a.applications < b.applications);
}

/** The most that can be saved, and the fewest applications that do it. */
export function bruteForce(units: readonly PlainUnit[], promotions: readonly Promotion[]): Best {
  const full = (1 << units.length) - 1;
  const saved = promotions.map((promotion) =>
    Array.from({ length: full + 1 }, (_, mask) =>
      mask === 0
        ? null
        : savedOn(
            promotion,
            units.filter((_unit, index) => mask & (1 << index)),
            units,
          ),
    ),
  );
  const limits = promotions.map(({ terms }) => terms.limits.perTransaction);
  const known = new Map<string, Best>();
  const best = (open: number, uses: readonly number[]): Best => {
    if (open === 0) return { exact: 0, applications: 0 };
    const key = `${open} ${uses.filter((_, index) => limits[index] !== null).join(' ')}`;
    const before = known.get(key);
    if (before) return before;
    const first = open & -open;
    let found = best(open ^ first, uses);
    const others = open ^ first;
    for (let sub = others; ; sub = (sub - 1) & others) {
      const set = sub | first;
      for (let index = 0; index < promotions.length; index++) {
        const exact = saved[index]![set] ?? 0;
        if (exact === 0 || (limits[index] !== null && uses[index]! >= limits[index]!)) continue;
        const rest = best(open ^ set, limits[index] === null ? uses : uses.with(index, uses[index]! + 1));
        const option = { exact: exact + rest.exact, applications: 1 + rest.applications };
        if (isBetter(option, found)) found = option;
      }
      if (sub === 0) break;
    }
    known.set(key, found);
    return found;
  };
  return best(
    full,
    promotions.map(() => 0),
  );
}
