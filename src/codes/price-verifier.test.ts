import { expect, test } from 'vitest';
import { priceVerifierOf } from './price-verifier.ts';

test.each([
  ['2875', 9],
  ['14685', 6],
  ['0000', 0],
  ['00000', 0],
])('published examples: %s has %i', (price, verifier) => expect(priceVerifierOf(price)).toBe(verifier));

/** Of all prices with one digit changed, how many keep their verifier. */
function unnoticed(length: number, stride: number): number {
  let count = 0;
  for (let price = 0; price < 10 ** length; price += stride) {
    const digits = String(price).padStart(length, '0');
    for (let place = 0; place < length; place++)
      for (let by = 1; by < 10; by++) {
        const changed = `${digits.slice(0, place)}${(Number(digits[place]) + by) % 10}${digits.slice(place + 1)}`;
        if (priceVerifierOf(changed) === priceVerifierOf(digits)) count++;
      }
  }
  return count;
}

test('no changed digit goes unnoticed: every weight gives ten digits ten different remainders', () => {
  expect(unnoticed(4, 7)).toBe(0);
  expect(unnoticed(5, 61)).toBe(0);
});
