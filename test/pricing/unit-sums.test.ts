/** Taxes and fees down to the unit, over random baskets with the classes and fees of every pack: parts sum exactly. */
import { describe, expect, test } from 'vitest';
import { readTaxPack, taxPackNames } from '../../src/app/cases/index.ts';
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import type { PricedBasket, TaxPack, UnitTax } from '../../src/pricing/index.ts';
import { randomShop } from './random-baskets.ts';
import type { RandomShop } from './random-baskets.ts';
import { booksOf, priced } from './shops.ts';

const BASKETS = 200;
const DATES = ['2017-09-01', '2026-03-14'];
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

/** The shop's products with random classes, volumes and fees of a pack. */
function taxed({ rows, ...shop }: RandomShop, pack: TaxPack, random: Random): RandomShop {
  const products = rows.products.map((row) => ({
    ...row,
    tax: {
      taxClass: pick(random, pack.classes),
      isHot: random.below(4) === 0,
      volumeMl: pick(random, [null, 250, 330, 1500]),
      pieces: 1 + random.below(3),
      fees: pack.fees
        .filter(() => random.below(2) === 0)
        .map(({ fee }) => ({ fee, count: 1 + random.below(6) })),
    },
  }));
  return { ...shop, rows: { ...rows, products, currency: pack.currency, includesTax: pack.includesTax } };
}

/** By authority and class, what is not zero. */
function bySource(taxes: readonly UnitTax[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { authority, taxClass, perMillion, minor } of taxes) {
    const key = `${authority} ${taxClass} ${perMillion}`;
    sums.set(key, (sums.get(key) ?? 0) + minor);
  }
  return new Map([...sums].filter(([, minor]) => minor !== 0).toSorted());
}

function checkSums({ lines, fees, totals }: PricedBasket, pack: TaxPack): void {
  for (const { units, taxes } of lines)
    expect(bySource(units.flatMap((unit) => unit.taxes))).toEqual(bySource(taxes));
  for (const { fee, amountMinor, taxes, kind, authority } of fees) {
    const parts = lines.flatMap(({ units }) =>
      units.flatMap((unit) => unit.fees.filter((each) => each.fee === fee)),
    );
    const rule = pack.fees.find((each) => each.fee === fee)!;
    expect([kind, authority]).toEqual([rule.kind, rule.authority]);
    const carried = rule.per === 'bag' ? { minor: 0, taxes: [] } : { minor: amountMinor, taxes };
    expect(sum(parts.map(({ minor }) => minor))).toBe(carried.minor);
    expect(bySource(parts.flatMap((part) => part.taxes))).toEqual(bySource(carried.taxes));
  }
  expect(sum([...lines, ...fees].map(({ taxMinor }) => taxMinor))).toBe(totals.taxMinor);
}

describe.each(taxPackNames())('rates of %s', (name) => {
  const read = readTaxPack(name);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const pack = read.value;

  test.each(['line', 'receipt'] as const)('taxes and fees of units sum, rounded by %s', (basis) => {
    const random = seededRandom(31);
    const rates = { ...pack, rounding: { ...pack.rounding, basis } };
    for (let round = 0; round < BASKETS; round++) {
      const shop = taxed(randomShop(random, { units: 12, promotions: 4 }), pack, random);
      const request = {
        currency: pack.currency,
        lines: shop.lines,
        localTime: { date: pick(random, DATES), minuteOfDay: 600, zone: 'Etc/UTC' },
        bags: random.below(3),
      };
      const books = booksOf(shop, rates);
      const basket = priced(request, books);
      checkSums(basket, pack);
      const back = priced({ ...request, lines: shop.lines.toReversed() }, books);
      expect({ ...back, lines: back.lines.toReversed() }).toEqual(basket);
    }
  });
});
