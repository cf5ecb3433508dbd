/**
 * Who looks on: knows what the processor truly did and what was acknowledged, and says what is not as it must be. It
 * predicts from the outside and shares no code with the payment core but the words.
 */
import type { PaymentId } from '../../../src/domain/index.ts';
import type { ProcessorModel } from '../../../src/adapters/payment-sandbox/index.ts';
import { PAYMENT_TRANSITIONS, phaseOf } from '../../../src/payment/index.ts';
import type { LedgerEntry, PaymentDecision, PaymentState, Sale } from '../../../src/payment/index.ts';

export class Violation extends Error {}

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Violation(what);
}

function sumOf(sale: Sale): number {
  const { revenueMinor, depositsMinor, manufacturerMinor, taxes } = sale;
  return taxes.reduce((sum, tax) => sum + tax.minor, revenueMinor + depositsMinor - manufacturerMinor);
}

/** What was decided of a payment, as the shop saw it. */
interface Decided {
  readonly acknowledgedSale: Sale | null;
  /** Decided, but the process died before it could say whether it was kept. */
  readonly unsureSale: Sale | null;
  readonly isBegun: boolean;
  /** The highest total that anybody ever asked for. */
  readonly totalMax: number;
  readonly capMinor: number;
}

const NOTHING: Decided = {
  acknowledgedSale: null,
  unsureSale: null,
  isBegun: false,
  totalMax: 0,
  capMinor: 0,
};

interface Truth {
  readonly captured: number;
  readonly refunded: number;
  readonly disputed: number;
}

export class Auditor {
  private readonly model: ProcessorModel;
  private readonly decided = new Map<PaymentId, Decided>();

  constructor(model: ProcessorModel) {
    this.model = model;
  }

  of(paymentId: PaymentId): Decided {
    return this.decided.get(paymentId) ?? NOTHING;
  }

  noteTried(paymentId: PaymentId, decision: PaymentDecision): void {
    const known = this.of(paymentId);
    if (decision.kind === 'begin')
      this.decided.set(paymentId, { ...known, capMinor: decision.terms.capMinor });
    if (decision.kind !== 'settle' && decision.kind !== 'correct') return;
    const totalMax = Math.max(known.totalMax, sumOf(decision.sale));
    this.decided.set(paymentId, { ...known, totalMax, unsureSale: decision.sale });
  }

  noteAnswered(paymentId: PaymentId, decision: PaymentDecision, isTaken: boolean): void {
    const known = this.of(paymentId);
    if (decision.kind === 'begin' && isTaken) this.decided.set(paymentId, { ...known, isBegun: true });
    if (decision.kind !== 'settle' && decision.kind !== 'correct') return;
    const acknowledgedSale = isTaken ? decision.sale : known.acknowledgedSale;
    this.decided.set(paymentId, {
      ...known,
      acknowledgedSale,
      unsureSale: isTaken ? null : known.unsureSale,
    });
  }

  /** After every step of ours. */
  checkStep(paymentId: PaymentId, before: PaymentState, after: PaymentState): void {
    const from = phaseOf(before);
    const to = phaseOf(after);
    demand(from === to || PAYMENT_TRANSITIONS[from].includes(to), `phase ${from} became ${to}`);
    this.checkKept(paymentId, after);
    this.checkTruth(paymentId);
  }

  /** What was acknowledged is known, after a restart too. */
  checkKept(paymentId: PaymentId, state: PaymentState): void {
    const { acknowledgedSale, unsureSale, isBegun } = this.of(paymentId);
    demand(!isBegun || state.terms !== null, 'an acknowledged payment is gone');
    const isKnown = acknowledgedSale === state.sale || (unsureSale !== null && unsureSale === state.sale);
    demand(isKnown, 'the final amount is not the one that was acknowledged');
  }

