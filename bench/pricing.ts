/** `npm run bench:pricing`: a basket of 60 units among 2,000 active promotions; see pricing-bench.ts. */
import { parseArgs } from 'node:util';
import { runPricingBench } from './pricing-bench.ts';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '5000' },
    promotions: { type: 'string', default: '2000' },
    baskets: { type: 'string', default: '500' },
    units: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const sizes = {
  products: Number(values.products),
  promotions: Number(values.promotions),
  baskets: Number(values.baskets),
  units: Number(values.units),
  seed: Number(values.seed),
};
const ways = runPricingBench(sizes);
if (values.json) console.log(JSON.stringify({ sizes, ways }));
else {
  console.log(
    `${sizes.baskets} baskets of ${sizes.units} units, ${sizes.promotions} active promotions (simulated)`,
  );
  for (const { name, p50Ms, p99Ms, savedMinor, unproved, gapMinor, hash } of ways)
    console.log(
      `${name.padEnd(15)} p50 ${p50Ms.toFixed(2).padStart(6)} ms  p99 ${p99Ms.toFixed(2).padStart(6)} ms  ` +
        `saved ${String(savedMinor).padStart(8)}  not proved ${unproved} (at most ${gapMinor} more)  ${hash}`,
    );
}
