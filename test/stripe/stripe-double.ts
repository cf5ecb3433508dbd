/**
 * A double of Stripe's service, SIMULATED: no money moves, and no part of it is Stripe's. It speaks the part of the wire
 * that the adapter uses, over real HTTP: form-encoded requests, objects in Stripe's own types, idempotency keys, pages,
 * errors by type and code, signed webhooks. It was made after Stripe's documentation and has never been checked against
 * Stripe itself, so what passes here is not proven there. It is stricter than Stripe where that finds mistakes: a
 * parameter or a version that it does not know is refused. It has no clock but the one that a test sets.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import type { StripeFaults } from './faults.ts';
import { NO_STRIPE_FAULTS } from './faults.ts';
import { Form } from './form.ts';
import { KeyMemory } from './idempotency.ts';
import type { WireAnswer } from './idempotency.ts';
import { changeOf, readOf } from './routes.ts';
import { StripeState } from './stripe-state.ts';
import { WebhookDelivery } from './webhook-delivery.ts';
import type { DeliverySettings } from './webhook-delivery.ts';
import { WireError } from './wire-error.ts';

export interface DoubleSettings {
  readonly seed: number;
  readonly faults: StripeFaults;
  readonly apiKey: string;
  /** It gives no more than so many at once, however many are asked for. */
  readonly pageSizeMax: number;
  readonly keyLifeMs: number;
  readonly webhooks: DeliverySettings | null;
}

export const DOUBLE_DEFAULTS: DoubleSettings = {
  seed: 1,
  faults: NO_STRIPE_FAULTS,
  apiKey: 'rk_test_double',
  pageSizeMax: 100,
  keyLifeMs: 24 * 3_600_000,
  webhooks: null,
};

const API_VERSION = '2026-10-28.endive';

