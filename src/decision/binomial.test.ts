import { expect, test } from 'vitest';
import { atLeastHits, atMostHits } from './binomial.ts';

/** python3 -c "from scipy.stats import binom; print(binom.cdf(hits, count, share))" */
const AT_MOST: readonly (readonly [hits: number, count: number, share: number, value: number])[] = [
  [0, 460, 0.005, 0.09968209181797481],
  [2, 1000, 0.005, 0.12401961723200054],
  [7, 20, 0.3, 0.7722717974181608],
  [20, 20, 0.4, 1],
  [3, 20_000, 0.0001, 0.8571324836778794],
];

test('golden values', () => {
  for (const [hits, count, share, value] of AT_MOST)
    expect(atMostHits({ count, hits }, share)).toBeCloseTo(value, 9);
});

test('the tail is the sum of what it stands for', () => {
  const [count, share] = [12, 0.37];
  let sum = 0;
  let term = (1 - share) ** count;
  for (let hits = 0; hits <= count; hits++) {
    sum += term;
    expect(atMostHits({ count, hits }, share)).toBeCloseTo(sum, 10);
    expect(atLeastHits({ count, hits }, share)).toBeCloseTo(1 - sum + term, 10);
    term *= ((count - hits) / (hits + 1)) * (share / (1 - share));
  }
});

test('no trial says nothing', () => {
  expect(atMostHits({ count: 0, hits: 0 }, 0.01)).toBe(1);
  expect(atLeastHits({ count: 0, hits: 0 }, 0.01)).toBe(1);
});
