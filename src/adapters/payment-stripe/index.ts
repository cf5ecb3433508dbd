export { STRIPE_EVENT_TYPES } from './event-types.ts';
export { stripeProcessor } from './stripe-processor.ts';
export { stripeClient, STRIPE_DEFAULTS } from './stripe-client.ts';
export type { StripeSettings, StripeTrouble } from './stripe-client.ts';
export { STRIPE_SIGNATURE_HEADER, StripeWebhookGate } from './webhook-gate.ts';
export type { StripeHint, StripeWebhookGateSettings } from './webhook-gate.ts';
