/** What fusion has learnt as one plain value, and a state that begins with it. */
import type { ProductWeight, StoreKnowledge } from '../../domain/index.ts';
import type { FusionState } from '../fusion-state.ts';
import { setSwap, swapPairs } from './swapped-places.ts';
import { reviewerBookOf, standingsOf } from './weight-verdicts.ts';

/** Everything learnt so far; products of which nothing was learnt are left out. */
export function knowledgeOf(state: FusionState): StoreKnowledge {
  const { learnt, store, places } = state;
  const weights = [...state.weights]
    .filter(([, weight]) => isLearnt(state, weight))
    .map(([productId, weight]) => {
      const { name = productId, weightGrams = null } = store.catalogue.byId.get(productId) ?? {};
      return { productId, name, catalogueGrams: weightGrams, weight };
    });
  return {
    storeId: store.layout.storeId,
    learntFromVisits: learnt.visitCount,
    untilMs: learnt.untilMs,
    weights,
    swaps: swapPairs(learnt.swaps),
    placePicks: { ...places.picks },
    notices: [...learnt.notices.values()],
    reviewers: standingsOf(learnt.reviewers),
    reachSpread: state.bodies.reachSpread,
    ...learnt.carried,
  };
}

function isLearnt({ settings }: FusionState, weight: ProductWeight): boolean {
  const listedPrior = weight.listed ? 1 - settings.catalogueWrongShare : 0;
  return (
    (weight.listed?.observations ?? 0) > 0 || weight.others.length > 0 || weight.listedShare !== listedPrior
  );
}

/**
 * Begins `state` with what was learnt before. Products that the catalogue no longer has, or for which it has another
 * weight now, are learnt anew.
 */
export function withKnowledge(state: FusionState, knowledge: StoreKnowledge): FusionState {
  const { learnt, store } = state;
  const isCurrent = (product: StoreKnowledge['weights'][number]): boolean =>
    store.catalogue.byId.get(product.productId)?.weightGrams === product.catalogueGrams;
  const current = knowledge.weights.filter(isCurrent);
  const products = new Set(current.map(({ productId }) => productId));
  for (const { productId, weight } of current) state.weights.set(productId, weight);
  for (const { productIds, logOdds } of knowledge.swaps)
    if (productIds.every((product) => store.catalogue.byId.has(product)))
      setSwap(learnt.swaps, productIds, logOdds);
  for (const notice of knowledge.notices)
    if (products.has(notice.productId)) learnt.notices.set(notice.productId, notice);
  for (const [reviewerId, mark] of reviewerBookOf(knowledge.reviewers))
    learnt.reviewers.set(reviewerId, mark);
  state.places.picks = { ...knowledge.placePicks };
  learnt.visitCount = knowledge.learntFromVisits;
  learnt.untilMs = knowledge.untilMs;
  if (knowledge.reachSpread) state.bodies.reachSpread = knowledge.reachSpread;
  const { decision } = knowledge;
  learnt.carried = decision === undefined ? {} : { decision };
  return state;
}
