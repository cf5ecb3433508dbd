/** What holds for every basket, tried on random ones. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { promotionId, splitByWeight } from '../../src/pricing/index.ts';
import type { PricedBasket, Promotion } from '../../src/pricing/index.ts';
import { bruteForce } from './brute-force.ts';
import { randomShop } from './random-baskets.ts';
import type { RandomShop } from './random-baskets.ts';
import { booksOf, priced, VAT } from './shops.ts';

const EXACT_PER_MINOR = 10_000;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Promotions of the later stages beside the random deals. */
function withOrder(shop: RandomShop, random: Random): RandomShop {
  const [base] = shop.promotions as [Promotion, ...Promotion[]];
  const everything = { kind: 'everything', except: [] } as const;
  const more: Promotion['deal'][] = [
    {
      kind: 'order-off',
      products: everything,
      off: { kind: 'percent', bps: 750 },
      isCompound: random.below(2) === 0,
    },
    { kind: 'threshold', products: everything, tiers: [{ from: 500, off: { kind: 'amount', minor: 77 } }] },
    {
      kind: 'coupon',
      code: 'C',
      products: everything,
      unitsMin: 1,
      appliesTo: 'every-unit',
      off: { kind: 'percent', bps: 333 },
    },
  ];
  const added = more.map((deal, index) => ({
    ...base,
    promotionId: promotionId(`q${index}`),
    terms: { ...base.terms, zone: 0, isExclusive: random.below(3) === 0 },
    deal,
  }));
  return { ...shop, promotions: [...shop.promotions, ...added] };
}

function each(count: number, check: (shop: RandomShop, random: Random) => void, withLater = true): void {
  const random = seededRandom(7);
  for (let round = 0; round < count; round++) {
    const shop = randomShop(random, { units: 12, promotions: 6 });
    check(withLater ? withOrder(shop, random) : shop, random);
  }
}

const shopper = { isMember: true, coupons: ['C', 'C'], priorUses: new Map() };

function price(shop: RandomShop): PricedBasket {
  return priced({ lines: shop.lines, shopper }, booksOf(shop));
}

test('parts sum to the whole: units, lines, promotions, taxes, totals', () => {
  each(500, (shop) => {
    const { lines, totals, taxes } = price(shop);
    for (const line of lines) {
      expect(sum(line.units.map(({ netMinor }) => netMinor))).toBe(line.netMinor);
      for (const unit of line.units) {
        const off = sum(unit.discounts.map(({ minor }) => minor)) + (unit.markdown?.minor ?? 0);
        expect(unit.listMinor - off).toBe(unit.netMinor);
        expect(unit.netMinor).toBeGreaterThanOrEqual(0);
      }
    }
    expect(sum(lines.map(({ netMinor }) => netMinor))).toBe(totals.netMinor);
    expect(totals.listMinor - totals.discountMinor).toBe(totals.netMinor);
    expect(sum(taxes.map(({ minor }) => minor))).toBe(totals.taxMinor);
    expect(sum(lines.map(({ taxMinor }) => taxMinor))).toBe(totals.taxMinor);
  });
});

test('the whole way saves what the best deals are worth, to half a minor unit per promotion', () => {
  each(
    300,
    (shop) => {
      const units = shop.lines.flatMap(({ productId, amount }) => {
        const priceMinor = shop.rows.products.find((row) => row.productId === productId)!.prices[0]!
          .priceMinor;
        const count = amount.kind === 'units' ? amount.units : 0;
        return Array.from({ length: count }, () => ({ productId, priceMinor, grams: null }));
      });
      if (units.length > 8) return;
      const best = bruteForce(units, shop.promotions).exact / EXACT_PER_MINOR;
      expect(Math.abs(price(shop).totals.discountMinor - best)).toBeLessThanOrEqual(
        0.5 * shop.promotions.length,
      );
    },
    false,
  );
});

test('the order of lines and of promotions changes nothing', () => {
  each(300, (shop) => {
    const forward = price(shop);
    const back = price({ ...shop, lines: shop.lines.toReversed(), promotions: shop.promotions.toReversed() });
    expect({ ...back, lines: back.lines.toReversed() }).toEqual(forward);
  });
});

test('the same request gives the same basket', () => {
  each(100, (shop) => {
    expect(JSON.stringify(price(shop))).toBe(JSON.stringify(price(shop)));
  });
});

test('one more unit never makes the rest dearer, with deals alone', () => {
  // Deals only choose among more: what was possible before still is, and the new unit pays its price at most. A free
  // gift, a threshold or an exclusive order discount gives no such promise, and rounding moves half a minor unit.
  each(
    300,
    (shop) => {
      const before = price(shop).totals.netMinor;
      const [first] = shop.lines;
      const amount = first!.amount.kind === 'units' ? first!.amount.units : 0;
      const more = { ...first!, amount: { kind: 'units' as const, units: amount + 1 } };
      const after = price({ ...shop, lines: [more, ...shop.lines.slice(1)] });
      const list = after.lines[0]!.units[0]!.listMinor;
      expect(after.totals.netMinor - list).toBeLessThanOrEqual(before + shop.promotions.length);
    },
    false,
  );
});

test('a split sums, keeps the sign and stays within one of the exact share', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 2000; round++) {
    const weights = Array.from({ length: 1 + random.below(12) }, () => random.below(1000));
    const total = random.below(100_000) - 50_000;
    const parts = splitByWeight(total, weights);
    const whole = sum(weights);
    expect(sum(parts)).toBe(total);
    if (whole === 0) continue;
    for (const [index, part] of parts.entries())
      expect(Math.abs(part - (total * weights[index]!) / whole)).toBeLessThan(1);
  }
});

test('taxes on top and per receipt sum as well', () => {
  each(200, (shop) => {
    const pack = { ...VAT, includesTax: false, rounding: { ...VAT.rounding, basis: 'receipt' as const } };
    const outside = { ...shop, rows: { ...shop.rows, includesTax: false } };
    const { lines, totals, taxes } = priced({ lines: shop.lines, shopper }, booksOf(outside, pack));
    expect(sum(taxes.map(({ minor }) => minor))).toBe(totals.taxMinor);
    expect(sum(lines.map(({ taxMinor }) => taxMinor))).toBe(totals.taxMinor);
    expect(totals.totalMinor).toBe(totals.netMinor + totals.taxMinor);
    expect(Math.abs(totals.taxMinor - totals.netMinor * 0.2)).toBeLessThanOrEqual(0.5);
  });
});
