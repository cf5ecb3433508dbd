/**
 * Feeds observations to a system and counts what taking them in costs. Runs are made as they are asked for, and making
 * them must not be charged to the system: so they are gathered in blocks, and the clock runs for the blocks only.
 */
import type { Observation } from '../../src/domain/index.ts';
import type { FeedCost } from './benchmark-run.ts';

const BLOCK_MESSAGES = 1024;

function cpuNowMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function* inBlocks(observations: Iterable<Observation>): Generator<readonly Observation[]> {
  let block: Observation[] = [];
  for (const observation of observations) {
    block.push(observation);
    if (block.length < BLOCK_MESSAGES) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

/** Calls `take` for each observation and `end` once after the last; both cost. */
export function feed(
  observations: Iterable<Observation>,
  system: { take(observation: Observation): void; end(): void },
): FeedCost {
  let cpuMs = 0;
  let observationCount = 0;
  let firstMs = Number.NaN;
  let lastMs = Number.NaN;
  const charge = (work: () => void): void => {
    const startedMs = cpuNowMs();
    work();
    cpuMs += cpuNowMs() - startedMs;
  };
  for (const block of inBlocks(observations)) {
    if (observationCount === 0) firstMs = block[0]!.receivedAtMs;
    lastMs = block.at(-1)!.receivedAtMs;
    observationCount += block.length;
    charge(() => block.forEach((observation) => system.take(observation)));
  }
  charge(() => system.end());
  return { cpuMs, observationCount, spanMs: observationCount > 0 ? lastMs - firstMs : 0 };
}
