/**
 * The basket as single units in an order of its own, so that the order of lines means nothing, and the first stage:
 * the clearance label, the price on the shelf or the members' price, whichever is least for the shopper.
 */
import { present } from '../base/index.ts';
import type { ProductId } from '../domain/index.ts';
import { compareTexts } from './compare.ts';
import { shareOf } from './exact.ts';
import { priceOn } from './price-book.ts';
import type { PriceBook, PriceWindow, ProductPrices } from './price-book.ts';
import type { BasketLine, PricingRequest } from './request.ts';

/** Why a unit costs less than its list price before any promotion. */
export type Markdown = 'label' | 'loyalty-price';

export interface Unit {
  readonly lineId: string;
  /** Its number on the line, from 0. */
  readonly nth: number;
  readonly product: ProductPrices;
  readonly productId: ProductId;
  readonly grams: number | null;
  readonly listMinor: number;
  /** After the first stage. */
  readonly priceMinor: number;
  readonly markdown: Markdown | null;
  readonly allowsPromotions: boolean;
}

const GRAMS_PER_KILOGRAM = 1000;

/** A price per kilogram for some grams, half up to minor units. */
export function priceOfGrams(perKilogramMinor: number, weightGrams: number): number {
  return shareOf(perKilogramMinor, { share: weightGrams, divisor: GRAMS_PER_KILOGRAM }, 'half-up');
}

type FirstPrice = Pick<Unit, 'listMinor' | 'priceMinor' | 'markdown'>;

function firstPrice(line: BasketLine, window: PriceWindow, isMember: boolean): FirstPrice {
  const { amount, label } = line;
  const priceOf = (minor: number): number =>
    amount.kind === 'grams' ? priceOfGrams(minor, amount.grams) : minor;
  const listMinor = priceOf(window.priceMinor);
  let best: FirstPrice = { listMinor, priceMinor: listMinor, markdown: null };
  if (isMember && window.loyaltyMinor !== null) {
    const priceMinor = priceOf(window.loyaltyMinor);
    if (priceMinor < best.priceMinor) best = { listMinor, priceMinor, markdown: 'loyalty-price' };
  }
  // A label is on the package: it prices the whole of it, weighed or not.
  if (label && label.priceMinor < best.priceMinor)
    best = { listMinor, priceMinor: label.priceMinor, markdown: 'label' };
  return best;
}

function unitsOfLine(line: BasketLine, book: PriceBook, request: PricingRequest): Unit[] {
  const product = present(book.byProduct.get(line.productId), 'REQUEST_NOT_CHECKED');
  const window = present(priceOn(product, request.localTime.date), 'REQUEST_NOT_CHECKED');
  const first = firstPrice(line, window, request.shopper.isMember);
  const { amount } = line;
  return Array.from({ length: amount.kind === 'units' ? amount.units : 1 }, (_, nth) => ({
    lineId: line.lineId,
    nth,
    product,
    productId: line.productId,
    grams: amount.kind === 'grams' ? amount.grams : null,
    ...first,
    allowsPromotions: line.label === null || line.label.allowsPromotions,
  }));
}

function byContent(a: Unit, b: Unit): number {
  return (
    compareTexts(a.productId, b.productId) ||
    b.priceMinor - a.priceMinor ||
    (a.grams ?? 0) - (b.grams ?? 0) ||
    compareTexts(a.lineId, b.lineId) ||
    a.nth - b.nth
  );
}

/** @param request checked by `requestProblems`. */
export function basketUnits(request: PricingRequest, book: PriceBook): Unit[] {
  return request.lines.flatMap((line) => unitsOfLine(line, book, request)).toSorted(byContent);
}
