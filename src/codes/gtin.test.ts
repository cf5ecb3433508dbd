import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigitOf } from './check-digit.ts';
import { readGtin } from './gtin.ts';

const digit = fc.integer({ min: 0, max: 9 });

/** Whole GTINs of every length, check digit and all. */
const wholeGtin = fc
  .constantFrom(8, 12, 13, 14)
  .chain((length) => fc.array(digit, { minLength: length - 1, maxLength: length - 1 }))
  .filter((digits) => digits.some((each) => each > 0))
  .map((digits) => `${digits.join('')}${checkDigitOf(digits.join(''))}`);

describe('readGtin', () => {
  test('the check digit is the one that makes the weighted sum a multiple of ten', () => {
    fc.assert(
      fc.property(wholeGtin, (gtin) => {
        const sum = [...gtin]
          .toReversed()
          .reduce((total, each, place) => total + Number(each) * (place % 2 ? 3 : 1), 0);
        expect(sum % 10).toBe(0);
      }),
    );
  });

  test('a GTIN with any one digit changed is refused', () => {
    fc.assert(
      fc.property(wholeGtin, fc.nat(), fc.integer({ min: 1, max: 9 }), (gtin, at, by) => {
        const place = at % gtin.length;
        const changed = `${gtin.slice(0, place)}${(Number(gtin[place]) + by) % 10}${gtin.slice(place + 1)}`;
        expect(readGtin(gtin).ok).toBe(true);
        expect(readGtin(changed)).toMatchObject({ ok: false, problem: { code: 'CODE_CHECK_DIGIT' } });
      }),
      { numRuns: 2000 },
    );
  });

  test('all its forms are one product, and reading the normal or the shortest form changes nothing', () => {
    fc.assert(
      fc.property(wholeGtin, (gtin) => {
        const read = readGtin(gtin);
        if (!read.ok) throw new Error(read.problem.what);
        const { gtin14, shortest } = read.value;
        expect(gtin14).toBe(gtin.padStart(14, '0'));
        for (const form of [gtin14, shortest]) expect(readGtin(form)).toEqual(read);
      }),
    );
  });

  test('zeros that a spreadsheet took come back, and it is told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000_000, max: 9_999_999_999 }), (payload) => {
        const lost = `${payload}${checkDigitOf(String(payload))}`;
        const read = readGtin(lost);
        expect(read).toMatchObject({
          ok: true,
          value: { gtin14: lost.padStart(14, '0'), repairs: ['zeros-restored'] },
        });
      }),
    );
  });
});

describe('what readGtin tells', () => {
  test('a refusal names the right check digit and what to do', () => {
    expect(readGtin('4006381333932')).toEqual({
      ok: false,
      problem: {
        code: 'CODE_CHECK_DIGIT',
        what: '"4006381333932" ends in 2, and its other digits give 1',
        remedy: 'One digit or more is misread: scan or type the code again.',
      },
    });
  });

  test('a message does not grow with what was scanned', () => {
    const read = readGtin('x'.repeat(100_000));
    expect(read.ok ? 0 : read.problem.what.length).toBeLessThan(100);
    expect(read.ok).toBe(false);
  });

  test.each([
    ['2012345928756', true],
    ['212345928752', true],
    ['0412345000003', true],
    ['21234569', true],
    ['4006381333931', false],
    ['036000291452', false],
    ['96385074', false],
  ])('%s is of restricted circulation: %s', (gtin, isRestricted) => {
    const right = `${gtin.slice(0, -1)}${checkDigitOf(gtin.slice(0, -1))}`;
    expect(readGtin(right)).toMatchObject({ value: { isRestricted } });
  });
});
