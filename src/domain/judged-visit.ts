/**
 * A visit whose truth somebody has told: what the system believed beside what was so. Calibration and the bound on wrong
 * receipts are learnt from these.
 */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';
import { isIdText } from './ids.ts';
import type { VisitId } from './ids.ts';

/** A person who reviews receipts, by a name that stays the same over the days. */
export type ReviewerId = Brand<string, 'ReviewerId'>;

/** `audit`: looked at because chance chose it; `shopper`: told by who shopped. */
export type JudgedBy = ReviewerId | 'audit' | 'shopper';

/** @throws AssertionFailure where `text` is no id, or one of the words that stand for no reviewer. */
export function reviewerId(text: string): ReviewerId {
  assert(isIdText(text) && text !== 'audit' && text !== 'shopper', 'REVIEWER_ID_UNUSABLE', { text });
  return text as ReviewerId;
}

export interface JudgedLine {
  /** P(this quantity), as fusion told it: not calibrated. */
  readonly probability: number;
  readonly isRight: boolean;
}

export interface JudgedVisit {
  readonly visitId: VisitId;
  readonly judgedBy: JudgedBy;
  /** As fusion told it at exit: not calibrated. */
  readonly probabilityAllRight: number;
  /** The lines as told, nothing waived, were exactly what the visit held. */
  readonly isAllRight: boolean;
  /** The lines as told, nothing waived, held something that the visit did not. */
  readonly isOvercharged: boolean;
  readonly lines: readonly JudgedLine[];
}
