import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { gtinCheckDigit, gtinDrawer } from './gtin.ts';

describe('codes of products', () => {
  // Published examples: GS1 General Specifications (check digit), ISBN and EAN articles.
  test.each(['6291041500213', '9780306406157', '5901234123457', '4006381333931', '0000000000000'])(
    'the check digit of %s',
    (gtin) => {
      expect(gtinCheckDigit(gtin.slice(0, 12))).toBe(Number(gtin[12]));
    },
  );

  test('are all different, of thirteen digits, and nobody’s: 200 to 299', () => {
    const draw = gtinDrawer(seededRandom(5));
    const drawn = Array.from({ length: 5000 }, draw);
    expect(new Set(drawn).size).toBe(drawn.length);
    for (const gtin of drawn) {
      expect(gtin).toMatch(/^2\d{12}$/);
      expect(gtinCheckDigit(gtin.slice(0, 12))).toBe(Number(gtin[12]));
    }
  });

  test('refuse anything but twelve digits', () => {
    expect(() => gtinCheckDigit('123')).toThrow('GTIN_NOT_TWELVE_DIGITS');
  });
});
