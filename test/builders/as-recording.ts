/** A scripted recording through the engine's port, as if an adapter had opened it. SIMULATED, a test builder. */
import type { EpochMs } from '../../src/base/index.ts';
import type { Recording, RecordingSpan } from '../../src/engine/index.ts';
import type { ScriptedRecording } from './script-recording.ts';

function spanOf(scripted: ScriptedRecording): RecordingSpan | null {
  const moments: EpochMs[] = [];
  for (const { receivedAtMs } of scripted.observations()) moments[Math.min(1, moments.length)] = receivedAtMs;
  const [startsAtMs, endsAtMs = startsAtMs] = moments;
  return startsAtMs === undefined || endsAtMs === undefined ? null : { startsAtMs, endsAtMs };
}

export function asRecording(name: string, scripted: ScriptedRecording): Recording {
  let span: RecordingSpan | null | undefined;
  return {
    name,
    store: scripted.store,
    // Making all observations just to know the last one is dear, so only who asks pays.
    get span() {
      if (span === undefined) span = spanOf(scripted);
      return span;
    },
    problems: [],
    async *observations() {
      yield* scripted.observations();
    },
  };
}
