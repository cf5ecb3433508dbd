/** What a store's money can be told. Kept in order, these are its whole record. */
import type { EpochMs } from '../../base/index.ts';
import type { Money, PaymentId } from '../../domain/index.ts';
import type { PaymentNews, PaymentProblemCode, PaymentTerms, ProcessorRequest } from '../../payment/index.ts';
import type {
  ClaimEvent,
  ClaimProblemCode,
  Correction,
  FiscalReply,
  FiscalRequest,
  ReceiptGoods,
  ReceiptProblemCode,
  ReceiptTender,
  Seller,
} from '../../receipts/index.ts';
import type { MoneyProblemCode } from './problem-codes.ts';

interface OfAccount {
  readonly accountId: PaymentId;
  readonly atMs: EpochMs;
}

export type MoneyDecision = OfAccount &
  (
    | { readonly kind: 'began'; readonly terms: PaymentTerms; readonly isDenied: boolean }
    | { readonly kind: 'basket-changed'; readonly total: Money }
    | { readonly kind: 'gave-up' }
    /** At the exit: what was taken, priced. */
    | {
        readonly kind: 'sold';
        readonly goods: ReceiptGoods;
        readonly seller: Seller;
        readonly tenders: readonly ReceiptTender[];
      }
    | { readonly kind: 'corrected'; readonly correction: Correction; readonly hasConsent: boolean }
    /** We agree with the shopper's bank; the correction gives back at least what it took. */
    | { readonly kind: 'dispute-accepted'; readonly correction: Correction }
    | {
        readonly kind: 'claimed';
        readonly claimId: string;
        readonly claim: ClaimEvent;
      }
    | { readonly kind: 'wrote-off'; readonly paymentId: PaymentId }
    /** Paid in beforehand, in whatever way; the account is named after that payment, and counts once. */
    | { readonly kind: 'prepaid-loaded'; readonly balanceId: string; readonly amount: Money }
  );

export type MoneyNews = OfAccount &
  (
    | { readonly kind: 'payment-told'; readonly paymentId: PaymentId; readonly news: PaymentNews }
    | { readonly kind: 'fiscal-told'; readonly fiscalId: string; readonly reply: FiscalReply }
    | { readonly kind: 'ticked' }
    | { readonly kind: 'restarted' }
  );

export type MoneyEvent = MoneyDecision | MoneyNews;

/** To be sent once the event is kept. */
export type MoneyCommand =
  | { readonly to: 'processor'; readonly request: ProcessorRequest }
  | { readonly to: 'fiscal-device'; readonly request: FiscalRequest };

export interface MoneyProblem {
  readonly code: PaymentProblemCode | ReceiptProblemCode | ClaimProblemCode | MoneyProblemCode;
  /** What was wrong, where there is more to say than the code does. */
  readonly what: string | null;
}
