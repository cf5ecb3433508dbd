/** Random small shops: few products and prices, so that deals meet, tie and compete. */
import type { Random } from '../../src/base/index.ts';
import { productId } from '../../src/domain/index.ts';
import type { ProductId } from '../../src/domain/index.ts';
import { listed, NO_LIMITS, PLAIN_TAX, PLAIN_TERMS, promotionId } from '../../src/pricing/index.ts';
import type {
  BasketLine,
  Deal,
  Off,
  PriceBookRows,
  ProductGroup,
  Promotion,
} from '../../src/pricing/index.ts';

export interface RandomShop {
  readonly rows: PriceBookRows;
  readonly lines: readonly BasketLine[];
  readonly promotions: readonly Promotion[];
}

const PRODUCTS = ['a', 'b', 'c', 'd', 'e'].map(productId);

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

function group(random: Random): ProductGroup {
  const some = PRODUCTS.filter(() => random.below(2) === 0);
  return random.below(12) === 0
    ? { kind: 'everything', except: some.slice(0, 2) }
    : listed(...(some.length > 0 ? some : [pick(random, PRODUCTS)]));
}

function off(random: Random): Off {
  const kind = random.below(3);
  if (kind === 0) return { kind: 'percent', bps: pick(random, [500, 1000, 3333, 5000, 10_000]) };
  return kind === 1
    ? { kind: 'amount', minor: 1 + random.below(150) }
    : { kind: 'price', minor: random.below(300) };
}

const DEALS: readonly ((random: Random) => Deal)[] = [
  (random) => ({ kind: 'unit-off', products: group(random), off: off(random) }),
  (random) => ({
    kind: 'quantity-break',
    products: group(random),
    tiers: [
      { from: 2 + random.below(2), off: off(random) },
      { from: 4, off: off(random) },
    ],
  }),
  (random) => ({
    kind: 'n-for-total',
    products: group(random),
    units: 2 + random.below(2),
    totalMinor: 100 + random.below(400),
  }),
  (random) => ({
    kind: 'buy-get',
    buy: { products: group(random), units: 1 + random.below(2) },
    get: { products: random.below(2) === 0 ? null : group(random), units: 1 },
    off: off(random),
  }),
  (random) => ({ kind: 'nth-item', products: group(random), nth: 2 + random.below(2), off: off(random) }),
  (random) => ({
    kind: 'mix-and-match',
    slots: Array.from({ length: 1 + random.below(2) }, () => ({
      products: group(random),
      units: 1 + random.below(2),
    })),
    reward: random.below(3) === 0 ? { kind: 'cheapest-free' } : off(random),
  }),
  (random) => {
    const [first, second] = [pick(random, PRODUCTS), pick(random, PRODUCTS)];
    const ids = first === second ? [first] : [first, second];
    return {
      kind: 'bundle',
      parts: ids.map((id) => ({ kind: 'product', productId: id, units: 1 + random.below(2) })),
      off: off(random),
    };
  },
];

export function randomShop(random: Random, sizes: { units: number; promotions: number }): RandomShop {
  const priceOf = new Map<ProductId, number>(
    PRODUCTS.map((id) => [id, pick(random, [99, 100, 150, 200, 333])]),
  );
  const units = Array.from({ length: 1 + random.below(sizes.units) }, () => pick(random, PRODUCTS));
  return {
    rows: {
      where: 'prices',
      currency: 'GBP',
      includesTax: true,
      products: PRODUCTS.map((id) => ({
        productId: id,
        soldBy: 'unit',
        prices: [{ fromDate: null, untilDate: null, priceMinor: priceOf.get(id)!, loyaltyMinor: null }],
        tax: PLAIN_TAX,
      })),
    },
    lines: [...Map.groupBy(units, (id) => id)].map(([id, same]) => ({
      lineId: `line-${id}`,
      productId: id,
      amount: { kind: 'units', units: same.length },
      label: null,
    })),
    promotions: Array.from({ length: 1 + random.below(sizes.promotions) }, (_, index) => ({
      promotionId: promotionId(`p${index}`),
      terms: {
        ...PLAIN_TERMS,
        limits: { ...NO_LIMITS, perTransaction: random.below(4) === 0 ? 1 + random.below(2) : null },
      },
      deal: pick(random, DEALS)(random),
    })),
  };
}
