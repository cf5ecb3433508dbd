/** Stripe's objects in full, so that the type checker holds the double to the shapes of Stripe's own types. */
import type { Stripe } from 'stripe';
import type { CardId } from './cards.ts';
import { CARDS } from './cards.ts';

/** How long the double's cards can be captured. */
export const CARD_LIFE_S = 7 * 24 * 3600;

export interface NewIntent {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly card: CardId;
  readonly metadata: Stripe.Metadata;
  readonly createdS: number;
  readonly mayBeRaised: boolean;
}

export function newIntent(made: NewIntent): Stripe.PaymentIntent {
  return {
    id: made.id,
    object: 'payment_intent',
    allowed_payment_method_types: ['card'],
    amount: made.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'manual',
    client_secret: `${made.id}_secret`,
    confirmation_method: 'automatic',
    created: made.createdS,
    currency: made.currency,
    customer: made.customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: made.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: made.card,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: 'automatic',
        ...(made.mayBeRaised ? { request_incremental_authorization: 'if_available' } : {}),
      },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_confirmation',
    transfer_group: null,
  };
}

export function newCharge(intent: Stripe.PaymentIntent, id: string, card: CardId): Stripe.Charge {
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'TILLFREE TEST',
    captured: false,
    created: intent.created,
    currency: intent.currency,
    customer: intent.customer,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: null,
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: intent.id,
    payment_method: card,
    payment_method_details: { type: 'card', card: cardDetails(intent, card) },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

function cardDetails(intent: Stripe.PaymentIntent, card: CardId): Stripe.Charge.PaymentMethodDetails.Card {
  const mayBeRaised =
    intent.payment_method_options?.card?.request_incremental_authorization === 'if_available' &&
    card !== CARDS.raiseUnavailable;
  return {
    amount_authorized: intent.amount,
    authorization_code: null,
    brand: 'visa',
    ...(card === CARDS.withoutEnd ? {} : { capture_before: intent.created + CARD_LIFE_S }),
    checks: null,
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2030,
    funding: 'credit',
    incremental_authorization: { status: mayBeRaised ? 'available' : 'unavailable' },
    installments: null,
    last4: '4242',
    mandate: null,
    network: 'visa',
    network_transaction_id: null,
    regulated_status: null,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

export function newRefund(
  charge: Stripe.Charge,
  made: Pick<Stripe.Refund, 'id' | 'amount' | 'created' | 'balance_transaction' | 'metadata'>,
): Stripe.Refund {
  return {
    ...made,
    object: 'refund',
    charge: charge.id,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

export function newDispute(
  charge: Stripe.Charge,
  made: Pick<Stripe.Dispute, 'id' | 'amount' | 'created' | 'status'>,
): Stripe.Dispute {
  return {
    ...made,
    object: 'dispute',
    balance_transactions: [],
    charge: charge.id,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
  };
}
