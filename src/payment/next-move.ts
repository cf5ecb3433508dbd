/**
 * What to do next, from what is wanted and what is known; asked whenever nothing is pending. Because it looks at the
 * difference and not at the event, a payment that was interrupted anywhere goes on as if it had not been.
 */
import { assertNever, epochMs } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { commandId, minor, money } from '../domain/index.ts';
import type { Minor } from '../domain/index.ts';
import type { PaymentTerms } from './payment-event.ts';
import { acceptedDisputeMinorOf, cardPaidMinorOf, overpaidMinorOf } from './payment-state.ts';
import type { Hold, PaymentState } from './payment-state.ts';
import type { ProcessorRequest } from './processor.ts';
import { totalOf } from './sale.ts';

type CommandMove =
  | { readonly kind: 'hold' | 'increase' | 'capture' | 'refund'; readonly minor: number }
  | { readonly kind: 'release'; readonly hold: Hold }
  | { readonly kind: 'look-up' };

type Move = CommandMove | { readonly kind: 'give-up' | 'close' | 'return-prepaid' | 'rest' };

/** The state after all moves that need nobody, with the command that then had to be sent, if any. */
export function withNextMove(state: PaymentState, atMs: EpochMs): PaymentState {
  const { terms } = state;
  if (terms === null || state.pending !== null) return state;
  const move = nextMove(state, terms, atMs);
  switch (move.kind) {
    case 'rest':
      return state;
    case 'give-up':
      return withNextMove({ ...state, isGivenUp: true }, atMs);
    case 'close':
      return withNextMove(closed(state, terms), atMs);
    case 'return-prepaid': {
      const prepaidReturnedMinor = minor(state.prepaidReturnedMinor + prepaidToReturn(state));
      return withNextMove({ ...state, prepaidReturnedMinor }, atMs);
    }
    case 'hold':
    case 'increase':
    case 'capture':
    case 'refund':
    case 'release':
    case 'look-up':
      return withCommand(state, commandOf(state, terms, move), atMs);
    default:
      return assertNever(move);
  }
}

function nextMove(state: PaymentState, terms: PaymentTerms, atMs: EpochMs): Move {
  if (state.isNudged) return { kind: 'look-up' };
  if (state.spareHold !== null) return { kind: 'release', hold: state.spareHold };
  if (state.isClosed) return moveOfClosed(state);
  if (state.sale !== null) return moveOfSettled(state, terms);
  if (state.isGivenUp) return ended(state);
  return moveOfShopping(state, terms, atMs);
}

/** A shopper goes round: enough is held, and for long enough. */
function moveOfShopping(state: PaymentState, terms: PaymentTerms, atMs: EpochMs): Move {
  const { card } = terms;
  if (card === null || state.isHoldDeclined) return { kind: 'rest' };
  const reserved = terms.prepaid?.reservedMinor ?? 0;
  const wanted = Math.min(terms.capMinor, Math.max(card.firstHoldMinor, state.basketMinor - reserved));
  const { hold } = state;
  if (wanted === 0 && hold === null) return { kind: 'rest' };
  const canHold = state.holdCount < terms.timing.holdCountMax;
  if (hold === null) return canHold ? { kind: 'hold', minor: wanted } : { kind: 'give-up' };
  if (atMs < agedAtMsOf(state, terms, hold)) return raised(state, terms, wanted);
  if (!canRenew(state, terms)) return { kind: 'give-up' };
  return { kind: 'hold', minor: state.isIncreaseRefused ? hold.heldMinor : Math.max(wanted, hold.heldMinor) };
}

function canRenew(state: PaymentState, terms: PaymentTerms): boolean {
  return state.holdCount < terms.timing.holdCountMax && !state.isRenewalRefused;
}

/**
 * When a hold has to be replaced; one that cannot be is kept half as close to its end, then let go. Of holds that a
 * processor keeps for a short time only, half of it is used: a new one must not be old as soon as it is made.
 */
export function agedAtMsOf(state: PaymentState, terms: PaymentTerms, hold: Hold): EpochMs {
  const lifeMs = Math.max(0, hold.expiresAtMs - hold.askedForAtMs);
  const renewBeforeMs = Math.min(terms.timing.renewBeforeMs, lifeMs / 2);
  return epochMs(hold.expiresAtMs - (canRenew(state, terms) ? renewBeforeMs : renewBeforeMs / 2));
}

function raised(state: PaymentState, terms: PaymentTerms, wanted: number): Move {
  if (state.hold === null || state.hold.heldMinor >= wanted || state.isIncreaseRefused)
    return { kind: 'rest' };
  if (terms.processor.isIncremental) return { kind: 'increase', minor: wanted };
  return state.holdCount < terms.timing.holdCountMax ? { kind: 'hold', minor: wanted } : { kind: 'rest' };
}

