/** The simulation of payments over many seeds: `npm run sim:payment -- --seeds 1000000 --from 0`. */
import { parseArgs } from 'node:util';
import { PARTS, runSeeds, violationText } from '../test/sim/payment/index.ts';

const SEEDS_AT_A_TIME = 5000;

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' } },
});
const from = Number(values.from);
const count = Number(values.seeds);
if (!Number.isSafeInteger(from) || !Number.isSafeInteger(count) || count < 1) {
  console.error('usage: npm run sim:payment -- [--seeds COUNT] [--from SEED]');
  process.exit(2);
}

const beganAtMs = Date.now();
let stepCount = 0;
let crashCount = 0;
for (let done = 0; done < count; done += SEEDS_AT_A_TIME) {
  const run = runSeeds({ from: from + done, count: Math.min(SEEDS_AT_A_TIME, count - done) }, PARTS);
  stepCount += run.stepCount;
  crashCount += run.crashCount;
  const seconds = (Date.now() - beganAtMs) / 1000;
  const soFar = done + run.seedCount;
  console.log(
    `${soFar} of ${count} seeds, ${stepCount} steps, ${crashCount} crashes, ` +
      `${Math.round(soFar / seconds)} seeds a second`,
  );
  if (run.violation === null) continue;
  console.log(violationText(run.violation));
  process.exit(1);
}
console.log('no violation');
