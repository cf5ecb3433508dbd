/**
 * One sale over several payments. A correction up that comes after the charge is charged by a payment of its own, so
 * a receipt's amount is then the sum of several; each has its share of the sale, in whole minor units, and no share's
 * part is below zero. What others fund belongs to the first, which takes the store's own revenue first.
 */
import { assert } from '../../base/index.ts';
import { minor } from '../../domain/index.ts';
import { emptySale, totalOf } from '../../payment/index.ts';
import type { Sale } from '../../payment/index.ts';

interface Part {
  readonly authority: string | null;
  readonly kind: 'revenue' | 'deposits' | 'rounding' | 'tax';
  readonly minor: number;
}

function partsOf(sale: Sale): Part[] {
  return [
    { kind: 'revenue', authority: null, minor: sale.revenueMinor },
    { kind: 'deposits', authority: null, minor: sale.depositsMinor },
    { kind: 'rounding', authority: null, minor: Math.max(0, sale.cashRoundingMinor) },
    ...sale.taxes.map((tax): Part => ({ kind: 'tax', authority: tax.authority, minor: tax.minor })),
  ];
}

function withPart(sale: Sale, part: Part, amount: number): Sale {
  if (amount === 0) return sale;
  switch (part.kind) {
    case 'revenue':
      return { ...sale, revenueMinor: minor(sale.revenueMinor + amount) };
    case 'deposits':
      return { ...sale, depositsMinor: minor(sale.depositsMinor + amount) };
    case 'rounding':
      return { ...sale, cashRoundingMinor: minor(sale.cashRoundingMinor + amount) };
    case 'tax':
      return { ...sale, taxes: [...sale.taxes, { authority: part.authority ?? '', minor: minor(amount) }] };
  }
}

/** @param totals none negative, summing to the sale's total. */
export function sharesOf(sale: Sale, totals: readonly number[]): Sale[] {
  assert(totals.reduce((sum, total) => sum + total, 0) === totalOf(sale), 'SHARES_DIFFER', { totals });
  const takenOff = Math.min(0, sale.cashRoundingMinor);
  const firstSpare = sale.manufacturerMinor + sale.thirdPartyMinor - takenOff;
  const left = partsOf(sale).map((part) => ({ part, minor: part.minor }));
  return totals.map((total, index) => {
    let wanted = total + (index === 0 ? firstSpare : 0);
    let share = emptySale(sale.currency);
    if (index === 0) {
      const { manufacturerMinor, thirdPartyMinor } = sale;
      share = { ...share, manufacturerMinor, thirdPartyMinor, cashRoundingMinor: minor(takenOff) };
    }
    for (const each of left) {
      const amount = Math.min(wanted, each.minor);
      share = withPart(share, each.part, amount);
      each.minor -= amount;
      wanted -= amount;
    }
    return share;
  });
}

/** How a total fills what each payment charges already, in order, and what is then left to charge anew. */
export function filled(
  total: number,
  capacities: readonly number[],
): { readonly totals: readonly number[]; readonly restMinor: number } {
  let left = total;
  const totals = capacities.map((capacity) => {
    const part = Math.min(left, capacity);
    left -= part;
    return part;
  });
  return { totals, restMinor: left };
}
