/**
 * Webhooks of Stripe, each a hint that something about a payment has changed. The signature is checked by Stripe's own
 * client on the bytes as they came. Stripe sends an event again under its id until it is taken, so an event counts as
 * having been here only once its payment is known; one that could not be kept afterwards is forgotten again.
 */
import { Stripe } from 'stripe';
import { z } from 'zod';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { isIdText, paymentId } from '../../domain/index.ts';
import type { PaymentId } from '../../domain/index.ts';
import type { WebhookProblemCode } from '../../payment/index.ts';
import { PAYMENT_MARK } from './hold-record.ts';
import { stripeClient } from './stripe-client.ts';
import type { StripeSettings } from './stripe-client.ts';

export interface StripeWebhookGateSettings {
  /** Any of them will do, so that a secret can be changed without losing webhooks. */
  readonly secrets: readonly string[];
  readonly toleranceMs: number;
  readonly stripe: StripeSettings;
}

export interface StripeHint {
  readonly eventId: string;
  readonly eventType: string;
  /** Null where the event is of no payment of ours; there is then nothing to do. */
  readonly paymentId: PaymentId | null;
}

export const STRIPE_SIGNATURE_HEADER = 'stripe-signature';
/** ≥ all that can come within the tolerance; beyond it the oldest are forgotten, and counted. */
const SEEN_MAX = 10_000;

interface Came {
  readonly header: string | undefined;
  readonly rawBody: Uint8Array;
  readonly nowMs: number;
}

type Refusal = { readonly code: WebhookProblemCode };

const EVENT = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  data: z.object({
    object: z.object({
      object: z.string(),
      metadata: z.record(z.string(), z.string()).nullish(),
      payment_intent: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
    }),
  }),
});
type EventForm = z.infer<typeof EVENT>;

export class StripeWebhookGate {
  forgottenCount = 0;
  private readonly settings: StripeWebhookGateSettings;
  private readonly stripe: Stripe;
  private readonly seen = new Set<string>();

  constructor(settings: StripeWebhookGateSettings) {
    this.settings = settings;
    this.stripe = stripeClient(settings.stripe);
  }

  /** The hint, where Stripe has signed it, it is fresh, it has not been here, and its payment could be found. */
  async admit(came: Came): Promise<Result<StripeHint, Refusal>> {
    const read = this.read(came);
    if (!read.ok) return read;
    const { id: eventId, type: eventType } = read.value;
    if (this.seen.has(eventId)) return refused({ code: 'PAYMENT_WEBHOOK_REPLAYED' });
    try {
      const hint = { eventId, eventType, paymentId: await this.paymentOf(read.value) };
      this.note(eventId);
      return ok(hint);
    } catch {
      return refused({ code: 'PAYMENT_WEBHOOK_UNRESOLVED' });
    }
  }

  /** The hint could not be kept: when it comes again it is as new. */
  forget(eventId: string): void {
    this.seen.delete(eventId);
  }

  private read(came: Came): Result<EventForm, Refusal> {
    let refusal: WebhookProblemCode = 'PAYMENT_WEBHOOK_SIGNATURE';
    for (const secret of this.settings.secrets) {
      const code = this.refusalBy(secret, came);
      if (code === null) return this.parsed(came.rawBody);
      if (code === 'PAYMENT_WEBHOOK_TIME') refusal = code;
    }
    return refused({ code: refusal });
  }

  /** Null where the bytes are signed with the secret, and at a time near enough. */
  private refusalBy(secret: string, came: Came): WebhookProblemCode | null {
    const toleranceS = Math.max(1, Math.ceil(this.settings.toleranceMs / 1000));
    if (this.isSigned({ ...came, secret, toleranceS }))
      return isFromTheFuture(came, this.settings.toleranceMs) ? 'PAYMENT_WEBHOOK_TIME' : null;
    // The client throws one error for both; without a tolerance it looks at the signature alone.
    return this.isSigned({ ...came, secret, toleranceS: 0 })
      ? 'PAYMENT_WEBHOOK_TIME'
      : 'PAYMENT_WEBHOOK_SIGNATURE';
  }

  private isSigned(by: Came & { readonly secret: string; readonly toleranceS: number }): boolean {
    try {
      const { rawBody, header = '', secret, toleranceS, nowMs } = by;
      this.stripe.webhooks.constructEvent(Buffer.from(rawBody), header, secret, toleranceS, undefined, nowMs);
      return true;
    } catch (error) {
      // Anything else is thrown after the signature was found right: what is signed is no event.
      return !(error instanceof Stripe.errors.StripeSignatureVerificationError);
    }
  }

  private parsed(rawBody: Uint8Array): Result<EventForm, Refusal> {
    try {
      const event = EVENT.safeParse(JSON.parse(Buffer.from(rawBody).toString('utf8')));
      if (event.success) return ok(event.data);
    } catch {
      // No JSON: refused below.
    }
    return refused({ code: 'PAYMENT_WEBHOOK_UNREADABLE' });
  }

  /** Charges, refunds and disputes name their intent only; it is asked for our mark. */
  private async paymentOf({ data: { object } }: EventForm): Promise<PaymentId | null> {
    if (object.object === 'payment_intent') return markedPayment(object.metadata);
    const named = object.payment_intent ?? null;
    if (named === null) return null;
    const intentId = typeof named === 'string' ? named : named.id;
    try {
      return markedPayment((await this.stripe.paymentIntents.retrieve(intentId)).metadata);
    } catch (error) {
      const isGone =
        error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
      if (isGone) return null;
      throw error;
    }
  }

  private note(eventId: string): void {
    const [oldest] = this.seen;
    if (this.seen.size >= SEEN_MAX && oldest !== undefined) {
      this.seen.delete(oldest);
      this.forgottenCount++;
    }
    this.seen.add(eventId);
  }
}

function markedPayment(metadata: Readonly<Record<string, string>> | null | undefined): PaymentId | null {
  const mark = metadata?.[PAYMENT_MARK];
  return mark !== undefined && isIdText(mark) ? paymentId(mark) : null;
}

/** The client looks for old signatures only; one of tomorrow could be used until then. */
function isFromTheFuture(came: Came, toleranceMs: number): boolean {
  const signedAtS = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(came.header ?? '')?.[1]);
  return !(signedAtS * 1000 - came.nowMs <= toleranceMs);
}
