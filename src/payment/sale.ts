/**
 * What a party owes, and to whom it belongs: the final amount as pricing tells it, in parts that the ledger keeps
 * apart. What the party pays is what the store, the tax authorities and the deposit scheme get, less what a
 * manufacturer pays for its own discounts.
 */
import { minor } from '../domain/index.ts';
import type { Currency, Minor } from '../domain/index.ts';

export interface TaxPart {
  readonly authority: string;
  readonly minor: Minor;
}

export interface Sale {
  readonly currency: Currency;
  readonly revenueMinor: Minor;
  readonly taxes: readonly TaxPart[];
  readonly depositsMinor: Minor;
  /** Discounts that manufacturers fund; they pay this part to the store. */
  readonly manufacturerMinor: Minor;
}

/** What the party pays. */
export function totalOf(sale: Sale | null): Minor {
  if (sale === null) return minor(0);
  let total = sale.revenueMinor + sale.depositsMinor - sale.manufacturerMinor;
  for (const tax of sale.taxes) total += tax.minor;
  return minor(total);
}

/** No part is negative, nor is what the party pays. */
export function isSaleUsable(sale: Sale): boolean {
  const parts = [sale.revenueMinor, sale.depositsMinor, sale.manufacturerMinor];
  return parts.every((part) => part >= 0) && sale.taxes.every((tax) => tax.minor >= 0) && totalOf(sale) >= 0;
}

export function emptySale(currency: Currency): Sale {
  const zero = minor(0);
  return { currency, revenueMinor: zero, taxes: [], depositsMinor: zero, manufacturerMinor: zero };
}
