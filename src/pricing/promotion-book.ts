/**
 * Checked promotions, indexed by product once, so that a basket meets only the promotions of its own products however
 * many there are.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { Currency, DataProblem, ProductId } from '../domain/index.ts';
import { bundleParts, flatBundle } from './bundles.ts';
import type { FlatPart } from './bundles.ts';
import { compareTexts } from './compare.ts';
import { countsOf, groupsOf, namedProducts, offsOf } from './deal-products.ts';
import { isDate, MINUTES_PER_DAY } from './local-time.ts';
import type { PriceBook } from './price-book.ts';
import type { Off, ProductGroup, Promotion, PromotionId } from './promotion.ts';

export interface PromotionRows {
  readonly where: string;
  readonly currency: Currency;
  readonly promotions: readonly Promotion[];
}

/** A promotion as the book keeps it: `rank` is its place by id, `parts` what a bundle holds. */
export interface BookedPromotion extends Promotion {
  readonly rank: number;
  readonly parts: readonly FlatPart[];
  /** Whether a product belongs, one test per group of the deal, in the deal's order. */
  readonly groups: readonly GroupTest[];
}

export type GroupTest = (productId: ProductId) => boolean;

function groupTest(group: ProductGroup): GroupTest {
  const named = new Set(group.kind === 'listed' ? group.productIds : group.except);
  return group.kind === 'listed' ? (id) => named.has(id) : (id) => !named.has(id);
}

export interface PromotionBook {
  readonly currency: Currency;
  readonly promotions: readonly BookedPromotion[];
  readonly byProduct: ReadonlyMap<ProductId, readonly BookedPromotion[]>;
  /** Those of groups that list what they leave out. */
  readonly everywhere: readonly BookedPromotion[];
}

const BPS_WHOLE = 10_000;

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= 1_000_000_000;
}

function isOffInRange(off: Off): boolean {
  return off.kind === 'percent'
    ? isCount(off.bps, 1) && off.bps <= BPS_WHOLE
    : isCount(off.minor, off.kind === 'price' ? 0 : 1);
}

function areNumbersInRange({ deal, terms }: Promotion): boolean {
  const limits = Object.values(terms.limits).filter((limit) => limit !== null);
  return (
    offsOf(deal).every(isOffInRange) &&
    countsOf(deal).every((count) => isCount(count, 1)) &&
    limits.every((limit) => isCount(limit, 0)) &&
    isCount(terms.zone, 0)
  );
}

function isEmpty({ deal }: Promotion): boolean {
  if (deal.kind === 'bundle') return deal.parts.length === 0;
  if ((deal.kind === 'quantity-break' || deal.kind === 'threshold') && deal.tiers.length === 0) return true;
  const groups = groupsOf(deal);
  return (
    groups.length === 0 || groups.some((group) => group.kind === 'listed' && group.productIds.length === 0)
  );
}

function areHoursReal({ hours }: Promotion['terms']): boolean {
  const isMinute = (minute: number): boolean => isCount(minute, 0) && minute <= MINUTES_PER_DAY;
  const weekdays = hours.weekdays ?? [];
  const parts = hours.dayParts ?? [];
  return (
    weekdays.every((day) => isCount(day, 1) && day <= 7) &&
    parts.every(({ fromMinute, untilMinute }) => isMinute(fromMinute) && isMinute(untilMinute))
  );
}

function isWindowReal({ hours: { fromDate, untilDate } }: Promotion['terms']): boolean {
  const areDates = [fromDate, untilDate].every((date) => date === null || isDate(date));
  return areDates && (fromDate === null || untilDate === null || fromDate <= untilDate);
}

function termProblems(promotion: Promotion, where: string): DataProblem[] {
  const name = `promotion ${promotion.promotionId}`;
  const problems: DataProblem[] = [];
  if (!areNumbersInRange(promotion)) {
    const remedy = 'Percentages are 1 to 10,000 basis points; amounts and counts whole numbers from 1 on.';
    problems.push({
      code: 'PROMOTION_NUMBER_INVALID',
      where,
      what: `${name} has a number out of range`,
      remedy,
    });
  }
  if (!areHoursReal(promotion.terms)) {
    const remedy = 'Weekdays are 1 (Monday) to 7, minutes of the day 0 to 1440.';
    problems.push({ code: 'PROMOTION_HOURS_INVALID', where, what: `${name} has impossible hours`, remedy });
  }
  if (!isWindowReal(promotion.terms)) {
    const remedy = 'Write dates as 2026-03-14, the first not after the last.';
    problems.push({ code: 'PRICE_WINDOW_INVALID', where, what: `${name} has impossible dates`, remedy });
  }
  if (isEmpty(promotion)) {
    const remedy = 'Name at least one product, tier or part, or delete the promotion.';
    problems.push({ code: 'PROMOTION_GROUP_EMPTY', where, what: `${name} is about nothing`, remedy });
  }
  return problems;
}

