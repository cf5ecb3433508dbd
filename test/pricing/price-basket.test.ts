import { expect, test } from 'vitest';
import { productId } from '../../src/domain/index.ts';
import { listed, PLAIN_TERMS, priceBasket, promotionId, why } from '../../src/pricing/index.ts';
import type { Deal, Promotion } from '../../src/pricing/index.ts';
import { linesOf, PLAIN_REQUEST, priced, shopOf } from './shops.ts';

const promotion = (id: string, deal: Deal): Promotion => ({
  promotionId: promotionId(id),
  terms: { ...PLAIN_TERMS, name: id },
  deal,
});
const tea = listed(productId('tea'));
const threeForTwo = promotion('3-for-2', {
  kind: 'buy-get',
  buy: { products: tea, units: 2 },
  get: { products: null, units: 1 },
  off: { kind: 'percent', bps: 10_000 },
});

test('why a line costs what it does, step by step', () => {
  const basket = priced({ lines: linesOf({ tea: 3 }) }, shopOf({ tea: 250 }, [threeForTwo]));
  expect(why(basket.lines[0]!, basket)).toEqual([
    { kind: 'list-price', units: 3, minor: 750 },
    { kind: 'promotion', promotionId: '3-for-2', name: '3-for-2', funder: 'store', units: 1, minor: 250 },
    { kind: 'lowest-price-of-30-days', minor: 250 },
    { kind: 'tax', authority: 'state', taxClass: 'standard', perMillion: 150_000, isInside: true, minor: 62 },
    { kind: 'tax', authority: 'city', taxClass: 'standard', perMillion: 50_000, isInside: true, minor: 21 },
  ]);
});

test('ten thousand units of one product are priced, within one set of the best', () => {
  const basket = priced({ lines: linesOf({ tea: 10_000 }) }, shopOf({ tea: 250 }, [threeForTwo]));
  expect(basket.totals.discountMinor).toBe(3333 * 250);
  expect(basket.gapMinor).toBeLessThanOrEqual(250);
});

test('above what can be searched, the result says how much better it could be at most', () => {
  const names = Array.from({ length: 40 }, (_, index) => `p${String(index).padStart(2, '0')}`);
  const prices = Object.fromEntries(names.map((name, index) => [name, 101 + 7 * index]));
  const ids = names.map(productId);
  const deals: Promotion[] = [3, 4, 5, 7].map((nth) =>
    promotion(`every-${nth}`, {
      kind: 'nth-item',
      products: listed(...ids),
      nth,
      off: { kind: 'percent', bps: 9000 },
    }),
  );
  const basket = priced(
    { lines: linesOf(Object.fromEntries(names.map((name) => [name, 2]))) },
    shopOf(prices, deals),
  );
  const listMinor = basket.totals.listMinor;
  // Every third, the cheapest of each: the dear ones together, as a shopper would sort them.
  const sorted = names.flatMap((name) => [prices[name]!, prices[name]!]).toSorted((a, b) => b - a);
  const byHand = sorted.filter((_, index) => index % 3 === 2).reduce((sum, price) => sum + price * 0.9, 0);
  expect(basket.totals.discountMinor).toBeGreaterThanOrEqual(Math.floor(byHand));
  expect(basket.gapMinor).toBeGreaterThan(0);
  expect(basket.totals.discountMinor + basket.gapMinor).toBeLessThanOrEqual(listMinor);
});

test('books of different currencies or shelf prices do not go together', () => {
  const books = shopOf({ tea: 250 });
  const others = [
    { ...books, taxes: { ...books.taxes, currency: 'EUR' as const } },
    { ...books, taxes: { ...books.taxes, includesTax: false } },
  ].map((each) => priceBasket(PLAIN_REQUEST, each));
  expect(others.map((each) => (each.ok ? [] : each.problem.map(({ code }) => code)))).toEqual([
    ['CURRENCIES_MIXED'],
    ['TAX_PACK_INVALID'],
  ]);
});

test('more than ten thousand lines are refused', () => {
  const [line] = linesOf({ tea: 1 });
  const lines = Array.from({ length: 10_001 }, (_, index) => ({ ...line!, lineId: `${index}` }));
  const result = priceBasket({ ...PLAIN_REQUEST, lines }, shopOf({ tea: 250 }));
  expect(result.ok ? [] : result.problem.map(({ code }) => code)).toEqual(['BASKET_TOO_LARGE']);
});
