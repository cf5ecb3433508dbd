import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import { productId } from '../../domain/index.ts';
import type { Product } from '../../domain/index.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { learnWeight, priorWeight, weightVariance } from './weight-belief.ts';
import type { WeightBelief } from './weight-belief.ts';

const product = (weightGrams: number | null): Product => ({
  productId: productId('tea'),
  name: 'Tea',
  weightGrams,
  price: null,
  imageUrl: null,
});

const prior = (weightGrams: number): WeightBelief =>
  present(priorWeight(product(weightGrams), FUSION_SETTINGS), 'NO_BELIEF');

describe('before anything is learnt', () => {
  test('the catalogue is believed, with a spread that is a share of it', () => {
    expect(prior(500)).toEqual({ meanGrams: 500, meanVariance: 25, unitVariance: 56.25, observations: 0 });
  });

  test('light things vary by their packaging', () => {
    expect(prior(10).unitVariance).toBeCloseTo(0.49, 12);
  });

  test('without a weight there is no belief', () => {
    expect(priorWeight(product(null), FUSION_SETTINGS)).toBeNull();
  });

  test('units vary on their own, the mean is wrong for all of them alike', () => {
    const belief = prior(500);
    expect(weightVariance(belief, 1)).toBeCloseTo(56.25 + 25, 9);
    expect(weightVariance(belief, 4)).toBeCloseTo(4 * 56.25 + 16 * 25, 9);
  });
});

describe('learning', () => {
  /** `units` picks of one to three units whose weights have this mean and spread. */
  function learnt(truth: { meanGrams: number; sigmaGrams: number }, units: number): WeightBelief {
    const random = seededRandom(6);
    let belief = prior(500);
    for (let pick = 0; pick < units; pick++) {
      const count = 1 + random.below(3);
      let grams = random.normal();
      for (let unit = 0; unit < count; unit++) grams += truth.meanGrams + truth.sigmaGrams * random.normal();
      belief = learnWeight(belief, { grams, count, sensorVariance: 1 });
    }
    return belief;
  }

  test('finds the mean and the spread of what is sold', () => {
    const belief = learnt({ meanGrams: 508, sigmaGrams: 3 }, 300);
    expect(Math.abs(belief.meanGrams - 508)).toBeLessThan(1);
    expect(Math.sqrt(belief.unitVariance)).toBeLessThan(4);
    expect(belief.observations).toBe(300);
  });

  test('grows surer of the mean with every pick', () => {
    let belief = prior(500);
    for (let pick = 0; pick < 20; pick++) {
      const next = learnWeight(belief, { grams: 501, count: 1, sensorVariance: 1 });
      expect(next.meanVariance).toBeLessThan(belief.meanVariance);
      belief = next;
    }
  });

  test('a noisy plate teaches less than a quiet one', () => {
    const quiet = learnWeight(prior(500), { grams: 506, count: 1, sensorVariance: 1 });
    const noisy = learnWeight(prior(500), { grams: 506, count: 1, sensorVariance: 400 });
    expect(quiet.meanGrams - 500).toBeGreaterThan(2 * (noisy.meanGrams - 500));
  });

  test('noise that the sensor explains is not the spread of the goods', () => {
    const belief = learnWeight(prior(500), { grams: 515, count: 1, sensorVariance: 400 });
    expect(belief.unitVariance).toBeLessThan(prior(500).unitVariance);
  });

  test('one wrong weight cannot turn the belief over', () => {
    const once = learnWeight(prior(500), { grams: 5000, count: 1, sensorVariance: 1 });
    expect(Math.abs(once.meanGrams - 500)).toBeLessThan(3 * Math.sqrt(25 + 56.25 + 1));
    let belief = once;
    for (let pick = 0; pick < 30; pick++)
      belief = learnWeight(belief, { grams: 500, count: 1, sensorVariance: 1 });
    expect(Math.abs(belief.meanGrams - 500)).toBeLessThan(3);
  });

  test('stays a belief, whatever it sees', () => {
    const random = seededRandom(8);
    let belief = prior(40);
    for (let pick = 0; pick < 500; pick++) {
      const grams = 40 * random.uniform() * 10 ** (3 * random.uniform() - 1);
      belief = learnWeight(belief, {
        grams,
        count: 1 + random.below(6),
        sensorVariance: random.uniform() * 100,
      });
      expect(belief.unitVariance).toBeGreaterThanOrEqual(0.49 - 1e-12);
      expect(belief.meanVariance).toBeGreaterThan(0);
      expect(Number.isFinite(belief.meanGrams)).toBe(true);
    }
  });
});
