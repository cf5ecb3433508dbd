/**
 * Amounts as Stripe writes them: whole minor units, as we do, yen without decimals included. Currencies with three
 * decimals go over its wire in thousandths too, but only in steps of ten; an amount between is refused, for rounding
 * it would charge what nobody agreed to.
 */
import { CURRENCY_EXPONENT } from '../../domain/index.ts';
import type { Money } from '../../domain/index.ts';

export interface StripeAmount {
  readonly amount: number;
  readonly currency: string;
}

/** Null where Stripe cannot take the amount. */
export function stripeAmountOf({ minor, currency }: Money): StripeAmount | null {
  if (minor <= 0) return null;
  if (CURRENCY_EXPONENT[currency] === 3 && minor % 10 !== 0) return null;
  return { amount: minor, currency: currency.toLowerCase() };
}
