/**
 * What an answer of the processor teaches. Only the answer to the pending command or to its latest question counts;
 * anything else is late or a repetition. Facts only ever grow: an answer that knows less than we do changes nothing.
 */
import { epochMs } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { commandId } from '../domain/index.ts';
import type { CommandId } from '../domain/index.ts';
import { closed, isHoldWanted, withNextMove } from './next-move.ts';
import type { Hold, Pending, PaymentState } from './payment-state.ts';
import type { HoldRecord, ProcessorReply, ProcessorRequest, RefusalCode } from './processor.ts';

interface Answer {
  readonly atMs: EpochMs;
  readonly commandId: CommandId;
  readonly reply: ProcessorReply;
}

export function learnReply(state: PaymentState, answer: Answer): PaymentState {
  const { pending } = state;
  if (pending === null) return state;
  const isOfCommand = answer.commandId === pending.command.commandId;
  if (!isOfCommand && answer.commandId !== pending.lookUpId) return state;
  const { reply, atMs } = answer;
  if (reply.kind === 'unknown') return isOfCommand ? askSoon(state, pending, atMs) : state;
  if (reply.kind === 'refused') {
    // A question that is refused has told nothing.
    if (!isOfCommand || pending.command.kind === 'look-up') return state;
    return withNextMove({ ...afterRefusal(state, pending.command, reply.code), pending: null }, atMs);
  }
  // The answer to a question is what is so by now; that to a command may be repeated from when it had its effect.
  const isNow = !isOfCommand || pending.command.kind === 'look-up';
  const known = withHolds(state, { command: pending.command, isNow }, reply.holds);
  if (isOfCommand || isSeen(pending.command, reply.holds))
    return withNextMove({ ...known, pending: null }, atMs);
  return unseen(known, pending, atMs);
}

/**
 * The processor does not know the command. It is sent again under its id while the processor would know a repetition;
 * else it is buried, once it can no longer arrive, and what is then wanted is asked for anew.
 */
function unseen(state: PaymentState, pending: Pending, atMs: EpochMs): PaymentState {
  const timing = state.terms?.timing;
  if (timing === undefined) return state;
  const isYoung = atMs < pending.firstSentAtMs + timing.resendMsMax;
  if (isYoung && (pending.command.kind !== 'hold' || isHoldWanted(state))) {
    const dueAtMs = epochMs(atMs + timing.replyTimeoutMs);
    const sendCount = pending.sendCount + 1;
    return { ...state, pending: { ...pending, sentAtMs: atMs, sendCount, lookUpId: null, dueAtMs } };
  }
  // It may still be on its way; only who asks when it can no longer arrive learns that there is nothing to let go.
  const deadAtMs = epochMs(pending.sentAtMs + timing.inFlightMsMax);
  if (pending.lookUpAtMs >= deadAtMs) return withNextMove({ ...state, pending: null }, atMs);
  const dueAtMs = epochMs(Math.max(deadAtMs, atMs));
  return { ...state, pending: { ...pending, lookUpId: null, dueAtMs } };
}

/** Trouble is asked about at once, the first time; a processor that goes on failing at once is not to be hammered. */
function askSoon(state: PaymentState, pending: Pending, atMs: EpochMs): PaymentState {
  if (pending.lookUpId !== null || pending.command.kind === 'look-up' || pending.dueAtMs <= atMs)
    return state;
  const dueAtMs = pending.lookUpCount === 0 ? atMs : epochMs(atMs + pauseMsAfter(state, pending.lookUpCount));
  return { ...state, pending: { ...pending, dueAtMs } };
}

/** Pauses double with each question. */
function pauseMsAfter({ terms }: PaymentState, lookUpCount: number): number {
  if (terms === null) return 0;
  const { askPauseMsMax, replyTimeoutMs } = terms.timing;
  return Math.min(askPauseMsMax, replyTimeoutMs * 2 ** (lookUpCount - 1));
}