/** A request that came, for tests that count them. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | null;
}

export class StripeDouble {
  faults: StripeFaults;
  readonly state = new StripeState();
  readonly seen: SeenRequest[] = [];
  private readonly settings: DoubleSettings;
  private readonly random: Random;
  private readonly keys: KeyMemory;
  private readonly delivery: WebhookDelivery | null;
  private readonly server: Server;
  private gate: Promise<void> | null = null;
  private isNextAnswerLost = false;
  private isNextCancelFailed = false;
  private waiters: (() => void)[] = [];

  constructor(settings: Partial<DoubleSettings> = {}) {
    this.settings = { ...DOUBLE_DEFAULTS, ...settings };
    this.faults = this.settings.faults;
    this.random = seededRandom(this.settings.seed);
    this.keys = new KeyMemory(this.settings.keyLifeMs);
    const { webhooks } = this.settings;
    this.delivery = webhooks === null ? null : new WebhookDelivery(webhooks);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  listen(): Promise<{ readonly host: string; readonly port: number; readonly protocol: 'http' }> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () => {
        const address = this.server.address();
        const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
        resolve({ host: '127.0.0.1', port, protocol: 'http' });
      });
    });
  }

  close(): Promise<void> {
    this.delivery?.close();
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  /** The next changing request stays on its way until the returned function is called. */
  keepNextOnItsWay(): () => void {
    let release = (): void => undefined;
    this.gate = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  /** The answer to the next changing request is lost after its effect. */
  loseNextAnswer(): void {
    this.isNextAnswerLost = true;
  }

  /** 503 for the next cancelling, before anything is done. */
  failNextCancel(): void {
    this.isNextCancelFailed = true;
  }

  /** Resolves once `isSo`; it is asked whenever a request has come. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  /** The next confirmation or increase is declined, whatever the card. */
  declineNext(): void {
    this.state.isNextDeclined = true;
  }

  /** Something happens at Stripe that nobody here asked for; its webhooks go out. */
  happen(act: (state: StripeState) => void): void {
    act(this.state);
    this.passOnEvents();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { faults } = this;
    if (faults.isDown) {
      response.destroy();
      return;
    }
    const reply = await this.answer(request, Buffer.concat(chunks).toString('utf8'));
    this.passOnEvents();
    const isLost = request.method === 'POST' && this.isNextAnswerLost;
    if (isLost) this.isNextAnswerLost = false;
    if (isLost || this.isDrawn(faults.replyLost)) response.destroy();
    else if (this.isDrawn(faults.replyLate)) setTimeout(() => write(response, reply), faults.lateMs);
    else write(response, reply);
  }

  private async answer(request: IncomingMessage, body: string): Promise<WireAnswer> {
    const url = new URL(request.url ?? '/', 'http://double');
    const method = request.method ?? 'GET';
    const key = request.headers['idempotency-key'];
    const idempotencyKey = typeof key === 'string' ? key : null;
    this.seen.push({ method, path: url.pathname, idempotencyKey });
    for (const waiter of this.waiters.splice(0)) waiter();
    try {
      if (this.isNextCancelFailed && url.pathname.endsWith('/cancel')) {
        this.isNextCancelFailed = false;
        throw new WireError(503, { type: 'api_error' }, true);
      }
      if (this.isDrawn(this.faults.errorBefore)) throw new WireError(503, { type: 'api_error' }, true);
      if (this.isDrawn(this.faults.rateLimited))
        throw new WireError(429, { type: 'invalid_request_error', code: 'rate_limit' }, true);
      this.checkCaller(request);
      this.state.expire();
      if (method === 'GET') {
        const { pageSizeMax } = this.settings;
        const found = readOf(this.state, { path: url.pathname, form: new Form(url.search), pageSizeMax });
        return { status: 200, body: found };
      }
      return await this.change({ path: url.pathname, body, key: idempotencyKey });
    } catch (error) {
      return answerOf(error);
    }
  }

  private checkCaller({ headers }: IncomingMessage): void {
    if (headers.authorization !== `Bearer ${this.settings.apiKey}`)
      throw new WireError(401, { type: 'invalid_request_error' }, true);
    if (headers['stripe-version'] !== API_VERSION)
      throw new WireError(400, { type: 'invalid_request_error' }, true);
  }

  private async change(sent: {
    readonly path: string;
    readonly body: string;
    readonly key: string | null;
  }): Promise<WireAnswer> {
    const key = sent.key ?? '';
    const fingerprint = `${sent.path} ${sent.body}`;
    const known = this.keys.begin(key, fingerprint, this.state.nowMs);
    if (known !== null) return known;
    const { gate } = this;
    this.gate = null;
    if (gate !== null) await gate;
    let isKept = true;
    let answer: WireAnswer;
    try {
      if (this.isDrawn(this.faults.errorKept)) throw new WireError(500, { type: 'api_error' });
      const changed = changeOf(this.state, sent.path, new Form(sent.body));
      if (this.isDrawn(this.faults.errorAfter)) throw new WireError(500, { type: 'api_error' });
      answer = { status: 200, body: structuredClone(changed) };
    } catch (error) {
      answer = answerOf(error);
      isKept = !(error instanceof WireError && error.isBeforeWork);
    }
    this.keys.end(key, isKept ? { fingerprint, answer, atMs: this.state.nowMs } : null);
    return answer;
  }

  private isDrawn(share: number): boolean {
    return share > 0 && this.random.uniform() < share;
  }

  private passOnEvents(): void {
    for (const event of this.state.takeEvents()) {
      this.delivery?.send(event, this.state.nowMs);
      if (this.isDrawn(this.faults.webhookTwice)) this.delivery?.send(event, this.state.nowMs);
    }
  }
}

function answerOf(error: unknown): WireAnswer {
  if (error instanceof WireError) return { status: error.status, body: { error: error.body } };
  throw error;
}

function write(response: ServerResponse, { status, body }: WireAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_simulated' });
  response.end(JSON.stringify(body));
}
