/**
 * Makes the example recordings in `examples/`: SIMULATED people in a small shop, by the same builder as the tests, so
 * that the product can be tried where no shop is at hand. Run by `npm run examples`; the same bytes every time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { writeMcapRecording } from '../src/adapters/recordings-mcap/index.ts';
import { assert } from '../src/base/index.ts';
import { problemText } from '../src/domain/index.ts';
import {
  firstVisitScript,
  scriptedShop,
  scriptRecording,
  twoShoppersScript,
} from '../test/builders/index.ts';
import type { Script } from '../test/builders/index.ts';
import type { StoreModel } from '../src/domain/index.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);
const SEED = 2027;

async function makeExample(name: string, store: StoreModel, script: Script): Promise<void> {
  const scripted = scriptRecording(store, script, { seed: SEED, trackLatencyMs: 120 });
  const path = new URL(`${name}.mcap`, EXAMPLES).pathname;
  const written = await writeMcapRecording({ path, recording: scripted, report: () => undefined });
  assert(written.ok, 'EXAMPLE_NOT_WRITTEN', { problem: written.ok ? '' : problemText(written.problem) });
  const receipts = scripted.people.map((person) => ({
    targetId: person.trackIds[0],
    products: [...person.items].map(([barcode, quantity]) => ({ barcode, quantity })),
  }));
  const truth = { format: 'tillfree-ground-truth', version: 1, receipts };
  writeFileSync(new URL(`${name}.ground_truth.json`, EXAMPLES), `${JSON.stringify(truth, null, 2)}\n`);
}

mkdirSync(EXAMPLES, { recursive: true });
const store = scriptedShop({ seed: SEED, fixtures: 2, shelvesPerFixture: 3, platesPerShelf: 8 });
await makeExample('first-visit', store, firstVisitScript(store));
await makeExample('two-shoppers', store, twoShoppersScript(store));
