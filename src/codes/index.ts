export * from './application-identifiers.ts';
export { checkDigitOf } from './check-digit.ts';
export type { CodeProblem } from './code-problem.ts';
export { readCoupon } from './coupon.ts';
export type { Coupon, CouponNeed, CouponPurchase, CouponRule, CouponSave } from './coupon.ts';
export { digitalLinkText, readDigitalLink } from './digital-link.ts';
export type { DigitalLink } from './digital-link.ts';
export type { Element, Meant, ReadElement } from './element.ts';
export {
  bracketedText,
  GROUP_SEPARATOR,
  readElements,
  readElementString,
  scannedText,
} from './element-string.ts';
export { embeddedRules } from './embedded-rule.ts';
export type { EmbeddedRule, EmbeddedRules, EmbeddedValue } from './embedded-rule.ts';
export { EXAMPLE_EMBEDDED_RULES } from './example-rules.ts';
export { readGtin } from './gtin.ts';
export type { Gtin, GtinForm, GtinRepair } from './gtin.ts';
export type { Measure } from './measure.ts';
export { readPaperlessCoupon } from './paperless-coupon.ts';
export type { PaperlessCoupon } from './paperless-coupon.ts';
export { readPlu } from './plu.ts';
export type { Plu } from './plu.ts';
export { priceVerifierOf } from './price-verifier.ts';
export { CODES_PROBLEM_CODES } from './problem-codes.ts';
export type { CodesProblemCode } from './problem-codes.ts';
export { readRestricted } from './restricted-code.ts';
export type { EmbeddedAmount, RestrictedCode } from './restricted-code.ts';
export { expandUpcE, suppressUpcA } from './upc-e.ts';
export type { UpcE } from './upc-e.ts';
