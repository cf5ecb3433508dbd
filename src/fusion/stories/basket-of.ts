/**
 * Baskets: the marginals of the joint stories, line by line. Groups are independent, so a basket is the sum of what each
 * of them gave; only groups that may have given the same product have to be looked at together.
 */
import { productId } from '../../domain/index.ts';
import type {
  Basket,
  BasketAlternative,
  BasketLine,
  ProductId,
  QuantityProbability,
  VisitId,
} from '../../domain/index.ts';
import { heldBy, holdingKey, UNNAMED } from './stories.ts';
import type { Group } from './story.ts';

/** Alternatives and unlikely lines below this are not told. */
const TOLD_MIN = 0.005;

/** One thing that somebody may have from some groups together. */
interface Share {
  readonly held: ReadonlyMap<ProductId, number>;
  /** P(this, whatever else nobody can name), and P(this and nothing unnamed beside it). */
  mass: number;
  probability: number;
}

/** Beyond this many, and below this share, ways to have got something are left out; they count as doubt. */
const SHARES_MAX = 128;
const SHARE_MIN = 1e-7;
/** A product that a lot holds with less than this does not tie it to another: both together would be rarer still. */
const COMMON_MIN = 0.003;

function nameOf(held: ReadonlyMap<ProductId, number>): string {
  return [...held]
    .map(([product, count]) => `${product}*${count}`)
    .sort()
    .join('\n');
}

/** The most probable first; of those that hold the same, one. */
function gathered(shares: readonly Share[]): Share[] {
  const byName = new Map<string, Share>();
  for (const share of shares) {
    const name = nameOf(share.held);
    const same = byName.get(name);
    if (!same) byName.set(name, { ...share });
    else {
      same.mass += share.mass;
      same.probability += share.probability;
    }
  }
  const sorted = [...byName.values()].sort((a, b) => b.probability - a.probability || b.mass - a.mass);
  return sorted.filter(({ mass }) => mass > SHARE_MIN).slice(0, SHARES_MAX);
}

/** What `visit` has from one group. */
function sharesIn(group: Group, visit: VisitId): Share[] {
  return gathered(
    group.stories.map(({ holdings, logProb }) => {
      const mass = Math.exp(logProb);
      const held = heldBy(holdings, visit).filter(([name]) => name !== UNNAMED);
      // A story with an unnamed item can never make the receipt right.
      const isWhole = !holdings.has(holdingKey(visit, null));
      const named = held.map(([name, count]): [ProductId, number] => [productId(name), count]);
      return { held: new Map(named), mass, probability: isWhole ? mass : 0 };
    }),
  );
}

/** What somebody has from two independent lots together. */
function together(a: readonly Share[], b: readonly Share[]): Share[] {
  const sums = a.flatMap((one) =>
    b.map((other) => {
      const held = new Map(one.held);
      for (const [product, count] of other.held) held.set(product, (held.get(product) ?? 0) + count);
      return { held, mass: one.mass * other.mass, probability: one.probability * other.probability };
    }),
  );
  return gathered(sums);
}

/** The products that are held with more than `COMMON_MIN`. */
function productsIn(shares: readonly Share[]): Set<ProductId> {
  const masses = new Map<ProductId, number>();
  for (const { held, mass } of shares)
    for (const product of held.keys()) masses.set(product, (masses.get(product) ?? 0) + mass);
  return new Set([...masses].flatMap(([product, mass]) => (mass > COMMON_MIN ? [product] : [])));
}

interface Lot {
  readonly products: ReadonlySet<ProductId>;
  readonly shares: readonly Share[];
  /** What pruning has left of the groups behind it. */
  readonly keptMass: number;
}

/** What `visit` has, in lots that have no product to speak of in common, oldest first. */
function lotsOf(groups: readonly Group[], visit: VisitId): Lot[] {
  let lots: Lot[] = [];
  for (const group of groups) {
    let shares = sharesIn(group, visit);
    let { keptMass } = group;
    const products = productsIn(shares);
    const common = lots.filter((lot) => [...products].some((product) => lot.products.has(product)));
    for (const lot of common) {
      shares = together(lot.shares, shares);
      keptMass *= lot.keptMass;
    }
    const rest = lots.filter((lot) => !common.includes(lot));
    lots = [...rest, { products: productsIn(shares), shares, keptMass }];
  }
  return lots;
}

type Counts = ReadonlyMap<number, number>;

