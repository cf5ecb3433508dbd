/** Cases of the kind `barcode`: product codes and coupons, read and written. */
import {
  bracketedText,
  digitalLinkText,
  embeddedRules,
  EXAMPLE_EMBEDDED_RULES,
  expandUpcE,
  readCoupon,
  readDigitalLink,
  readElements,
  readElementString,
  readGtin,
  readPaperlessCoupon,
  readPlu,
  readRestricted,
  scannedText,
  suppressUpcA,
} from '../../codes/index.ts';
import type { CodeProblem } from '../../codes/index.ts';
import { ok } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { barcodeInputSchema } from '../../contract/index.ts';
import type { BarcodeInput } from '../../contract/index.ts';
import type { CaseKind } from './case-kind.ts';

type InputOf<Read extends BarcodeInput['read']> = Extract<BarcodeInput, { readonly read: Read }>;

function runRestricted({ code, rules }: InputOf<'restricted'>): Result<unknown, CodeProblem> {
  const checked = embeddedRules(rules ?? EXAMPLE_EMBEDDED_RULES);
  return checked.ok ? readRestricted(code, checked.value) : checked;
}

function runWritten({ elements, yearNow }: InputOf<'written-elements'>): Result<unknown, CodeProblem> {
  const read = readElements(elements, yearNow);
  if (!read.ok) return read;
  return ok({ bracketed: bracketedText(read.value), scanned: scannedText(read.value) });
}

function readBy(input: BarcodeInput): Result<unknown, CodeProblem> {
  switch (input.read) {
    case 'gtin':
      return readGtin(input.code);
    case 'upc-e':
      return expandUpcE(input.code);
    case 'upc-e-of':
      return suppressUpcA(input.code);
    case 'plu':
      return readPlu(input.code);
    case 'restricted':
      return runRestricted(input);
    case 'element-string':
      return readElementString(input.code, input.yearNow);
    case 'written-elements':
      return runWritten(input);
    case 'digital-link':
      return readDigitalLink(input.code, input.yearNow);
    case 'written-digital-link':
      return digitalLinkText(input.elements, input);
    case 'coupon':
      return readCoupon(input.code, input.yearNow);
    case 'paperless-coupon':
      return readPaperlessCoupon(input.code);
  }
}

/** A refusal comes out by its code alone: its words may change. */
export const BARCODE_KIND: CaseKind<BarcodeInput> = {
  name: 'barcode',
  inputSchema: barcodeInputSchema,
  run: (input) => {
    const read = readBy(input);
    return read.ok ? { ok: read.value } : { refused: read.problem.code };
  },
};
