/**
 * What an error of Stripe's means for a request: a refusal, a state to ask for, or nothing that can be known. It goes by
 * type and code only, never by words. What is in no table here is never read as "it did not happen" where money could
 * be held without us: a hold that stays unknown is looked up.
 */
import { Stripe } from 'stripe';
import type { ProcessorRequest, RefusalCode } from '../../payment/index.ts';

export type ErrorMeaning =
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  /** The intent is in another state than the request needs; which one has to be asked. */
  | { readonly kind: 'ask-state' }
  | { readonly kind: 'unknown' };

type Command = Exclude<ProcessorRequest['kind'], 'look-up'>;

const UNKNOWN: ErrorMeaning = { kind: 'unknown' };
const ASK_STATE: ErrorMeaning = { kind: 'ask-state' };
const refused = (code: RefusalCode): ErrorMeaning => ({ kind: 'refused', code });

/** The way to Stripe is not in order, or the request came at a bad moment: nothing was decided. */
const UNDECIDED_CODES = new Set([
  'idempotency_key_in_use',
  'lock_timeout',
  'rate_limit',
  'api_key_expired',
  'platform_api_key_expired',
  'secret_key_required',
  'livemode_mismatch',
  'testmode_charges_only',
  'tls_version_unsupported',
]);

const STATE_CODES = new Set([
  'payment_intent_unexpected_state',
  'intent_invalid_state',
  'charge_already_captured',
  'status_transition_invalid',
]);

const EXPIRED_CODES = new Set(['charge_expired_for_capture', 'capture_charge_authorization_expired']);

/** Said of the card though the request was at fault in form: it is gone, or cannot be charged. */
const CARD_UNUSABLE_CODES = new Set([
  'resource_missing',
  'authentication_required',
  'payment_intent_authentication_failure',
  'payment_intent_incompatible_payment_method',
  'payment_intent_payment_attempt_failed',
  'payment_method_customer_decline',
  'payment_method_not_available',
  'payment_method_provider_decline',
  'payment_method_unexpected_state',
]);

const CARD_REFUSAL: Readonly<Record<Command, ErrorMeaning>> = {
  hold: refused('declined'),
  increase: refused('increase-refused'),
  capture: ASK_STATE,
  release: ASK_STATE,
  refund: refused('refund-refused'),
};

export function meaningOf(command: Command, error: unknown): ErrorMeaning {
  const { errors } = Stripe;
  if (error instanceof errors.StripeIdempotencyError) return refused('request-unusable');
  if (error instanceof errors.StripeCardError)
    return meaningOfCode(command, error.code, CARD_REFUSAL[command]);
  if (error instanceof errors.StripeInvalidRequestError)
    return meaningOfCode(command, error.code, meaningOfInvalid(command));
  return UNKNOWN;
}

function meaningOfCode(command: Command, code: string | undefined, otherwise: ErrorMeaning): ErrorMeaning {
  if (code === undefined) return otherwise;
  if (UNDECIDED_CODES.has(code)) return UNKNOWN;
  if (command === 'hold') return CARD_UNUSABLE_CODES.has(code) ? refused('declined') : otherwise;
  if (code === 'resource_missing') return refused('hold-unknown');
  if (command === 'refund') return otherwise;
  if (EXPIRED_CODES.has(code)) return refused('hold-over');
  return STATE_CODES.has(code) ? ASK_STATE : otherwise;
}

function meaningOfInvalid(command: Command): ErrorMeaning {
  // Stripe refuses to raise what cannot be raised in more ways than it has codes for.
  if (command === 'increase') return refused('increase-refused');
  return refused(command === 'refund' ? 'refund-refused' : 'request-unusable');
}
