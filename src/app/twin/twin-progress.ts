/** Shows how far a run has come, where a person watches. Nobody knows before the end when the last one leaves. */
import { CLEAR_LINE } from '../commands/recording-progress.ts';
import type { Terminal } from '../commands/terminal.ts';
import type { Observation } from '../../domain/index.ts';
import { clockText } from '../replay-text.ts';
import type { TwinRecording } from './twin-recording.ts';

const QUIET_MS = 1000;
const REDRAW_MS = 250;

function progressText({ elapsedMs, insideCount, leftCount, run }: TwinRecording): string {
  const clock = clockText(elapsedMs).replace(/\.\d$/, '');
  const doors =
    run.minutes === null ? '' : ` (doors close at ${clockText(run.minutes * 60_000).replace(/\.\d$/, '')})`;
  return `simulated ${clock}${doors}, ${insideCount} inside, ${leftCount} left; Ctrl-C stops`;
}

/** The same observations; the line on `err` is gone when they end. */
export async function* withTwinProgress(
  observations: AsyncIterable<Observation>,
  recording: TwinRecording,
  terminal: Terminal,
): AsyncGenerator<Observation> {
  if (!terminal.isWatched) {
    yield* observations;
    return;
  }
  let drawnAtMs = Date.now() + QUIET_MS - REDRAW_MS;
  try {
    for await (const observation of observations) {
      yield observation;
      const nowMs = Date.now();
      if (nowMs - drawnAtMs < REDRAW_MS) continue;
      terminal.err(`${CLEAR_LINE}${progressText(recording)}`);
      drawnAtMs = nowMs;
    }
  } finally {
    terminal.err(CLEAR_LINE);
  }
}
