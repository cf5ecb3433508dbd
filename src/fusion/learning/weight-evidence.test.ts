import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import { productId } from '../../domain/index.ts';
import type { ProductWeight } from '../../domain/index.ts';
import {
  learnWeight,
  listedProbability,
  logProductWeight,
  logUnknownWeight,
  priorProductWeight,
} from '../goods/weight-belief.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { weightAfter } from './weight-evidence.ts';

const prior = (weightGrams: number | null): ProductWeight =>
  priorProductWeight(
    { productId: productId('tea'), name: 'Tea', weightGrams, price: null, imageUrl: null },
    FUSION_SETTINGS,
  );

/** What nothing explains but an item that is in no catalogue. */
const byNothing = (grams: number): number => Math.log(0.005) + logUnknownWeight(grams);
/** What a neighbour of exactly this weight explains, taken from the wrong place. */
const BY_NEIGHBOUR = Math.log(0.015 * 0.2);

function after(weight: ProductWeight, steps: readonly number[], logRest = byNothing): ProductWeight {
  let belief = weight;
  for (const grams of steps) {
    const step = { grams, variance: 2, logPlace: Math.log(0.95), logRest: logRest(grams) };
    belief = weightAfter(belief, step, FUSION_SETTINGS);
  }
  return belief;
}

const probabilityWrong = (weight: ProductWeight): number => 1 - listedProbability(weight);
const sumOf = (weight: ProductWeight): number =>
  weight.listedShare + weight.anyShare + weight.others.reduce((sum, { share }) => sum + share, 0);

describe('a catalogue weight of 116 g', () => {
  test('is doubted after one odd step, and no more believed after three alike', () => {
    const once = after(prior(116), [88]);
    expect(probabilityWrong(once)).toBeGreaterThan(probabilityWrong(prior(116)));
    expect(probabilityWrong(once)).toBeLessThan(0.6);
    const thrice = after(prior(116), [88, 87.4, 88.9]);
    expect(probabilityWrong(thrice)).toBeGreaterThan(0.99);
    expect(Math.abs(present(thrice.others[0], 'NO_OTHER').meanGrams - 88)).toBeLessThan(1);
  });

  test('is doubted little by a step that a neighbour explains, and is wrong where that goes on and on', () => {
    const near = (): number => BY_NEIGHBOUR;
    expect(probabilityWrong(after(prior(116), [88], near))).toBeLessThan(0.06);
    expect(probabilityWrong(after(prior(116), [88, 87.4], near))).toBeLessThan(0.9);
    expect(probabilityWrong(after(prior(116), [88, 87.4, 88.9, 88.2, 87.8], near))).toBeGreaterThan(0.99);
  });

  test('is not doubted because people mostly take two of them', () => {
    const mostly = after(
      prior(116),
      Array.from({ length: 40 }, (_, pick) => (pick % 8 === 7 ? 116 : 230 + (pick % 5))),
    );
    expect(probabilityWrong(mostly)).toBeLessThan(0.01);
  });

  test('is doubted where nobody ever takes one, more with every pick, until somebody does', () => {
    const twos = (count: number): number[] => Array.from({ length: count }, (_, pick) => 230 + (pick % 5));
    expect(probabilityWrong(after(prior(116), twos(5)))).toBeLessThan(0.05);
    const dozens = after(prior(116), twos(50));
    expect(probabilityWrong(dozens)).toBeGreaterThan(0.9);
    expect(Math.abs(present(dozens.others[0], 'NO_OTHER').meanGrams - 232)).toBeLessThan(1);
    expect(probabilityWrong(after(dozens, [116, 115.6]))).toBeLessThan(0.05);
  });

  test('that is half of what it should be is found by picks of two and of four that are ones and twos', () => {
    const steps = Array.from({ length: 16 }, (_, pick) => (pick % 4 === 3 ? 464 : 232) + (pick % 3));
    expect(probabilityWrong(after(prior(116), steps))).toBeGreaterThan(0.5);
  });

  test('is believed again when its own weight comes back', () => {
    const wrong = after(prior(116), [88, 88, 88, 88, 88, 88, 88, 88, 88, 88]);
    expect(probabilityWrong(wrong)).toBeGreaterThan(0.99);
    expect(probabilityWrong(after(wrong, [116, 116.5, 115.8, 116.2]))).toBeLessThan(0.1);
  });

  test('is hardly doubted by odd steps that do not agree with each other', () => {
    const odd = after(prior(116), [300, 116, 41, 116.4, 520, 115.2, 74, 116, 190, 117]);
    expect(probabilityWrong(odd)).toBeLessThan(0.05);
  });
});

