/** An error as Stripe answers with it. */
import type { Stripe } from 'stripe';

export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
}

export class WireError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  /** Refused before anything was done: the key is free again. */
  readonly isBeforeWork: boolean;

  constructor(status: number, body: ErrorBody, isBeforeWork = false) {
    super(`${status} ${body.code ?? body.type}`);
    this.status = status;
    this.body = body;
    this.isBeforeWork = isBeforeWork;
  }
}

/** A request whose parameters cannot be right. */
export function invalid(code: string | null, param: string): WireError {
  return new WireError(
    400,
    { type: 'invalid_request_error', ...(code === null ? {} : { code }), param },
    true,
  );
}

export function missing(param: string): WireError {
  return new WireError(404, { type: 'invalid_request_error', code: 'resource_missing', param }, true);
}

/** A request that is right in form and cannot be done as things are. */
export function unfit(code: string | null, intent?: Stripe.PaymentIntent): WireError {
  return new WireError(400, {
    type: 'invalid_request_error',
    ...(code === null ? {} : { code }),
    ...(intent === undefined ? {} : { payment_intent: intent }),
  });
}
