/**
 * The port to whoever moves money. A request has an id of ours that stays the same however often it is sent: an
 * adapter passes it on both as the processor's idempotency key and as a mark by which a look-up finds it again. Every
 * answer that is not a refusal tells all that the processor knows of the payment, so that a lost answer can be made
 * up for by any later one. No answer, or trouble on the way, is `unknown`: the request may or may not have had effect.
 */
import type { EpochMs } from '../base/index.ts';
import type { CommandId, HoldId, Minor, Money, PaymentId } from '../domain/index.ts';

export interface ProcessorFeatures {
  /** An open hold can be raised; where it cannot, a larger one replaces it. */
  readonly isIncremental: boolean;
}

interface Addressed {
  readonly commandId: CommandId;
  readonly paymentId: PaymentId;
}

export type ProcessorRequest =
  | (Addressed & { readonly kind: 'hold'; readonly token: string; readonly amount: Money })
  /** To this amount in all, not by it. */
  | (Addressed & { readonly kind: 'increase'; readonly holdId: HoldId; readonly amount: Money })
  /** What is held beyond the amount is let go. */
  | (Addressed & { readonly kind: 'capture'; readonly holdId: HoldId; readonly amount: Money })
  | (Addressed & { readonly kind: 'release'; readonly holdId: HoldId })
  | (Addressed & { readonly kind: 'refund'; readonly holdId: HoldId; readonly amount: Money })
  /**
   * With the card's token of the terms, null where there is none: a processor may know no surer way to find a payment
   * than by its payer, because what finds by our ids may lag behind.
   */
  | (Addressed & { readonly kind: 'look-up'; readonly token: string | null });

export type HoldStatus = 'open' | 'captured' | 'released' | 'expired';

export interface RefundRecord {
  readonly commandId: CommandId;
  readonly minor: Minor;
}

/** A hold as the processor knows it. */
export interface HoldRecord {
  readonly holdId: HoldId;
  /** Of the request that made it. */
  readonly commandId: CommandId;
  readonly status: HoldStatus;
  readonly heldMinor: Minor;
  readonly capturedMinor: Minor;
  readonly expiresAtMs: EpochMs;
  readonly refunds: readonly RefundRecord[];
  /** Taken back by the shopper's bank while it looks into a complaint, or for good. */
  readonly disputedMinor: Minor;
}

export type RefusalCode =
  'declined' | 'increase-refused' | 'hold-over' | 'hold-unknown' | 'refund-refused' | 'request-unusable';

export type ProcessorReply =
  | { readonly kind: 'told'; readonly holds: readonly HoldRecord[] }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'unknown' };

/** Implemented by adapters. `answer` may be called late, more than once, or never. */
export interface PaymentProcessor {
  readonly features: ProcessorFeatures;
  send(request: ProcessorRequest, answer: (reply: ProcessorReply) => void): void;
}
