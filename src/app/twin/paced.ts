/** Lets observations pass as fast as they arrived, or so many times as fast. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Observation } from '../../domain/index.ts';

export interface Pacing {
  /** `receivedAtMs` of an observation that passes at once. */
  readonly startsAtMs: number;
  /** Times as fast as it happened; Infinity does not wait. */
  readonly speed: number;
  /** Ends the wait. */
  readonly stop: AbortSignal;
}

/** Timers are no finer. */
const WAIT_MS_MIN = 1;

async function waitMs(ms: number, signal: AbortSignal): Promise<void> {
  // An abort ends the wait; the source sees to the rest.
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

export async function* paced(
  observations: AsyncIterable<Observation>,
  { startsAtMs, speed, stop }: Pacing,
): AsyncGenerator<Observation> {
  const begunAtMs = Date.now();
  for await (const observation of observations) {
    const dueAtMs = begunAtMs + (observation.receivedAtMs - startsAtMs) / speed;
    const aheadMs = dueAtMs - Date.now();
    if (aheadMs > WAIT_MS_MIN && !stop.aborted) await waitMs(aheadMs, stop);
    if (stop.aborted) return;
    yield observation;
  }
}
