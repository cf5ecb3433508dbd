/** What a receipt is to the ledger: to whom each part of what is paid belongs. */
import { minor } from '../domain/index.ts';
import type { Funder } from '../pricing/index.ts';
import type { Sale } from '../payment/index.ts';
import type { FeeShare, ReceiptContent } from './receipt-content.ts';
import { keptOf } from './sums.ts';

export type Sold = Pick<ReceiptContent, 'currency' | 'includesTax' | 'lines' | 'fees' | 'sums'>;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** A deposit or levy without the tax that is inside it: that is the authority's. */
function withoutTax({ minor: amount, taxes }: FeeShare, includesTax: boolean): number {
  return amount - (includesTax ? sum(taxes.map((tax) => tax.minor)) : 0);
}

/**
 * Taxes and levies go to their authorities, deposits are owed back, what others fund they pay; revenue is the rest. The
 * sale's total is what the receipt says is to pay.
 */
export function saleOf(sold: Sold): Sale {
  const { includesTax, sums } = sold;
  const kept = keptOf(sold);
  const fees = new Map(sold.fees.map((fee) => [fee.fee, fee]));
  const owed = new Map<string, number>();
  const add = (authority: string, amount: number): void => {
    if (amount !== 0) owed.set(authority, (owed.get(authority) ?? 0) + amount);
  };
  for (const { authority, minor: amount } of sums.taxes) add(authority, amount);
  let deposits = 0;
  for (const share of kept.fees) {
    const terms = fees.get(share.fee);
    if (terms?.kind === 'deposit') deposits += withoutTax(share, includesTax);
    if (terms?.kind === 'levy' && terms.authority !== null)
      add(terms.authority, withoutTax(share, includesTax));
  }
  const reductions = kept.units.flatMap((unit) => unit.reductions);
  const fundedBy = (who: Funder): number =>
    sum(reductions.filter(({ funder }) => funder === who).map((reduction) => reduction.minor));
  const manufacturer = fundedBy('manufacturer');
  const thirdParty = fundedBy('third-party');
  const revenue = sums.totalMinor + manufacturer + thirdParty - deposits - sum([...owed.values()]);
  return {
    currency: sold.currency,
    revenueMinor: minor(revenue),
    taxes: [...owed].map(([authority, amount]) => ({ authority, minor: minor(amount) })),
    depositsMinor: minor(deposits),
    manufacturerMinor: minor(manufacturer),
    thirdPartyMinor: minor(thirdParty),
    cashRoundingMinor: minor(sums.cashAdjustmentMinor),
  };
}
