/** All money of one party's visits: its payments, its receipt with all revisions, its claims. A fold, never stored. */
import type { EpochMs } from '../../base/index.ts';
import type { PaymentId } from '../../domain/index.ts';
import type { PaymentState } from '../../payment/index.ts';
import type {
  Claim,
  FiscalMark,
  FiscalRequest,
  ReceiptContent,
  ReceiptRevision,
} from '../../receipts/index.ts';

/** A revision that has its number and waits for its fiscal mark. */
export interface WaitingRevision {
  readonly content: ReceiptContent;
  readonly request: FiscalRequest;
  readonly mark: FiscalMark | null;
  /** When to ask the device again. */
  readonly dueAtMs: EpochMs;
  /** When it is issued without a mark. */
  readonly deadlineAtMs: EpochMs;
}

export interface PartyAccount {
  /** The name of the first payment. */
  readonly accountId: PaymentId;
  /** The first, and then those that charge corrections up of it, in order. */
  readonly payments: readonly PaymentState[];
  /** What the receipt says by now, sealed or not; null before the exit and where nothing was taken. */
  readonly latest: ReceiptContent | null;
  readonly waiting: readonly WaitingRevision[];
  readonly revisions: readonly ReceiptRevision[];
  readonly claims: readonly Claim[];
  /** Corrections that were made, so that each is made once. */
  readonly correctionIds: readonly string[];
}

export function newAccount(accountId: PaymentId): PartyAccount {
  return {
    accountId,
    payments: [],
    latest: null,
    waiting: [],
    revisions: [],
    claims: [],
    correctionIds: [],
  };
}