  /** After every step of the processor: what it did of our wish is within what was decided. */
  checkTruth(paymentId: PaymentId): Truth {
    const { totalMax, capMinor } = this.of(paymentId);
    const truth = { captured: 0, refunded: 0, disputed: 0 };
    let captureCount = 0;
    for (const hold of this.model.holdsOf(paymentId)) {
      captureCount += hold.captureCount;
      truth.captured += hold.capturedMinor;
      truth.disputed += hold.disputedMinor;
      for (const refund of hold.refunds) truth.refunded += refund.minor;
      demand(hold.heldMinor <= capMinor, `held ${hold.heldMinor}, above the cap of ${capMinor}`);
    }
    demand(captureCount <= 1, `captured ${captureCount} times`);
    demand(truth.captured <= totalMax, `captured ${truth.captured}, above the final amount of ${totalMax}`);
    demand(truth.captured <= capMinor, `captured ${truth.captured}, above the cap of ${capMinor}`);
    demand(truth.refunded + truth.disputed <= truth.captured, 'given back more than was taken');
    return truth;
  }

  /** A while after the final amount, or after the visit came to nothing. */
  checkEnded(paymentId: PaymentId): void {
    for (const { holdId, status } of this.model.holdsOf(paymentId))
      demand(status !== 'open', `${holdId} is held long after the end`);
  }

  /** When everything has come to rest. */
  checkEnd(paymentId: PaymentId, state: PaymentState, entries: readonly LedgerEntry[]): void {
    const truth = this.checkTruth(paymentId);
    this.checkKept(paymentId, state);
    demand(state.pending === null, 'a command is pending for ever');
    for (const hold of this.model.holdsOf(paymentId)) {
      demand(hold.status !== 'open', `${hold.holdId} is left hanging`);
      demand(hold.status !== 'expired' || hold.isExpiredEarly, `${hold.holdId} was left to expire`);
    }
    if (state.terms === null) {
      demand(truth.captured === 0, 'taken from somebody whom we do not know');
      return;
    }
    this.checkBooks(state, truth, entries);
  }

  /** Captures − refunds = revenue + tax + deposits, but for what others pay, what is owed and what was lost. */
  private checkBooks(state: PaymentState, truth: Truth, entries: readonly LedgerEntry[]): void {
    const balance = new Map<string, number>();
    for (const { account, minor } of entries.flatMap(({ lines }) => lines)) {
      const group = account.startsWith('tax:') ? 'tax' : account;
      balance.set(group, (balance.get(group) ?? 0) + minor);
    }
    const of = (account: string): number => balance.get(account) ?? 0;
    let sum = 0;
    for (const value of balance.values()) sum += value;
    demand(sum === 0, `the books are out by ${sum}`);
    const kept = truth.captured - truth.refunded - truth.disputed;
    demand(
      of('processor-clearing') === kept,
      `the books say ${of('processor-clearing')} kept, it is ${kept}`,
    );
    const earned = -of('revenue') - of('tax') - of('deposits');
    const sale = state.sale;
    const due = sale === null ? 0 : sumOf(sale) + sale.manufacturerMinor;
    demand(earned === due, `the books say ${earned} earned, the sale is ${due}`);
    const others =
      of('prepaid-liability') + of('manufacturer-receivable') + of('bad-debt') + of('receivable');
    demand(earned === kept + others, `earned ${earned}, but took ${kept} and ${others} from others`);
    const isStuck = state.isRefundRefused || truth.disputed > 0;
    demand(of('receivable') >= 0 || isStuck, `the party is owed ${-of('receivable')}`);
    this.checkDebt(state, of('receivable'));
  }

  /** Debt has a reason that is not ours. */
  private checkDebt(state: PaymentState, receivable: number): void {
    if (receivable <= 0 || state.terms === null) return;
    const { card, capMinor, prepaid } = state.terms;
    const holds = this.model.holdsOf(state.terms.paymentId);
    const isExpired = holds.some((hold) => hold.status === 'expired');
    const isCapped = sumOf(state.sale!) > capMinor + (prepaid?.reservedMinor ?? 0);
    const isRefused =
      state.isHoldDeclined || state.isIncreaseRefused || holds.some((hold) => hold.isCapturedPartly);
    const isExcused = card === null || isExpired || isCapped || isRefused || state.isGivenUp;
    demand(
      isExcused || state.holdCount === state.terms.timing.holdCountMax,
      `owes ${receivable} for no reason`,
    );
  }
}
