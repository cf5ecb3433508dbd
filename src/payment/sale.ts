/**
 * What a party owes, and to whom it belongs: the final amount as pricing tells it, in parts that the ledger keeps
 * apart. What the party pays is what the store, the tax authorities and the deposit scheme get, less what others pay
 * for the discounts that they fund, and what cash cannot pay exactly.
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
  /** Discounts that others fund, such as the maker of an app; they pay this part to the store. */
  readonly thirdPartyMinor: Minor;
  /** What rounding to the coins that exist adds, or below zero takes away. */
  readonly cashRoundingMinor: Minor;
}

/** What the party pays. */
export function totalOf(sale: Sale | null): Minor {
  if (sale === null) return minor(0);
  let total = sale.revenueMinor + sale.depositsMinor + sale.cashRoundingMinor;
  total -= sale.manufacturerMinor + sale.thirdPartyMinor;
  for (const tax of sale.taxes) total += tax.minor;
  return minor(total);
}

/** No part but the rounding is negative, nor is what the party pays. */
export function isSaleUsable(sale: Sale): boolean {
  const parts = [sale.revenueMinor, sale.depositsMinor, sale.manufacturerMinor, sale.thirdPartyMinor];
  return parts.every((part) => part >= 0) && sale.taxes.every((tax) => tax.minor >= 0) && totalOf(sale) >= 0;
}

export function emptySale(currency: Currency): Sale {
  const zero = minor(0);
  return {
    currency,
    revenueMinor: zero,
    taxes: [],
    depositsMinor: zero,
    manufacturerMinor: zero,
    thirdPartyMinor: zero,
    cashRoundingMinor: zero,
  };
}
