/**
 * Global Trade Item Numbers as shops meet them: 8, 12, 13 or 14 digits that name one thing whatever zeros stand in
 * front. The normal form is the GTIN-14, by which codes are compared; the shortest is what a package shows. Zeros that
 * a spreadsheet took away are put back, and it is told: a check digit says nothing about zeros in front, so a number
 * of 9 to 11 digits with a right one can only be a UPC-A code. Seven digits and fewer stay refused: they may be too
 * many things. Source: GS1 General Specifications, 3.3.2 and 7.9.1.
 */
import { ok } from '../base/index.ts';
import { wrongCheckDigit, isDigits } from './check-digit.ts';
import { refuse, refuseNonDigits, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';

export type GtinForm = 'GTIN-8' | 'GTIN-12' | 'GTIN-13' | 'GTIN-14';
export type GtinRepair = 'separators-removed' | 'zeros-restored';

export interface Gtin {
  /** The normal form: 14 digits. */
  readonly gtin14: string;
  /** Without the zeros that it does not need: 8, 12, 13 or 14 digits. */
  readonly shortest: string;
  readonly form: GtinForm;
  /** True where GS1 leaves the number to shops and countries: what it means, their rules say (`readRestricted`). */
  readonly isRestricted: boolean;
  /** What had to be done to the text; empty where it was a GTIN as it stood. */
  readonly repairs: readonly GtinRepair[];
}

export const GTIN_DIGITS = 14;

const FORMS: readonly (readonly [number, GtinForm])[] = [
  [8, 'GTIN-8'],
  [12, 'GTIN-12'],
  [13, 'GTIN-13'],
  [14, 'GTIN-14'],
];

/**
 * How the 14 digits of numbers of restricted circulation begin: GTIN-13 from 02, 04 and 20–29, which are UPC-A of the
 * systems 2 and 4 too, and GTIN-8 from 0 and 2. Source: GS1 General Specifications, 1.4.2.
 */
export const RESTRICTED_GTIN_14 = /^(?:0(?:0[24]|2)|000000[02])/;

/** With zeros lost: UPC-A codes whose number system is 0, and whose company may begin with zeros too. */
const LOST_ZEROS_LENGTH_MIN = 9;

/** The gaps and hyphens with which codes are printed and typed. */
function withoutSeparators(text: string): string {
  return text.replaceAll(/[\s-]/g, '');
}

/** `digits` must be a GTIN whose check digit is right. */
function gtinOf(digits: string, repairs: readonly GtinRepair[]): Gtin {
  const gtin14 = digits.padStart(GTIN_DIGITS, '0');
  const [length, form] = FORMS.find(([size]) => gtin14.startsWith('0'.repeat(GTIN_DIGITS - size))) ?? [
    14,
    'GTIN-14',
  ];
  return {
    gtin14,
    shortest: gtin14.slice(-length),
    form,
    isRestricted: RESTRICTED_GTIN_14.test(gtin14),
    repairs,
  };
}

/** The GTIN in `text`; lost zeros in front and separators are mended and told. */
export function readGtin(text: string): Read<Gtin> {
  const digits = withoutSeparators(text);
  if (!isDigits(digits)) {
    const remedy =
      'A GTIN has digits only; a number such as 4.9E+10 has lost some: format the column as text.';
    return refuseNonDigits(text, remedy);
  }
  const isWhole = FORMS.some(([size]) => size === digits.length);
  if (!isWhole && (digits.length < LOST_ZEROS_LENGTH_MIN || digits.length > GTIN_DIGITS)) {
    const what = `${shown(text)} has ${digits.length} digits, and a GTIN has 8, 12, 13 or 14`;
    return refuse('CODE_LENGTH', what, 'Scan or type the whole code.');
  }
  const wrong = wrongCheckDigit(digits);
  if (wrong) {
    const what = `${shown(text)} ends in ${wrong.given}, and its other digits give ${wrong.right}`;
    return refuse('CODE_CHECK_DIGIT', what, 'One digit or more is misread: scan or type the code again.');
  }
  if (/^0+$/.test(digits))
    return refuse('CODE_ALL_ZEROS', 'the code is all zeros', 'Give the product its own code.');
  const repairs: GtinRepair[] = digits === text ? [] : ['separators-removed'];
  if (!isWhole) repairs.push('zeros-restored');
  return ok(gtinOf(digits, repairs));
}
