/**
 * The least that runs payments over a real network: keep the event, then send. Time is counted in events and goes on
 * to the next wake-up whenever nothing is on its way, so a test needs no clock.
 */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { epochMs } from '../../src/base/index.ts';
import type { Result } from '../../src/base/index.ts';
import { SIGNATURE_HEADER, WebhookGate } from '../../src/adapters/payment-sandbox/index.ts';
import type { PaymentId } from '../../src/domain/index.ts';
import { NO_PAYMENT, step, wakeAtMsOf } from '../../src/payment/index.ts';
import type {
  LedgerEntry,
  PaymentDecision,
  PaymentEvent,
  PaymentNews,
  PaymentProcessor,
  PaymentState,
  ProcessorRequest,
  WebhookProblemCode,
} from '../../src/payment/index.ts';

interface CameIn {
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Uint8Array;
}

/** The payment that a webhook hints at, null for none of ours; else why it was not taken. */
export type OfficeGate = (
  came: CameIn,
) => Promise<Result<{ readonly paymentId: PaymentId | null }, { readonly code: WebhookProblemCode }>>;

export function sandboxGate(secret: string): OfficeGate {
  // Without a clock every time is as good as another; the gate's own tests look at times.
  const gate = new WebhookGate({ secrets: [secret], toleranceMs: Number.MAX_SAFE_INTEGER });
  return async ({ headers, rawBody }) =>
    gate.admit({ header: String(headers[SIGNATURE_HEADER]), rawBody, nowMs: 0 });
}

/** What the processor is to hear: a webhook that could not be looked at now comes again. */
const STATUS: Readonly<Record<WebhookProblemCode, number>> = {
  PAYMENT_WEBHOOK_SIGNATURE: 400,
  PAYMENT_WEBHOOK_TIME: 400,
  PAYMENT_WEBHOOK_UNREADABLE: 400,
  PAYMENT_WEBHOOK_REPLAYED: 204,
  PAYMENT_WEBHOOK_UNRESOLVED: 503,
};

type Timeless<Event> = Event extends PaymentEvent ? Omit<Event, 'atMs'> : never;

export class ShopOffice {
  readonly entries: LedgerEntry[] = [];
  readonly refusals: string[] = [];
  webhookCount = 0;
  private readonly journals = new Map<PaymentId, PaymentEvent[]>();
  private readonly states = new Map<PaymentId, PaymentState>();
  private readonly processor: PaymentProcessor;
  private readonly gate: OfficeGate;
  private readonly server: Server;
  private nowMs = 0;
  private onItsWayCount = 0;
  private waiters: (() => void)[] = [];

  constructor(processor: PaymentProcessor, gate: OfficeGate) {
    this.processor = processor;
    this.gate = gate;
    this.server = createServer((request, response) => {
      void this.receive(request).then((status) => response.writeHead(status).end());
    });
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      });
    });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  stateOf(paymentId: PaymentId): PaymentState {
    return this.states.get(paymentId) ?? NO_PAYMENT;
  }

  decide(paymentId: PaymentId, decision: Timeless<PaymentDecision>): void {
    this.accept(paymentId, decision);
  }

  /** The process is gone; a new one begins with what was kept. */
  restart(): void {
    for (const [paymentId, journal] of this.journals) {
      let state = NO_PAYMENT;
      for (const event of journal) state = step(state, event).state;
      this.states.set(paymentId, state);
      this.accept(paymentId, { kind: 'restarted' });
    }
  }

  /** Resolves once `isSo`; it is asked whenever something has happened. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  private accept(paymentId: PaymentId, event: Timeless<PaymentDecision> | Timeless<PaymentNews>): void {
    const dated = { ...event, atMs: epochMs(++this.nowMs) } as PaymentEvent;
    const before = this.stateOf(paymentId);
    const { state, commands, entries, problem } = step(before, dated);
    if (problem !== null) this.refusals.push(problem.code);
    if (state !== before) this.journals.set(paymentId, [...(this.journals.get(paymentId) ?? []), dated]);
    this.states.set(paymentId, state);
    this.entries.push(...entries);
    for (const command of commands) this.send(paymentId, command);
    for (const waiter of this.waiters.splice(0)) waiter();
  }

  private send(paymentId: PaymentId, command: ProcessorRequest): void {
    this.onItsWayCount++;
    this.processor.send(command, (reply) => {
      this.onItsWayCount--;
      this.accept(paymentId, { kind: 'reply', commandId: command.commandId, reply });
      this.letTimePass();
    });
  }

  /** To the next moment that a payment waits for, once nothing is on its way: else what is buried might still arrive. */
  private letTimePass(): void {
    while (this.onItsWayCount === 0) {
      const [next] = [...this.states]
        .filter(([, state]) => state.pending !== null)
        .toSorted(([, a], [, b]) => (wakeAtMsOf(a) ?? 0) - (wakeAtMsOf(b) ?? 0));
      if (next === undefined) return;
      const [paymentId, state] = next;
      this.nowMs = Math.max(this.nowMs, wakeAtMsOf(state) ?? 0);
      this.accept(paymentId, { kind: 'tick' });
    }
  }

  private async receive(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const admitted = await this.gate({ headers: request.headers, rawBody: Buffer.concat(chunks) });
    if (!admitted.ok) return STATUS[admitted.problem.code];
    this.webhookCount++;
    if (admitted.value.paymentId !== null) this.accept(admitted.value.paymentId, { kind: 'webhook' });
    return 204;
  }
}