/** The final amount is known: raise what is held where that helps, then take it, once. */
function moveOfSettled(state: PaymentState, terms: PaymentTerms): Move {
  const wanted = Math.min(capLeftMinorOf(state), cardMinorOf(state, terms));
  if (wanted === 0 || state.isGivenUp) return ended(state);
  const { hold } = state;
  if (hold === null) {
    const canHold = terms.card !== null && !state.isHoldDeclined;
    return canHold && state.holdCount < terms.timing.holdCountMax
      ? { kind: 'hold', minor: wanted }
      : { kind: 'close' };
  }
  const raise = raised(state, terms, wanted);
  return raise.kind === 'rest' ? { kind: 'capture', minor: Math.min(wanted, hold.heldMinor) } : raise;
}

function moveOfClosed(state: PaymentState): Move {
  if (state.hold !== null) return { kind: 'release', hold: state.hold };
  const refund = cardToRefund(state);
  if (refund > 0 && !state.isRefundRefused) return { kind: 'refund', minor: refund };
  return prepaidToReturn(state) > 0 ? { kind: 'return-prepaid' } : { kind: 'rest' };
}

function ended(state: PaymentState): Move {
  return state.hold === null ? { kind: 'close' } : { kind: 'release', hold: state.hold };
}

/** What is left for the card once the prepaid balance is used. */
export function cardMinorOf(state: PaymentState, terms: PaymentTerms): number {
  return Math.max(0, totalOf(state.sale) - (terms.prepaid?.reservedMinor ?? 0));
}

/** The card gets its money back first: it is the shopper's, and no longer ours to keep as a balance. */
function cardToRefund(state: PaymentState): number {
  if (state.disputedMinor > acceptedDisputeMinorOf(state)) return 0;
  return Math.min(overpaidMinorOf(state), cardPaidMinorOf(state));
}

function prepaidToReturn(state: PaymentState): number {
  const rest = Math.max(0, overpaidMinorOf(state) - cardPaidMinorOf(state));
  return Math.min(rest, state.prepaidUsedMinor - state.prepaidReturnedMinor);
}

/** Nothing more will be captured; what was set aside of the prepaid balance is used as far as it is owed. */
export function closed(state: PaymentState, terms: PaymentTerms): PaymentState {
  const prepaidUsedMinor = minor(Math.min(terms.prepaid?.reservedMinor ?? 0, totalOf(state.sale)));
  return { ...state, isClosed: true, prepaidUsedMinor };
}

function commandOf(state: PaymentState, terms: PaymentTerms, move: CommandMove): ProcessorRequest {
  const { paymentId, currency } = terms;
  const addressed = {
    commandId: commandId(`${paymentId}/${state.commandCount + 1}-${move.kind}`),
    paymentId,
  };
  const amount = money('minor' in move ? move.minor : 0, currency);
  const lookUp: ProcessorRequest = { kind: 'look-up', ...addressed, token: terms.card?.token ?? null };
  if (move.kind === 'look-up') return lookUp;
  if (move.kind === 'release') return { kind: 'release', ...addressed, holdId: move.hold.holdId };
  if (move.kind === 'hold') return { kind: 'hold', ...addressed, token: terms.card?.token ?? '', amount };
  const holdId = move.kind === 'refund' ? state.capturedHoldId : (state.hold?.holdId ?? null);
  if (holdId === null) return lookUp;
  return { kind: move.kind, ...addressed, holdId, amount };
}

function withCommand(state: PaymentState, command: ProcessorRequest, atMs: EpochMs): PaymentState {
  const timeoutMs = state.terms?.timing.replyTimeoutMs ?? 0;
  return {
    ...state,
    commandCount: state.commandCount + 1,
    holdCount: state.holdCount + (command.kind === 'hold' ? 1 : 0),
    isNudged: command.kind === 'look-up' ? false : state.isNudged,
    pending: {
      command,
      firstSentAtMs: atMs,
      sentAtMs: atMs,
      sendCount: 1,
      lookUpId: null,
      lookUpAtMs: atMs,
      lookUpCount: 0,
      dueAtMs: epochMs(atMs + timeoutMs),
    },
  };
}

/** Whether the hold that is on its way is still of use. */
export function isHoldWanted(state: PaymentState): boolean {
  if (state.terms === null || state.isGivenUp || state.isClosed) return false;
  return state.sale === null || cardMinorOf(state, state.terms) > 0;
}

/** The most that the card may still be charged. */
export function capLeftMinorOf(state: PaymentState): Minor {
  return minor((state.terms?.capMinor ?? 0) - state.supplementsMinor);
}
