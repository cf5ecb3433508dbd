/**
 * Price look-up codes for loose produce. Four digits 3000–4999 name the produce as it is usually grown; a 9 in front
 * says that the same produce was grown organically; 83000–84999 are numbers of their own, the 8 means nothing. Numbers
 * of a shop's own are not told apart from those of IFPS, which keeps a list of them. Source: International Federation
 * for Produce Standards, PLU Codes User's Guide.
 */
import { ok } from '../base/index.ts';
import { isDigits } from './check-digit.ts';
import { refuse, refuseNonDigits, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';

export interface Plu {
  readonly plu: string;
  readonly growing: 'conventional' | 'organic';
  /** The number that names the produce, the same for both ways of growing it. */
  readonly produce: string;
}

export function readPlu(text: string): Read<Plu> {
  if (!isDigits(text)) return refuseNonDigits(text, 'Type the PLU code.');
  if (text.length !== 4 && text.length !== 5) {
    const what = `${shown(text)} has ${text.length} digits, and a PLU code has 4 or 5`;
    return refuse('CODE_LENGTH', what, 'Type the PLU code as it stands on the sticker.');
  }
  if (/^[34]\d{3}$/.test(text)) return ok({ plu: text, growing: 'conventional', produce: text });
  if (/^8[34]\d{3}$/.test(text)) return ok({ plu: text, growing: 'conventional', produce: text });
  if (/^9[34]\d{3}$/.test(text)) return ok({ plu: text, growing: 'organic', produce: text.slice(1) });
  const isPadded = /^0[34]\d{3}$/.test(text);
  const remedy = isPadded
    ? `Leave out the 0: ${text.slice(1)}.`
    : 'PLU codes are 3000–4999, 83000–84999 and, for organic produce, 93000–94999.';
  return refuse('PLU_UNKNOWN_RANGE', `${shown(text)} lies outside the ranges of PLU codes`, remedy);
}
