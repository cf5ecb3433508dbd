/**
 * The money of one store: accounts, the book of receipts, debts by token, prepaid balances. Whoever runs it does four
 * things in this order: `stepped` an event, keep the event if it changed something, `apply` the step, send the
 * commands. Applied in the same order to nothing, the kept events give the same store again, bit for bit.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import { minor } from '../../domain/index.ts';
import type { Minor, PaymentId, StoreId } from '../../domain/index.ts';
import { debtMinorOf, isAtRest, isDenied, ledgerEntry, wakeAtMsOf } from '../../payment/index.ts';
import type { DenyList, DenyRule, LedgerEntry, PaymentState, TokenDebt } from '../../payment/index.ts';
import { emptyReceiptBook } from '../../receipts/index.ts';
import type { ReceiptBook, ReceiptRevision } from '../../receipts/index.ts';
import { accountStep } from './account-step.ts';
import type { AccountStep, MoneyRules } from './account-step.ts';
import type { MoneyCommand, MoneyEvent, MoneyProblem } from './money-event.ts';
import { newAccount } from './party-account.ts';
import type { PartyAccount } from './party-account.ts';

export interface MoneySettings extends MoneyRules {
  readonly storeId: StoreId;
  readonly series: string;
  readonly deny: DenyRule;
  /** Beyond it nobody is let in: what is not at rest may not be forgotten. */
  readonly accountsMax: number;
}

export interface MoneyStep {
  readonly accountId: PaymentId;
  /** False where the event changes nothing; it need not be kept then. */
  readonly isChange: boolean;
  readonly before: PartyAccount;
  readonly after: AccountStep | null;
  readonly commands: readonly MoneyCommand[];
  readonly entries: readonly LedgerEntry[];
  readonly issued: readonly ReceiptRevision[];
  /** What was paid into a prepaid balance; null where nothing was. */
  readonly load: { readonly balanceId: string; readonly minor: number } | null;
  readonly problem: MoneyProblem | null;
}

/** Beyond these the oldest are forgotten: a grant in the shopper's favour, a load that is then told again by mistake. */
const GRANTS_MAX = 100_000;
const LOADS_MAX = 1_000_000;

const NO_DEBT: TokenDebt = { unpaidMinor: minor(0), unpaidCount: 0 };

/** What a payment leaves unpaid, written off or not. */
function unpaidMinorOf(state: PaymentState): number {
  return debtMinorOf(state) + (state.isClosed ? state.writtenOffMinor : 0);
}

function wakeOf({ payments, waiting }: PartyAccount): EpochMs | null {
  const wakes = [
    ...payments.map(wakeAtMsOf),
    ...waiting.map(({ mark, dueAtMs, deadlineAtMs }) =>
      mark === null ? epochMs(Math.min(dueAtMs, deadlineAtMs)) : null,
    ),
  ].filter((wake) => wake !== null);
  return wakes.length === 0 ? null : epochMs(Math.min(...wakes));
}

function tokenOf(account: PartyAccount): string | null {
  return account.payments[0]?.terms?.card?.token ?? null;
}

export class StoreMoney implements DenyList {
  readonly settings: MoneySettings;
  book: ReceiptBook;
  private readonly accounts = new Map<PaymentId, PartyAccount>();
  /** Of accounts that wait for something: few, however many a day has. */
  private readonly wakes = new Map<PaymentId, EpochMs>();
  private readonly debts = new Map<string, TokenDebt>();
  private readonly grants = new Map<string, number>();
  private readonly balances = new Map<string, number>();
  /** Payments into balances, so that each counts once. */
  private readonly loads = new Set<PaymentId>();

  constructor(settings: MoneySettings) {
    this.settings = settings;
    this.book = emptyReceiptBook(settings.storeId, settings.series);
  }

  accountOf(accountId: PaymentId): PartyAccount | null {
    return this.accounts.get(accountId) ?? null;
  }

  accountIds(): readonly PaymentId[] {
    return [...this.accounts.keys()];
  }

  debtOf(token: string): TokenDebt {
    return this.debts.get(token) ?? NO_DEBT;
  }

  /** To be asked before a payment begins; the answer is part of the event. */
  isDenied(token: string): boolean {
    return isDenied(this.debtOf(token), this.settings.deny);
  }

  /** What a payment may set aside of a prepaid balance when it begins. */
  availableMinorOf(balanceId: string): Minor {
    return minor(this.balances.get(balanceId) ?? 0);
  }

  /** Works out what an event does; nothing has changed yet. */
  stepped(event: MoneyEvent): MoneyStep {
    const { accountId } = event;
    const before = this.accounts.get(accountId) ?? newAccount(accountId);
    const none = { accountId, before, after: null, commands: [], entries: [], issued: [], load: null };
    if (event.kind === 'prepaid-loaded') return { ...none, ...this.loaded(event) };
    if (
      event.kind === 'began' &&
      before.payments.length === 0 &&
      this.accounts.size >= this.settings.accountsMax
    )
      return { ...none, isChange: false, problem: { code: 'MONEY_FULL', what: accountId } };
    const token = tokenOf(before);
    const stepped = accountStep({ account: before, book: this.book }, event, {
      rules: this.settings,
      grantedAtOnceCount: token === null ? 0 : (this.grants.get(token) ?? 0),
    });
    if (!stepped.ok) return { ...none, isChange: false, problem: stepped.problem };
    const after = stepped.value;
    if (after.account === before) return { ...none, isChange: false, problem: null };
    const { commands, entries, issued } = after;
    return { ...none, after, isChange: true, commands, entries, issued, problem: null };
  }

