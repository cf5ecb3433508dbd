/** Runs work several times and keeps how long it took; every round must come to the same result. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { resultHash } from './result-hash.ts';

export interface Timing {
  readonly medianMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  readonly rounds: number;
  readonly hash: string;
}

/** One round to warm up, then `rounds` that count. What `prepare` does is not timed, only the work that it returns. */
export async function timeRounds(rounds: number, prepare: () => () => unknown): Promise<Timing> {
  const hash = resultHash(await prepare()());
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const work = prepare();
    const startMs = performance.now();
    const result = await work();
    times.push(performance.now() - startMs);
    const again = resultHash(result);
    if (again !== hash) throw new Error(`a round came to another result: ${again}, not ${hash}`);
  }
  times.sort((a, b) => a - b);
  const medianMs = times[Math.floor(times.length / 2)]!;
  return { medianMs, fastestMs: times[0]!, slowestMs: times.at(-1)!, rounds, hash };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export interface Memory {
  /** Objects and array buffers that are held, after collecting garbage. */
  readonly heldBytes: number;
  readonly rssBytes: number;
}

export function memoryNow(): Memory {
  // Twice: what the first round finds to be dead keeps its buffers until the second.
  collect();
  collect();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heldBytes: heapUsed + arrayBuffers, rssBytes: rss };
}
