/**
 * The process that runs payments, as thin as it will ever be: keep the event, then send what follows from it. It can
 * die between any two of its steps; all it leaves is the journal. `Parts` are what the mutation check exchanges.
 */
import type { PaymentId } from '../../../src/domain/index.ts';
import { NO_PAYMENT } from '../../../src/payment/index.ts';
import type {
  LedgerEntry,
  PaymentEvent,
  PaymentProblemCode,
  PaymentState,
  PaymentStep,
  ProcessorRequest,
} from '../../../src/payment/index.ts';

export interface Kept {
  readonly paymentId: PaymentId;
  readonly event: PaymentEvent;
}

export interface Parts {
  readonly step: (state: PaymentState, event: PaymentEvent) => PaymentStep;
  /** `sendNumber` counts all that was ever sent. */
  readonly keyOf: (request: ProcessorRequest, sendNumber: number) => string;
  readonly inOrder: (keep: () => void, send: () => void) => void;
}

export interface Around {
  /** Throws where the process dies here. */
  readonly crashPoint: () => void;
  readonly keep: (kept: Kept) => void;
  readonly send: (request: ProcessorRequest) => void;
  readonly stepped: (paymentId: PaymentId, before: PaymentState, after: PaymentState) => void;
}

export class OurSide {
  readonly states = new Map<PaymentId, PaymentState>();
  readonly entries: LedgerEntry[] = [];
  private readonly parts: Parts;
  private readonly around: Around;

  /** Begins from what was kept, and from nothing else. */
  constructor(parts: Parts, around: Around, journal: readonly Kept[]) {
    this.parts = parts;
    this.around = around;
    for (const { paymentId, event } of journal) {
      const { state, entries } = parts.step(this.stateOf(paymentId), event);
      this.states.set(paymentId, state);
      this.entries.push(...entries);
    }
  }

  stateOf(paymentId: PaymentId): PaymentState {
    return this.states.get(paymentId) ?? NO_PAYMENT;
  }

  /** Null where the event was taken. */
  accept(paymentId: PaymentId, event: PaymentEvent): PaymentProblemCode | null {
    const { crashPoint, keep, send, stepped } = this.around;
    const before = this.stateOf(paymentId);
    const { state, commands, entries, problem } = this.parts.step(before, event);
    if (problem !== null) return problem.code;
    if (state === before) return null;
    crashPoint();
    this.parts.inOrder(
      () => {
        keep({ paymentId, event });
        crashPoint();
      },
      () => {
        for (const command of commands) {
          send(command);
          crashPoint();
        }
      },
    );
    this.states.set(paymentId, state);
    this.entries.push(...entries);
    stepped(paymentId, before, state);
    return null;
  }
}