/** The next question about the pending command. */
export function asked(state: PaymentState, atMs: EpochMs): PaymentState {
  const { pending } = state;
  if (pending === null) return state;
  const lookUpCount = pending.lookUpCount + 1;
  return {
    ...state,
    pending: {
      ...pending,
      lookUpCount,
      lookUpId: commandId(`${pending.command.commandId}-asked-${lookUpCount}`),
      lookUpAtMs: atMs,
      dueAtMs: epochMs(atMs + pauseMsAfter(state, lookUpCount)),
    },
  };
}

function isSeen(command: ProcessorRequest, holds: readonly HoldRecord[]): boolean {
  if (command.kind === 'look-up') return true;
  if (command.kind === 'hold') return holds.some((record) => record.commandId === command.commandId);
  const record = holds.find(({ holdId }) => holdId === command.holdId);
  if (record === undefined) return false;
  if (command.kind === 'refund')
    return record.refunds.some((refund) => refund.commandId === command.commandId);
  if (command.kind === 'increase' && record.heldMinor >= command.amount.minor) return true;
  return record.status !== 'open';
}

interface Told {
  readonly command: ProcessorRequest;
  readonly isNow: boolean;
}

function withHolds(state: PaymentState, told: Told, holds: readonly HoldRecord[]): PaymentState {
  return holds.reduce((known, record) => withHold(known, told, record), state);
}

function withHold(state: PaymentState, { command, isNow }: Told, record: HoldRecord): PaymentState {
  if (record.holdId === state.capturedHoldId) return withAfterCapture(state, record, isNow);
  if (record.holdId === state.spareHold?.holdId)
    return record.status === 'open' ? state : { ...state, spareHold: null };
  if (record.holdId === state.hold?.holdId) return withHeld(state, state.hold, record);
  const isNew = command.kind === 'hold' && command.commandId === record.commandId;
  if (!isNew) return state;
  if (record.status === 'expired') return { ...state, isHoldExpired: state.hold === null };
  if (record.status !== 'open' || state.pending === null) return state;
  const hold = holdOf(record, state.pending.firstSentAtMs);
  return { ...state, spareHold: state.hold, hold, isRenewalRefused: false };
}

function holdOf({ holdId, heldMinor, expiresAtMs }: HoldRecord, askedForAtMs: EpochMs): Hold {
  return { holdId, heldMinor, askedForAtMs, expiresAtMs };
}

function withHeld(state: PaymentState, hold: Hold, record: HoldRecord): PaymentState {
  if (record.status === 'open') return { ...state, hold: holdOf(record, hold.askedForAtMs) };
  const ended = { ...state, hold: null, isHoldExpired: record.status === 'expired' };
  if (record.status !== 'captured' || state.terms === null) return ended;
  const captured = { ...ended, capturedHoldId: record.holdId, capturedMinor: record.capturedMinor };
  return withAfterCapture(closed(captured, state.terms), record, true);
}

function withAfterCapture(state: PaymentState, record: HoldRecord, isNow: boolean): PaymentState {
  const { refunds, disputedMinor } = record;
  if (refunds.length >= state.refunds.length) return { ...state, refunds, disputedMinor };
  if (!isNow) return state;
  // A refund has failed at the shopper's bank. It is owed again, and somebody looks before it is sent again.
  return { ...state, refunds, disputedMinor, isRefundRefused: true };
}

function afterRefusal(state: PaymentState, command: ProcessorRequest, code: RefusalCode): PaymentState {
  const isOver = code === 'hold-over' || code === 'hold-unknown';
  switch (command.kind) {
    case 'hold':
      if (state.hold === null) return { ...state, isHoldDeclined: true };
      return command.amount.minor > state.hold.heldMinor
        ? { ...state, isIncreaseRefused: true }
        : { ...state, isRenewalRefused: true };
    case 'increase':
      return isOver ? withoutHold(state) : { ...state, isIncreaseRefused: true };
    case 'capture':
      // Whatever else a capture is refused for, it would be refused for again.
      return isOver ? withoutHold(state) : { ...state, isGivenUp: true };
    case 'release':
      return command.holdId === state.spareHold?.holdId
        ? { ...state, spareHold: null }
        : { ...state, hold: null };
    case 'refund':
      return { ...state, isRefundRefused: true };
    case 'look-up':
      return state;
  }
}

function withoutHold(state: PaymentState): PaymentState {
  return { ...state, hold: null, isHoldExpired: true };
}
