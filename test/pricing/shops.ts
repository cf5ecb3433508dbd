/** Builders for tests of pricing: a shop with a few prices, and a request of plain lines. */
import { productId } from '../../src/domain/index.ts';
import {
  buildPriceBook,
  buildPromotions,
  buildTaxPack,
  PLAIN_TAX,
  priceBasket,
} from '../../src/pricing/index.ts';
import type { Books, PricedBasket, PricingRequest, Promotion, TaxPack } from '../../src/pricing/index.ts';
import type { RandomShop } from './random-baskets.ts';

export const VAT: TaxPack = {
  place: 'a test',
  currency: 'GBP',
  includesTax: true,
  asOf: '2026-01-01',
  sources: [],
  notice: '',
  classes: ['standard', 'zero'],
  authorities: { state: 'State', city: 'City' },
  rates: [
    { taxClass: 'standard', authority: 'state', perMillion: 150_000, fromDate: null, untilDate: null },
    { taxClass: 'standard', authority: 'city', perMillion: 50_000, fromDate: null, untilDate: null },
  ],
  rules: [],
  fees: [],
  disclosures: [],
  lowersBase: { store: true, manufacturer: false, 'third-party': false },
  rounding: { basis: 'line', tie: 'half-up', carriedDecimals: null },
  cashRounding: null,
};

export const PLAIN_REQUEST: PricingRequest = {
  currency: 'GBP',
  lines: [],
  localTime: { date: '2026-03-14', minuteOfDay: 600, zone: 'Europe/London' },
  shopper: { isMember: false, coupons: [], priorUses: new Map() },
  tender: null,
  bags: 0,
};

function must<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

export function booksOf(shop: Pick<RandomShop, 'rows' | 'promotions'>, pack: TaxPack = VAT): Books {
  const prices = must(buildPriceBook(shop.rows));
  const promotions = must(
    buildPromotions(
      { where: 'promotions', currency: shop.rows.currency, promotions: shop.promotions },
      prices,
    ),
  );
  return { prices, promotions, taxes: must(buildTaxPack(pack, 'pack')) };
}

/** Prices by product, in pounds' pence, and promotions. */
export function shopOf(
  prices: Readonly<Record<string, number>>,
  promotions: readonly Promotion[] = [],
): Books {
  const products = Object.entries(prices).map(([id, priceMinor]) => ({
    productId: productId(id),
    soldBy: 'unit' as const,
    prices: [{ fromDate: null, untilDate: null, priceMinor, loyaltyMinor: null }],
    tax: PLAIN_TAX,
  }));
  return booksOf({ rows: { where: 'prices', currency: 'GBP', includesTax: true, products }, promotions });
}

export function linesOf(units: Readonly<Record<string, number>>): PricingRequest['lines'] {
  return Object.entries(units).map(([id, count]) => ({
    lineId: id,
    productId: productId(id),
    amount: { kind: 'units', units: count },
    label: null,
  }));
}

export function priced(request: Partial<PricingRequest>, books: Books): PricedBasket {
  return must(priceBasket({ ...PLAIN_REQUEST, ...request }, books));
}
