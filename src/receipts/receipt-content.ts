/**
 * What a receipt says. It is plain data, complete in itself: whoever reads it in ten years needs no catalogue, no price
 * book and no rate pack. Money is kept to the single unit, so that any unit can be given back at exactly what was paid
 * for it, and everything that is summed is summed from units.
 */
import type { EpochMs } from '../base/index.ts';
import type { Currency, PartyId, PaymentId, ProductId, StoreId, VisitId } from '../domain/index.ts';
import type { Funder, LocalTime } from '../pricing/index.ts';
import type { FiscalMark } from './fiscal.ts';
import type { ReceiptId } from './receipt-id.ts';
import type { CorrectedBy, CorrectionReason } from './reasons.ts';
import type { Seller } from './seller.ts';

/** What proves a line, by name, and by the hash of its content as it was when the receipt was issued. */
export interface EvidenceLink {
  readonly kind: 'interaction' | 'scan' | 'tag' | 'scale' | 'answer' | 'review' | 'associate';
  readonly ref: string;
  /** SHA-256, hexadecimal; null where the evidence is a statement that stands for itself. */
  readonly hash: string | null;
}

/** A part of a tax, on one unit or fee. */
export interface TaxShare {
  readonly authority: string;
  readonly taxClass: string;
  readonly perMillion: number;
  readonly baseMinor: number;
  readonly minor: number;
}

/** What came off the list price of one unit. */
export interface Reduction {
  /** A promotion's id, or `label`, `loyalty-price`, or the reason of a correction. */
  readonly because: string;
  /** For people; empty where `because` says it all. */
  readonly name: string;
  readonly funder: Funder;
  readonly minor: number;
}

/** A fee that one unit or bag carries. */
export interface FeeShare {
  readonly fee: string;
  readonly minor: number;
  readonly taxes: readonly TaxShare[];
}

export interface ReceiptUnit {
  readonly listMinor: number;
  readonly reductions: readonly Reduction[];
  /** List less reductions; tax is inside where prices include it. */
  readonly netMinor: number;
  readonly taxes: readonly TaxShare[];
  readonly fees: readonly FeeShare[];
  /** The revision that gave it back; null as long as it counts. */
  readonly givenBackIn: number | null;
}

export interface ReceiptLine {
  readonly lineId: string;
  readonly productId: ProductId;
  readonly name: string;
  /** What the package weighs, where it is sold by weight: its line has one unit. */
  readonly grams: number | null;
  readonly perKilogramMinor: number | null;
  readonly units: readonly ReceiptUnit[];
  /** Told beside a reduction; null where nothing was reduced or nobody asks for it. */
  readonly lowestPrice30DaysMinor: number | null;
  /** How sure the line was when it was decided; null where somebody scanned or keyed it. */
  readonly probability: number | null;
  readonly evidence: readonly EvidenceLink[];
}

/** A kind of fee, and those of it that no unit carries, such as bags. */
export interface ReceiptFee {
  readonly fee: string;
  readonly name: string;
  readonly kind: 'deposit' | 'levy' | 'charge';
  /** Whom a levy is owed to. */
  readonly authority: string | null;
  readonly loose: readonly (FeeShare & { readonly givenBackIn: number | null })[];
}

export interface ReceiptTax {
  readonly authority: string;
  readonly authorityName: string;
  readonly taxClass: string;
  readonly perMillion: number;
  /** What is taxed; with the tax where prices include it. */
  readonly baseMinor: number;
  readonly minor: number;
}

/** Of all that is not given back. */
export interface ReceiptSums {
  readonly listMinor: number;
  readonly savedMinor: number;
  readonly goodsMinor: number;
  readonly feesMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly cashAdjustmentMinor: number;
  /** What the party owes for the visit, as this revision has it. */
  readonly toPayMinor: number;
  readonly taxes: readonly ReceiptTax[];
}

export interface ReceiptTender {
  readonly kind: 'card' | 'prepaid' | 'cash';
  /** What its holder knows it by, such as `Visa 4242`. */
  readonly label: string;
}

/** What a revision changed; null in the first. */
export interface ReceiptChange {
  /** Whoever asks twice for the same correction gets it once. */
  readonly correctionId: string;
  readonly reason: CorrectionReason;
  readonly by: CorrectedBy;
  readonly note: string | null;
  /** Below zero where the receipt became dearer, with consent. */
  readonly givenBackMinor: number;
}

export interface ReceiptContent {
  readonly formatVersion: 1;
  readonly receiptId: ReceiptId;
  readonly storeId: StoreId;
  readonly series: string;
  /** Without gaps in its store and series. */
  readonly number: number;
  /** From 1, without gaps. */
  readonly revision: number;
  /** Of this revision. */
  readonly issuedAtMs: EpochMs;
  /** When it was bought, in the store's own time; the same in every revision. */
  readonly localTime: LocalTime;
  readonly paymentId: PaymentId;
  readonly partyId: PartyId;
  readonly visitIds: readonly VisitId[];
  readonly seller: Seller;
  readonly currency: Currency;
  readonly includesTax: boolean;
  readonly lines: readonly ReceiptLine[];
  readonly fees: readonly ReceiptFee[];
  readonly sums: ReceiptSums;
  readonly tenders: readonly ReceiptTender[];
  /** Sentences that the law of the place asks for. */
  readonly disclosures: readonly string[];
  readonly change: ReceiptChange | null;
  readonly fiscal: FiscalMark;
}

/** A revision as it is kept: its content, its place in the store's chain, and what makes a later change show. */
export interface ReceiptRevision {
  readonly content: ReceiptContent;
  /** In the chain of all revisions of the store and series, from 1, without gaps. */
  readonly position: number;
  /** Of the revision at the position before; null at the first. */
  readonly previousHash: string | null;
  /** Of this receipt's revision before; null in its first. */
  readonly previousRevisionHash: string | null;
  /** SHA-256 of all of the above in canonical JSON, hexadecimal. */
  readonly hash: string;
}