describe('a product without a weight', () => {
  test('gets one from its picks, whether of one unit or of several', () => {
    const weight = after(prior(null), [88, 176.5, 87.2, 88.4, 175.3]);
    const [other] = weight.others;
    expect(Math.abs(present(other, 'NO_OTHER').meanGrams - 88)).toBeLessThan(1);
    expect(present(other, 'NO_OTHER').share).toBeGreaterThan(0.95);
    expect(weight.listedShare).toBe(0);
  });
});

test('whatever it sees, shares stay shares and few', () => {
  const random = seededRandom(4);
  for (const start of [prior(116), prior(null)]) {
    let weight = start;
    for (let step = 0; step < 400; step++) {
      const grams = 3 * 2000 ** random.uniform();
      const logRest = random.below(4) === 0 ? -Infinity : -20 * random.uniform();
      weight = weightAfter(
        weight,
        { grams, variance: 0.5 + 50 * random.uniform(), logPlace: -8 * random.uniform(), logRest },
        FUSION_SETTINGS,
      );
      expect(sumOf(weight)).toBeCloseTo(1, 9);
      expect(weight.others.length).toBeLessThanOrEqual(4);
      for (const share of [weight.listedShare, weight.anyShare]) expect(share).toBeGreaterThanOrEqual(0);
    }
  }
});

test('the density over all weights is that of the catalogue while that is believed', () => {
  const weight = prior(116);
  const listed = present(weight.listed, 'NO_LISTED');
  const right = logProductWeight(weight, { grams: 116, count: 1, variance: 2 });
  expect(Math.exp(right)).toBeCloseTo(
    0.98 / Math.sqrt(2 * Math.PI * (2 + listed.unitVariance + listed.meanVariance)),
    3,
  );
  const wrong = logProductWeight(weight, { grams: 88, count: 1, variance: 2 });
  expect(wrong).toBeCloseTo(Math.log(0.02) + logUnknownWeight(88), 6);
});

test('the spread that is learnt covers what comes, and an unsure pick teaches less', () => {
  const random = seededRandom(11);
  const squares: number[] = [];
  for (let product = 0; product < 60; product++) {
    let belief = present(prior(400).listed, 'NO_LISTED');
    const truth = 400 + 3 * random.normal();
    for (let pick = 0; pick < 60; pick++) {
      const grams = truth + 4 * random.normal() + 1.5 * random.normal();
      const sigma = Math.sqrt(belief.unitVariance + belief.meanVariance + 2.25);
      if (pick >= 30) squares.push(((grams - belief.meanGrams) / sigma) ** 2);
      belief = learnWeight(belief, { grams, count: 1, sensorVariance: 2.25 });
    }
  }
  const rms = Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
  expect(rms).toBeGreaterThan(0.85);
  expect(rms).toBeLessThan(1.1);
  const before = present(prior(400).listed, 'NO_LISTED');
  const seen = { grams: 408, count: 1, sensorVariance: 2 };
  const sure = learnWeight(before, seen).meanGrams - 400;
  const unsure = learnWeight(before, seen, 0.2).meanGrams - 400;
  expect(unsure).toBeGreaterThan(0);
  expect(unsure).toBeLessThan(0.5 * sure);
});
