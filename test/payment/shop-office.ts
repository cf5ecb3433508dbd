/**
 * The least that runs payments over a real network: keep the event, then send. Time is counted in events and goes on
 * to the next wake-up whenever an answer is lost, so a test needs no clock.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { epochMs } from '../../src/base/index.ts';
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
} from '../../src/payment/index.ts';

type Timeless<Event> = Event extends PaymentEvent ? Omit<Event, 'atMs'> : never;

export class ShopOffice {
  readonly entries: LedgerEntry[] = [];
  readonly refusals: string[] = [];
  webhookCount = 0;
  private readonly journals = new Map<PaymentId, PaymentEvent[]>();
  private readonly states = new Map<PaymentId, PaymentState>();
  private readonly processor: PaymentProcessor;
  private readonly gate: WebhookGate;
  private readonly server: Server;
  private nowMs = 0;
  private waiters: (() => void)[] = [];

  constructor(processor: PaymentProcessor, secret: string) {
    this.processor = processor;
    // Without a clock every time is as good as another; the gate's own tests look at times.
    this.gate = new WebhookGate({ secrets: [secret], toleranceMs: Number.MAX_SAFE_INTEGER });
    this.server = createServer((request, response) => {
      void this.receive(request).then((isTaken) => response.writeHead(isTaken ? 204 : 400).end());
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
    for (const command of commands) {
      this.processor.send(command, (reply) => {
        this.accept(paymentId, { kind: 'reply', commandId: command.commandId, reply });
        if (reply.kind === 'unknown') this.wake(paymentId);
      });
    }
    for (const waiter of this.waiters.splice(0)) waiter();
  }

  private wake(paymentId: PaymentId): void {
    this.nowMs = Math.max(this.nowMs, wakeAtMsOf(this.stateOf(paymentId)) ?? 0);
    this.accept(paymentId, { kind: 'tick' });
  }

  private async receive(request: IncomingMessage): Promise<boolean> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const header = request.headers[SIGNATURE_HEADER];
    const rawBody = Buffer.concat(chunks);
    const admitted = this.gate.admit({ header: String(header), rawBody, nowMs: this.nowMs });
    if (!admitted.ok) return admitted.problem.code === 'PAYMENT_WEBHOOK_REPLAYED';
    this.webhookCount++;
    this.accept(admitted.value.paymentId, { kind: 'webhook' });
    return true;
  }
}
