/** What the parties of a shop are told, and what they tell. */
import type { EpochMs } from '../../base/index.ts';
import type { DataProblem, ItemCount, PartyId, ProductId, Question, VisitId } from '../../domain/index.ts';
import type { Reply } from '../../decision/index.ts';
import type { Books, PricedBasket } from '../../pricing/index.ts';
import type { MoneyDecision } from '../money/index.ts';
import type { ShopEvent } from '../shop-event.ts';
import type { Payer } from './party.ts';

export type PartyInput =
  /** Whatever the loop tells; what does not matter here is left out. */
  | { readonly kind: 'shop'; readonly atMs: EpochMs; readonly event: ShopEvent }
  /** Who pays; at the gate, or later. `isDenied` was asked of the store's money. */
  | { readonly kind: 'payer'; readonly atMs: EpochMs; readonly payer: Payer; readonly isDenied: boolean }
  | { readonly kind: 'answered'; readonly atMs: EpochMs; readonly visitId: VisitId; readonly reply: Reply }
  /** After an answer there is one more question; what was answered is kept with it. */
  | {
      readonly kind: 'asked-on';
      readonly atMs: EpochMs;
      readonly visitId: VisitId;
      readonly question: Question;
      readonly replies: readonly Reply[];
    }
  /** A person has looked, or the answers are in: this is what the visit holds. */
  | {
      readonly kind: 'reviewed';
      readonly atMs: EpochMs;
      readonly visitId: VisitId;
      readonly items: readonly ItemCount[];
    }
  /** Prices, promotions or rates have changed; what is priced from now on is priced by these. */
  | { readonly kind: 'books'; readonly atMs: EpochMs; readonly books: Books }
  | { readonly kind: 'ticked'; readonly atMs: EpochMs };

export type PartyNotice =
  /** The live basket as it would be charged. */
  | { readonly kind: 'party-priced'; readonly partyId: PartyId; readonly basket: PricedBasket }
  | {
      readonly kind: 'party-asked';
      readonly partyId: PartyId;
      readonly visitId: VisitId;
      readonly question: Question;
      readonly dueAtMs: EpochMs;
    }
  | {
      readonly kind: 'party-in-review';
      readonly partyId: PartyId;
      readonly visitId: VisitId;
      readonly dueAtMs: EpochMs;
    }
  /** Nobody answered in time; what is sure is charged, the doubt is the shopper's. */
  | { readonly kind: 'answer-waived'; readonly partyId: PartyId; readonly visitId: VisitId }
  /** Went out, and nobody pays for it yet. */
  | { readonly kind: 'visit-unclaimed'; readonly visitId: VisitId }
  /** Waited longest for somebody to pay, and had to make room. */
  | { readonly kind: 'unclaimed-dropped'; readonly visitId: VisitId }
  /** Taken, and without a price today: not charged, and somebody has to look at the price book. */
  | { readonly kind: 'item-unpriced'; readonly partyId: PartyId; readonly productId: ProductId }
  | { readonly kind: 'party-unpriced'; readonly partyId: PartyId; readonly problems: readonly DataProblem[] };

export interface PartyStep {
  /** To be told to the store's money, in this order. */
  readonly decisions: readonly MoneyDecision[];
  readonly notices: readonly PartyNotice[];
  readonly problem: PartyProblem | null;
  /** What was taken in a form that is the same whatever the store has learnt since; null where nothing changed. */
  readonly recorded: PartyInput | null;
}

export const PARTY_PROBLEM_CODES = {
  PARTY_TWICE: 'A party of that name is here already, or one of its visits is paid for by another.',
  PARTY_SOLD: 'The party has its receipt; what changes is a correction.',
  PARTY_VISIT_UNKNOWN: 'There is no such visit, or nobody pays for it yet.',
  PARTY_NOT_ASKED: 'An answer or a review for a visit that is not waiting for one.',
} as const;

export type PartyProblemCode = keyof typeof PARTY_PROBLEM_CODES;

export interface PartyProblem {
  readonly code: PartyProblemCode;
}
