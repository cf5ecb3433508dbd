/** Shows how far a stream of observations has come, where a person watches and the work takes longer than a moment. */
import type { Observation } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import type { Terminal } from './terminal.ts';

const QUIET_MS = 1000;
const REDRAW_MS = 250;
export const CLEAR_LINE = '\r\u001b[K';
const BAR_WIDTH = 24;

/** `████████────────────────  33 %`. */
function barText(share: number): string {
  const full = Math.round(share * BAR_WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${'█'.repeat(full)}${'─'.repeat(BAR_WIDTH - full)} ${percent} %`;
}

/** The same observations; the line on `err` is gone when they end. */
export async function* withProgress(
  observations: AsyncIterable<Observation>,
  span: Recording['span'],
  terminal: Terminal,
): AsyncGenerator<Observation> {
  if (!terminal.isWatched || !span) {
    yield* observations;
    return;
  }
  const lengthMs = Math.max(1, span.endsAtMs - span.startsAtMs);
  const startedAtMs = Date.now();
  let drawnAtMs = startedAtMs + QUIET_MS - REDRAW_MS;
  let count = 0;
  let isDrawn = false;
  try {
    for await (const observation of observations) {
      yield observation;
      count++;
      const nowMs = Date.now();
      if (nowMs - drawnAtMs < REDRAW_MS) continue;
      const share = Math.min(1, Math.max(0, (observation.receivedAtMs - span.startsAtMs) / lengthMs));
      terminal.err(`${CLEAR_LINE}${barText(share)}, ${count} observations`);
      drawnAtMs = nowMs;
      isDrawn = true;
    }
  } finally {
    if (isDrawn) terminal.err(CLEAR_LINE);
  }
}
