/** What a visit holds, as far as anybody can tell: every line with its probability and its alternatives. */
import type { ProductId, VisitId } from './ids.ts';

export type LineStatus = 'sure' | 'being-checked';

export interface QuantityProbability {
  readonly quantity: number;
  readonly probability: number;
}

export interface BasketLine {
  readonly productId: ProductId;
  /** The number of units in the most probable basket as a whole, at least 1; alone another may be likelier. */
  readonly quantity: number;
  /** P(exactly `quantity` units). */
  readonly probability: number;
  readonly status: LineStatus;
  /** Other numbers of units, 0 among them, most probable first. */
  readonly alternatives: readonly QuantityProbability[];
}

export interface Basket {
  readonly visitId: VisitId;
  readonly lines: readonly BasketLine[];
  /** Products that are probably not held, but might be: the lines that could be missing. */
  readonly unlikely: readonly BasketLine[];
  /** P(the lines are exactly what the visit holds); pruned hypotheses count as doubt. */
  readonly probabilityAllRight: number;
}
