/** A supermarket with many promotions at once, made from a seed: brands of a few products, deals over brands and aisles. */
import { seededRandom } from '../src/base/index.ts';
import type { Random } from '../src/base/index.ts';
import { productId } from '../src/domain/index.ts';
import type { ProductId } from '../src/domain/index.ts';
import { listed, PLAIN_TAX, PLAIN_TERMS, promotionId } from '../src/pricing/index.ts';
import type { BasketLine, Deal, PriceBookRows, Promotion } from '../src/pricing/index.ts';

export interface PricingShop {
  readonly rows: PriceBookRows;
  readonly promotions: readonly Promotion[];
  readonly baskets: readonly (readonly BasketLine[])[];
}

export interface PricingSizes {
  readonly products: number;
  readonly promotions: number;
  readonly baskets: number;
  readonly units: number;
  readonly seed: number;
}

const PRICES = [79, 99, 125, 150, 199, 250, 299, 350, 499, 899];
const AISLE = 24;

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

type MakeDeal = (products: readonly ProductId[], random: Random) => Deal;

const DEALS: readonly MakeDeal[] = [
  (ids) => ({ kind: 'unit-off', products: listed(...ids), off: { kind: 'percent', bps: 1500 } }),
  (ids) => ({ kind: 'unit-off', products: listed(...ids), off: { kind: 'amount', minor: 30 } }),
  (ids) => ({
    kind: 'buy-get',
    buy: { products: listed(...ids), units: 2 },
    get: { products: null, units: 1 },
    off: { kind: 'percent', bps: 10_000 },
  }),
  (ids, random) => ({
    kind: 'n-for-total',
    products: listed(...ids),
    units: 2 + random.below(2),
    totalMinor: 300,
  }),
  (ids) => ({
    kind: 'mix-and-match',
    slots: [
      { products: listed(...ids.slice(0, Math.ceil(ids.length / 2))), units: 1 },
      { products: listed(...ids.slice(Math.floor(ids.length / 2))), units: 1 },
    ],
    reward: { kind: 'percent', bps: 2000 },
  }),
  (ids) => ({ kind: 'nth-item', products: listed(...ids), nth: 2, off: { kind: 'percent', bps: 5000 } }),
  (ids) => ({
    kind: 'quantity-break',
    products: listed(...ids),
    tiers: [
      { from: 3, off: { kind: 'percent', bps: 1000 } },
      { from: 6, off: { kind: 'percent', bps: 1800 } },
    ],
  }),
];

function promotionsOf(ids: readonly ProductId[], random: Random, count: number): Promotion[] {
  return Array.from({ length: count }, (_, index) => {
    const size = pick(random, [2, 3, 4, 6, 8, 12, AISLE]);
    const from = random.below(ids.length - size);
    const deal = pick(random, DEALS)(ids.slice(from, from + size), random);
    return { promotionId: promotionId(`p${String(index).padStart(4, '0')}`), terms: PLAIN_TERMS, deal };
  });
}

/** Shoppers take several things from each of some aisles. */
function basketOf(ids: readonly ProductId[], random: Random, units: number): BasketLine[] {
  const counts = new Map<ProductId, number>();
  for (let left = units; left > 0;) {
    const aisle = random.below(ids.length - AISLE);
    for (let taken = Math.min(left, 1 + random.below(10)); taken > 0; taken--, left--) {
      const id = ids[aisle + random.below(AISLE)]!;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return [...counts].map(([id, count]) => ({
    lineId: id,
    productId: id,
    amount: { kind: 'units', units: count },
    label: null,
  }));
}

export function pricingShop({ products, promotions, baskets, units, seed }: PricingSizes): PricingShop {
  const random = seededRandom(seed);
  const ids = Array.from({ length: products }, (_, index) => productId(`g${String(index).padStart(5, '0')}`));
  const brandPrice = ids.map((_, index) => pick(random, index % 3 === 0 ? PRICES : PRICES.slice(0, 6)));
  return {
    rows: {
      where: 'prices',
      currency: 'GBP',
      includesTax: true,
      products: ids.map((id, index) => ({
        productId: id,
        soldBy: 'unit',
        // Neighbours are a brand and mostly cost the same.
        prices: [
          {
            fromDate: null,
            untilDate: null,
            priceMinor: brandPrice[index - (index % 4)]!,
            loyaltyMinor: null,
          },
        ],
        tax: PLAIN_TAX,
      })),
    },
    promotions: promotionsOf(ids, random, promotions),
    baskets: Array.from({ length: baskets }, () => basketOf(ids, random, units)),
  };
}
