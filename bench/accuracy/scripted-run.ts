/** Runs of scripted shops: SIMULATED people and sensors of the test builders. */
import { epochMs } from '../../src/base/index.ts';
import type { StoreModel } from '../../src/domain/index.ts';
import { scriptRecording, scriptedShop } from '../../test/builders/index.ts';
import type { Script } from '../../test/builders/index.ts';
import type { BenchRun } from './benchmark-run.ts';

export interface ScriptedRunOptions {
  readonly family: string;
  readonly seed: number;
  readonly script: (store: StoreModel, seed: number) => Script;
}

/** Every second tracker is 2.3 s late, and clocks are up to 0.3 s apart. */
export function scriptedRun({ family, seed, script }: ScriptedRunOptions): BenchRun {
  const store = scriptedShop({ seed });
  const scripted = scriptRecording(store, script(store, seed), {
    seed,
    trackLatencyMs: seed % 2 === 0 ? 80 : 2300,
    trackClockOffsetMs: ((seed % 5) - 2) * 150,
  });
  const numbers = new Map(scripted.people.map(({ personName }, index) => [personName, index]));
  const visits = scripted.people.map((person, personNumber) => ({
    personNumber,
    trackId: String(person.trackIds[0]),
    enteredAtMs: person.enteredAtMs,
    leftAtMs: epochMs(person.leftAtMs ?? scripted.endsAtMs),
    items: person.items,
  }));
  const deeds = scripted.moves.map(({ atMs, kind, personName, productId, count, plateIds }) => ({
    atMs,
    kind,
    personNumber: numbers.get(personName)!,
    productId,
    count,
    plateIds,
  }));
  return { family, seed, store, observations: () => scripted.observations(), truth: { visits, deeds } };
}
