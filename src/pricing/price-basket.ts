/**
 * Prices → promotions → tax and fees. One direction, no clock, no chance: the same request and books give the same
 * basket, whatever the order of lines. A request that cannot be priced whole is refused whole.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { DataProblem } from '../domain/index.ts';
import { basketUnits } from './basket-units.ts';
import { eligible } from './eligible.ts';
import type { OpenPromotion } from './eligible.ts';
import { hintsFor } from './hints.ts';
import { compareTexts } from './compare.ts';
import type { PriceBook } from './price-book.ts';
import type { PricedBasket } from './priced-basket.ts';
import { promotionsFor } from './promotion-book.ts';
import type { PromotionBook } from './promotion-book.ts';
import { STAGE_OF } from './promotion.ts';
import type { Stage } from './promotion.ts';
import { requestProblems } from './request.ts';
import type { PricingRequest } from './request.ts';
import { settledBasket } from './settled-basket.ts';
import { dealsStage, laterStage } from './stages/index.ts';
import type { TaxPack } from './tax/index.ts';
import { untouched } from './working.ts';

export interface Books {
  readonly prices: PriceBook;
  readonly promotions: PromotionBook;
  readonly taxes: TaxPack;
}

function bookProblems({ prices, promotions, taxes }: Books): DataProblem[] {
  const problems: DataProblem[] = [];
  const currencies = new Set([prices.currency, promotions.currency, taxes.currency]);
  if (currencies.size > 1) {
    const what = `prices, promotions and rates are in ${[...currencies].join(', ')}`;
    problems.push({ code: 'CURRENCIES_MIXED', where: 'books', what, remedy: 'Use books of one currency.' });
  }
  if (prices.includesTax !== taxes.includesTax) {
    const what = `prices ${prices.includesTax ? 'include' : 'exclude'} tax, the rates of ${taxes.place} expect the other`;
    const remedy = 'Say in the price book what the place says of shelf prices.';
    problems.push({ code: 'TAX_PACK_INVALID', where: 'books', what, remedy });
  }
  return problems;
}

function classProblems(request: PricingRequest, { prices, taxes }: Books): DataProblem[] {
  const known = new Set(taxes.classes);
  return request.lines.flatMap(({ lineId, productId }) => {
    const taxClass = prices.byProduct.get(productId)?.tax.taxClass ?? '';
    if (known.has(taxClass)) return [];
    const what = `product ${productId} has the tax class ${taxClass}, which ${taxes.place} does not know`;
    const remedy = 'Correct the class of the product, or add it to the rates.';
    return [{ code: 'TAX_CLASS_UNKNOWN', where: `basket:${lineId}`, what, remedy }];
  });
}

/** A fee by a name that the rates do not have would never be charged, and nobody would notice. */
function feeProblems(request: PricingRequest, { prices, taxes }: Books): DataProblem[] {
  const known = new Set(taxes.fees.map(({ fee }) => fee));
  return request.lines.flatMap(({ lineId, productId }) => {
    const carried = prices.byProduct.get(productId)?.tax.fees ?? [];
    const unknown = carried.filter(({ fee }) => !known.has(fee));
    return unknown.map(({ fee }) => {
      const what = `product ${productId} carries the fee ${fee}, which ${taxes.place} does not know`;
      const remedy = 'Correct the name of the fee, or add it to the rates.';
      return { code: 'FEE_UNKNOWN', where: `basket:${lineId}`, what, remedy };
    });
  });
}

export function priceBasket(
  request: PricingRequest,
  books: Books,
): Result<PricedBasket, readonly DataProblem[]> {
  const ofBooks = bookProblems(books);
  const ofRequest = ofBooks.length > 0 ? ofBooks : requestProblems(request, books.prices);
  const problems =
    ofRequest.length > 0 ? ofRequest : [...classProblems(request, books), ...feeProblems(request, books)];
  if (problems.length > 0) return refused(problems);
  const units = basketUnits(request, books.prices);
  const candidates = promotionsFor(
    books.promotions,
    units.map(({ productId }) => productId),
  );
  const { open, losers } = eligible(candidates, request);
  const byStage = Map.groupBy(open, ({ promotion }) => STAGE_OF[promotion.deal.kind]);
  const of = (stage: Stage): readonly OpenPromotion[] => byStage.get(stage) ?? [];
  const { coupons } = request.shopper;
  const deals = dealsStage(untouched(units), of('deals'));
  const afterCoupons = laterStage(deals.working, of('coupons'), coupons);
  const afterOrder = laterStage(afterCoupons.working, of('order'), coupons);
  const afterTender = laterStage(afterOrder.working, of('tender'), coupons);
  const all = [
    ...losers,
    ...deals.losers,
    ...afterCoupons.losers,
    ...afterOrder.losers,
    ...afterTender.losers,
  ];
  return ok(
    settledBasket(afterTender.working, {
      request,
      books,
      losers: all.toSorted((a, b) => compareTexts(a.promotionId, b.promotionId)),
      hints: hintsFor(afterTender.working, deals.deals, open),
      gapMinor: deals.gapMinor,
    }),
  );
}
