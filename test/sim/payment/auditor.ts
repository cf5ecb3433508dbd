/**
 * Who looks on: knows what the processor truly did and what was acknowledged, and says what is not as it must be. It
 * predicts from the outside and shares no code with the money room but the words.
 */
import type { PaymentId } from '../../../src/domain/index.ts';
import type { ProcessorModel } from '../../../src/adapters/payment-sandbox/index.ts';
import type { MoneyDecision, MoneyProblem, PartyAccount } from '../../../src/engine/index.ts';
import { PAYMENT_TRANSITIONS, phaseOf } from '../../../src/payment/index.ts';
import type { LedgerEntry, PaymentState, Sale } from '../../../src/payment/index.ts';
import { chainChecked, chainEnded, openChainCheck } from '../../../src/receipts/index.ts';
import type { ReceiptRevision } from '../../../src/receipts/index.ts';

export class Violation extends Error {}

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Violation(what);
}

function sumOf(sale: Sale): number {
  const { revenueMinor, depositsMinor, cashRoundingMinor, manufacturerMinor, thirdPartyMinor, taxes } = sale;
  const ours = revenueMinor + depositsMinor + cashRoundingMinor - manufacturerMinor - thirdPartyMinor;
  return taxes.reduce((sum, tax) => sum + tax.minor, ours);
}

/** What was decided of an account, as the shop saw it. */
interface Decided {
  readonly isBegun: boolean;
  readonly isSold: boolean;
  readonly capMinor: number;
  /** The highest total that the account's receipt ever had, or tried to have. */
  readonly totalMax: number;
  /** Corrections that were taken. */
  readonly correctionIds: readonly string[];
}

const NOTHING: Decided = { isBegun: false, isSold: false, capMinor: 0, totalMax: 0, correctionIds: [] };

interface Truth {
  readonly captured: number;
  readonly refunded: number;
  readonly disputed: number;
}

export class Auditor {
  private readonly model: ProcessorModel;
  private readonly decided = new Map<PaymentId, Decided>();
  /** Issued and acknowledged, by position. */
  private readonly issued: ReceiptRevision[] = [];

  constructor(model: ProcessorModel) {
    this.model = model;
  }

  of(accountId: PaymentId): Decided {
    return this.decided.get(accountId) ?? NOTHING;
  }

  noteTried(decision: MoneyDecision): void {
    const { accountId } = decision;
    const known = this.of(accountId);
    if (decision.kind === 'began')
      this.decided.set(accountId, { ...known, capMinor: decision.terms.capMinor });
    const amount = amountIn(decision);
    if (amount !== null)
      this.decided.set(accountId, { ...known, totalMax: Math.max(known.totalMax, amount) });
  }

  noteTaken(decision: MoneyDecision): void {
    const { accountId } = decision;
    const known = this.of(accountId);
    if (decision.kind === 'began') this.decided.set(accountId, { ...known, isBegun: true });
    if (decision.kind === 'sold')
      this.decided.set(accountId, { ...known, isSold: decision.goods.lines.length > 0 });
    if (decision.kind === 'corrected' || decision.kind === 'dispute-accepted')
      this.decided.set(accountId, {
        ...known,
        correctionIds: [...known.correctionIds, decision.correction.correctionId],
      });
  }

  /** After every step of ours. */
  checkStep(before: PartyAccount, after: PartyAccount, issued: readonly ReceiptRevision[]): void {
    for (const [index, payment] of after.payments.entries()) {
      const earlier = before.payments[index];
      const from = earlier === undefined ? 'none' : phaseOf(earlier);
      const to = phaseOf(payment);
      demand(from === to || PAYMENT_TRANSITIONS[from].includes(to), `phase ${from} became ${to}`);
    }
    this.issued.push(...issued);
    this.checkKept(after);
    this.checkTruth(after.accountId, after.payments);
  }

  /** What was acknowledged is known, after a restart too. */
  checkKept(account: PartyAccount): void {
    const { isBegun, isSold, correctionIds } = this.of(account.accountId);
    demand(!isBegun || account.payments[0]?.terms !== null, 'an acknowledged payment is gone');
    demand(!isSold || account.latest !== null, 'an acknowledged receipt is gone');
    const isThere = correctionIds.every((each) => account.correctionIds.includes(each));
    demand(isThere, 'an acknowledged correction is gone');
  }

  /** Whatever was handed out is the same after a restart. */
  checkIssued(revisions: readonly ReceiptRevision[]): void {
    for (const revision of this.issued)
      demand(
        revisions[revision.position - 1]?.hash === revision.hash,
        `the issued ${revision.content.receiptId}#${revision.content.revision} is gone or another`,
      );
  }

  /** After every step of the processor: what it did of our wish is within what was decided. */
  checkTruth(accountId: PaymentId, payments: readonly PaymentState[]): Truth {
    const { totalMax, capMinor } = this.of(accountId);
    const truth = { captured: 0, refunded: 0, disputed: 0 };
    let failed = 0;
    const names = payments.map(({ terms }) => terms?.paymentId ?? accountId);
    for (const name of names.length === 0 ? [accountId] : names) {
      let captureCount = 0;
      for (const hold of this.model.holdsOf(name)) {
        captureCount += hold.captureCount;
        truth.captured += hold.capturedMinor;
        truth.disputed += hold.disputedMinor;
        failed += hold.failedRefundMinor;
        for (const refund of hold.refunds) truth.refunded += refund.minor;
        demand(hold.heldMinor <= capMinor, `held ${hold.heldMinor}, above the cap of ${capMinor}`);
        demand(hold.capturedMinor <= totalMax, `captured ${hold.capturedMinor}, above ${totalMax}`);
      }
      demand(captureCount <= 1, `captured ${captureCount} times`);
    }
    const kept = truth.captured - truth.refunded - truth.disputed;
    demand(kept - failed <= capMinor, `kept ${kept}, above the cap of ${capMinor}`);
    demand(kept >= 0, 'given back more than was taken');
    return truth;
  }

