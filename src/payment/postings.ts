/**
 * What a step means for the books: the difference between two states, posted. No decision posts anything by itself,
 * so whatever way a fact became known (an answer, a look-up after a crash), it is posted once.
 */
import { present } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { minor } from '../domain/index.ts';
import { ledgerEntry } from './ledger.ts';
import type { Account, LedgerEntry } from './ledger.ts';
import { acceptedDisputeMinorOf, refundedMinorOf } from './payment-state.ts';
import type { PaymentState } from './payment-state.ts';
import { totalOf } from './sale.ts';
import type { Sale } from './sale.ts';

interface Move {
  readonly why: string;
  readonly debit: Account;
  readonly credit: Account;
  readonly of: (state: PaymentState) => number;
}

const MOVES: readonly Move[] = [
  {
    why: 'captured',
    debit: 'processor-clearing',
    credit: 'receivable',
    of: (state) => state.capturedMinor,
  },
  {
    why: 'paid from prepaid balance',
    debit: 'prepaid-liability',
    credit: 'receivable',
    of: (state) => state.prepaidUsedMinor,
  },
  { why: 'refunded', debit: 'receivable', credit: 'processor-clearing', of: refundedMinorOf },
  {
    why: 'returned to prepaid balance',
    debit: 'receivable',
    credit: 'prepaid-liability',
    of: (state) => state.prepaidReturnedMinor,
  },
  {
    why: 'disputed',
    debit: 'bad-debt',
    credit: 'processor-clearing',
    of: (state) => state.disputedMinor,
  },
  {
    why: 'dispute accepted',
    debit: 'receivable',
    credit: 'bad-debt',
    of: acceptedDisputeMinorOf,
  },
  { why: 'written off', debit: 'bad-debt', credit: 'receivable', of: (state) => state.writtenOffMinor },
];

/** The entries that turn the books of `before` into those of `after`. */
export function postingsBetween(before: PaymentState, after: PaymentState, atMs: EpochMs): LedgerEntry[] {
  const terms = after.terms;
  if (terms === null || before === after) return [];
  const { currency } = terms;
  const entryOf = (why: string, amounts: readonly (readonly [Account, number])[]): LedgerEntry =>
    ledgerEntry({
      paymentId: terms.paymentId,
      atMs,
      why,
      lines: amounts.map(([account, amount]) => ({ account, minor: minor(amount), currency })),
    });
  const entries: LedgerEntry[] = [];
  if (before.sale !== after.sale) {
    const amounts = saleAmounts(before.sale, present(after.sale, 'SALE_TAKEN_BACK'));
    if (amounts.length > 0) entries.push(entryOf(before.sale === null ? 'sold' : 'corrected', amounts));
  }
  for (const { why, debit, credit, of } of MOVES) {
    const amount = of(after) - of(before);
    if (amount === 0) continue;
    entries.push(
      entryOf(why, [
        [debit, amount],
        [credit, -amount],
      ]),
    );
  }
  return entries;
}

function saleAmounts(before: Sale | null, after: Sale): (readonly [Account, number])[] {
  const changes = new Map<Account, number>();
  const add = (account: Account, amount: number): void => {
    changes.set(account, (changes.get(account) ?? 0) + amount);
  };
  for (const [sale, sign] of [
    [after, 1],
    [before, -1],
  ] as const) {
    if (sale === null) continue;
    add('receivable', sign * totalOf(sale));
    add('manufacturer-receivable', sign * sale.manufacturerMinor);
    add('third-party-receivable', sign * sale.thirdPartyMinor);
    add('cash-rounding', -sign * sale.cashRoundingMinor);
    add('revenue', -sign * sale.revenueMinor);
    add('deposits', -sign * sale.depositsMinor);
    for (const tax of sale.taxes) add(`tax:${tax.authority}`, -sign * tax.minor);
  }
  return [...changes].filter(([, amount]) => amount !== 0);
}
