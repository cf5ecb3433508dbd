/** The pricing benchmark in small: the same result each time, with and without an index; nothing here looks at time. */
import { expect, test } from 'vitest';
import { runPricingBench } from '../../bench/pricing-bench.ts';

/** A change here is a change of what baskets cost: say why. */
const HASH = '5f0212b1428f';

test('the index changes nothing, the search saves more than one promotion after the other, and is proved', () => {
  const sizes = { products: 500, promotions: 200, baskets: 30, units: 30, seed: 3 };
  const [best, plain, oneByOne] = runPricingBench(sizes);
  expect(best!.hash).toBe(HASH);
  expect(plain!.hash).toBe(HASH);
  expect(best!.unproved).toBe(0);
  expect(best!.savedMinor).toBeGreaterThan(oneByOne!.savedMinor);
});
