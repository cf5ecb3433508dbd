/**
 * `npm run bench:pricing`: a basket of 60 units among 2,000 active promotions, in a supermarket and in a dense shop where
 * every product is in some fifteen promotions; see pricing-bench.ts. Sizes of one's own make one shop of them.
 */
import { parseArgs } from 'node:util';
import { runPricingBench } from './pricing-bench.ts';
import type { PricingSizes } from './pricing-shop.ts';

const { values } = parseArgs({
  options: {
    products: { type: 'string' },
    promotions: { type: 'string' },
    baskets: { type: 'string' },
    units: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const SUPERMARKET: PricingSizes = { products: 5000, promotions: 2000, baskets: 500, units: 60, seed: 1 };
const DENSE: PricingSizes = { ...SUPERMARKET, products: 1000, baskets: 200 };

const { json, ...given } = values;
const own = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, Number(text)]));
const shops: readonly PricingSizes[] =
  Object.keys(own).length > 0 ? [{ ...SUPERMARKET, ...own }] : [SUPERMARKET, DENSE];

for (const sizes of shops) {
  const ways = runPricingBench(sizes);
  if (json) {
    console.log(JSON.stringify({ sizes, ways }));
    continue;
  }
  console.log(
    `${sizes.baskets} baskets of ${sizes.units} units, ${sizes.promotions} active promotions on ${sizes.products} products (simulated)`,
  );
  for (const { name, p50Ms, p99Ms, cpuP99Ms, savedMinor, unproved, gapMinor, hash } of ways) {
    const share = (((sizes.baskets - unproved) / sizes.baskets) * 100).toFixed(1);
    // One by one proves each promotion for itself, which says nothing of them together.
    const proved = name.startsWith('best')
      ? `best proved ${share} %, ${unproved} not (at most ${gapMinor} more)  `
      : '';
    console.log(
      `${name.padEnd(15)} p50 ${p50Ms.toFixed(2).padStart(6)} ms  p99 ${p99Ms.toFixed(2).padStart(6)} ms (CPU ${cpuP99Ms.toFixed(2)})  ` +
        `saved ${String(savedMinor).padStart(8)}  ${proved}${hash}`,
    );
  }
}
