export { feeLines, unitFees } from './fees.ts';
export type { FeeLine, UnitFee } from './fees.ts';
export { classedUnits } from './tax-classes.ts';
export type { ClassedUnit, TaxedUnit } from './tax-classes.ts';
export { buildTaxPack } from './tax-pack.ts';
export type {
  ClassRule,
  DisclosureRule,
  FeeKind,
  FeeRule,
  RuleConditions,
  TaxPack,
  TaxRate,
  TaxRounding,
} from './tax-pack.ts';
export { cashAdjustment, summedTaxes, taxesOf, taxOn } from './tax.ts';
export type { OwnedTax, TaxAmount, TaxItem } from './tax.ts';
export { unitTaxes } from './unit-taxes.ts';
export type { UnitTax } from './unit-taxes.ts';
