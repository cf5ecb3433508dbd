/**
 * A payment processor to develop and test against: real HTTP, no real money, and it says so in every answer. It keeps
 * everything in memory, listens on the machine itself only, and does wrong what it is told to.
 *
 *     POST /v1/requests   a request of the port as JSON, with its idempotency key → 200 told, 402 refused
 *     GET  /              what this is
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { epochMs, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import type { PaymentId } from '../../domain/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../payment/index.ts';
import { ProcessorModel } from './processor-model.ts';
import type { ModelSettings } from './processor-model.ts';
import { drawn, NO_FAULTS, whimFor } from './sandbox-faults.ts';
import type { SandboxFaults } from './sandbox-faults.ts';
import { WebhookSender } from './webhook-sender.ts';
import type { SenderSettings } from './webhook-sender.ts';
import { parseRequest } from './wire.ts';

export interface SandboxSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly seed: number;
  readonly model: ModelSettings;
  readonly faults: SandboxFaults;
  /** Null where nobody wants webhooks. */
  readonly webhooks: SenderSettings | null;
}

export const IDEMPOTENCY_HEADER = 'idempotency-key';
const SIMULATED = { 'content-type': 'application/json', 'payments-simulated': 'true' };
/** A request has some hundred bytes. */
const BODY_BYTES_MAX = 16_384;

export const SANDBOX_DEFAULTS: SandboxSettings = {
  port: 0,
  seed: 1,
  model: {
    isIncremental: true,
    holdLifeMs: 7 * 24 * 3_600_000,
    keyLifeMs: 24 * 3_600_000,
    allowsSeveralCaptures: false,
  },
  faults: NO_FAULTS,
  webhooks: null,
};

export class SandboxServer {
  faults: SandboxFaults;
  readonly model: ProcessorModel;
  private readonly random: Random;
  private readonly server: Server;
  private readonly sender: WebhookSender | null;

  constructor(settings: SandboxSettings) {
    this.faults = settings.faults;
    this.model = new ProcessorModel(settings.model);
    this.random = seededRandom(settings.seed);
    this.sender = settings.webhooks === null ? null : new WebhookSender(settings.webhooks);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`);
      });
    });
  }

  /** A shopper complains to their bank. */
  dispute(paymentId: PaymentId): void {
    this.model.dispute(paymentId);
    this.passOnWebhooks();
  }

  close(): Promise<void> {
    this.sender?.close();
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/') {
      const what = 'A sandbox of Tillfree: payments are simulated, no money moves.';
      answer(response, 200, { isSimulated: true, what, faults: this.faults });
      return;
    }
    const body = await bodyOf(request);
    if (this.faults.isDown) {
      answer(response, 503, { what: 'down, as it was told to be' });
      return;
    }
    if (request.method !== 'POST' || request.url !== '/v1/requests') {
      answer(response, 404, { what: 'there is nothing here; POST /v1/requests' });
      return;
    }
    const parsed = body === null ? null : parseRequest(body);
    const key = String(request.headers[IDEMPOTENCY_HEADER] ?? '');
    if (parsed === null || key === '') answer(response, 400, { kind: 'refused', code: 'request-unusable' });
    else this.take(parsed, key, response);
  }

  private take(request: ProcessorRequest, idempotencyKey: string, response: ServerResponse): void {
    const { faults, random } = this;
    const receive = (): ProcessorReply => {
      const whim = whimFor(request, faults, random);
      return this.model.receive({ request, idempotencyKey, atMs: epochMs(Date.now()), whim });
    };
    const reply = receive();
    if (drawn(random, faults.requestTwice)) receive();
    if (request.kind === 'hold' && drawn(random, faults.holdExpired)) this.expireHolds(request.paymentId);
    this.passOnWebhooks();
    if (drawn(random, faults.replyLost)) {
      response.destroy();
      return;
    }
    const status = reply.kind === 'refused' ? 402 : 200;
    if (drawn(random, faults.replyLate)) setTimeout(() => answer(response, status, reply), faults.lateMs);
    else answer(response, status, reply);
  }

  private expireHolds(paymentId: PaymentId): void {
    for (const { holdId } of this.model.holdsOf(paymentId)) this.model.expireHold(holdId);
  }

  private passOnWebhooks(): void {
    for (const webhook of this.model.takeWebhooks()) {
      const delayMs = drawn(this.random, this.faults.webhookLate) ? this.faults.lateMs : 0;
      this.sender?.send(webhook, delayMs);
      if (drawn(this.random, this.faults.webhookTwice)) this.sender?.send(webhook, delayMs);
    }
  }
}

function answer(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, SIMULATED);
  response.end(JSON.stringify(content));
}

/** Null where it is longer than a request can be, or breaks off. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      byteCount += chunk.length;
      if (byteCount > BODY_BYTES_MAX) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}
