/** The checks that the GS1 Barcode Syntax Dictionary makes of 8110 and 8112, field by field. */
import { describe, expect, test } from 'vitest';
import { readCoupon } from './coupon.ts';
import { readPaperlessCoupon } from './paperless-coupon.ts';

const SHORTEST = '012345612345611110123';
const isRead = (digits: string): boolean => readCoupon(digits, 2026).ok;

describe('coupons of 8110', () => {
  test('no beginning of a coupon is one, and each says which field is missing', () => {
    expect(isRead(SHORTEST)).toBe(true);
    for (let length = 1; length < SHORTEST.length; length++) {
      const read = readCoupon(SHORTEST.slice(0, length), 2026);
      expect(read.ok ? length : read.problem.what).toMatch(/^the coupon ends before its .* does$/);
    }
  });

  test.each([
    ['length of the company prefix', (digit: string) => `${digit}${'1'.repeat(40)}`, '0123456'],
    ['length of the save value', (digit: string) => `0123456123456${digit}${'1'.repeat(30)}`, '12345'],
    [
      'length of the first purchase requirement',
      (digit: string) => `012345612345611${digit}${'1'.repeat(30)}`,
      '12345',
    ],
    ['first purchase requirement code', (digit: string) => `01234561234561111${digit}123`, '012349'],
    ['additional purchase rules code', (digit: string) => `${SHORTEST}1${digit}1101239`, '0123'],
    ['save value code', (digit: string) => `${SHORTEST}9${digit}000`, '01256'],
    ['item it applies to', (digit: string) => `${SHORTEST}90${digit}00`, '012'],
    ["don't multiply flag", (digit: string) => `${SHORTEST}9000${digit}`, '01'],
  ])('the %s is checked', (name, coupon, allowed) => {
    for (const digit of '0123456789') {
      const read = readCoupon(coupon(digit), 2026);
      const isNamed = !read.ok && read.problem.what.startsWith(`the ${name} is ${digit}`);
      expect(isNamed, `${name} ${digit}`).toBe(!allowed.includes(digit));
    }
  });

  test('a second company prefix has 6 to 12 digits, or is left out by a 9', () => {
    const second = `${SHORTEST}10110123`;
    expect(isRead(`${second}9`)).toBe(true);
    for (let size = 0; size <= 6; size++) {
      expect(isRead(`${second}${size}${'1'.repeat(size + 6)}`)).toBe(true);
      expect(isRead(`${second}${size}${'1'.repeat(size + 5)}`)).toBe(false);
    }
    expect(isRead(`${second}7${'1'.repeat(13)}`)).toBe(false);
  });

  test('optional fields stand in their order, once each', () => {
    expect(isRead(`${SHORTEST}326123142601015012345691000`)).toBe(true);
    expect(isRead(`${SHORTEST}32612314260101`)).toBe(true);
    expect(isRead(`${SHORTEST}42601013261231`)).toBe(false);
    expect(isRead(`${SHORTEST}32612313261231`)).toBe(false);
  });
});

test('a paperless coupon has no beginning that is one either', () => {
  const whole = '001234561234560123456';
  expect(readPaperlessCoupon(whole).ok).toBe(true);
  for (let length = 1; length < whole.length; length++)
    expect(readPaperlessCoupon(whole.slice(0, length)).ok).toBe(false);
  expect(readPaperlessCoupon(`2${whole.slice(1)}`).ok).toBe(false);
});
