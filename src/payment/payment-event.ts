/** What a payment can be told. Events are plain data: kept in order, they are the durable record of a payment. */
import type { EpochMs } from '../base/index.ts';
import type { CommandId, Currency, Minor, Money, PartyId, PaymentId, VisitId } from '../domain/index.ts';
import type { ProcessorFeatures, ProcessorReply } from './processor.ts';
import type { Sale } from './sale.ts';

/** A guest has nothing but this token; the card's number is never ours to know. */
export interface CardTender {
  readonly token: string;
  /** Held at entry; raised as the basket grows. */
  readonly firstHoldMinor: Minor;
}

/** Used before the card. The caller has set the part aside, so that no other payment uses it. */
export interface PrepaidTender {
  readonly balanceId: string;
  readonly reservedMinor: Minor;
}

/** Fixed when a payment begins and kept with it: a changed setting never changes a payment that runs. */
export interface PaymentTerms {
  readonly paymentId: PaymentId;
  /** One payer; the visits of all who came with them are paid together. */
  readonly partyId: PartyId;
  readonly visitIds: readonly VisitId[];
  readonly currency: Currency;
  readonly card: CardTender | null;
  readonly prepaid: PrepaidTender | null;
  /** The most that the shopper agreed to have taken from the card. */
  readonly capMinor: Minor;
  /** What this payment adds to, where it is a correction up of one that is charged. */
  readonly supplementOf: PaymentId | null;
  readonly processor: ProcessorFeatures;
  readonly timing: PaymentTiming;
}

export interface PaymentTiming {
  /** Without an answer for this long we ask. */
  readonly replyTimeoutMs: number;
  /** Pauses between questions double up to this. */
  readonly askPauseMsMax: number;
  /** A request that has not arrived by then never will. */
  readonly inFlightMsMax: number;
  /**
   * A command is sent again for this long after it was first sent. Together with `inFlightMsMax` it is shorter than
   * the processor remembers keys; after that the command is buried and, where it is still wanted, a new one made.
   */
  readonly resendMsMax: number;
  /** This long before its end a hold is replaced (but not in the first half of its life), or let go at half of it. */
  readonly renewBeforeMs: number;
  /** Holds in the life of a payment, replacements included; after the last one it is let go. */
  readonly holdCountMax: number;
}

/** Our own decisions. They can be refused. */
export type PaymentDecision =
  | {
      readonly kind: 'begin';
      readonly atMs: EpochMs;
      readonly terms: PaymentTerms;
      /** The deny list was asked. */
      readonly isDenied: boolean;
    }
  | { readonly kind: 'basket-changed'; readonly atMs: EpochMs; readonly total: Money }
  /** The party has left and its final amount is known; zero lets the hold go. */
  | { readonly kind: 'settle'; readonly atMs: EpochMs; readonly sale: Sale }
  | { readonly kind: 'correct'; readonly atMs: EpochMs; readonly sale: Sale; readonly hasConsent: boolean }
  /** More is to be charged by another payment; its amount counts towards the cap of this one. */
  | {
      readonly kind: 'supplement';
      readonly atMs: EpochMs;
      readonly amount: Money;
      readonly hasConsent: boolean;
    }
  /** The visit came to nothing. */
  | { readonly kind: 'give-up'; readonly atMs: EpochMs }
  | { readonly kind: 'write-off'; readonly atMs: EpochMs }
  /** What the shopper's bank took back was not owed: the amount as corrected is at least that much less. */
  | { readonly kind: 'accept-dispute'; readonly atMs: EpochMs; readonly sale: Sale };

/** What happens to a payment. It is taken as it comes, late, twice or out of order. */
export type PaymentNews =
  | {
      readonly kind: 'reply';
      readonly atMs: EpochMs;
      readonly commandId: CommandId;
      readonly reply: ProcessorReply;
    }
  /** A webhook is a hint that something has changed; what has, we ask. */
  | { readonly kind: 'webhook'; readonly atMs: EpochMs }
  | { readonly kind: 'tick'; readonly atMs: EpochMs }
  /** The process began anew: whatever was on its way is in doubt. */
  | { readonly kind: 'restarted'; readonly atMs: EpochMs };

export type PaymentEvent = PaymentDecision | PaymentNews;
