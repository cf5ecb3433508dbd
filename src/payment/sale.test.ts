import { expect, test } from 'vitest';
import { minor } from '../domain/index.ts';
import { emptySale, isSaleUsable, totalOf } from './sale.ts';
import type { Sale } from './sale.ts';

const sale: Sale = {
  currency: 'USD',
  revenueMinor: minor(1000),
  taxes: [
    { authority: 'state', minor: minor(60) },
    { authority: 'city', minor: minor(15) },
  ],
  depositsMinor: minor(10),
  manufacturerMinor: minor(200),
  thirdPartyMinor: minor(50),
  cashRoundingMinor: minor(-3),
};

test('a party pays all parts but what others pay, rounded to the coins there are', () => {
  expect(totalOf(sale)).toBe(832);
  expect(totalOf(null)).toBe(0);
  expect(totalOf(emptySale('JPY'))).toBe(0);
});

test('no part may be negative, nor the total', () => {
  expect(isSaleUsable(sale)).toBe(true);
  expect(isSaleUsable({ ...sale, revenueMinor: minor(-1) })).toBe(false);
  expect(isSaleUsable({ ...sale, taxes: [{ authority: 'state', minor: minor(-1) }] })).toBe(false);
  expect(isSaleUsable({ ...sale, depositsMinor: minor(-1) })).toBe(false);
  expect(isSaleUsable({ ...sale, manufacturerMinor: minor(1033) })).toBe(false);
});
