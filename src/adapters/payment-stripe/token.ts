/** A token of Stripe's: `cus_…/pm_…`, the payer and the card that they saved. */
export interface StripeToken {
  readonly customerId: string;
  readonly paymentMethodId: string;
}

const TOKEN = /^(cus_\w+)\/(pm_\w+)$/;
const INTENT = /^pi_\w+$/;

/** Null where the text is no such token. */
export function parseToken(text: string): StripeToken | null {
  const [, customerId, paymentMethodId] = TOKEN.exec(text) ?? [];
  return customerId === undefined || paymentMethodId === undefined ? null : { customerId, paymentMethodId };
}

/** Whether a hold can be one of Stripe's. */
export function isIntentId(text: string): boolean {
  return INTENT.test(text);
}
