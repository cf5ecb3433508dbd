/** The priced, final basket of a visit, with the decision that stands behind it. */
import type { EpochMs } from '../base/index.ts';
import type { BasketLine } from './basket.ts';
import type { TrackId, VisitId } from './ids.ts';
import type { Money } from './money.ts';

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
  readonly total: Money;
  readonly probabilityAllRight: number;
  readonly decision: Decision;
}
