import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../../base/index.ts';
import { buildCatalogue } from '../../domain/index.ts';
import type { StoreKnowledge, StoreModel } from '../../domain/index.ts';
import { scriptedShop } from '../../../test/builders/index.ts';
import { createFusion } from '../fusion-state.ts';
import { listedProbability, priorProductWeight } from '../goods/weight-belief.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { knowledgeOf, withKnowledge } from './knowledge.ts';
import { weightAfter } from './weight-evidence.ts';

const store = scriptedShop({ seed: 5, fixtures: 1, shelvesPerFixture: 1 });
const [TEA, JAM] = store.catalogue.products.filter(({ weightGrams }) => weightGrams !== null);
const tea = present(TEA, 'SHOP_TOO_SMALL');
const jam = present(JAM, 'SHOP_TOO_SMALL');

/** A store in which tea was found to weigh other than listed. */
function learntOf(): StoreKnowledge {
  const state = createFusion(store);
  let weight = priorProductWeight(tea, FUSION_SETTINGS);
  const grams = 0.7 * present(tea.weightGrams, 'NO_WEIGHT');
  for (let pick = 0; pick < 4; pick++)
    weight = weightAfter(weight, { grams, variance: 2, logPlace: -0.05, logRest: -20 }, FUSION_SETTINGS);
  state.weights.set(tea.productId, weight);
  state.weights.set(jam.productId, priorProductWeight(jam, FUSION_SETTINGS));
  state.places.picks = { own: 10.25, neighbour: 0.5, elsewhere: 0.125 };
  state.learnt.visitCount = 3;
  state.learnt.untilMs = epochMs(1_700_000_000_000);
  state.learnt.swaps.set(tea.productId, new Map([[jam.productId, -3.5]]));
  state.learnt.swaps.set(jam.productId, new Map([[tea.productId, -3.5]]));
  return knowledgeOf(state);
}

const corrected = (weightGrams: number): StoreModel => {
  const rows = store.catalogue.products.map((product) => ({
    ...product,
    code: product.productId,
    weightGrams: product === tea ? weightGrams : product.weightGrams,
    where: 'test',
  }));
  return { ...store, catalogue: buildCatalogue(rows).catalogue };
};

describe('what was learnt', () => {
  test('comes back as it was, and leaves out what nobody has learnt', () => {
    const knowledge = learntOf();
    expect(knowledge.weights.map(({ productId }) => productId)).toEqual([tea.productId]);
    expect(knowledge.swaps).toHaveLength(1);
    expect(knowledgeOf(withKnowledge(createFusion(store), knowledge))).toEqual(knowledge);
  });

  test('is used from the first step on', () => {
    const state = withKnowledge(createFusion(store), learntOf());
    expect(listedProbability(present(state.weights.get(tea.productId), 'NOT_LEARNT'))).toBeLessThan(0.1);
  });

  test('of a weight is void once the catalogue row is corrected', () => {
    const state = withKnowledge(createFusion(corrected(77)), learntOf());
    expect(state.weights.has(tea.productId)).toBe(false);
    expect(state.places.picks.own).toBe(10.25);
  });

  test('carries along what it does not understand', () => {
    const knowledge = { ...learntOf(), decision: { version: 9, secret: [1, 2] } };
    expect(knowledgeOf(withKnowledge(createFusion(store), knowledge)).decision).toEqual(knowledge.decision);
  });
});