  /** A while after the final amount, or after the visit came to nothing. */
  checkEnded(paymentId: PaymentId): void {
    for (const { holdId, status } of this.model.holdsOf(paymentId))
      demand(status !== 'open', `${holdId} is held long after the end`);
  }

  /** When everything has come to rest. */
  checkEnd(account: PartyAccount, entries: readonly LedgerEntry[]): void {
    const truth = this.checkTruth(account.accountId, account.payments);
    this.checkKept(account);
    demand(account.waiting.length === 0, 'a receipt waits for ever');
    for (const { terms, pending } of account.payments) {
      demand(pending === null, 'a command is pending for ever');
      for (const hold of this.model.holdsOf(terms?.paymentId ?? account.accountId)) {
        demand(hold.status !== 'open', `${hold.holdId} is left hanging`);
        demand(hold.status !== 'expired' || hold.isExpiredEarly, `${hold.holdId} was left to expire`);
      }
    }
    if (account.payments.length === 0)
      demand(truth.captured === 0, 'taken from somebody whom we do not know');
    else this.checkBooks(account, truth, entries);
  }

  /** The whole store's receipts: numbered without gaps, hashed, chained, and adding up. */
  checkChain(revisions: readonly ReceiptRevision[]): void {
    let check = openChainCheck();
    for (const revision of revisions) {
      const checked = chainChecked(check, revision);
      check = checked.check;
      demand(
        checked.problems.length === 0,
        checked.problems.map(({ code, where }) => `${where} ${code}`).join(),
      );
    }
    demand(chainEnded(check).length === 0, 'a number of a receipt is missing');
  }

  /** Captures − refunds = revenue + tax + deposits = receipt, but for what others pay, what is owed and what was lost. */
  private checkBooks(account: PartyAccount, truth: Truth, entries: readonly LedgerEntry[]): void {
    const balance = new Map<string, number>();
    for (const { account: name, minor } of entries.flatMap(({ lines }) => lines)) {
      const group = name.startsWith('tax:') ? 'tax' : name;
      balance.set(group, (balance.get(group) ?? 0) + minor);
    }
    const of = (name: string): number => balance.get(name) ?? 0;
    let sum = 0;
    for (const value of balance.values()) sum += value;
    demand(sum === 0, `the books are out by ${sum}`);
    const kept = truth.captured - truth.refunded - truth.disputed;
    demand(
      of('processor-clearing') === kept,
      `the books say ${of('processor-clearing')} kept, it is ${kept}`,
    );
    const earned = -of('revenue') - of('tax') - of('deposits') - of('cash-rounding');
    const funded = of('manufacturer-receivable') + of('third-party-receivable');
    const others = of('prepaid-liability') + of('bad-debt') + of('receivable');
    demand(
      earned === kept + others + funded,
      `earned ${earned}, but took ${kept} and ${others + funded} from others`,
    );
    const told = account.revisions.at(-1)?.content.sums.toPayMinor ?? 0;
    demand(told === kept + others, `the receipt says ${told}, kept is ${kept}, owed or lost ${others}`);
    const isStuck = account.payments.some(
      (payment) => payment.isRefundRefused || payment.disputedMinor > payment.disputeAcceptedMinor,
    );
    demand(of('receivable') >= 0 || isStuck, `the party is owed ${-of('receivable')}`);
    const owing = account.payments.filter((payment) => payment.disputeAcceptedMinor === 0);
    if (of('receivable') > 0 && owing.length === account.payments.length)
      demand(
        owing.some((payment) => this.isExcused(payment)),
        `owes ${of('receivable')} for no reason`,
      );
  }

  /** Debt has a reason that is not ours. */
  private isExcused(state: PaymentState): boolean {
    if (state.terms === null || state.sale === null) return true;
    const { card, capMinor, prepaid, paymentId, timing } = state.terms;
    const holds = this.model.holdsOf(paymentId);
    const isExpired = holds.some((hold) => hold.status === 'expired');
    const isCapped = sumOf(state.sale) > capMinor + (prepaid?.reservedMinor ?? 0);
    const isRefused =
      state.isHoldDeclined || state.isIncreaseRefused || holds.some((hold) => hold.isCapturedPartly);
    const isLast = state.holdCount === timing.holdCountMax;
    return card === null || isExpired || isCapped || isRefused || state.isGivenUp || isLast;
  }
}

/** What the receipt would come to, where a decision says so. */
function amountIn(decision: MoneyDecision): number | null {
  if (decision.kind === 'sold') return decision.goods.sums.toPayMinor;
  if (decision.kind !== 'corrected' || decision.correction.change.kind !== 'replace') return null;
  return decision.correction.change.goods.sums.toPayMinor;
}

/** Refusals that say that the same was taken before. */
export function isTakenBefore(problem: MoneyProblem | null): boolean {
  return problem?.code === 'RECEIPT_ISSUED_ALREADY' || problem?.code === 'PAYMENT_BEGUN_TWICE';
}
