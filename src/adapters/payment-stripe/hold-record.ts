/**
 * A PaymentIntent as the hold that the payment knows. An intent on which nothing was ever authorised is no hold: its
 * command is then unseen, is sent again under its key, and Stripe gives its first answer, the decline, once more.
 */
import type { Stripe } from 'stripe';
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import { commandId, holdId, isIdText, minor } from '../../domain/index.ts';
import type { CommandId } from '../../domain/index.ts';
import type { HoldRecord, HoldStatus, RefundRecord } from '../../payment/index.ts';

/** An intent with what else Stripe knows of it, newest first, as Stripe lists it. */
export interface WholeIntent {
  readonly intent: Stripe.PaymentIntent;
  readonly refunds: readonly Stripe.Refund[];
  readonly disputes: readonly Stripe.Dispute[];
}

/** Ours, on intents and refunds. */
export const PAYMENT_MARK = 'tillfree_payment';
export const COMMAND_MARK = 'tillfree_command';

/** Null where nothing is or was held. */
export function holdRecordOf(whole: WholeIntent, holdLifeMs: number): HoldRecord | null {
  const { intent } = whole;
  const status = holdStatusOf(intent);
  const ofCommand = markedCommand(intent.metadata);
  if (status === null || ofCommand === null) return null;
  return {
    holdId: holdId(intent.id),
    commandId: ofCommand,
    status,
    heldMinor: minor(intent.amount),
    capturedMinor: minor(intent.amount_received),
    expiresAtMs: expiryOf(intent, holdLifeMs),
    refunds: refundsOf(whole),
    disputedMinor: minor(disputedMinorOf(whole)),
  };
}

function holdStatusOf(intent: Stripe.PaymentIntent): HoldStatus | null {
  switch (intent.status) {
    case 'requires_capture':
      return 'open';
    case 'succeeded':
      return 'captured';
    case 'canceled': {
      if (chargeOf(intent)?.status !== 'succeeded') return null;
      const isEndedByTime =
        intent.cancellation_reason === 'automatic' || intent.cancellation_reason === 'expired';
      return isEndedByTime ? 'expired' : 'released';
    }
    default:
      return null;
  }
}

function expiryOf(intent: Stripe.PaymentIntent, holdLifeMs: number): EpochMs {
  const captureBeforeS = chargeOf(intent)?.payment_method_details?.card?.capture_before;
  return epochMs(captureBeforeS === undefined ? intent.created * 1000 + holdLifeMs : captureBeforeS * 1000);
}

/** The charge where it came along; Stripe sends an id alone unless it is asked for more. */
export function chargeOf(intent: Stripe.PaymentIntent): Stripe.Charge | null {
  return typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
}

function markedCommand(metadata: Stripe.Metadata | null): CommandId | null {
  const mark = metadata?.[COMMAND_MARK];
  return mark !== undefined && isIdText(mark) ? commandId(mark) : null;
}

/** Given back, by us or by somebody at Stripe's own pages; what failed was not. */
function refundsOf({ intent, refunds }: WholeIntent): RefundRecord[] {
  if (intent.status !== 'succeeded') return [];
  const letGo = remainderLetGo(intent, refunds);
  return refunds
    .filter((refund) => refund !== letGo && !isRefundVoid(refund))
    .toReversed()
    .map((refund) => ({
      commandId: markedCommand(refund.metadata) ?? commandId(refund.id),
      minor: minor(refund.amount),
    }));
}

/** A refund that came to nothing. */
export function isRefundVoid({ status }: Stripe.Refund): boolean {
  return status === 'failed' || status === 'canceled';
}

/**
 * Stripe books what a capture leaves of a hold as a refund, though no money comes back. It is the oldest, for nothing
 * can be given back before the capture; it is exactly what was left, and nobody marked it. Its missing movement on the
 * balance would say so too, but we have that from nowhere for sure, and taken for a refund it would spoil every payment.
 */
function remainderLetGo(
  intent: Stripe.PaymentIntent,
  refunds: readonly Stripe.Refund[],
): Stripe.Refund | null {
  const remainder = intent.amount - intent.amount_received;
  const oldest = refunds.at(-1);
  if (remainder <= 0 || oldest === undefined) return null;
  return oldest.amount === remainder && markedCommand(oldest.metadata) === null ? oldest : null;
}

/** Inquiries take nothing back; what was decided for the store is given again. */
const TAKES_NOTHING = new Set<string>([
  'won',
  'prevented',
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
]);

function disputedMinorOf({ intent, disputes }: WholeIntent): number {
  let sum = 0;
  for (const dispute of disputes) if (!TAKES_NOTHING.has(dispute.status)) sum += dispute.amount;
  return Math.min(sum, intent.amount_received);
}
