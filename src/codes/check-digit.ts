/** The check digit of all GS1 keys. Source: GS1 General Specifications, 7.9.1. */
import { assert } from '../base/index.ts';

const DIGITS = /^[0-9]+$/;

export function isDigits(text: string): boolean {
  return DIGITS.test(text);
}

/** What fills Σ dᵢ·(3, 1, 3, 1 …), counted from the right, up to a multiple of ten; zeros in front change nothing. */
export function checkDigitOf(payload: string): number {
  assert(isDigits(payload), 'CHECK_DIGIT_OF_NO_DIGITS', { payload });
  let sum = 0;
  for (let place = 0; place < payload.length; place++) {
    const weight = (payload.length - place) % 2 === 1 ? 3 : 1;
    sum += Number(payload[place]) * weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** The right last digit where `digits` ends in a wrong one, else null. */
export function wrongCheckDigit(digits: string): { readonly given: number; readonly right: number } | null {
  const given = Number(digits.at(-1));
  const right = checkDigitOf(digits.slice(0, -1));
  return given === right ? null : { given, right };
}
