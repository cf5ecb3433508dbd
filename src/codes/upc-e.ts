/**
 * UPC-E: a UPC-A code of number system 0 or 1 with its zeros left out, for small packages. The last of the six digits
 * says where they stood. Source: GS1 General Specifications, 5.2.2.4.
 */
import { ok } from '../base/index.ts';
import { checkDigitOf, isDigits, wrongCheckDigit } from './check-digit.ts';
import { refuse, refuseNonDigits, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { readGtin } from './gtin.ts';
import type { Gtin } from './gtin.ts';

export interface UpcE {
  /** Number system, six digits, check digit. */
  readonly upcE: string;
  readonly upcA: string;
  readonly gtin: Gtin;
  /** False where the six digits came alone: the number system is then taken as 0, and nothing checks them. */
  readonly isChecked: boolean;
  /** False where the rules would have left out other zeros; such codes exist and mean what they expand to. */
  readonly isUsualForm: boolean;
}

const SIX = 6;
const EIGHT = 8;

/** Ten digits, company and item, from the six. */
function expandSix(six: string): string {
  const last = Number(six[5]);
  if (last <= 2) return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
  if (last === 3) return `${six.slice(0, 3)}00000${six.slice(3, 5)}`;
  if (last === 4) return `${six.slice(0, 4)}00000${six[4]}`;
  return `${six.slice(0, 5)}0000${last}`;
}

/** The six digits for ten, by the first rule that fits; null where there are too few zeros. */
function suppressTen(ten: string): string | null {
  if (/^\d\d[012]0000/.test(ten)) return `${ten.slice(0, 2)}${ten.slice(7)}${ten[2]}`;
  if (/^\d{3}00000/.test(ten)) return `${ten.slice(0, 3)}${ten.slice(8)}3`;
  if (/^\d{4}00000/.test(ten)) return `${ten.slice(0, 4)}${ten[9]}4`;
  if (/^\d{5}0000[5-9]$/.test(ten)) return `${ten.slice(0, 5)}${ten[9]}`;
  return null;
}

function upcEOf(upcA: string, six: string, isChecked: boolean): Read<UpcE> {
  const gtin = readGtin(upcA);
  if (!gtin.ok) return gtin;
  const isUsualForm = suppressTen(upcA.slice(1, 11)) === six;
  return ok({ upcE: `${upcA[0]}${six}${upcA[11]}`, upcA, gtin: gtin.value, isChecked, isUsualForm });
}

/** The UPC-A code behind a UPC-E code of eight digits, or of the six that stand between the long bars. */
export function expandUpcE(text: string): Read<UpcE> {
  if (!isDigits(text)) return refuseNonDigits(text, 'Scan it again.');
  if (text.length !== SIX && text.length !== EIGHT) {
    const remedy =
      'Give all eight: number system, six digits, check digit; with seven nobody knows which is missing.';
    return refuse('CODE_LENGTH', `${shown(text)} has ${text.length} digits, and UPC-E has 8 or 6`, remedy);
  }
  const isChecked = text.length === EIGHT;
  const system = isChecked ? text.slice(0, 1) : '0';
  const six = isChecked ? text.slice(1, 7) : text;
  if (system !== '0' && system !== '1') {
    const what = `${shown(text)} begins with ${system}, and UPC-E with 0 or 1`;
    return refuse('UPC_E_NUMBER_SYSTEM', what, 'Read it as a GTIN-8 instead.');
  }
  const eleven = `${system}${expandSix(six)}`;
  const right = checkDigitOf(eleven);
  if (isChecked && Number(text[7]) !== right) {
    const what = `${shown(text)} ends in ${text[7]}, and ${eleven} gives ${right}`;
    return refuse('CODE_CHECK_DIGIT', what, 'Scan it again; if it is no UPC-E code, read it as a GTIN-8.');
  }
  return upcEOf(`${eleven}${right}`, six, isChecked);
}

/** The UPC-E code for a UPC-A code of 12 digits. */
export function suppressUpcA(text: string): Read<UpcE> {
  if (!isDigits(text)) return refuseNonDigits(text, 'Scan it again.');
  if (text.length !== 12) {
    const what = `${shown(text)} has ${text.length} digits, and UPC-A has 12`;
    return refuse('CODE_LENGTH', what, 'Give the whole UPC-A code.');
  }
  const wrong = wrongCheckDigit(text);
  if (wrong) {
    const what = `${shown(text)} ends in ${wrong.given}, and its other digits give ${wrong.right}`;
    return refuse('CODE_CHECK_DIGIT', what, 'One digit or more is misread: scan or type the code again.');
  }
  const six = /^[01]/.test(text) ? suppressTen(text.slice(1, 11)) : null;
  if (six === null) {
    const what = `${shown(text)} has no four or five zeros where UPC-E leaves them out, or begins with neither 0 nor 1`;
    return refuse('UPC_E_IMPOSSIBLE', what, 'Print it as UPC-A.');
  }
  return upcEOf(text, six, true);
}
