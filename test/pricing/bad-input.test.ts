/** What is wrong is refused whole: a code, the record it is about, a remedy, and nothing half-built. */
import { expect, test } from 'vitest';
import { productId } from '../../src/domain/index.ts';
import type { DataProblem } from '../../src/domain/index.ts';
import {
  buildPriceBook,
  buildPromotions,
  buildTaxPack,
  listed,
  PLAIN_TAX,
  PLAIN_TERMS,
  priceBasket,
  promotionId,
} from '../../src/pricing/index.ts';
import type { Deal, PriceWindow, PricingRequest, Promotion } from '../../src/pricing/index.ts';
import { linesOf, PLAIN_REQUEST, priced, shopOf, VAT } from './shops.ts';

type Outcome = { readonly ok: boolean; readonly problem?: readonly DataProblem[] };

const windowOf = (priceMinor: number, dates: Partial<PriceWindow> = {}): PriceWindow => ({
  fromDate: null,
  untilDate: null,
  priceMinor,
  loyaltyMinor: null,
  ...dates,
});

const bookOf = (...prices: PriceWindow[]): Outcome =>
  buildPriceBook({
    where: 'prices.json',
    currency: 'GBP',
    includesTax: true,
    products: [{ productId: productId('tea'), soldBy: 'unit', prices, tax: PLAIN_TAX }],
  });

const promotionOf = (id: string, deal: Deal): Promotion => ({
  promotionId: promotionId(id),
  terms: PLAIN_TERMS,
  deal,
});

const promotionsOf = (...deals: readonly (readonly [string, Deal])[]): Outcome =>
  buildPromotions(
    {
      where: 'promotions.json',
      currency: 'GBP',
      promotions: deals.map(([id, deal]) => promotionOf(id, deal)),
    },
    shopOf({ tea: 250 }).prices,
  );

const bundleOf = (part: string): Deal => ({
  kind: 'bundle',
  parts: [{ kind: 'bundle', promotionId: promotionId(part), units: 1 }],
  off: { kind: 'percent', bps: 500 },
});

const asked = (request: Partial<PricingRequest>): Outcome =>
  priceBasket({ ...PLAIN_REQUEST, ...request }, shopOf({ tea: 250 }));

const [line] = linesOf({ tea: 1 });
const lines = (count: number): PricingRequest['lines'] =>
  Array.from({ length: count }, (_, index) => ({ ...line!, lineId: `line-${index}` }));

const standard = VAT.rates[0]!;

test.each<{ name: string; outcome: () => Outcome; code: string; record: string }>([
  {
    name: 'a price of zero',
    outcome: () => bookOf(windowOf(0)),
    code: 'PRICE_NOT_POSITIVE',
    record: 'tea',
  },
  {
    name: 'a negative price',
    outcome: () => bookOf(windowOf(-250)),
    code: 'PRICE_NOT_POSITIVE',
    record: 'tea',
  },
  {
    name: 'a part of a penny',
    outcome: () => bookOf(windowOf(2.5)),
    code: 'PRICE_NOT_POSITIVE',
    record: 'tea',
  },
  {
    name: 'prices that overlap by a day',
    outcome: () =>
      bookOf(windowOf(250, { untilDate: '2026-03-14' }), windowOf(300, { fromDate: '2026-03-14' })),
    code: 'PRICE_WINDOWS_OVERLAP',
    record: 'tea',
  },
  {
    name: 'rates that overlap by a day',
    outcome: () =>
      buildTaxPack(
        {
          ...VAT,
          rates: [
            { ...standard, untilDate: '2026-03-14' },
            { ...standard, fromDate: '2026-03-14' },
          ],
        },
        'rates.json',
      ),
    code: 'TAX_PACK_INVALID',
    record: 'state on standard',
  },
  {
    name: 'a promotion on a product that nobody sells',
    outcome: () =>
      promotionsOf([
        'morning',
        { kind: 'unit-off', products: listed(productId('cofee')), off: { kind: 'percent', bps: 500 } },
      ]),
    code: 'PROMOTION_PRODUCT_UNKNOWN',
    record: 'morning',
  },
  {
    name: 'bundles in a circle',
    outcome: () => promotionsOf(['breakfast', bundleOf('brunch')], ['brunch', bundleOf('breakfast')]),
    code: 'BUNDLE_CIRCULAR',
    record: 'breakfast',
  },
  {
    name: 'a bundle of itself',
    outcome: () => promotionsOf(['breakfast', bundleOf('breakfast')]),
    code: 'BUNDLE_CIRCULAR',
    record: 'breakfast',
  },
  {
    name: 'a negative label',
    outcome: () => asked({ lines: [{ ...line!, label: { priceMinor: -1, allowsPromotions: true } }] }),
    code: 'BASKET_LINE_INVALID',
    record: 'tea',
  },
  {
    name: 'a line of no units',
    outcome: () => asked({ lines: [{ ...line!, amount: { kind: 'units', units: 0 } }] }),
    code: 'BASKET_LINE_INVALID',
    record: 'tea',
  },
  {
    name: 'a line above the limit',
    outcome: () => asked({ lines: lines(10_001) }),
    code: 'BASKET_TOO_LARGE',
    record: '10001 lines',
  },
])('$name is refused with its record and a remedy', ({ outcome, code, record }) => {
  const result = outcome();
  expect(result.ok).toBe(false);
  expect(result).not.toHaveProperty('value');
  const found = result.problem!.find((problem) => `${problem.where} ${problem.what}`.includes(record));
  expect(found).toMatchObject({ code });
  expect(found!.remedy.length).toBeGreaterThan(10);
  expect(new Set(result.problem!.map((problem) => problem.code))).toEqual(new Set([code]));
});

test('one bad record among good ones refuses the whole, and every bad one is named', () => {
  const off = { kind: 'percent', bps: 500 } as const;
  const result = promotionsOf(
    ['good', { kind: 'unit-off', products: listed(productId('tea')), off }],
    ['bad', { kind: 'unit-off', products: listed(productId('cofee')), off }],
    ['worse', { kind: 'unit-off', products: listed(productId('bisquit')), off }],
  );
  expect(result.ok).toBe(false);
  const told = JSON.stringify(result.problem);
  expect(['bad', 'worse', 'good'].map((id) => told.includes(`:${id}`))).toEqual([true, true, false]);
});

test('ten thousand lines of different products, the limit, are priced with their promotions', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `p${String(index).padStart(5, '0')}`);
  const deals = Array.from({ length: 500 }, (_, index) =>
    promotionOf(`three-${index}`, {
      kind: 'buy-get',
      buy: { products: listed(...names.slice(index * 20, index * 20 + 20).map(productId)), units: 2 },
      get: { products: null, units: 1 },
      off: { kind: 'percent', bps: 10_000 },
    }),
  );
  const basket = priced(
    { lines: linesOf(Object.fromEntries(names.map((name) => [name, 1]))) },
    shopOf(Object.fromEntries(names.map((name) => [name, 100])), deals),
  );
  expect(basket.lines).toHaveLength(10_000);
  // Of each twenty, six sets of three free one.
  expect(basket.totals.discountMinor).toBe(500 * 6 * 100);
  expect(basket.totals.netMinor).toBe(1_000_000 - 300_000);
});
