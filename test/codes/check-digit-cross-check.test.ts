/** Our check digits against those of `cdigit`, which is kept elsewhere and knows the method for any length. */
import { gtin } from 'cdigit';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { checkDigitOf, readElementString, readGtin } from '../../src/codes/index.ts';

const NUMBERS = 2000;
const GTIN_LENGTHS = [8, 12, 13, 14];
/** Of GLN, GSIN and SSCC, each with an identifier that carries it. */
const KEYS = [
  { digits: 13, ai: '414' },
  { digits: 17, ai: '402' },
  { digits: 18, ai: '00' },
];

const drawDigits = (random: Random, length: number): string =>
  Array.from({ length }, () => random.below(10)).join('');

/** `digits` with the one at `place` raised by one to nine. */
function withWrongDigit(digits: string, place: number, by: number): string {
  const wrong = (Number(digits[place]) + by) % 10;
  return `${digits.slice(0, place)}${wrong}${digits.slice(place + 1)}`;
}

test.each(GTIN_LENGTHS)('GTIN of %i digits: the same check digit, the same verdict', (length) => {
  const random = seededRandom(length);
  let validCount = 0;
  for (let nth = 0; nth < NUMBERS; nth++) {
    const payload = drawDigits(random, length - 1);
    expect(String(checkDigitOf(payload)), payload).toBe(gtin.compute(payload));
    const whole = gtin.generate(payload);
    expect(readGtin(whole).ok, whole).toBe(true);
    const wrong = withWrongDigit(whole, random.below(length), 1 + random.below(9));
    expect([readGtin(wrong).ok, gtin.validate(wrong)], wrong).toEqual([false, false]);
    const drawn = drawDigits(random, length);
    expect(readGtin(drawn).ok, drawn).toBe(gtin.validate(drawn));
    if (gtin.validate(drawn)) validCount++;
  }
  expect(validCount).toBeGreaterThan(NUMBERS / 20);
});

test('all zeros have a right check digit, and ours refuses them as a placeholder', () => {
  for (const length of GTIN_LENGTHS) {
    expect(gtin.validate('0'.repeat(length))).toBe(true);
    const read = readGtin('0'.repeat(length));
    expect(read.ok || read.problem.code).toBe('CODE_ALL_ZEROS');
  }
});

test.each(KEYS)('keys of $digits digits in ($ai) are taken and refused as there', ({ digits, ai }) => {
  const random = seededRandom(digits);
  for (let nth = 0; nth < NUMBERS; nth++) {
    const drawn = nth % 2 === 0 ? drawDigits(random, digits) : gtin.generate(drawDigits(random, digits - 1));
    const read = readElementString(`${ai}${drawn}`, 2026);
    expect(read.ok, drawn).toBe(gtin.validate(drawn));
    if (!read.ok) expect(read.problem.code).toBe('AI_VALUE_CHECK_DIGIT');
  }
});
