/** What the shopper may be asked about a basket in doubt, and what each answer would say. */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';
import { isIdText } from './ids.ts';
import type { ProductId, VisitId } from './ids.ts';

export type QuestionId = Brand<string, 'QuestionId'>;

/** @throws AssertionFailure unless `text` may serve as an id. */
export function questionId(text: string): QuestionId {
  assert(isIdText(text), 'QUESTION_ID_NOT_PRINTABLE', { text });
  return text as QuestionId;
}

export interface ItemCount {
  readonly productId: ProductId;
  readonly quantity: number;
}

/** A whole basket that a visit may hold; what is not listed is not held. What is missing from 1 nobody listed. */
export interface BasketAlternative {
  readonly items: readonly ItemCount[];
  readonly probability: number;
}

export type QuestionKind = 'how-many' | 'which' | 'put-back' | 'have';

/** The number of units of a product is within these, both included; null: without a limit. */
export interface QuantityRange {
  readonly productId: ProductId;
  readonly quantityMin: number;
  readonly quantityMax: number | null;
}

export interface Answer {
  readonly answerId: string;
  /** What the answer says, all of it together; null: nothing of what the other answers say. */
  readonly claims: readonly QuantityRange[] | null;
}

/** Between two and four answers, of which exactly one is true of any basket. */
export interface Question {
  readonly questionId: QuestionId;
  readonly visitId: VisitId;
  readonly kind: QuestionKind;
  readonly productIds: readonly ProductId[];
  readonly answers: readonly Answer[];
  /** By how much an answer is expected to lower the cost of deciding, before what asking costs; whole minor units. */
  readonly expectedGainMinor: number;
}
