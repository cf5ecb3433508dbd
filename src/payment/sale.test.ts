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
};

test('a party pays all parts but what a manufacturer pays', () => {
  expect(totalOf(sale)).toBe(885);
  expect(totalOf(null)).toBe(0);
  expect(totalOf(emptySale('JPY'))).toBe(0);
});

test('no part may be negative, nor the total', () => {
  expect(isSaleUsable(sale)).toBe(true);
  expect(isSaleUsable({ ...sale, revenueMinor: minor(-1) })).toBe(false);
  expect(isSaleUsable({ ...sale, taxes: [{ authority: 'state', minor: minor(-1) }] })).toBe(false);
  expect(isSaleUsable({ ...sale, depositsMinor: minor(-1) })).toBe(false);
  expect(isSaleUsable({ ...sale, manufacturerMinor: minor(1086) })).toBe(false);
});
