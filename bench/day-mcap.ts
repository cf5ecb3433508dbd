/** An hour through an MCAP file and back: memory stays flat, and the shop finds the same. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMcapRecording, writeMcapRecording } from '../src/adapters/recordings-mcap/index.ts';
import type { DataProblem, Observation } from '../src/domain/index.ts';
import { accept, closeShop, openShop } from '../src/engine/index.ts';
import { LongRecording } from './long-recording.ts';
import type { NoiseBank } from './noise-bank.ts';
import { resultHash } from './result-hash.ts';
import { memoryNow } from './rounds.ts';
import { Outcome, outcomeOf, runShop } from './shop-run.ts';

export interface McapHourOptions {
  readonly bank: NoiseBank;
  readonly minutes: number;
  readonly visitEveryMs: number;
  readonly seed: number;
}

export interface McapHour {
  readonly minutes: number;
  readonly fileBytes: number;
  readonly writeMs: number;
  readonly readMs: number;
  readonly writeGrowthBytes: number;
  readonly readGrowthBytes: number;
  readonly isSame: boolean;
}

const LOOK_EVERY = 10_000;

/** Keeps the most that was held above the start. */
class Watch {
  growthBytes = 0;
  private readonly startBytes = memoryNow().heldBytes;
  private count = 0;

  pass(): void {
    if (++this.count % LOOK_EVERY === 0)
      this.growthBytes = Math.max(this.growthBytes, memoryNow().heldBytes - this.startBytes);
  }
}

function fail(problem: DataProblem): never {
  throw new Error(`${problem.code} ${problem.where}: ${problem.what}`);
}

export async function runMcapHour(options: McapHourOptions): Promise<McapHour> {
  const { bank, minutes, visitEveryMs, seed } = options;
  const make = (): Generator<Observation> =>
    new LongRecording(bank, { durationMs: minutes * 60_000, visitEveryMs, seed }).observations();
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-bench-'));
  const path = join(directory, 'hour.mcap');
  try {
    const writing = new Watch();
    const startMs = performance.now();
    const observations = function* (): Generator<Observation> {
      for (const observation of make()) {
        writing.pass();
        yield observation;
      }
    };
    const written = await writeMcapRecording({
      path,
      recording: { store: bank.store, observations },
      report: fail,
    });
    if (!written.ok) fail(written.problem);
    const writeMs = performance.now() - startMs;
    const reading = await readBack(path);
    const wanted = resultHash(outcomeOf(runShop(bank.store, make())));
    const fileBytes = statSync(path).size;
    return {
      minutes,
      fileBytes,
      writeMs,
      readMs: reading.readMs,
      writeGrowthBytes: writing.growthBytes,
      readGrowthBytes: reading.growthBytes,
      isSame: reading.hash === wanted,
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function readBack(path: string): Promise<{ readMs: number; growthBytes: number; hash: string }> {
  const opened = await openMcapRecording({ path });
  if (!opened.ok) fail(opened.problem);
  const watch = new Watch();
  const startMs = performance.now();
  const shop = openShop(opened.value.store);
  const outcome = new Outcome();
  for await (const observation of opened.value.observations(fail)) {
    watch.pass();
    outcome.hear(accept(shop, observation));
  }
  outcome.hear(closeShop(shop));
  const readMs = performance.now() - startMs;
  return { readMs, growthBytes: watch.growthBytes, hash: resultHash(outcomeOf(outcome)) };
}
