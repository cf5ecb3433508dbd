export { basketFields, pricedInput } from './basket-input.ts';
export type { CaseKind } from './case-kind.ts';
export { casesDocument, casesText, totalOf } from './cases-text.ts';
export { PRICING_KIND } from './pricing-kind.ts';
export { TAX_KIND } from './tax-kind.ts';
export { parseTaxPack, readTaxPack, taxPackNames } from './tax-pack-file.ts';
export { readCaseFile } from './read-cases.ts';
export { runCases } from './run-cases.ts';
export type { CasesRun } from './run-cases.ts';
