/** What a basket costs, down to the single unit, and why. */
import type { Currency, ProductId } from '../domain/index.ts';
import type { Markdown } from './basket-units.ts';
import type { Hint } from './hints.ts';
import type { LocalTime } from './local-time.ts';
import type { Loser } from './loser.ts';
import type { Funder, PromotionId } from './promotion.ts';
import type { FeeLine, OwnedTax, TaxAmount, UnitFee, UnitTax } from './tax/index.ts';

export interface UnitDiscount {
  readonly promotionId: PromotionId;
  readonly name: string;
  readonly funder: Funder;
  readonly minor: number;
}

export interface PricedUnit {
  readonly listMinor: number;
  readonly markdown: { readonly because: Markdown; readonly minor: number } | null;
  readonly discounts: readonly UnitDiscount[];
  /** After all discounts. */
  readonly netMinor: number;
  /** Its part of the line's taxes; parts sum to the line, by authority and class. */
  readonly taxes: readonly UnitTax[];
  /** Its part of the fees that units carry; bags belong to no unit. */
  readonly fees: readonly UnitFee[];
}

export interface PricedLine {
  readonly lineId: string;
  readonly productId: ProductId;
  readonly grams: number | null;
  readonly units: readonly PricedUnit[];
  readonly listMinor: number;
  readonly discountMinor: number;
  readonly netMinor: number;
  readonly taxes: readonly OwnedTax[];
  readonly taxMinor: number;
  /** The lowest price of everybody in the thirty days before; told where the line is reduced. */
  readonly lowestPrice30DaysMinor: number | null;
}

export interface PricedFee extends FeeLine {
  readonly taxes: readonly OwnedTax[];
  readonly taxMinor: number;
}

export interface Totals {
  readonly listMinor: number;
  readonly discountMinor: number;
  /** Goods after discounts. */
  readonly netMinor: number;
  readonly feesMinor: number;
  readonly taxMinor: number;
  /** Tax is inside where prices include it, on top where not. */
  readonly totalMinor: number;
  readonly cashAdjustmentMinor: number;
  readonly toPayMinor: number;
}

/** A text that the place asks for, and the promotions in this basket that it is asked for by. */
export interface Disclosure {
  readonly text: string;
  readonly promotionIds: readonly PromotionId[];
}

export interface PricedBasket {
  readonly currency: Currency;
  readonly includesTax: boolean;
  readonly localTime: LocalTime;
  readonly lines: readonly PricedLine[];
  readonly fees: readonly PricedFee[];
  readonly taxes: readonly TaxAmount[];
  readonly totals: Totals;
  readonly losers: readonly Loser[];
  readonly hints: readonly Hint[];
  /** Promotions made for this shopper from their data. */
  readonly personalised: readonly PromotionId[];
  /** What the place requires to be said of them, at the price; empty where there are none. */
  readonly disclosures: readonly Disclosure[];
  /** At most so much more could be saved in the stage of deals; 0 where the best is proved. */
  readonly gapMinor: number;
}
