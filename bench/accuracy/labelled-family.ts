/**
 * Real labelled shopping acted out in the real geometry: the 28 visits of the AutoCheckout competition, one per seed.
 * The data is not part of this repository (sources: docs/benchmarks.md); without it the family is left out, said so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import { assert } from '../../src/base/index.ts';
import type { StoreModel } from '../../src/domain/index.ts';
import { importStore, LABELLED_TRUE_WEIGHTS, planScript, scriptOfLabelled } from '../../src/twin/index.ts';
import type { LabelledVisit } from '../../src/twin/index.ts';
import type { BenchRun } from './benchmark-run.ts';
import type { Family } from './families.ts';
import { twinRun } from './twin-run.ts';

const NAME = 'labelled-visits';

function makeRun(labelled: LabelledVisit, store: StoreModel, seed: number): BenchRun {
  const { model, script } = scriptOfLabelled(labelled, store);
  const world = importStore({ model, seed, trueWeights: LABELLED_TRUE_WEIGHTS }).store;
  const { plan, problems } = planScript({ script, store: world, seed, trackLatency: 'recorded' });
  assert(problems.length === 0, 'LABELLED_VISIT_UNPLAYABLE', { visit: labelled.visit, problems });
  return twinRun(NAME, plan);
}

/** The family, where the data lies in `dataDirectory` (`aifi/…`); null where it does not. */
export async function labelledFamily(dataDirectory: string): Promise<Family | null> {
  const labels = join(dataDirectory, 'aifi/visits/labelled-visits.json');
  if (!existsSync(labels)) return null;
  const { visits } = JSON.parse(readFileSync(labels, 'utf8')) as { visits: readonly LabelledVisit[] };
  const opened = await openAifiRecording({
    directory: join(dataDirectory, 'aifi/benchmark-1'),
    storeDirectory: join(dataDirectory, 'aifi/store'),
  });
  if (!opened.ok) return null;
  const { store } = opened.value;
  return {
    name: NAME,
    words: 'Real labelled visits of the AutoCheckout competition, acted out in the real geometry',
    difficulty: 3,
    make: (seed) => makeRun(visits[seed % visits.length]!, store, seed),
  };
}
