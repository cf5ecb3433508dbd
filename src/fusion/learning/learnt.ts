/** What learning itself remembers, beside the beliefs that it moves. */
import type { EpochMs } from '../../base/index.ts';
import type { ProductId, StoreKnowledge, WeightNotice } from '../../domain/index.ts';
import type { SwapBeliefs } from './swapped-places.ts';
import type { ReviewerBook } from './weight-verdicts.ts';

export interface Learnt {
  readonly swaps: SwapBeliefs;
  /** Products whose weight is established to be another than the catalogue's. */
  readonly notices: Map<ProductId, WeightNotice>;
  /** What was noticed since it was last told. */
  readonly untold: WeightNotice[];
  readonly reviewers: ReviewerBook;
  visitCount: number;
  untilMs: EpochMs | null;
  /** Carried along for others. */
  carried: Pick<StoreKnowledge, 'decision'>;
}

export function createLearnt(): Learnt {
  return {
    swaps: new Map(),
    notices: new Map(),
    untold: [],
    reviewers: new Map(),
    visitCount: 0,
    untilMs: null,
    carried: {},
  };
}

/** What was noticed, each once. */
export function takeNotices(learnt: Learnt): WeightNotice[] {
  return learnt.untold.splice(0);
}
