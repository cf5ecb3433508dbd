/**
 * The price-verifier digit: a second check over the four or five digits of a price inside a code, for a price is what
 * hurts most when it is misread. A weight or another measure may have one too, made in the same way. Each digit is
 * weighted by a table; w− takes the tens of the product away, w+ adds them, and the units count. Source: GS1 General
 * Specifications, 7.9 and 2.1.14.
 */
import { assert, present } from '../base/index.ts';
import { isDigits } from './check-digit.ts';

const tens = (product: number): number => Math.floor(product / 10);

/** The units of digit · weight ∓ its tens, for the digits 0 to 9. */
function weightTable(weight: number, tensSign: -1 | 0 | 1): readonly number[] {
  return Array.from({ length: 10 }, (_, digit) => {
    const product = digit * weight;
    return (product + tensSign * tens(product) + 10) % 10;
  });
}

const TWO_MINUS = weightTable(2, -1);
const THREE = weightTable(3, 0);
const FIVE_PLUS = weightTable(5, 1);
const FIVE_MINUS = weightTable(5, -1);

const FOUR_DIGITS = [TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS];
const FIVE_DIGITS = [FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS];

function weightedSum(digits: string, tables: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) sum += tables[place]?.[Number(digits[place])] ?? 0;
  return sum;
}

/** The verifier of a price of four or five digits. */
export function priceVerifierOf(price: string): number {
  assert(isDigits(price) && (price.length === 4 || price.length === 5), 'PRICE_DIGITS', { price });
  if (price.length === 4) return (weightedSum(price, FOUR_DIGITS) * 3) % 10;
  const missing = (10 - (weightedSum(price, FIVE_DIGITS) % 10)) % 10;
  return present(
    [...FIVE_MINUS.keys()].find((digit) => FIVE_MINUS[digit] === missing),
    'PRICE_VERIFIER_NONE',
  );
}