/** P(quantity) of every product of the lot. */
function quantitiesIn(lot: Lot): Map<ProductId, Counts> {
  const byProduct = new Map<ProductId, Map<number, number>>();
  for (const { held, mass } of lot.shares) {
    for (const [product, count] of held) {
      const counts = byProduct.get(product) ?? new Map<number, number>();
      counts.set(count, (counts.get(count) ?? 0) + mass);
      byProduct.set(product, counts);
    }
  }
  for (const counts of byProduct.values()) {
    let some = 0;
    for (const probability of counts.values()) some += probability;
    counts.set(0, Math.max(1 - some, 0));
  }
  return byProduct;
}

/** Of two independent counts, the sum's distribution. */
function sumOf(a: Counts, b: Counts): Counts {
  const sum = new Map<number, number>();
  for (const [one, first] of a)
    for (const [other, second] of b) sum.set(one + other, (sum.get(one + other) ?? 0) + first * second);
  return sum;
}

interface Quantity {
  readonly counts: Counts;
  /** What pruning has left of all groups that may have given the product. */
  readonly keptMass: number;
}

/** P(quantity) of every product over all lots, in the order in which they came. */
function quantitiesOf(lots: readonly Lot[]): Map<ProductId, Quantity> {
  const byProduct = new Map<ProductId, Quantity>();
  for (const lot of lots) {
    for (const [product, counts] of quantitiesIn(lot)) {
      const before = byProduct.get(product);
      if (!before) byProduct.set(product, { counts, keptMass: lot.keptMass });
      else
        byProduct.set(product, {
          counts: sumOf(before.counts, counts),
          keptMass: before.keptMass * lot.keptMass,
        });
    }
  }
  return byProduct;
}

/** The most probable of each lot, together. */
function bestOf(lots: readonly Lot[]): ReadonlyMap<ProductId, number> {
  const best = new Map<ProductId, number>();
  for (const { shares } of lots)
    for (const [product, count] of shares[0]?.held ?? []) best.set(product, (best.get(product) ?? 0) + count);
  return best;
}

function lineOf(
  product: ProductId,
  quantity: number,
  told: { readonly counts: ReadonlyMap<number, number>; readonly keptMass: number; readonly sure: number },
): BasketLine {
  const probability = Math.min((told.counts.get(quantity) ?? 0) * told.keptMass, 1);
  const alternatives: QuantityProbability[] = [...told.counts]
    .filter(([count, share]) => count !== quantity && share >= TOLD_MIN)
    .map(([count, share]) => ({ quantity: count, probability: Math.min(share * told.keptMass, 1) }))
    .sort((a, b) => b.probability - a.probability);
  const status = probability >= told.sure ? 'sure' : 'being-checked';
  return { productId: product, quantity, probability, status, alternatives };
}

/** So many whole baskets are told, and none that is rarer. */
const ALTERNATIVES_MAX = 32;
const ALTERNATIVE_MIN = 1e-4;

/** Whole baskets, the likeliest first: the lots multiplied out, as far as that is worth telling. */
export function alternativesFromGroups(groups: readonly Group[], visit: VisitId): BasketAlternative[] {
  let all: Share[] = [{ held: new Map(), mass: 1, probability: 1 }];
  let keptMass = 1;
  for (const lot of lotsOf(groups, visit)) {
    all = together(all, lot.shares)
      .filter(({ probability }) => probability >= ALTERNATIVE_MIN)
      .slice(0, ALTERNATIVES_MAX);
    keptMass *= lot.keptMass;
  }
  return all.map(({ held, probability }) => ({
    items: [...held].map(([product, quantity]) => ({ productId: product, quantity })),
    probability: Math.min(1, probability * keptMass),
  }));
}

/** The basket of `visit` from its groups; empty and certain where nothing was ever near it. */
export function basketFromGroups(groups: readonly Group[], visit: VisitId, sure: number): Basket {
  const lots = lotsOf(groups, visit);
  const best = bestOf(lots);
  const lines: BasketLine[] = [];
  const unlikely: BasketLine[] = [];
  for (const [product, { counts, keptMass }] of quantitiesOf(lots)) {
    const quantity = best.get(product);
    if (quantity !== undefined) {
      lines.push(lineOf(product, quantity, { counts, keptMass, sure }));
      continue;
    }
    const [mostLikely] = [...counts].filter(([count]) => count > 0).sort((a, b) => b[1] - a[1]);
    if (mostLikely && mostLikely[1] >= TOLD_MIN)
      unlikely.push(lineOf(product, mostLikely[0], { counts, keptMass, sure }));
  }
  unlikely.sort((a, b) => b.probability - a.probability);
  let probability = 1;
  for (const { shares, keptMass } of lots) probability *= (shares[0]?.probability ?? 1) * keptMass;
  return { visitId: visit, lines, unlikely, probabilityAllRight: Math.min(probability, 1) };
}
