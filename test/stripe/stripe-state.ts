/** What the double's Stripe knows: intents, charges, refunds, disputes, and what may be done with them when. */
import type { Stripe } from 'stripe';
import { CARDS, isCardId } from './cards.ts';
import type { CardId } from './cards.ts';
import { Form } from './form.ts';
import { newCharge, newDispute, newIntent, newRefund } from './stripe-objects.ts';
import { invalid, missing, unfit, WireError } from './wire-error.ts';

export interface WireEvent extends Pick<
  Stripe.Event,
  'id' | 'object' | 'api_version' | 'created' | 'livemode' | 'pending_webhooks' | 'request'
> {
  readonly type: Stripe.Event['type'];
  readonly data: { readonly object: Stripe.PaymentIntent | Stripe.Charge | Stripe.Refund | Stripe.Dispute };
}

/** In cents; the least that Stripe takes in dollars. */
const AMOUNT_MIN = 50;
const RAISE_COUNT_MAX = 10;

export class StripeState {
  nowMs = 1_800_000_000_000;
  isNextDeclined = false;
  readonly customers = new Set<string>();
  readonly intents = new Map<string, Stripe.PaymentIntent>();
  readonly charges = new Map<string, Stripe.Charge>();
  readonly refunds = new Map<string, Stripe.Refund>();
  readonly disputes = new Map<string, Stripe.Dispute>();
  /** Captures that had effect, by intent; more than one is somebody's mistake. */
  readonly captureCounts = new Map<string, number>();
  private readonly raiseCounts = new Map<string, number>();
  private events: WireEvent[] = [];
  private count = 0;

  takeEvents(): WireEvent[] {
    const taken = this.events;
    this.events = [];
    return taken;
  }

  intent(id: string): Stripe.PaymentIntent {
    const found = this.intents.get(id);
    if (found === undefined) throw missing('intent');
    return found;
  }

  chargeOf(intent: Stripe.PaymentIntent): Stripe.Charge {
    const found = this.charges.get(String(intent.latest_charge));
    if (found === undefined) throw unfit('payment_intent_unexpected_state', intent);
    return found;
  }

  create(form: Form): Stripe.PaymentIntent {
    form.allow(
      'amount',
      'currency',
      'customer',
      'payment_method',
      'allowed_payment_method_types',
      'capture_method',
      'confirm',
      'off_session',
      'metadata',
      'payment_method_options',
    );
    const card = form.needed('payment_method');
    const customer = form.needed('customer');
    const amount = form.amount('amount');
    for (const [name, value] of [
      ['capture_method', 'manual'],
      ['confirm', 'true'],
      ['off_session', 'true'],
      ['allowed_payment_method_types.0', 'card'],
    ] as const)
      if (form.needed(name) !== value) throw invalid(null, name);
    if (!this.customers.has(customer)) throw missing('customer');
    if (!isCardId(card)) throw missing('payment_method');
    if (amount < AMOUNT_MIN) throw invalid('amount_too_small', 'amount');
    const intent = newIntent({
      id: `pi_${++this.count}`,
      amount,
      currency: form.needed('currency'),
      customer,
      card,
      metadata: form.under('metadata'),
      createdS: this.nowS(),
      mayBeRaised: form.text('payment_method_options.card.request_incremental_authorization') !== null,
    });
    this.intents.set(intent.id, intent);
    return this.confirmed(intent, card);
  }

  raise(id: string, form: Form): Stripe.PaymentIntent {
    const amount = form.allow('amount').amount('amount');
    const intent = this.intent(id);
    if (intent.status !== 'requires_capture') throw unfit('payment_intent_unexpected_state', intent);
    const charge = this.chargeOf(intent);
    const raiseCount = (this.raiseCounts.get(id) ?? 0) + 1;
    const card = charge.payment_method_details?.card;
    if (card?.incremental_authorization?.status !== 'available') throw unfit(null);
    if (raiseCount > RAISE_COUNT_MAX || amount <= intent.amount) throw unfit(null);
    this.raiseCounts.set(id, raiseCount);
    if (intent.payment_method === CARDS.raiseDeclined || this.isDeclinedNow())
      throw new WireError(402, {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'insufficient_funds',
        charge: charge.id,
      });
    charge.amount = amount;
    card.amount_authorized = amount;
    intent.amount = amount;
    intent.amount_capturable = amount;
    this.tell('payment_intent.amount_capturable_updated', intent);
    return intent;
  }

