/**
 * One payment as a pure fold over its events. Whoever runs it keeps an event before anything else, takes the new
 * state, and only then sends the commands: what was sent and what was not need never be known, for after a crash the
 * state says what may have been, and asks.
 */
import { assertNever } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { decide } from './decide.ts';
import { asked, learnReply } from './learn.ts';
import type { LedgerEntry } from './ledger.ts';
import { agedAtMsOf, withNextMove } from './next-move.ts';
import type { PaymentEvent, PaymentNews } from './payment-event.ts';
import type { PaymentState } from './payment-state.ts';
import { postingsBetween } from './postings.ts';
import type { ProcessorRequest } from './processor.ts';
import type { PaymentProblem } from './problem-codes.ts';

export interface PaymentStep {
  /** The same object where the event changes nothing; such an event need not be kept. */
  readonly state: PaymentState;
  /** To be sent once the event is kept. */
  readonly commands: readonly ProcessorRequest[];
  readonly entries: readonly LedgerEntry[];
  /** Why a decision was refused; then nothing has changed. */
  readonly problem: PaymentProblem | null;
}

export function step(state: PaymentState, event: PaymentEvent): PaymentStep {
  switch (event.kind) {
    case 'reply':
    case 'webhook':
    case 'tick':
    case 'restarted':
      return stepBetween(state, afterNews(state, event), event);
    case 'begin':
    case 'basket-changed':
    case 'settle':
    case 'correct':
    case 'supplement':
    case 'give-up':
    case 'write-off':
    case 'accept-dispute': {
      const decided = decide(state, event.kind, event);
      if (!decided.ok) return { state, commands: [], entries: [], problem: decided.problem };
      return stepBetween(state, withNextMove(decided.value, event.atMs), event);
    }
    default:
      return assertNever(event);
  }
}

function afterNews(state: PaymentState, news: PaymentNews): PaymentState {
  if (state.terms === null) return state;
  switch (news.kind) {
    case 'reply':
      return learnReply(state, news);
    case 'webhook':
      return withNextMove({ ...state, isNudged: true }, news.atMs);
    case 'tick':
      if (state.pending === null) return withNextMove(state, news.atMs);
      return news.atMs >= state.pending.dueAtMs ? asked(state, news.atMs) : state;
    case 'restarted':
      return state.pending === null ? withNextMove(state, news.atMs) : asked(state, news.atMs);
    default:
      return assertNever(news);
  }
}

function stepBetween(before: PaymentState, after: PaymentState, event: PaymentEvent): PaymentStep {
  return {
    state: after,
    commands: commandsBetween(before, after),
    entries: postingsBetween(before, after, event.atMs),
    problem: null,
  };
}

/** What has to be sent so that `after` is true: a new command, the same one again, or a question about it. */
function commandsBetween(before: PaymentState, after: PaymentState): readonly ProcessorRequest[] {
  const { pending } = after;
  if (pending === null || pending === before.pending) return [];
  const { command, lookUpId } = pending;
  if (lookUpId !== null && lookUpId !== before.pending?.lookUpId) {
    const token = after.terms?.card?.token ?? null;
    return [{ kind: 'look-up', commandId: lookUpId, paymentId: command.paymentId, token }];
  }
  const isSent =
    command.commandId !== before.pending?.command.commandId || pending.sendCount !== before.pending.sendCount;
  return isSent ? [command] : [];
}

/** When the payment wants its next tick; null while it waits for nothing. */
export function wakeAtMsOf(state: PaymentState): EpochMs | null {
  if (state.pending !== null) return state.pending.dueAtMs;
  if (state.hold === null || state.terms === null || state.isClosed) return null;
  return agedAtMsOf(state, state.terms, state.hold);
}
