export type { Markdown, Unit } from './basket-units.ts';
export { roundedParts, roundedQuotient, splitByWeight } from './exact.ts';
export type { TieRule } from './exact.ts';
export type { Hint } from './hints.ts';
export { ALWAYS, isOpen, weekdayOf } from './local-time.ts';
export type { DateRange, DayPart, Hours, LocalTime } from './local-time.ts';
export type { Loser, LostBecause } from './loser.ts';
export { buildPriceBook, lowestPriceBefore, PLAIN_TAX, priceOn } from './price-book.ts';
export type { PriceBook, PriceBookRows, PriceWindow, ProductPrices, TaxFacts } from './price-book.ts';
export { priceBasket } from './price-basket.ts';
export type { Books } from './price-basket.ts';
export type {
  Disclosure,
  PricedBasket,
  PricedFee,
  PricedLine,
  PricedUnit,
  Totals,
  UnitDiscount,
} from './priced-basket.ts';
export { PRICING_PROBLEM_CODES } from './problem-codes.ts';
export type { PricingProblemCode } from './problem-codes.ts';
export { buildPromotions } from './promotion-book.ts';
export type { PriorUse, PriorUses, PromotionBook, PromotionRows } from './promotion-book.ts';
export { listed } from './deal-products.ts';
export { NO_LIMITS, PLAIN_TERMS, promotionId, STAGE_OF, STAGES } from './promotion.ts';
export type {
  BundlePart,
  Deal,
  DealKind,
  Funder,
  Limits,
  Off,
  ProductGroup,
  Promotion,
  PromotionId,
  Slot,
  Stage,
  Terms,
  Tier,
} from './promotion.ts';
export type { BasketLine, ClearanceLabel, PricingRequest } from './request.ts';
export { buildTaxPack } from './tax/index.ts';
export type { FeeKind, FeeLine, OwnedTax, TaxAmount, TaxPack, UnitFee, UnitTax } from './tax/index.ts';
export { why } from './why.ts';
export type { Reason } from './why.ts';
