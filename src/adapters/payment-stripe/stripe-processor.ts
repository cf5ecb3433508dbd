/**
 * Payments by Stripe: a hold is a PaymentIntent that is captured by hand. The id of a command is the idempotency key
 * of its one changing call and stands in the metadata, so a look-up finds it. An answer is never made from what a
 * changing call returns, because a repeated key gets its first answer again however old that is: afterwards the
 * payment is read anew, whole.
 */
import { Stripe } from 'stripe';
import type { PaymentProcessor, ProcessorReply, ProcessorRequest, RefusalCode } from '../../payment/index.ts';
import { stripeAmountOf } from './amounts.ts';
import { COMMAND_MARK, PAYMENT_MARK } from './hold-record.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { KnownOfPayment } from './known-of-payment.ts';
import { meaningOf } from './refusal.ts';
import { stripeClient } from './stripe-client.ts';
import type { StripeSettings } from './stripe-client.ts';
import { isIntentId, parseToken } from './token.ts';

type Request<Kind extends ProcessorRequest['kind']> = Extract<ProcessorRequest, { readonly kind: Kind }>;
type HoldRequest = Request<'increase' | 'capture' | 'release' | 'refund'>;

const UNKNOWN: ProcessorReply = { kind: 'unknown' };
const NOTHING: ProcessorReply = { kind: 'told', holds: [] };
const refused = (code: RefusalCode): ProcessorReply => ({ kind: 'refused', code });

export function stripeProcessor(settings: StripeSettings): PaymentProcessor {
  const exchange = new StripeExchange(settings);
  return {
    features: { isIncremental: settings.isIncremental },
    send: (request, answer) => void exchange.answer(request).then(answer),
  };
}

class StripeExchange {
  private readonly settings: StripeSettings;
  private readonly stripe: Stripe;
  private readonly known: KnownOfPayment;

  constructor(settings: StripeSettings) {
    this.settings = settings;
    this.stripe = stripeClient(settings);
    this.known = new KnownOfPayment(this.stripe, settings);
  }

  /** Never fails: whatever is not clearly an answer is `unknown`. */
  async answer(request: ProcessorRequest): Promise<ProcessorReply> {
    try {
      return await this.exchange(request);
    } catch (error) {
      this.report(request, error);
      return UNKNOWN;
    }
  }

  private exchange(request: ProcessorRequest): Promise<ProcessorReply> | ProcessorReply {
    switch (request.kind) {
      case 'look-up':
        return this.lookUp(request);
      case 'hold':
        return this.hold(request);
      case 'increase':
      case 'capture':
      case 'release':
      case 'refund':
        return this.change(request);
    }
  }

  private async lookUp({ paymentId, token }: Request<'look-up'>): Promise<ProcessorReply> {
    // A hold is only ever made with a token, so without one there is none.
    const payer = token === null ? null : parseToken(token);
    if (payer === null) return NOTHING;
    const intents = await this.known.intents(paymentId, payer.customerId);
    return this.told(intents);
  }

  private async told(intents: readonly Stripe.PaymentIntent[] | null): Promise<ProcessorReply> {
    const holds = intents === null ? null : await this.known.holds(intents);
    return holds === null ? UNKNOWN : { kind: 'told', holds };
  }

  private async hold(request: Request<'hold'>): Promise<ProcessorReply> {
    const payer = parseToken(request.token);
    const amount = stripeAmountOf(request.amount);
    if (payer === null || amount === null) return refused('request-unusable');
    let intentId: string;
    try {
      const made = await this.stripe.paymentIntents.create(
        {
          ...amount,
          customer: payer.customerId,
          payment_method: payer.paymentMethodId,
          allowed_payment_method_types: ['card'],
          capture_method: 'manual',
          confirm: true,
          off_session: true,
          metadata: { [PAYMENT_MARK]: request.paymentId, [COMMAND_MARK]: request.commandId },
          ...this.incrementalOptions(),
        },
        { idempotencyKey: idempotencyKeyOf(request.commandId) },
      );
      intentId = made.id;
    } catch (error) {
      return this.afterHoldError(request, error);
    }
    return this.afterHold(request, intentId, payer.customerId);
  }

  private incrementalOptions(): Pick<Stripe.PaymentIntentCreateParams, 'payment_method_options'> {
    return this.settings.isIncremental
      ? { payment_method_options: { card: { request_incremental_authorization: 'if_available' } } }
      : {};
  }

  private async afterHold(
    request: Request<'hold'>,
    intentId: string,
    customerId: string,
  ): Promise<ProcessorReply> {
    const intents = await this.intentsWith(request, intentId, customerId);
    const reply = await this.told(intents);
    if (reply.kind !== 'told') return reply;
    if (reply.holds.some(({ commandId }) => commandId === request.commandId)) return reply;
    // It was made and nothing is held on it: the bank wants to see the shopper, who has long walked in.
    return this.declined(intentId);
  }

