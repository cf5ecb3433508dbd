/** The paths of Stripe's API that the double answers. */
import type { Stripe } from 'stripe';
import type { Form } from './form.ts';
import type { StripeState } from './stripe-state.ts';
import { invalid, missing } from './wire-error.ts';

const INTENTS = '/v1/payment_intents';
const PAGE_SIZE_DEFAULT = 10;
const PAGE_SIZE_MAX = 100;

export function changeOf(state: StripeState, path: string, form: Form): Stripe.PaymentIntent | Stripe.Refund {
  if (path === INTENTS) return state.create(form);
  if (path === '/v1/refunds') return state.refund(form);
  const [, id = '', act = ''] = /^\/v1\/payment_intents\/(\w+)\/(\w+)$/.exec(path) ?? [];
  switch (act) {
    case 'increment_authorization':
      return state.raise(id, form);
    case 'capture':
      return state.capture(id, form);
    case 'cancel':
      return state.cancel(id, form);
    default:
      throw missing('url');
  }
}

interface Read {
  readonly path: string;
  readonly form: Form;
  readonly pageSizeMax: number;
}

export function readOf(
  state: StripeState,
  { path, form, pageSizeMax }: Read,
): Stripe.PaymentIntent | Stripe.ApiList<{ readonly id: string }> {
  const [, intentId] = /^\/v1\/payment_intents\/(\w+)$/.exec(path) ?? [];
  if (intentId !== undefined) {
    form.allow('expand');
    return expanded(state, state.intent(intentId), form.text('expand.0') === 'latest_charge');
  }
  if (path === INTENTS) {
    const customer = form.allow('customer', 'limit', 'starting_after', 'expand').needed('customer');
    const isExpanded = form.text('expand.0') === 'data.latest_charge';
    const ours = [...state.intents.values()].filter((intent) => intent.customer === customer);
    const page = pageOf(ours, { path, form, pageSizeMax });
    return { ...page, data: page.data.map((intent) => expanded(state, intent, isExpanded)) };
  }
  const of = form.allow('payment_intent', 'limit', 'starting_after').needed('payment_intent');
  const isOf = (item: { readonly payment_intent: unknown }): boolean => item.payment_intent === of;
  if (path === '/v1/refunds')
    return pageOf([...state.refunds.values()].filter(isOf), { path, form, pageSizeMax });
  if (path === '/v1/disputes')
    return pageOf([...state.disputes.values()].filter(isOf), { path, form, pageSizeMax });
  throw missing('url');
}

/** Newest first, from after the one that is named. */
function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  { path, form, pageSizeMax }: Read,
): Stripe.ApiList<Item> {
  const asked = form.text('limit') === null ? PAGE_SIZE_DEFAULT : form.amount('limit');
  if (asked > PAGE_SIZE_MAX) throw invalid('parameter_invalid_integer', 'limit');
  const newest = items.toReversed();
  const after = form.text('starting_after');
  const begin = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  const end = begin + Math.min(asked, pageSizeMax);
  return { object: 'list', url: path, data: newest.slice(begin, end), has_more: end < newest.length };
}

function expanded(
  state: StripeState,
  intent: Stripe.PaymentIntent,
  isExpanded: boolean,
): Stripe.PaymentIntent {
  const charge = isExpanded ? state.charges.get(String(intent.latest_charge)) : undefined;
  return { ...intent, latest_charge: charge ?? intent.latest_charge };
}
