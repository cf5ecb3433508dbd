export { CARDS } from './cards.ts';
export { NO_STRIPE_FAULTS } from './faults.ts';
export type { StripeFaults } from './faults.ts';
export { DOUBLE_DEFAULTS, StripeDouble } from './stripe-double.ts';
export type { DoubleSettings } from './stripe-double.ts';
export { stripeSignature } from './webhook-delivery.ts';