  private async afterHoldError(request: Request<'hold'>, error: unknown): Promise<ProcessorReply> {
    const meaning = meaningOf('hold', error);
    if (meaning.kind === 'refused') {
      const intentId = error instanceof Stripe.errors.StripeError ? error.payment_intent?.id : undefined;
      if (meaning.code !== 'declined') this.report(request, error);
      return intentId === undefined || meaning.code !== 'declined'
        ? refused(meaning.code)
        : this.declined(intentId);
    }
    throw error;
  }

  /**
   * Declined, once the intent can no longer be confirmed by anybody. Where that cannot be done now the outcome stays
   * unknown: the command is sent again, gets the same answer, and this is tried again. Cancelling twice does no harm,
   * so it has no key of ours: with one, a failure would be repeated for a day.
   */
  private async declined(intentId: string): Promise<ProcessorReply> {
    try {
      await this.stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' });
      return refused('declined');
    } catch (error) {
      if (meaningOf('release', error).kind !== 'ask-state') throw error;
      const { status } = await this.known.intent(intentId);
      return status === 'canceled' ? refused('declined') : UNKNOWN;
    }
  }

  private async change(request: HoldRequest): Promise<ProcessorReply> {
    if (!isIntentId(request.holdId)) return refused('hold-unknown');
    if (request.kind === 'increase' && !this.settings.isIncremental) return refused('increase-refused');
    if (request.kind !== 'release' && stripeAmountOf(request.amount) === null)
      return refused('request-unusable');
    let intent: Stripe.PaymentIntent;
    try {
      intent = (await this.sendChange(request)) ?? (await this.known.intent(request.holdId));
    } catch (error) {
      return this.afterChangeError(request, error);
    }
    const reply = await this.toldWith(request, intent);
    if (request.kind !== 'refund' || reply.kind !== 'told') return reply;
    const ofHold = reply.holds.find(({ holdId }) => holdId === request.holdId);
    const isGivenBack = ofHold?.refunds.some(({ commandId }) => commandId === request.commandId) ?? false;
    // It was taken, and came to nothing since.
    return isGivenBack ? reply : refused('refund-refused');
  }

  /** The intent where Stripe answers with it. */
  private async sendChange(request: HoldRequest): Promise<Stripe.PaymentIntent | null> {
    const { paymentIntents, refunds } = this.stripe;
    const { holdId, commandId } = request;
    const options = { idempotencyKey: idempotencyKeyOf(commandId) };
    switch (request.kind) {
      case 'increase':
        return paymentIntents.incrementAuthorization(holdId, { amount: request.amount.minor }, options);
      case 'capture':
        return paymentIntents.capture(holdId, { amount_to_capture: request.amount.minor }, options);
      case 'release':
        return paymentIntents.cancel(holdId, { cancellation_reason: 'requested_by_customer' }, options);
      case 'refund': {
        const metadata = { [PAYMENT_MARK]: request.paymentId, [COMMAND_MARK]: commandId };
        const amount = request.amount.minor;
        await refunds.create({ payment_intent: holdId, amount, metadata }, options);
        return null;
      }
    }
  }

  private async afterChangeError(request: HoldRequest, error: unknown): Promise<ProcessorReply> {
    const meaning = meaningOf(request.kind, error);
    if (meaning.kind === 'unknown') throw error;
    if (meaning.kind === 'refused') {
      if (meaning.code === 'request-unusable') this.report(request, error);
      return refused(meaning.code);
    }
    const intent = await this.known.intent(request.holdId);
    if (intent.status === 'canceled') return refused('hold-over');
    // Somebody has captured it: what is known must be told, or it would be held and charged again.
    if (intent.status === 'succeeded') return this.toldWith(request, intent);
    this.report(request, error);
    return request.kind === 'increase' ? refused('increase-refused') : UNKNOWN;
  }

  /** The whole payment, found by the payer of one of its intents. */
  private async toldWith(request: ProcessorRequest, intent: Stripe.PaymentIntent): Promise<ProcessorReply> {
    const customerId = typeof intent.customer === 'string' ? intent.customer : intent.customer?.id;
    if (customerId === undefined) return this.told([intent]);
    return this.told(await this.intentsWith(request, intent.id, customerId));
  }

  /** The payment's intents as listed; one that the list does not have yet is fetched, and comes last. */
  private async intentsWith(
    request: ProcessorRequest,
    intentId: string,
    customerId: string,
  ): Promise<Stripe.PaymentIntent[] | null> {
    const listed = await this.known.intents(request.paymentId, customerId);
    if (listed === null || listed.some(({ id }) => id === intentId)) return listed;
    return [...listed, await this.known.intent(intentId)];
  }

  private report({ commandId }: ProcessorRequest, error: unknown): void {
    const told = error instanceof Stripe.errors.StripeError ? error : null;
    this.settings.onTrouble({
      commandId,
      errorType: told?.type ?? (error instanceof Error ? error.name : typeof error),
      code: told?.code ?? null,
      statusCode: told?.statusCode ?? null,
      requestId: told?.requestId ?? null,
    });
  }
}
