/** The goods of a receipt are what pricing says, under every pack that comes along. */
import { expect, test } from 'vitest';
import { readTaxPack, taxPackNames } from '../../src/app/cases/index.ts';
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';

import { buildPriceBook, buildPromotions, priceBasket } from '../../src/pricing/index.ts';
import type { Funder, PricedBasket, ProductPrices, Promotion, TaxPack } from '../../src/pricing/index.ts';
import { goodsOf, keptOf, saleOf } from '../../src/receipts/index.ts';
import { totalOf } from '../../src/payment/index.ts';
import { PLAIN_REQUEST } from '../pricing/shops.ts';
import { randomShop } from '../pricing/random-baskets.ts';

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const FUNDERS: readonly Funder[] = ['store', 'manufacturer', 'third-party'];
const DATES = ['2017-10-15', '2026-03-14'];

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

/** Random products and deals, with classes, volumes, heat and fees of the pack. */
function pricedUnder(pack: TaxPack, random: Random): PricedBasket {
  const shop = randomShop(random, { units: 12, promotions: 4 });
  const carried = pack.fees.filter(({ fee }) => fee !== 'bag');
  const products = shop.rows.products.map((row): ProductPrices => {
    const fees =
      carried.length > 0 && random.below(2) === 0
        ? [{ fee: pick(random, carried).fee, count: 1 + random.below(6) }]
        : [];
    const tax = {
      taxClass: pick(random, pack.classes),
      isHot: random.below(4) === 0,
      volumeMl: 100 + random.below(2000),
      pieces: 1 + random.below(3),
      fees,
    };
    return { productId: row.productId, soldBy: row.soldBy, prices: row.prices, tax };
  });
  const prices = buildPriceBook({
    where: 'prices',
    currency: pack.currency,
    includesTax: pack.includesTax,
    products,
  });
  if (!prices.ok) throw new Error(JSON.stringify(prices.problem));
  const promotions = shop.promotions.map((each): Promotion => ({
    ...each,
    terms: { ...each.terms, funder: pick(random, FUNDERS) },
  }));
  const book = buildPromotions({ where: 'promotions', currency: pack.currency, promotions }, prices.value);
  if (!book.ok) throw new Error(JSON.stringify(book.problem));
  const basket = priceBasket(
    {
      ...PLAIN_REQUEST,
      currency: pack.currency,
      lines: shop.lines,
      localTime: { ...PLAIN_REQUEST.localTime, date: pick(random, DATES) },
      shopper: { isMember: random.below(2) === 0, coupons: [], priorUses: new Map() },
      tender: pick(random, ['card', 'cash']),
      bags: random.below(3),
    },
    { prices: prices.value, promotions: book.value, taxes: pack },
  );
  if (!basket.ok) throw new Error(JSON.stringify(basket.problem));
  return basket.value;
}

test.each(taxPackNames())('under %s, shares of taxes and fees sum to their wholes', (name) => {
  const pack = readTaxPack(name);
  if (!pack.ok) throw new Error(JSON.stringify(pack.problem));
  const random = seededRandom(11);
  let taxCount = 0;
  for (let round = 0; round < 200; round++) {
    const basket = pricedUnder(pack.value, random);
    for (const line of basket.lines)
      for (const tax of line.taxes) {
        const shares = line.units.flatMap(({ taxes }) =>
          taxes.filter(({ authority, taxClass }) => authority === tax.authority && taxClass === tax.taxClass),
        );
        expect(sum(shares.map(({ minor }) => minor))).toBe(tax.minor);
        expect(sum(shares.map(({ baseMinor }) => baseMinor))).toBe(tax.baseMinor);
        taxCount++;
      }
    for (const fee of basket.fees.filter(({ fee: each }) => each !== 'bag')) {
      const shares = basket.lines.flatMap(({ units }) =>
        units.flatMap(({ fees }) => fees.filter((each) => each.fee === fee.fee)),
      );
      expect(sum(shares.map(({ minor }) => minor))).toBe(fee.amountMinor);
      expect(sum(shares.flatMap(({ taxes }) => taxes.map(({ minor }) => minor)))).toBe(fee.taxMinor);
    }
    const goods = goodsOf({
      basket,
      authorityNames: pack.value.authorities,
      facts: basket.lines.map(({ lineId }) => ({
        lineId,
        name: lineId,
        perKilogramMinor: null,
        probability: null,
        evidence: [],
      })),
    });
    const { totals } = basket;
    expect([goods.sums.goodsMinor, goods.sums.feesMinor, goods.sums.taxMinor, goods.sums.totalMinor]).toEqual(
      [totals.netMinor, totals.feesMinor, totals.taxMinor, totals.totalMinor],
    );
    expect(totalOf(saleOf(goods))).toBe(totals.toPayMinor);
    expect(keptOf(goods).units.length).toBe(sum(basket.lines.map(({ units }) => units.length)));
  }
  expect(taxCount).toBeGreaterThan(100);
});
