import { array, assert as holds, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { AssertionFailure, epochMs } from '../base/index.ts';
import { minor, paymentId } from '../domain/index.ts';
import type { Currency } from '../domain/index.ts';
import { balancesOf, ledgerEntry } from './ledger.ts';
import type { Account, LedgerEntry } from './ledger.ts';

function entryOf(lines: readonly (readonly [Account, number, Currency])[]): LedgerEntry {
  return ledgerEntry({
    paymentId: paymentId('pay-1'),
    atMs: epochMs(0),
    why: 'a test',
    lines: lines.map(([account, amount, currency]) => ({ account, minor: minor(amount), currency })),
  });
}

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof AssertionFailure ? error.code : 'OTHER';
  }
}

test('an entry whose debits are not its credits cannot be made, in whatever currency', () => {
  const uneven = (): LedgerEntry =>
    entryOf([
      ['receivable', 5, 'USD'],
      ['revenue', -4, 'USD'],
    ]);
  expect(codeOf(uneven)).toBe('LEDGER_UNBALANCED');
  const mixed = (): LedgerEntry =>
    entryOf([
      ['receivable', 5, 'USD'],
      ['revenue', -5, 'EUR'],
    ]);
  expect(codeOf(mixed)).toBe('LEDGER_UNBALANCED');
  expect(codeOf(() => entryOf([]))).toBe('LEDGER_ENTRY_EMPTY');
});

test('balances are the fold over entries, currency by currency', () => {
  const entries = [
    entryOf([
      ['receivable', 500, 'USD'],
      ['revenue', -460, 'USD'],
      ['tax:state', -40, 'USD'],
    ]),
    entryOf([
      ['processor-clearing', 500, 'USD'],
      ['receivable', -500, 'USD'],
    ]),
    entryOf([
      ['receivable', 7, 'EUR'],
      ['deposits', -7, 'EUR'],
    ]),
  ];
  expect(Object.fromEntries(balancesOf(entries, 'USD'))).toEqual({
    receivable: 0,
    revenue: -460,
    'tax:state': -40,
    'processor-clearing': 500,
  });
  expect(Object.fromEntries(balancesOf(entries, 'EUR'))).toEqual({ receivable: 7, deposits: -7 });
});

test('all balances together are zero, whatever was posted', () => {
  holds(
    property(array(integer({ min: -1e9, max: 1e9 }), { minLength: 1 }), (amounts) => {
      const entries = amounts.map((amount) =>
        entryOf([
          ['receivable', amount, 'USD'],
          ['revenue', -amount, 'USD'],
        ]),
      );
      let sum = 0;
      for (const balance of balancesOf(entries, 'USD').values()) sum += balance;
      expect(sum).toBe(0);
    }),
  );
});
