/** All that is known of one payment. It is the fold over its events, so it is never stored, only rebuilt. */
import type { EpochMs } from '../base/index.ts';
import { minor } from '../domain/index.ts';
import type { CommandId, HoldId, Minor } from '../domain/index.ts';
import type { PaymentTerms } from './payment-event.ts';
import type { ProcessorRequest, RefundRecord } from './processor.ts';
import { totalOf } from './sale.ts';
import type { Sale } from './sale.ts';

export interface Hold {
  readonly holdId: HoldId;
  readonly heldMinor: Minor;
  /** When it was first asked for. */
  readonly askedForAtMs: EpochMs;
  readonly expiresAtMs: EpochMs;
}

/** A command that may have been sent and is not known to have had its effect. At most one, so answers have an order. */
export interface Pending {
  readonly command: ProcessorRequest;
  readonly firstSentAtMs: EpochMs;
  readonly sentAtMs: EpochMs;
  readonly sendCount: number;
  /** The question whose answer counts; null before the first. */
  readonly lookUpId: CommandId | null;
  readonly lookUpAtMs: EpochMs;
  readonly lookUpCount: number;
  /** When to ask (again). */
  readonly dueAtMs: EpochMs;
}

export interface PaymentState {
  readonly terms: PaymentTerms | null;
  readonly basketMinor: Minor;
  /** The final amount, as corrected. */
  readonly sale: Sale | null;
  readonly isGivenUp: boolean;
  readonly hold: Hold | null;
  /** A hold that another has replaced, to be let go. */
  readonly spareHold: Hold | null;
  readonly holdCount: number;
  readonly isHoldDeclined: boolean;
  readonly isHoldExpired: boolean;
  readonly isIncreaseRefused: boolean;
  /** The hold cannot be replaced by one of its own size; it is kept for as long as it is safe to. */
  readonly isRenewalRefused: boolean;
  readonly isRefundRefused: boolean;
  /** Nothing more will be captured. */
  readonly isClosed: boolean;
  readonly capturedHoldId: HoldId | null;
  readonly capturedMinor: Minor;
  readonly prepaidUsedMinor: Minor;
  readonly prepaidReturnedMinor: Minor;
  readonly refunds: readonly RefundRecord[];
  readonly disputedMinor: Minor;
  /** So much of what the shopper's bank took back we agree with: it counts as given back. */
  readonly disputeAcceptedMinor: Minor;
  readonly writtenOffMinor: Minor;
  readonly supplementsMinor: Minor;
  readonly pending: Pending | null;
  /** Something has changed at the processor; ask once nothing is pending. */
  readonly isNudged: boolean;
  readonly commandCount: number;
}

const ZERO = minor(0);

export const NO_PAYMENT: PaymentState = {
  terms: null,
  basketMinor: ZERO,
  sale: null,
  isGivenUp: false,
  hold: null,
  spareHold: null,
  holdCount: 0,
  isHoldDeclined: false,
  isHoldExpired: false,
  isIncreaseRefused: false,
  isRenewalRefused: false,
  isRefundRefused: false,
  isClosed: false,
  capturedHoldId: null,
  capturedMinor: ZERO,
  prepaidUsedMinor: ZERO,
  prepaidReturnedMinor: ZERO,
  refunds: [],
  disputedMinor: ZERO,
  disputeAcceptedMinor: ZERO,
  writtenOffMinor: ZERO,
  supplementsMinor: ZERO,
  pending: null,
  isNudged: false,
  commandCount: 0,
};

export function refundedMinorOf(state: PaymentState): Minor {
  let sum = 0;
  for (const refund of state.refunds) sum += refund.minor;
  return minor(sum);
}

export function acceptedDisputeMinorOf(state: PaymentState): Minor {
  return minor(Math.min(state.disputeAcceptedMinor, state.disputedMinor));
}

/** What the card has paid and not got back. A disputed amount counts as paid unless we accept that it was not owed. */
export function cardPaidMinorOf(state: PaymentState): Minor {
  return minor(state.capturedMinor - refundedMinorOf(state) - acceptedDisputeMinorOf(state));
}

/** What the party has paid and not got back, by card and from a prepaid balance. */
export function paidMinorOf(state: PaymentState): Minor {
  return minor(cardPaidMinorOf(state) + state.prepaidUsedMinor - state.prepaidReturnedMinor);
}

/** What the party still owes of a closed payment; never negative. */
export function debtMinorOf(state: PaymentState): Minor {
  if (!state.isClosed) return ZERO;
  return minor(Math.max(0, totalOf(state.sale) - paidMinorOf(state) - state.writtenOffMinor));
}

/** What the party has paid above the amount as corrected; never negative. */
export function overpaidMinorOf(state: PaymentState): Minor {
  if (!state.isClosed) return ZERO;
  return minor(Math.max(0, paidMinorOf(state) - totalOf(state.sale)));
}

/** Nothing is on its way and nothing is held: only a correction or a dispute can still move money. */
export function isAtRest(state: PaymentState): boolean {
  return state.pending === null && state.hold === null && state.spareHold === null && !state.isNudged;
}
