/**
 * Products that look like those of a shop: kinds, packs and variants drawn in families, as a buyer lists them, with the
 * weights that follow from pack and packaging. `meanGrams` is the truth; what the retailer believes is made from it in
 * `retail-catalogue.ts`.
 *
 * Twins are the hard case of a weighing shop: two variants of one pack, side by side on the shelf, within 3 g.
 */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { productId } from '../../domain/index.ts';
import type { Money, ProductId } from '../../domain/index.ts';
import { shuffled } from '../words/index.ts';
import { between, oneOf } from './draw.ts';
import { GOODS_KINDS, grossGrams, SPREAD_SHARES, TAGGED_CATEGORIES } from './kinds.ts';
import type { Category, GoodsKind, Pack } from './kinds.ts';
import { shelfPrice } from './prices.ts';
import type { WorldCurrency } from './prices.ts';

export interface WorldProduct {
  readonly productId: ProductId;
  readonly name: string;
  readonly kind: GoodsKind;
  readonly price: Money;
  readonly meanGrams: number;
  readonly spreadGrams: number;
  readonly isTagged: boolean;
}

export interface GoodsOptions {
  readonly random: Random;
  readonly nextGtin: () => string;
  readonly categories: readonly Category[];
  readonly count: number;
  readonly currency: WorldCurrency;
  /** At least this share of the products has a neighbour on the shelf within 3 g, 0 to 1. */
  readonly sameWeightShare: number;
}

/** Products that must lie side by side: one, or two twins. */
export type ShelfMates = readonly WorldProduct[];

/** Lines of goods that a retailer has made under its own name; the first has none. */
const RANGES = [
  { name: '', priceFactor: 1 },
  { name: 'Everyday', priceFactor: 0.72 },
  { name: 'Select', priceFactor: 1.35 },
  { name: 'Organic', priceFactor: 1.5 },
  { name: 'Classic', priceFactor: 1.1 },
  { name: 'Family', priceFactor: 0.9 },
] as const;
type Range = (typeof RANGES)[number];

/** How many variants of a pack are listed at once. */
const FAMILY_SIZES = [1, 1, 1, 2, 3];
const TWIN_GRAMS_MAX = 3;
const ROUND_PRICED: ReadonlySet<Category> = new Set(['stadium-food', 'merchandise']);
/** How far a pack's true mean lies from its label: fillers aim a little high, each range packs its own way. */
const FILLING = { from: 0, to: 0.015 };
const RANGE_PACKING = { from: -0.02, to: 0.02 };
/** Variants of a pack differ by up to this many of their own spreads: hardly for cans, clearly for sandwiches. */
const VARIETY_IN_SPREADS = 4;

/** Variants of one kind in one pack of one range that are still to be had. */
interface OpenLine {
  readonly order: number;
  readonly kind: GoodsKind;
  readonly pack: Pack;
  readonly range: Range;
  readonly packingFactor: number;
  readonly variants: string[];
}

function linesOf(options: GoodsOptions): OpenLine[] {
  const { random } = options;
  const wanted = new Set(options.categories);
  const lines: OpenLine[] = [];
  for (const kind of GOODS_KINDS) {
    if (!wanted.has(kind.category)) continue;
    for (const pack of kind.packs) {
      for (const range of RANGES) {
        const packingFactor = 1 + between(random, RANGE_PACKING);
        const variants = shuffled(random, kind.variants);
        lines.push({ order: lines.length, kind, pack, range, packingFactor, variants });
      }
    }
  }
  return lines;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function drawProduct(options: GoodsOptions, line: OpenLine): WorldProduct {
  const { kind, pack, range } = line;
  const variant = line.variants.pop();
  assert(variant !== undefined, 'LINE_WITHOUT_VARIANTS', { kind: kind.name });
  const nominal = grossGrams(kind, pack);
  const variety = VARIETY_IN_SPREADS * SPREAD_SHARES[kind.category];
  const ownFactor =
    1 + between(options.random, FILLING) + between(options.random, { from: -variety, to: variety });
  const meanGrams = nominal * line.packingFactor * ownFactor;
  const name = sentence([range.name, kind.name, variant, pack.label].filter((word) => word !== '').join(' '));
  return {
    productId: productId(options.nextGtin()),
    name,
    kind,
    price: shelfPrice(pack.usdMinor * range.priceFactor, {
      currency: options.currency,
      isRound: ROUND_PRICED.has(kind.category),
    }),
    meanGrams,
    spreadGrams: SPREAD_SHARES[kind.category] * meanGrams,
    isTagged: TAGGED_CATEGORIES.has(kind.category),
  };
}

function drawTwins(options: GoodsOptions, line: OpenLine): ShelfMates {
  const first = drawProduct(options, line);
  const second = drawProduct(options, line);
  const { random } = options;
  const apart = between(random, { from: 0, to: TWIN_GRAMS_MAX }) * (random.below(2) === 0 ? 1 : -1);
  const meanGrams = Math.max(1, first.meanGrams + apart);
  const spreadGrams = SPREAD_SHARES[second.kind.category] * meanGrams;
  return [first, { ...second, meanGrams, spreadGrams }];
}

/** The next line to buy from: the retailer's nameless range first, so that small shops have no five kinds of salt. */
function pickLine(random: Random, open: readonly OpenLine[]): OpenLine {
  const plain = open.filter((line) => line.range.name === '');
  return oneOf(random, plain.length > 0 ? plain : open);
}

interface Mates {
  readonly line: OpenLine;
  readonly products: ShelfMates;
}

interface Wanted {
  readonly twins: boolean;
  readonly atMost: number;
}

function drawMates(options: GoodsOptions, open: readonly OpenLine[], want: Wanted): Mates[] {
  const { random } = options;
  if (want.twins && want.atMost >= 2) {
    const withTwo = open.filter((line) => line.variants.length >= 2);
    if (withTwo.length > 0) {
      const line = pickLine(random, withTwo);
      return [{ line, products: drawTwins(options, line) }];
    }
  }
  const line = pickLine(random, open);
  const size = Math.min(oneOf(random, FAMILY_SIZES), line.variants.length, want.atMost);
  return Array.from({ length: size }, () => ({ line, products: [drawProduct(options, line)] }));
}

/** How many different products `categories` can give. */
export function goodsCountMax(categories: readonly Category[]): number {
  const kinds = GOODS_KINDS.filter((kind) => categories.includes(kind.category));
  return kinds.reduce((sum, kind) => sum + kind.packs.length * kind.variants.length * RANGES.length, 0);
}

/**
 * `count` products in the order of the shelves: departments, kinds and packs stay together.
 * @throws AssertionFailure where the categories have not so many products.
 */
export function generateGoods(options: GoodsOptions): readonly ShelfMates[] {
  const countMax = goodsCountMax(options.categories);
  assert(options.count <= countMax, 'TOO_MANY_PRODUCTS', { count: options.count, countMax });
  let open = linesOf(options);
  const drawn: Mates[] = [];
  let count = 0;
  let twinCount = 0;
  while (count < options.count) {
    const want = {
      twins: twinCount < options.sameWeightShare * options.count,
      atMost: options.count - count,
    };
    for (const mates of drawMates(options, open, want)) {
      drawn.push(mates);
      count += mates.products.length;
      if (mates.products.length > 1) twinCount += mates.products.length;
    }
    open = open.filter((line) => line.variants.length > 0);
  }
  return drawn.toSorted((a, b) => a.line.order - b.line.order).map((mates) => mates.products);
}
