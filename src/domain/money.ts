/**
 * Money is a safe integer of minor units with its currency beside it. How many decimals a currency has comes from
 * the currency (ISO 4217), never from a hard-wired 100.
 */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';

export type Minor = Brand<number, 'Minor'>;

export type Currency = 'USD' | 'GBP' | 'AUD' | 'CAD' | 'NZD' | 'EUR' | 'JPY' | 'KWD';

export interface Money {
  readonly minor: Minor;
  readonly currency: Currency;
}

/** Decimals per ISO 4217. */
export const CURRENCY_EXPONENT: Readonly<Record<Currency, number>> = {
  USD: 2,
  GBP: 2,
  AUD: 2,
  CAD: 2,
  NZD: 2,
  EUR: 2,
  JPY: 0,
  KWD: 3,
};

/** @throws AssertionFailure unless `value` is a safe integer. */
export function minor(value: number): Minor {
  assert(Number.isSafeInteger(value), 'MONEY_NOT_SAFE_INTEGER', { value });
  // Minus zero would differ from zero in some comparisons and vanish in JSON.
  return (value === 0 ? 0 : value) as Minor;
}

export function money(minorUnits: number, currency: Currency): Money {
  return { minor: minor(minorUnits), currency };
}

/** The decimal amount of a catalogue row, such as 1.99, rounded half up to minor units. */
export function moneyFromDecimal(amount: number, currency: Currency): Money {
  assert(Number.isFinite(amount), 'MONEY_NOT_FINITE', { amount });
  const [digits, exponent] = amount.toExponential().split('e');
  const shifted = Number(`${digits}e${Number(exponent) + CURRENCY_EXPONENT[currency]}`);
  return money(Math.round(shifted), currency);
}

export function isSameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

export function addMoney(a: Money, b: Money): Money {
  assert(a.currency === b.currency, 'MONEY_CURRENCIES_DIFFER', { a: a.currency, b: b.currency });
  return money(a.minor + b.minor, a.currency);
}

export function multiplyMoney(price: Money, quantity: number): Money {
  assert(Number.isSafeInteger(quantity), 'MONEY_QUANTITY_NOT_INTEGER', { quantity });
  return money(price.minor * quantity, price.currency);
}

/** `USD 1.99`: plain, for terminals and logs; screens format by locale. */
export function moneyText(amount: Money): string {
  const exponent = CURRENCY_EXPONENT[amount.currency];
  const digits = Math.abs(amount.minor)
    .toString()
    .padStart(exponent + 1, '0');
  const sign = amount.minor < 0 ? '-' : '';
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(digits.length - exponent)}`;
  return `${amount.currency} ${sign}${whole}${fraction}`;
}
