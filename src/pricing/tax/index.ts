export { feeLines } from './fees.ts';
export type { FeeLine } from './fees.ts';
export { classedUnits } from './tax-classes.ts';
export type { ClassedUnit, TaxedUnit } from './tax-classes.ts';
export { buildTaxPack } from './tax-pack.ts';
export type { ClassRule, FeeRule, RuleConditions, TaxPack, TaxRate, TaxRounding } from './tax-pack.ts';
export { cashAdjustment, summedTaxes, taxesOf, taxOn } from './tax.ts';
export type { OwnedTax, TaxAmount, TaxItem } from './tax.ts';
