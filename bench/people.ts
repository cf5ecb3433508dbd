/**
 * `npm run bench:people`: how right receipts are in scripted shops. SIMULATED people and sensors of the test builders,
 * until a proper twin exists: trackers up to 2.3 s late, clocks up to 0.3 s apart, ids that change. Options: --from
 * SEED, --to SEED (5000 to 5099: no setting was tuned on them), --json.
 */
import { parseArgs } from 'node:util';
import type { Receipt, StoreModel } from '../src/domain/index.ts';
import { meanScore, scoreVisits } from '../src/app/score.ts';
import type { VisitScore } from '../src/app/score.ts';
import { replayRecording } from '../src/app/replay-recording.ts';
import {
  asRecording,
  busyShopScript,
  firstVisitScript,
  scriptRecording,
  scriptedShop,
} from '../test/builders/index.ts';
import type { Script } from '../test/builders/index.ts';

/** A receipt that says this much of itself is taken at its word. */
const SURE = 0.97;

interface Family {
  readonly name: string;
  readonly script: (store: StoreModel, seed: number) => Script;
}

const FAMILIES: readonly Family[] = [
  { name: 'one shopper, three products, one put back', script: (store) => firstVisitScript(store) },
  { name: "four shoppers in each other's way", script: busyShopScript },
];

interface Outcome {
  readonly score: VisitScore;
  readonly receipt: Receipt | undefined;
}

async function outcomesOf(family: Family, seed: number): Promise<Outcome[]> {
  const store = scriptedShop({ seed });
  const scripted = scriptRecording(store, family.script(store, seed), {
    seed,
    trackLatencyMs: seed % 2 === 0 ? 80 : 2300,
    trackClockOffsetMs: ((seed % 5) - 2) * 150,
  });
  const name = `${family.name} ${seed}`;
  const { receipts } = await replayRecording(asRecording(name, scripted));
  const truth = scripted.people.map((person) => ({
    targetId: String(person.trackIds[0]),
    products: [...person.items].map(([barcode, quantity]) => ({ barcode, quantity })),
  }));
  return scoreVisits(name, receipts, { receipts: truth }).map((score) => ({
    score,
    receipt: receipts.find(({ trackIds }) => trackIds[0] === score.targetId),
  }));
}

async function measure(family: Family, seeds: readonly number[]): Promise<Record<string, string | number>> {
  const outcomes: Outcome[] = [];
  for (const seed of seeds) {
    outcomes.push(...(await outcomesOf(family, seed)));
    if (process.stderr.isTTY) process.stderr.write(`\r${family.name}: ${seed} `);
  }
  const { visits, f1, exact } = meanScore(outcomes.map(({ score }) => score));
  const sure = outcomes.filter(({ receipt }) => (receipt?.probabilityAllRight ?? 0) > SURE);
  const charged = outcomes.filter(({ receipt }) => receipt?.decision === 'charge');
  const wrongIn = (some: readonly Outcome[]): number => some.filter(({ score }) => !score.isExact).length;
  return {
    family: family.name,
    visits,
    meanF1: f1.toFixed(3),
    exactShare: exact.toFixed(3),
    sure: sure.length,
    sureButWrong: wrongIn(sure),
    charged: charged.length,
    chargedButWrong: wrongIn(charged),
  };
}

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '5000' },
    to: { type: 'string', default: '5099' },
    json: { type: 'boolean', default: false },
  },
});
const first = Number(values.from);
const seeds = Array.from({ length: Number(values.to) - first + 1 }, (_, index) => first + index);
const rows: Record<string, string | number>[] = [];
for (const family of FAMILIES) rows.push(await measure(family, seeds));
if (values.json) console.log(JSON.stringify(rows, null, 2));
else console.table(rows);
