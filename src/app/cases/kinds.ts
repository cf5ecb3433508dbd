/** Every kind of cases there is. */
import { BARCODE_KIND } from './barcode-kind.ts';
import type { CaseKind } from './case-kind.ts';
import { PRICING_KIND } from './pricing-kind.ts';
import { TAX_KIND } from './tax-kind.ts';

export const CASE_KINDS: readonly CaseKind[] = [BARCODE_KIND, PRICING_KIND, TAX_KIND];
