import type { Stripe } from 'stripe';

/** What Stripe has to send webhooks of: everything that can happen to a payment without our asking for it. */
export const STRIPE_EVENT_TYPES = [
  'payment_intent.canceled',
  'payment_intent.succeeded',
  'charge.expired',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const satisfies readonly Stripe.Event['type'][];