  capture(id: string, form: Form): Stripe.PaymentIntent {
    const amount = form.allow('amount_to_capture').amount('amount_to_capture');
    const intent = this.intent(id);
    if (intent.status !== 'requires_capture') throw unfit('payment_intent_unexpected_state', intent);
    if (amount > intent.amount_capturable) throw unfit('amount_too_large');
    const charge = this.chargeOf(intent);
    this.captureCounts.set(id, (this.captureCounts.get(id) ?? 0) + 1);
    intent.status = 'succeeded';
    intent.amount_capturable = 0;
    intent.amount_received = amount;
    charge.captured = true;
    charge.amount_captured = amount;
    charge.balance_transaction = `txn_${++this.count}`;
    // What is left goes back to the bank, and is booked as a refund without a movement of money.
    if (amount < intent.amount)
      this.addRefund(charge, { amount: intent.amount - amount, balanceTransaction: null, metadata: {} });
    this.tell('payment_intent.succeeded', intent);
    this.tell('charge.captured', charge);
    return intent;
  }

  cancel(id: string, form: Form): Stripe.PaymentIntent {
    const reason = form.allow('cancellation_reason').needed('cancellation_reason');
    const intent = this.intent(id);
    if (intent.status === 'succeeded' || intent.status === 'canceled')
      throw unfit('payment_intent_unexpected_state', intent);
    return this.canceled(intent, reason);
  }

  refund(form: Form): Stripe.Refund {
    form.allow('payment_intent', 'amount', 'metadata');
    const amount = form.amount('amount');
    const intent = this.intents.get(form.needed('payment_intent'));
    if (intent === undefined) throw missing('payment_intent');
    if (intent.status !== 'succeeded') throw unfit('payment_intent_unexpected_state', intent);
    const charge = this.chargeOf(intent);
    if (this.isDisputed(intent.id)) throw unfit('charge_disputed');
    if (charge.amount_refunded >= charge.amount) throw unfit('charge_already_refunded');
    if (amount > charge.amount - charge.amount_refunded) throw unfit(null);
    const balanceTransaction = `txn_${++this.count}`;
    const refund = this.addRefund(charge, { amount, balanceTransaction, metadata: form.under('metadata') });
    this.tell('refund.created', refund);
    this.tell('charge.refunded', charge);
    return refund;
  }

  /** Holds whose time is over are let go. */
  expire(): void {
    for (const intent of this.intents.values()) {
      if (intent.status !== 'requires_capture') continue;
      const captureBeforeS = this.chargeOf(intent).payment_method_details?.card?.capture_before;
      if (captureBeforeS !== undefined && captureBeforeS <= this.nowS()) this.letGo(intent.id);
    }
  }

  /** Before its time where a bank wants it so. */
  letGo(id: string): void {
    const intent = this.canceled(this.intent(id), 'automatic');
    this.tell('charge.expired', this.chargeOf(intent));
  }

  /** What was between states goes on. */
  settle(id: string): void {
    this.hold(this.intent(id), CARDS.good);
  }

  /** Somebody of the shop, at Stripe's own pages. */
  captureByHand(id: string, amount: number): void {
    this.capture(id, new Form(`amount_to_capture=${amount}`));
  }

  refundByHand(id: string, amount: number): void {
    this.refund(new Form(`payment_intent=${id}&amount=${amount}`));
  }

  /** The shopper complains to their bank, or only asks. */
  dispute(id: string, status: 'needs_response' | 'warning_needs_response' = 'needs_response'): void {
    const charge = this.chargeOf(this.intent(id));
    const letGo = charge.amount - charge.amount_captured;
    const amount = charge.amount_captured - (charge.amount_refunded - letGo);
    const dispute = newDispute(charge, { id: `du_${++this.count}`, amount, created: this.nowS(), status });
    this.disputes.set(dispute.id, dispute);
    charge.disputed = true;
    this.tell('charge.dispute.created', dispute);
  }

