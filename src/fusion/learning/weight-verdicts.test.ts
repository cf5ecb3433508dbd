import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import { productId } from '../../domain/index.ts';
import type { ProductWeight } from '../../domain/index.ts';
import { listedProbability, logUnknownWeight, priorProductWeight } from '../goods/weight-belief.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { weightAfter } from './weight-evidence.ts';
import {
  distance,
  MOVED_SHARE_MAX,
  reviewerBookOf,
  reviewerTrust,
  standingsOf,
  weightAfterVerdict,
} from './weight-verdicts.ts';
import type { ReviewerBook } from './weight-verdicts.ts';

const TEA = productId('tea');
const listedAt = (weightGrams: number | null): ProductWeight =>
  priorProductWeight(
    { productId: TEA, name: 'Tea', weightGrams, price: null, imageUrl: null },
    FUSION_SETTINGS,
  );

function picked(weight: ProductWeight, grams: number): ProductWeight {
  const logRest = Math.log(0.005) + logUnknownWeight(grams);
  return weightAfter(weight, { grams, variance: 2, logPlace: Math.log(0.95), logRest }, FUSION_SETTINGS);
}

const tellerIn =
  (book: ReviewerBook, reviewerId = 'rita') =>
  (weight: ProductWeight, grams: number): ProductWeight => {
    const verdict = { reviewerId, productId: TEA, grams, count: 1, variance: 2 };
    return weightAfterVerdict(book, weight, { verdict, settings: FUSION_SETTINGS });
  };

describe('a reviewer who calls every pick of 88 g a product of 116 g', () => {
  test('cannot make it weigh 88 g, and is believed less and less', () => {
    const book: ReviewerBook = new Map();
    let weight = listedAt(116);
    for (let pick = 0; pick < 5; pick++) weight = picked(weight, 116);
    const before = weight;
    let trust = reviewerTrust(book, 'rita');
    for (let verdict = 0; verdict < 200; verdict++) {
      weight = tellerIn(book)(weight, 88);
      expect(distance(before, weight)).toBeLessThanOrEqual(MOVED_SHARE_MAX + 1e-9);
      if (verdict >= 3) continue;
      expect(reviewerTrust(book, 'rita')).toBeLessThan(trust);
      trust = reviewerTrust(book, 'rita');
    }
    expect(listedProbability(weight)).toBeGreaterThan(0.75);
    for (let pick = 0; pick < 3; pick++) weight = picked(weight, 116);
    expect(listedProbability(weight)).toBeGreaterThan(0.98);
  });

  test('cannot undo that another product, listed at 116 g, was found to weigh 88 g', () => {
    const book: ReviewerBook = new Map();
    let weight = listedAt(116);
    for (let pick = 0; pick < 8; pick++) weight = picked(weight, 88);
    for (let verdict = 0; verdict < 200; verdict++) weight = tellerIn(book)(weight, 116);
    expect(listedProbability(weight)).toBeLessThan(0.25);
    expect(Math.abs(present(weight.others[0], 'NO_OTHER').meanGrams - 88)).toBeLessThan(2);
  });
});

test('a reviewer whom the scales bear out is trusted more', () => {
  const book: ReviewerBook = new Map();
  const weight = listedAt(116);
  for (let verdict = 0; verdict < 20; verdict++) tellerIn(book, 'ben')(weight, 116);
  for (let verdict = 0; verdict < 20; verdict++) tellerIn(book, 'max')(weight, 300);
  expect(reviewerTrust(book, 'ben')).toBeGreaterThan(0.95);
  expect(reviewerTrust(book, 'max')).toBeLessThan(0.5);
});

test('whatever one reviewer says of a product moves no more than its bound, and the book comes back whole', () => {
  const random = seededRandom(9);
  for (const start of [listedAt(116), listedAt(null)]) {
    const book: ReviewerBook = new Map();
    let weight = start;
    for (let verdict = 0; verdict < 300; verdict++) {
      weight = tellerIn(book)(weight, 5 + 300 * random.uniform());
      const sum = weight.others.reduce(
        (total, { share }) => total + share,
        weight.listedShare + weight.anyShare,
      );
      expect(sum).toBeCloseTo(1, 9);
    }
    expect(distance(start, weight)).toBeLessThanOrEqual(MOVED_SHARE_MAX + 1e-9);
    expect(standingsOf(reviewerBookOf(standingsOf(book)))).toEqual(standingsOf(book));
  }
});
