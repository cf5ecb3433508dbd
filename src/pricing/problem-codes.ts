/** The codes with which this folder refuses prices, promotions, rates and requests; nothing is half-built then. */
export const PRICING_PROBLEM_CODES = {
  PRICE_NOT_POSITIVE: 'A price is zero, negative or no integer of minor units; the price book is refused.',
  PRICE_TOO_LARGE: 'A price is above 1,000,000,000 minor units; the price book is refused.',
  PRICE_WINDOWS_OVERLAP: 'Two prices of a product hold on the same day; the price book is refused.',
  PRICE_WINDOW_INVALID: 'A price or promotion begins after it ends, or its date is none.',
  PRICE_ROW_TWICE: 'A product has two rows in a price book; the price book is refused.',
  PRICE_MISSING: 'A basket holds a product without a price on that day; it is not priced.',
  LOYALTY_PRICE_NOT_LOWER: 'A loyalty price is above the price of everybody; the price book is refused.',
  CURRENCIES_MIXED: 'Prices, promotions, rates and request are not all of one currency.',
  PROMOTION_TWICE: 'Two promotions share an id; the promotions are refused.',
  PROMOTION_PRODUCT_UNKNOWN:
    'A promotion names a product that the price book lacks; the promotions are refused.',
  PROMOTION_NUMBER_INVALID: 'A promotion has a percentage, amount, count or limit out of its range.',
  PROMOTION_HOURS_INVALID: 'A promotion has weekdays or minutes of the day that do not exist.',
  PROMOTION_GROUP_EMPTY: 'A promotion has no products, tiers or parts; the promotions are refused.',
  BUNDLE_CIRCULAR: 'A bundle contains itself, through its parts; the promotions are refused.',
  BUNDLE_PART_UNKNOWN: 'A part of a bundle names no bundle; the promotions are refused.',
  BASKET_TOO_LARGE: 'A basket has more than 10,000 lines, or more than 10,000 units.',
  BASKET_TOTAL_TOO_LARGE: 'A basket is worth more than can be counted exactly.',
  BASKET_LINE_TWICE: 'Two lines of a basket share an id.',
  BASKET_LINE_INVALID: 'A line has no positive count or grams, or the measure its product is not sold by.',
  BASKET_TIME_INVALID: 'A request has a date or minute of the day that does not exist.',
  BASKET_COUNT_INVALID: 'A request has a number of bags or uses that is no count.',
  TAX_CLASS_UNKNOWN: 'A product has a tax class that the rates do not know on that day.',
  FEE_UNKNOWN: 'A product carries a fee that the rates do not know by that name.',
  TAX_PACK_INVALID: 'A set of tax rates has overlapping dates, bad numbers or names that lead nowhere.',
} as const;

export type PricingProblemCode = keyof typeof PRICING_PROBLEM_CODES;
