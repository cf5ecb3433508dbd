/**
 * Double entry: every entry's debits equal its credits, in each currency; that is asserted where an entry is made, so
 * an unbalanced one cannot exist. A line's `minor` is positive for a debit and negative for a credit. Balances are
 * never stored: they are the fold over entries.
 */
import { assert } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { minor } from '../domain/index.ts';
import type { Currency, Minor, PaymentId } from '../domain/index.ts';

export type Account =
  /** What parties owe us; below zero what we owe them. */
  | 'receivable'
  /** What the processor has taken for us and will pay out. */
  | 'processor-clearing'
  | 'revenue'
  | `tax:${string}`
  | 'deposits'
  /** What manufacturers owe for discounts that they fund. */
  | 'manufacturer-receivable'
  /** What others owe for discounts that they fund. */
  | 'third-party-receivable'
  /** What the coins that exist have added or taken. */
  | 'cash-rounding'
  | 'prepaid-liability'
  /** Where what was paid into prepaid balances came from; whoever took it moves it on. */
  | 'prepaid-funding'
  | 'bad-debt';

export interface LedgerLine {
  readonly account: Account;
  readonly minor: Minor;
  readonly currency: Currency;
}

export interface LedgerEntry {
  readonly paymentId: PaymentId;
  readonly atMs: EpochMs;
  readonly why: string;
  readonly lines: readonly LedgerLine[];
}

/** @throws AssertionFailure unless debits equal credits in each currency. */
export function ledgerEntry(entry: LedgerEntry): LedgerEntry {
  const sums = new Map<Currency, number>();
  for (const line of entry.lines) sums.set(line.currency, (sums.get(line.currency) ?? 0) + line.minor);
  for (const [currency, sum] of sums)
    assert(sum === 0, 'LEDGER_UNBALANCED', { currency, sum, why: entry.why });
  assert(entry.lines.length > 0, 'LEDGER_ENTRY_EMPTY', { why: entry.why });
  return entry;
}

/** The balance of every account that has a line in `currency`; debits count up. */
export function balancesOf(entries: readonly LedgerEntry[], currency: Currency): ReadonlyMap<Account, Minor> {
  const balances = new Map<Account, Minor>();
  for (const { lines } of entries) {
    for (const line of lines) {
      if (line.currency !== currency) continue;
      balances.set(line.account, minor((balances.get(line.account) ?? 0) + line.minor));
    }
  }
  return balances;
}
