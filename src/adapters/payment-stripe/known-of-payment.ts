/**
 * All that Stripe knows of one payment. Its search by metadata lags behind what has just been done, so a payer's
 * intents are listed, which is up to date, and ours picked out. A list that is not read to its end tells nothing: a
 * hold left out would look like a command that never arrived, and be made again.
 */
import type { Stripe } from 'stripe';
import type { PaymentId } from '../../domain/index.ts';
import type { HoldRecord } from '../../payment/index.ts';
import { chargeOf, holdRecordOf, PAYMENT_MARK } from './hold-record.ts';
import type { WholeIntent } from './hold-record.ts';

export interface ListLimits {
  readonly holdLifeMs: number;
  readonly pageCountMax: number;
}

/** The most that Stripe gives at once. */
const PAGE_SIZE = 100;

/** What a list read to its end holds; null where it is longer than may be read. */
async function wholeList<Item extends { readonly id: string }>(
  pageCountMax: number,
  page: (after: { readonly starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
): Promise<Item[] | null> {
  const items: Item[] = [];
  for (let count = 0; count < pageCountMax; count++) {
    const last = items.at(-1);
    const { data, has_more: hasMore } = await page(last === undefined ? {} : { starting_after: last.id });
    items.push(...data);
    if (!hasMore || data.length === 0) return items;
  }
  return null;
}

export class KnownOfPayment {
  private readonly stripe: Stripe;
  private readonly limits: ListLimits;

  constructor(stripe: Stripe, limits: ListLimits) {
    this.stripe = stripe;
    this.limits = limits;
  }

  /** The intents of a payment, oldest first, with their charges; null where they cannot be told. */
  async intents(paymentId: PaymentId, customerId: string): Promise<Stripe.PaymentIntent[] | null> {
    const all = await wholeList(this.limits.pageCountMax, (after) =>
      this.stripe.paymentIntents.list({
        customer: customerId,
        limit: PAGE_SIZE,
        expand: ['data.latest_charge'],
        ...after,
      }),
    );
    const ours = all?.filter(({ metadata }) => metadata[PAYMENT_MARK] === paymentId) ?? null;
    return ours?.toReversed() ?? null;
  }

  /** The holds that these intents are; null where one of them is between states, or has more than can be read. */
  async holds(intents: readonly Stripe.PaymentIntent[]): Promise<HoldRecord[] | null> {
    const records: HoldRecord[] = [];
    for (const intent of intents) {
      if (intent.status === 'processing') return null;
      const whole = await this.whole(intent);
      if (whole === null) return null;
      const record = holdRecordOf(whole, this.limits.holdLifeMs);
      if (record !== null) records.push(record);
    }
    return records;
  }

  /** An intent by its id, with its charge. */
  intent(intentId: string): Promise<Stripe.PaymentIntent> {
    return this.stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] });
  }

  /** Only money that was taken can have come back. */
  private async whole(intent: Stripe.PaymentIntent): Promise<WholeIntent | null> {
    if (intent.status !== 'succeeded') return { intent, refunds: [], disputes: [] };
    const query = { payment_intent: intent.id, limit: PAGE_SIZE };
    const { pageCountMax } = this.limits;
    const refunds = await wholeList(pageCountMax, (after) =>
      this.stripe.refunds.list({ ...query, ...after }),
    );
    const isDisputed = chargeOf(intent)?.disputed ?? true;
    const disputes = isDisputed
      ? await wholeList(pageCountMax, (after) => this.stripe.disputes.list({ ...query, ...after }))
      : [];
    return refunds === null || disputes === null ? null : { intent, refunds, disputes };
  }
}
