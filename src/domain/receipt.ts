/** The priced, final basket of a visit, with the decision that stands behind it. */
import type { EpochMs } from '../base/index.ts';
import type { BasketLine } from './basket.ts';
import type { TrackId, VisitId } from './ids.ts';
import type { Money } from './money.ts';
import type { ItemCount, Question } from './question.ts';

/** What to do with a receipt: take the money, ask the shopper, have an employee look, or let it go. */
export type Decision = 'charge' | 'ask' | 'review' | 'waive';

export interface ReceiptLine extends BasketLine {
  readonly name: string;
  /** Null where the catalogue has no price: such a line is never charged. */
  readonly unitPrice: Money | null;
  readonly amount: Money | null;
}

export interface Receipt {
  readonly visitId: VisitId;
  readonly trackIds: readonly TrackId[];
  readonly revision: number;
  readonly enteredAtMs: EpochMs;
  readonly leftAtMs: EpochMs;
  readonly lines: readonly ReceiptLine[];
  readonly unlikely: readonly BasketLine[];
  /** Of all lines as told. */
  readonly total: Money;
  /** Calibrated on the store's own judged visits, as far as there are any. */
  readonly probabilityAllRight: number;
  readonly decision: Decision;
  /** What to ask, where the decision is to ask. */
  readonly question: Question | null;
  readonly charge: ReceiptCharge;
  /** Chance chose this visit to be looked at afterwards, so that the shop learns from sure receipts too. */
  readonly isAudited: boolean;
  /** As fusion told it, for judging it later: calibration is learnt from this. */
  readonly uncalibrated: { readonly probabilityAllRight: number; readonly lines: readonly number[] };
}

/** What is charged unless an answer or a review says otherwise: never more than was told, and only what has a price. */
export interface ReceiptCharge {
  readonly items: readonly ItemCount[];
  readonly total: Money;
  /** Told and priced, but not charged for doubt. */
  readonly waived: Money;
}
