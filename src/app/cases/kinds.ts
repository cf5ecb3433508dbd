/** Every kind of cases there is. */
import { BARCODE_KIND } from './barcode-kind.ts';
import type { CaseKind } from './case-kind.ts';

export const CASE_KINDS: readonly CaseKind[] = [BARCODE_KIND];