  closeDispute(id: string, status: 'won' | 'lost'): void {
    for (const dispute of this.disputes.values()) {
      if (dispute.payment_intent !== id) continue;
      dispute.status = status;
      // Stripe goes on calling the charge disputed, and lets it be refunded again.
      this.tell('charge.dispute.closed', dispute);
    }
  }

  private isDisputed(id: string): boolean {
    return [...this.disputes.values()].some(
      ({ payment_intent: of, status }) => of === id && status !== 'won' && !status.startsWith('warning'),
    );
  }

  /** A card that is gone takes no money back. */
  failRefund(id: string): void {
    const refund = this.refunds.get(id);
    if (refund === undefined) throw missing('refund');
    refund.status = 'failed';
    this.tell('refund.failed', refund);
  }

  private isDeclinedNow(): boolean {
    const isDeclined = this.isNextDeclined;
    this.isNextDeclined = false;
    return isDeclined;
  }

  private confirmed(intent: Stripe.PaymentIntent, card: CardId): Stripe.PaymentIntent {
    switch (this.isDeclinedNow() ? CARDS.declined : card) {
      case CARDS.declined:
        throw this.declined(intent, card, { code: 'card_declined', decline_code: 'generic_decline' });
      case CARDS.wantsShopper:
        throw this.declined(intent, card, { code: 'authentication_required' });
      case CARDS.waitsForShopper:
        intent.status = 'requires_action';
        return intent;
      case CARDS.slow:
        intent.status = 'processing';
        return intent;
      default:
        return this.hold(intent, card);
    }
  }

  private hold(intent: Stripe.PaymentIntent, card: CardId): Stripe.PaymentIntent {
    const charge = newCharge(intent, `ch_${++this.count}`, card);
    this.charges.set(charge.id, charge);
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    intent.latest_charge = charge.id;
    this.tell('payment_intent.amount_capturable_updated', intent);
    return intent;
  }

  private declined(
    intent: Stripe.PaymentIntent,
    card: CardId,
    why: { readonly code: string; readonly decline_code?: string },
  ): WireError {
    const charge = newCharge(intent, `ch_${++this.count}`, card);
    charge.status = 'failed';
    charge.paid = false;
    charge.failure_code = why.code;
    this.charges.set(charge.id, charge);
    intent.status = 'requires_payment_method';
    intent.latest_charge = charge.id;
    intent.last_payment_error = { type: 'card_error', charge: charge.id, ...why };
    this.tell('payment_intent.payment_failed', intent);
    return new WireError(402, {
      type: 'card_error',
      ...why,
      charge: charge.id,
      payment_intent: structuredClone(intent),
    });
  }

  private canceled(intent: Stripe.PaymentIntent, reason: string): Stripe.PaymentIntent {
    intent.status = 'canceled';
    intent.cancellation_reason = reason;
    intent.canceled_at = this.nowS();
    intent.amount_capturable = 0;
    const charge = this.charges.get(String(intent.latest_charge));
    if (charge?.status === 'succeeded') {
      this.addRefund(charge, { amount: charge.amount, balanceTransaction: null, metadata: {} });
    }
    this.tell('payment_intent.canceled', intent);
    return intent;
  }

  private addRefund(
    charge: Stripe.Charge,
    made: {
      readonly amount: number;
      readonly balanceTransaction: string | null;
      readonly metadata: Stripe.Metadata;
    },
  ): Stripe.Refund {
    const { amount, balanceTransaction, metadata } = made;
    const refund = newRefund(charge, {
      id: `re_${++this.count}`,
      amount,
      created: this.nowS(),
      balance_transaction: balanceTransaction,
      metadata,
    });
    this.refunds.set(refund.id, refund);
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded >= charge.amount;
    return refund;
  }

  private nowS(): number {
    return Math.floor(this.nowMs / 1000);
  }

  private tell(type: WireEvent['type'], object: WireEvent['data']['object']): void {
    this.events.push({
      id: `evt_${++this.count}`,
      object: 'event',
      api_version: null,
      created: this.nowS(),
      livemode: false,
      pending_webhooks: 1,
      request: null,
      type,
      data: { object: structuredClone(object) },
    });
  }
}