function productProblems(promotion: Promotion, book: PriceBook, where: string): DataProblem[] {
  const unknown = namedProducts(promotion.deal).filter((productId) => !book.byProduct.has(productId));
  return unknown.map((productId) => ({
    code: 'PROMOTION_PRODUCT_UNKNOWN',
    where,
    what: `promotion ${promotion.promotionId} names the product ${productId}`,
    remedy: 'Give the product a price, or take it out of the promotion.',
  }));
}

type Booked = { readonly booked: BookedPromotion; readonly problems: readonly DataProblem[] };

function booked(
  promotion: Promotion,
  rank: number,
  context: { partsOf: ReturnType<typeof bundleParts>; where: string },
): Booked {
  const plain = { ...promotion, rank, parts: [], groups: groupsOf(promotion.deal).map(groupTest) };
  if (promotion.deal.kind !== 'bundle') return { booked: plain, problems: [] };
  const parts = flatBundle(promotion.promotionId, context.partsOf);
  if (Array.isArray(parts)) return { booked: { ...plain, parts }, problems: [] };
  const { where } = context;
  const problem =
    parts.kind === 'circular'
      ? {
          code: 'BUNDLE_CIRCULAR',
          where,
          what: `bundle ${parts.way.join(' holds ')}`,
          remedy: 'Take the bundle out of its own parts.',
        }
      : {
          code: 'BUNDLE_PART_UNKNOWN',
          where,
          what: `bundle ${promotion.promotionId} holds ${parts.promotionId}, which is no bundle`,
          remedy: 'Name a bundle among the promotions, or a product.',
        };
  return { booked: plain, problems: [problem] };
}

function twiceProblems(sorted: readonly Promotion[], where: string): DataProblem[] {
  const again = sorted.filter((promotion, index) => sorted[index - 1]?.promotionId === promotion.promotionId);
  return again.map(({ promotionId }) => ({
    code: 'PROMOTION_TWICE',
    where: `${where}:${promotionId}`,
    what: `two promotions have the id ${promotionId}`,
    remedy: 'Give each promotion an id of its own.',
  }));
}

function indexed(promotions: readonly BookedPromotion[], currency: Currency): PromotionBook {
  const byProduct = new Map<ProductId, BookedPromotion[]>();
  const everywhere: BookedPromotion[] = [];
  for (const promotion of promotions) {
    const groups = groupsOf(promotion.deal);
    if (groups.some(({ kind }) => kind === 'everything')) {
      everywhere.push(promotion);
      continue;
    }
    const products = [...namedProducts(promotion.deal), ...promotion.parts.map(({ productId }) => productId)];
    for (const productId of new Set(products)) {
      const known = byProduct.get(productId);
      if (known) known.push(promotion);
      else byProduct.set(productId, [promotion]);
    }
  }
  return { currency, promotions, byProduct, everywhere };
}

/** All promotions or none: every fault is told, with the record and the remedy. */
export function buildPromotions(
  rows: PromotionRows,
  book: PriceBook,
): Result<PromotionBook, readonly DataProblem[]> {
  const sorted = rows.promotions.toSorted((a, b) => compareTexts(a.promotionId, b.promotionId));
  const partsOf = bundleParts(sorted);
  const problems = twiceProblems(sorted, rows.where);
  if (rows.currency !== book.currency) {
    const what = `promotions are in ${rows.currency}, prices in ${book.currency}`;
    const remedy = 'Keep promotions and prices in one currency.';
    problems.push({ code: 'CURRENCIES_MIXED', where: rows.where, what, remedy });
  }
  const all = sorted.map((promotion, rank) => {
    const where = `${rows.where}:${promotion.promotionId}`;
    const made = booked(promotion, rank, { partsOf, where });
    problems.push(
      ...termProblems(promotion, where),
      ...productProblems(promotion, book, where),
      ...made.problems,
    );
    return made.booked;
  });
  return problems.length > 0 ? refused(problems) : ok(indexed(all, rows.currency));
}

/** The promotions that look at a product of the basket, by id. */
export function promotionsFor(book: PromotionBook, products: Iterable<ProductId>): BookedPromotion[] {
  const found = new Set<BookedPromotion>(book.everywhere);
  for (const productId of products)
    for (const promotion of book.byProduct.get(productId) ?? []) found.add(promotion);
  return [...found].toSorted((a, b) => a.rank - b.rank);
}

export type PriorUses = ReadonlyMap<PromotionId, PriorUse>;

/** What happened before this basket, as the caller knows it. */
export interface PriorUse {
  readonly byShopper: number;
  readonly today: number;
  readonly spentMinor: number;
}
