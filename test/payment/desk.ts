/** One payment at a desk: events go in, commands go to a processor that does as the test says. */
import { epochMs } from '../../src/base/index.ts';
import { ProcessorModel } from '../../src/adapters/payment-sandbox/index.ts';
import type { ModelSettings, Whim } from '../../src/adapters/payment-sandbox/index.ts';
import { minor, money, partyId, paymentId, visitId } from '../../src/domain/index.ts';
import { emptySale, NO_PAYMENT, phaseOf, step, wakeAtMsOf } from '../../src/payment/index.ts';
import type {
  LedgerEntry,
  PaymentEvent,
  PaymentPhase,
  PaymentProblemCode,
  PaymentState,
  PaymentTerms,
  ProcessorRequest,
  Sale,
} from '../../src/payment/index.ts';

export const PAYMENT = paymentId('pay-1');
export const TIMING = {
  replyTimeoutMs: 5000,
  askPauseMsMax: 60_000,
  inFlightMsMax: 60_000,
  resendMsMax: 120_000,
  renewBeforeMs: 3_600_000,
  holdCountMax: 3,
};

export const TERMS: PaymentTerms = {
  paymentId: PAYMENT,
  partyId: partyId('party-1'),
  visitIds: [visitId('visit-1'), visitId('visit-2')],
  currency: 'USD',
  card: { token: 'guest-7', firstHoldMinor: minor(1000) },
  prepaid: null,
  capMinor: minor(5000),
  supplementOf: null,
  processor: { isIncremental: true },
  timing: TIMING,
};

export const MODEL: ModelSettings = {
  isIncremental: true,
  holdLifeMs: 4 * 3_600_000,
  keyLifeMs: 240_000,
  allowsSeveralCaptures: true,
};

/** Nothing but revenue. */
export function saleOf(total: number): Sale {
  return { ...emptySale('USD'), revenueMinor: minor(total) };
}

type Timeless = PaymentEvent extends infer Event
  ? Event extends PaymentEvent
    ? Omit<Event, 'atMs'>
    : never
  : never;

export class Desk {
  state: PaymentState = NO_PAYMENT;
  nowMs = 0;
  readonly kept: PaymentEvent[] = [];
  readonly entries: LedgerEntry[] = [];
  /** Sent and not yet arrived. */
  readonly outgoing: ProcessorRequest[] = [];
  readonly model: ProcessorModel;

  constructor(settings: ModelSettings = MODEL) {
    this.model = new ProcessorModel(settings);
  }

  get phase(): PaymentPhase {
    return phaseOf(this.state);
  }

  /** The code of the refusal; null where it was taken. */
  tell(event: Timeless): PaymentProblemCode | null {
    const dated = { ...event, atMs: epochMs(this.nowMs) } as PaymentEvent;
    const { state, commands, entries, problem } = step(this.state, dated);
    if (problem === null) this.kept.push(dated);
    this.state = state;
    this.outgoing.push(...commands);
    this.entries.push(...entries);
    return problem?.code ?? null;
  }

  begin(terms: Partial<PaymentTerms> = {}): PaymentProblemCode | null {
    return this.tell({ kind: 'begin', terms: { ...TERMS, ...terms }, isDenied: false });
  }

  basket(total: number): PaymentProblemCode | null {
    return this.tell({ kind: 'basket-changed', total: money(total, 'USD') });
  }

  settle(total: number): PaymentProblemCode | null {
    return this.tell({ kind: 'settle', sale: saleOf(total) });
  }

  correct(total: number, hasConsent = false): PaymentProblemCode | null {
    return this.tell({ kind: 'correct', sale: saleOf(total), hasConsent });
  }

  /** What was sent arrives and is answered, and so is what follows from that. */
  pass(whim: Whim = 'none'): this {
    for (let request = this.outgoing.shift(); request !== undefined; request = this.outgoing.shift()) {
      const reply = this.arrive(request, whim);
      this.tell({ kind: 'reply', commandId: request.commandId, reply });
    }
    return this;
  }

  /** What was sent has its effect, but nobody hears of it. */
  loseAnswers(): this {
    for (const request of this.outgoing.splice(0)) this.arrive(request, 'none');
    return this;
  }

  loseRequests(): this {
    this.outgoing.length = 0;
    return this;
  }

  /** Time goes on to the next moment at which the payment wants to be woken. */
  wake(): this {
    this.nowMs = Math.max(this.nowMs, wakeAtMsOf(this.state) ?? this.nowMs);
    this.tell({ kind: 'tick' });
    return this;
  }

  balance(account: string): number {
    let sum = 0;
    for (const { lines } of this.entries)
      for (const line of lines) if (line.account === account) sum += line.minor;
    return sum;
  }

  private arrive(request: ProcessorRequest, whim: Whim): ReturnType<ProcessorModel['receive']> {
    const atMs = epochMs(this.nowMs);
    return this.model.receive({ request, idempotencyKey: request.commandId, atMs, whim });
  }
}
