/** What is asked: a basket at a moment, by a shopper. All that a price depends on comes in with it. */
import type { Currency, DataProblem, ProductId } from '../domain/index.ts';
import { isDate, MINUTES_PER_DAY } from './local-time.ts';
import type { LocalTime } from './local-time.ts';
import { priceOn } from './price-book.ts';
import type { PriceBook } from './price-book.ts';
import type { PriorUses } from './promotion-book.ts';

/** A clearance sticker: this price instead, with promotions on top or without. */
export interface ClearanceLabel {
  readonly priceMinor: number;
  readonly allowsPromotions: boolean;
}

export interface BasketLine {
  readonly lineId: string;
  readonly productId: ProductId;
  /** Units, or one package of so many grams. */
  readonly amount:
    { readonly kind: 'units'; readonly units: number } | { readonly kind: 'grams'; readonly grams: number };
  readonly label: ClearanceLabel | null;
}

export interface PricingRequest {
  readonly currency: Currency;
  readonly lines: readonly BasketLine[];
  readonly localTime: LocalTime;
  readonly shopper: {
    readonly isMember: boolean;
    /** Codes as handed in, each as often as it was. */
    readonly coupons: readonly string[];
    readonly priorUses: PriorUses;
  };
  /** How it is paid, such as `card`, `cash` or `snap`; null as long as nobody knows. */
  readonly tender: string | null;
  readonly bags: number;
}

const WHERE = 'basket';
const LINES_MAX = 10_000;
const UNITS_MAX = 10_000;
/** Shares of a basket are counted in ten-thousandths of a minor unit and have to stay exact. */
const TOTAL_MINOR_MAX = Math.floor(Number.MAX_SAFE_INTEGER / 10_000);
const GRAMS_PER_KILOGRAM = 1000;

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

function amountProblem(line: BasketLine, soldBy: 'unit' | 'kilogram'): DataProblem | null {
  const { amount } = line;
  const count = amount.kind === 'units' ? amount.units : amount.grams;
  const isOfKind = (amount.kind === 'units') === (soldBy === 'unit');
  const isPriced = line.label === null || isCount(line.label.priceMinor, 0);
  if (isCount(count, 1) && isOfKind && isPriced) return null;
  const what = `line ${line.lineId} holds ${count} ${amount.kind} of ${line.productId}, sold by the ${soldBy}`;
  const remedy = 'Give whole units, or whole grams of what is weighed; a label has a whole price.';
  return { code: 'BASKET_LINE_INVALID', where: `${WHERE}:${line.lineId}`, what, remedy };
}

function lineProblem(line: BasketLine, book: PriceBook, date: string): DataProblem | null {
  const product = book.byProduct.get(line.productId);
  if (product && priceOn(product, date)) return amountProblem(line, product.soldBy);
  return {
    code: 'PRICE_MISSING',
    where: `${WHERE}:${line.lineId}`,
    what: `product ${line.productId} has no price on ${date}`,
    remedy: 'Give the product a price for that day.',
  };
}

function twiceProblems(lines: readonly BasketLine[]): DataProblem[] {
  const seen = new Set<string>();
  return lines.flatMap(({ lineId }) => {
    const isNew = !seen.has(lineId);
    seen.add(lineId);
    if (isNew) return [];
    const remedy = 'Give each line an id of its own.';
    return [
      { code: 'BASKET_LINE_TWICE', where: `${WHERE}:${lineId}`, what: `two lines are ${lineId}`, remedy },
    ];
  });
}

function sizeProblem(request: PricingRequest): DataProblem | null {
  const { lines } = request;
  const units = lines.reduce((sum, { amount }) => sum + (amount.kind === 'units' ? amount.units : 1), 0);
  if (lines.length <= LINES_MAX && units <= UNITS_MAX) return null;
  const what = `a basket of ${lines.length} lines and ${units} units`;
  const remedy = `Split it: at most ${LINES_MAX} lines and ${UNITS_MAX} units are priced at once.`;
  return { code: 'BASKET_TOO_LARGE', where: WHERE, what, remedy };
}

function countProblem({ bags, shopper }: PricingRequest): DataProblem | null {
  const uses = [...shopper.priorUses.values()].flatMap((use) => Object.values(use) as number[]);
  if ([bags, ...uses].every((count) => isCount(count, 0))) return null;
  const remedy = 'Bags and prior uses are whole numbers from 0 on.';
  return { code: 'BASKET_COUNT_INVALID', where: WHERE, what: 'a number of bags or uses is no count', remedy };
}

function totalProblem(request: PricingRequest, book: PriceBook): DataProblem | null {
  const total = request.lines.reduce((sum, { productId, amount }) => {
    const product = book.byProduct.get(productId);
    const window = product ? priceOn(product, request.localTime.date) : null;
    const price = BigInt(window?.priceMinor ?? 0);
    return (
      sum +
      (amount.kind === 'units'
        ? price * BigInt(amount.units)
        : (price * BigInt(amount.grams)) / BigInt(GRAMS_PER_KILOGRAM))
    );
  }, 0n);
  if (total <= TOTAL_MINOR_MAX) return null;
  const what = `a basket worth ${total} minor units`;
  return { code: 'BASKET_TOTAL_TOO_LARGE', where: WHERE, what, remedy: 'Check counts, grams and prices.' };
}

/** All that keeps a request from being priced. */
export function requestProblems(request: PricingRequest, book: PriceBook): readonly DataProblem[] {
  const { currency, localTime, lines } = request;
  const { date, minuteOfDay, zone } = localTime;
  if (currency !== book.currency) {
    const what = `the basket is in ${currency}, prices are in ${book.currency}`;
    const remedy = 'Ask with the price book of that currency.';
    return [{ code: 'CURRENCIES_MIXED', where: WHERE, what, remedy }];
  }
  if (!isDate(date) || !isCount(minuteOfDay, 0) || minuteOfDay >= MINUTES_PER_DAY) {
    const remedy = 'Give the local date as 2026-03-14 and the minute of the day, 0 to 1439.';
    return [
      {
        code: 'BASKET_TIME_INVALID',
        where: WHERE,
        what: `it is ${date}, minute ${minuteOfDay}, in ${zone}`,
        remedy,
      },
    ];
  }
  const size = sizeProblem(request);
  if (size) return [size];
  const found = lines.map((line) => lineProblem(line, book, date));
  const ofLines = [...found.filter((problem) => problem !== null), ...twiceProblems(lines)];
  if (ofLines.length > 0) return ofLines;
  return [countProblem(request), totalProblem(request, book)].filter((problem) => problem !== null);
}
