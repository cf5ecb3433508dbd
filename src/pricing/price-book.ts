/**
 * What things cost: a price per product and day, by the unit or the kilogram, with the loyalty price beside it. The
 * windows of a product never overlap, so a day has one price or none; the past stays in the book, because the lowest
 * price of thirty days has to be told beside a reduction in some places.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { Currency, DataProblem, ProductId } from '../domain/index.ts';
import { compareTexts } from './compare.ts';
import { dayNumber, isDate, isWithin } from './local-time.ts';
import type { DateRange } from './local-time.ts';

export interface PriceWindow extends DateRange {
  readonly priceMinor: number;
  /** For who shows membership; null where everybody pays the same. */
  readonly loyaltyMinor: number | null;
}

/** What tax rules and fees look at, beside the class. */
export interface TaxFacts {
  readonly taxClass: string;
  /** Heated for the shopper. */
  readonly isHot: boolean;
  readonly volumeMl: number | null;
  /** Items in one package: six doughnuts in a box. */
  readonly pieces: number;
  /** Fees of the rate pack that this product carries, such as a bottle's deposit, with how many (or fluid ounces) in one package. */
  readonly fees: readonly { readonly fee: string; readonly count: number }[];
}

export interface ProductPrices {
  readonly productId: ProductId;
  readonly soldBy: 'unit' | 'kilogram';
  readonly prices: readonly PriceWindow[];
  readonly tax: TaxFacts;
}

export interface PriceBookRows {
  /** The file this came from. */
  readonly where: string;
  readonly currency: Currency;
  /** True where prices on the shelf include tax, as in Europe and Australia. */
  readonly includesTax: boolean;
  readonly products: readonly (ProductPrices & { readonly currency?: Currency | undefined })[];
}

export interface PriceBook {
  readonly currency: Currency;
  readonly includesTax: boolean;
  readonly byProduct: ReadonlyMap<ProductId, ProductPrices>;
}

export const PLAIN_TAX: TaxFacts = {
  taxClass: 'standard',
  isHot: false,
  volumeMl: null,
  pieces: 1,
  fees: [],
};

const PRICE_MINOR_MAX = 1_000_000_000;
const LOWEST_PRICE_DAYS = 30;
const FIRST_DAY = '0001-01-01';
const LAST_DAY = '9999-12-31';

type Place = { readonly where: string; readonly productId: ProductId };

function amountProblem({ where, productId }: Place, minor: number): DataProblem | null {
  const isCount = Number.isSafeInteger(minor) && minor > 0;
  if (isCount && minor <= PRICE_MINOR_MAX) return null;
  const what = `product ${productId} has a price of ${minor} minor units`;
  if (isCount)
    return { code: 'PRICE_TOO_LARGE', where, what, remedy: 'Check the currency and its decimals.' };
  const remedy = 'Give a whole number of minor units above zero; make gifts with a promotion.';
  return { code: 'PRICE_NOT_POSITIVE', where, what, remedy };
}

function windowProblem({ where, productId }: Place, window: PriceWindow): DataProblem | null {
  const { fromDate, untilDate } = window;
  const hasDates = [fromDate, untilDate].every((date) => date === null || isDate(date));
  if (hasDates && (fromDate ?? FIRST_DAY) <= (untilDate ?? LAST_DAY)) return null;
  return {
    code: 'PRICE_WINDOW_INVALID',
    where,
    what: `product ${productId} has a price from ${fromDate} until ${untilDate}`,
    remedy: 'Write dates as 2026-03-14, the first not after the last.',
  };
}

function loyaltyProblem({ where, productId }: Place, window: PriceWindow): DataProblem | null {
  if (window.loyaltyMinor === null) return null;
  const bad = amountProblem({ where, productId }, window.loyaltyMinor);
  if (bad || window.loyaltyMinor <= window.priceMinor) return bad;
  return {
    code: 'LOYALTY_PRICE_NOT_LOWER',
    where,
    what: `product ${productId} costs members ${window.loyaltyMinor} and others ${window.priceMinor}`,
    remedy: 'Swap the two prices, or leave the loyalty price out.',
  };
}

function byStart(a: PriceWindow, b: PriceWindow): number {
  return compareTexts(a.fromDate ?? FIRST_DAY, b.fromDate ?? FIRST_DAY);
}

function overlapProblem({ where, productId }: Place, windows: readonly PriceWindow[]): DataProblem | null {
  const sorted = windows.toSorted(byStart);
  const later = sorted.find((window, index) => {
    const earlier = sorted[index - 1];
    return earlier && (earlier.untilDate ?? LAST_DAY) >= (window.fromDate ?? FIRST_DAY);
  });
  if (!later) return null;
  return {
    code: 'PRICE_WINDOWS_OVERLAP',
    where,
    what: `product ${productId} has two prices on ${later.fromDate ?? 'all days'}`,
    remedy: 'End the earlier price on the day before the later one begins.',
  };
}

function productProblems(row: PriceBookRows['products'][number], rows: PriceBookRows): DataProblem[] {
  const place: Place = { where: `${rows.where}:${row.productId}`, productId: row.productId };
  const found = row.prices.flatMap((window) => [
    amountProblem(place, window.priceMinor),
    windowProblem(place, window),
    loyaltyProblem(place, window),
  ]);
  if (row.currency !== undefined && row.currency !== rows.currency)
    found.push({
      code: 'CURRENCIES_MIXED',
      where: place.where,
      what: `product ${row.productId} is priced in ${row.currency}, the book in ${rows.currency}`,
      remedy: 'Keep one price book per currency.',
    });
  found.push(overlapProblem(place, row.prices));
  return found.filter((problem) => problem !== null);
}

export function buildPriceBook(rows: PriceBookRows): Result<PriceBook, readonly DataProblem[]> {
  const problems = rows.products.flatMap((row) => productProblems(row, rows));
  const byProduct = new Map<ProductId, ProductPrices>();
  for (const row of rows.products) {
    if (byProduct.has(row.productId))
      problems.push({
        code: 'PRICE_ROW_TWICE',
        where: `${rows.where}:${row.productId}`,
        what: `product ${row.productId} has two rows`,
        remedy: 'Put all prices of a product in one row, with their dates.',
      });
    byProduct.set(row.productId, { ...row, prices: row.prices.toSorted(byStart) });
  }
  if (problems.length > 0) return refused(problems);
  return ok({ currency: rows.currency, includesTax: rows.includesTax, byProduct });
}

export function priceOn(product: ProductPrices, date: string): PriceWindow | null {
  return product.prices.find((window) => isWithin(window, date)) ?? null;
}

/** The lowest price of everybody in the thirty days before `date`; null where there was none. */
export function lowestPriceBefore(product: ProductPrices, date: string): number | null {
  const today = dayNumber(date);
  const held = product.prices.filter(
    ({ fromDate, untilDate }) =>
      dayNumber(fromDate ?? FIRST_DAY) < today &&
      dayNumber(untilDate ?? LAST_DAY) >= today - LOWEST_PRICE_DAYS,
  );
  return held.length === 0 ? null : Math.min(...held.map(({ priceMinor }) => priceMinor));
}
