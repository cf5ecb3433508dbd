import { assert as holds, constantFrom, maxSafeInteger, property, integer } from 'fast-check';
import { expect, test } from 'vitest';
import { present } from '../base/index.ts';
import {
  addMoney,
  CURRENCY_EXPONENT,
  isSameMoney,
  minor,
  money,
  moneyFromDecimal,
  moneyText,
  multiplyMoney,
} from './money.ts';
import type { Currency } from './money.ts';

const currencies = Object.keys(CURRENCY_EXPONENT) as Currency[];

test.each([
  { amount: 1.99, currency: 'USD', expected: 199 },
  { amount: 19.99, currency: 'EUR', expected: 1999 },
  // The nearest binary number is smaller than 1.005; a catalogue means the decimal it wrote.
  { amount: 1.005, currency: 'USD', expected: 101 },
  { amount: 8.345, currency: 'GBP', expected: 835 },
  { amount: 120, currency: 'JPY', expected: 120 },
  { amount: 119.5, currency: 'JPY', expected: 120 },
  { amount: 1.2345, currency: 'KWD', expected: 1235 },
  { amount: -1.99, currency: 'USD', expected: -199 },
  { amount: 1e-9, currency: 'USD', expected: 0 },
  { amount: -1e-9, currency: 'USD', expected: 0 },
  { amount: 0, currency: 'KWD', expected: 0 },
] as const)('$amount $currency is $expected minor units', ({ amount, currency, expected }) => {
  expect(moneyFromDecimal(amount, currency)).toEqual({ minor: expected, currency });
});

test('the text of an amount reads back as the amount, in every currency', () => {
  holds(
    property(integer({ min: -1e12, max: 1e12 }), constantFrom(...currencies), (units, currency) => {
      const text = moneyText(money(units, currency));
      const [code, decimal] = text.split(' ');
      expect(code).toBe(currency);
      const parsed = moneyFromDecimal(Number(decimal), currency);
      expect(parsed.minor).toBe(units === 0 ? 0 : units);
      const fraction = present(decimal, 'NO_DECIMAL').split('.')[1] ?? '';
      expect(fraction).toHaveLength(CURRENCY_EXPONENT[currency]);
    }),
  );
});

test.each([
  { units: 5, currency: 'USD', text: 'USD 0.05' },
  { units: -5, currency: 'USD', text: 'USD -0.05' },
  { units: 1234, currency: 'KWD', text: 'KWD 1.234' },
  { units: 1234, currency: 'JPY', text: 'JPY 1234' },
  { units: 0, currency: 'JPY', text: 'JPY 0' },
] as const)('$units of $currency reads $text', ({ units, currency, text }) => {
  expect(moneyText(money(units, currency))).toBe(text);
});

test('adding and multiplying are those of integers', () => {
  holds(
    property(integer(), integer(), integer({ min: -1000, max: 1000 }), (a, b, quantity) => {
      const usd = (units: number): ReturnType<typeof money> => money(units, 'USD');
      expect(addMoney(usd(a), usd(b)).minor).toBe(a + b);
      expect(isSameMoney(addMoney(usd(a), usd(b)), addMoney(usd(b), usd(a)))).toBe(true);
      expect(multiplyMoney(usd(a), quantity).minor).toBe(a * quantity === 0 ? 0 : a * quantity);
    }),
  );
});

test('what is no amount is refused', () => {
  expect(() => minor(0.5)).toThrow('MONEY_NOT_SAFE_INTEGER');
  expect(() => minor(2 ** 53)).toThrow('MONEY_NOT_SAFE_INTEGER');
  expect(() => moneyFromDecimal(Number.NaN, 'USD')).toThrow('MONEY_NOT_FINITE');
  expect(() => moneyFromDecimal(1e15, 'USD')).toThrow('MONEY_NOT_SAFE_INTEGER');
  expect(() => addMoney(money(1, 'USD'), money(1, 'EUR'))).toThrow('MONEY_CURRENCIES_DIFFER');
  expect(() => multiplyMoney(money(1, 'USD'), 1.5)).toThrow('MONEY_QUANTITY_NOT_INTEGER');
  holds(
    property(maxSafeInteger(), (units) => {
      expect(minor(units)).toBe(units === 0 ? 0 : units);
    }),
  );
});

test('one number in two currencies is not the same money', () => {
  expect(isSameMoney(money(1, 'USD'), money(1, 'EUR'))).toBe(false);
});
