/**
 * A day of a store does not fit into memory, so a recording passes through it. The stream here is made as it is asked
 * for and is many times what may stay behind; the heap is looked at after collecting garbage, so the figure is what is
 * held and not what happens to lie around.
 */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { openMcapRecording, writeMcapRecording } from '../../src/adapters/recordings-mcap/index.ts';
import type { Observation } from '../../src/domain/index.ts';
import { temporaryDirectory } from './aifi-directory.ts';
import { observationsOf, smallStore } from './small-recording.ts';

/** 20 MB of messages, an hour and a quarter of this small store; set higher to try a day. */
const BATCHES = Number(process.env.TILLFREE_MEMORY_BATCHES ?? 20_000);
const HELD_BYTES_MAX = 8e6;
const LOOK_EVERY = 5_000;

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Passes observations on and keeps the most that was held on the way. */
class Watch {
  heldBytesMax = 0;
  count = 0;
  private readonly collect = collector();
  private readonly startBytes: number;

  constructor() {
    this.startBytes = this.heldBytes();
  }

  private heldBytes(): number {
    // Twice: what the first round finds to be dead keeps its buffers until the second.
    this.collect();
    this.collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  }

  look(): void {
    this.count++;
    if (this.count % LOOK_EVERY === 0)
      this.heldBytesMax = Math.max(this.heldBytesMax, this.heldBytes() - this.startBytes);
  }
}

test('writing and reading a long recording holds a few chunks', async () => {
  const store = await smallStore();
  const path = join(temporaryDirectory(), 'long.mcap');
  const writing = new Watch();
  const observations = function* (): Generator<Observation> {
    for (const observation of observationsOf(store, BATCHES)) {
      writing.look();
      yield observation;
    }
  };
  const report = (problem: { what: string }): never => {
    throw new Error(problem.what);
  };
  await writeMcapRecording({ path, recording: { store, observations }, report });
  const opened = await openMcapRecording({ path });
  if (!opened.ok) throw new Error(opened.problem.what);
  const reading = new Watch();
  for await (const observation of opened.value.observations(report)) {
    expect(observation.sequence).toBe(Math.floor(reading.count / 3));
    reading.look();
  }
  expect(reading.count).toBe(BATCHES * 3);
  expect(writing.heldBytesMax).toBeLessThan(HELD_BYTES_MAX);
  expect(reading.heldBytesMax).toBeLessThan(HELD_BYTES_MAX);
});