  apply({ accountId, before, after, load }: MoneyStep): void {
    if (load !== null) {
      this.loads.add(accountId);
      for (const oldest of this.loads) {
        if (this.loads.size <= LOADS_MAX) break;
        this.loads.delete(oldest);
      }
      this.addToBalance(load.balanceId, load.minor);
    }
    if (after === null) return;
    this.accounts.set(accountId, after.account);
    const wakeAtMs = wakeOf(after.account);
    if (wakeAtMs === null) this.wakes.delete(accountId);
    else this.wakes.set(accountId, wakeAtMs);
    this.book = after.book;
    for (const [index, payment] of after.account.payments.entries())
      this.follow(before.payments[index] ?? null, payment);
    this.countGrants(before, after.account);
  }

  /** When the account wants its next tick; null while it waits for nothing. */
  wakeAtMsOf(accountId: PaymentId): EpochMs | null {
    return this.wakes.get(accountId) ?? null;
  }

  /** When the first account wants its next tick; null while none does. */
  wakeAtMs(): EpochMs | null {
    return this.wakes.size === 0 ? null : epochMs(Math.min(...this.wakes.values()));
  }

  /** Accounts that want a tick by now, in the order in which they began to wait. */
  dueAt(atMs: EpochMs): readonly PaymentId[] {
    return [...this.wakes].filter(([, wakeAtMs]) => wakeAtMs <= atMs).map(([accountId]) => accountId);
  }

  /** Nothing is on its way, held or waiting; only a correction, a claim or a dispute can still move money. */
  isAtRest(accountId: PaymentId): boolean {
    const account = this.accounts.get(accountId);
    return account === undefined || (account.payments.every(isAtRest) && account.waiting.length === 0);
  }

  /**
   * Lets go of an account, which whoever keeps receipts has kept; later corrections begin by reading it back. False
   * where it is not at rest.
   */
  forget(accountId: PaymentId): boolean {
    const account = this.accounts.get(accountId);
    if (account === undefined || !this.isAtRest(accountId)) return false;
    this.accounts.delete(accountId);
    this.wakes.delete(accountId);
    return true;
  }

  private loaded({
    accountId,
    atMs,
    balanceId,
    amount,
  }: Extract<MoneyEvent, { kind: 'prepaid-loaded' }>): Pick<
    MoneyStep,
    'isChange' | 'entries' | 'load' | 'problem'
  > {
    const isNew = !this.loads.has(accountId);
    if (amount.minor <= 0)
      return {
        isChange: false,
        entries: [],
        load: null,
        problem: { code: 'PAYMENT_AMOUNT', what: balanceId },
      };
    if (!isNew) return { isChange: false, entries: [], load: null, problem: null };
    const { currency } = amount;
    const entry = ledgerEntry({
      paymentId: accountId,
      atMs,
      why: 'prepaid balance loaded',
      lines: [
        { account: 'prepaid-funding', minor: amount.minor, currency },
        { account: 'prepaid-liability', minor: minor(-amount.minor), currency },
      ],
    });
    return { isChange: true, entries: [entry], load: { balanceId, minor: amount.minor }, problem: null };
  }

  /** Debts and balances are what the payments' states say, kept by their differences. */
  private follow(before: PaymentState | null, after: PaymentState): void {
    const { terms } = after;
    if (terms === null || before === after) return;
    const token = terms.card?.token ?? null;
    const unpaidBefore = before === null ? 0 : unpaidMinorOf(before);
    const unpaid = unpaidMinorOf(after);
    if (token !== null && unpaid !== unpaidBefore) {
      const known = this.debtOf(token);
      const counted = (unpaid > 0 ? 1 : 0) - (unpaidBefore > 0 ? 1 : 0);
      this.debts.set(token, {
        unpaidMinor: minor(known.unpaidMinor + unpaid - unpaidBefore),
        unpaidCount: known.unpaidCount + counted,
      });
      if (this.debts.get(token)?.unpaidCount === 0) this.debts.delete(token);
    }
    if (terms.prepaid === null) return;
    const { balanceId, reservedMinor } = terms.prepaid;
    let change = after.prepaidReturnedMinor - (before?.prepaidReturnedMinor ?? 0);
    if (before === null || before.terms === null) change -= reservedMinor;
    if (after.isClosed) change += reservedMinor - after.prepaidUsedMinor;
    if (before?.isClosed) change -= reservedMinor - before.prepaidUsedMinor;
    if (change !== 0) this.addToBalance(balanceId, change);
  }

  private addToBalance(balanceId: string, change: number): void {
    this.balances.set(balanceId, (this.balances.get(balanceId) ?? 0) + change);
  }

  private countGrants(before: PartyAccount, after: PartyAccount): void {
    const token = tokenOf(after);
    if (token === null || before.claims === after.claims) return;
    const known = new Set(before.claims.map(({ claimId }) => claimId));
    const granted = after.claims.filter(
      ({ claimId, phase, reviewCount }) => !known.has(claimId) && phase === 'granted' && reviewCount === 0,
    );
    if (granted.length === 0) return;
    this.grants.set(token, (this.grants.get(token) ?? 0) + granted.length);
    for (const oldest of this.grants.keys()) {
      if (this.grants.size <= GRANTS_MAX) break;
      this.grants.delete(oldest);
    }
  }
}
