/** Replay against real time: from memory, from an MCAP file, from AiFi documents. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMcapRecording } from '../src/adapters/recordings-mcap/index.ts';
import { findRecordings, openFound } from '../src/app/open-recording.ts';
import { replayRecording } from '../src/app/replay-recording.ts';
import type { DataProblem, Observation } from '../src/domain/index.ts';
import type { Recording } from '../src/engine/index.ts';
import type { Crowd } from './crowd.ts';
import { openReal } from './noise-bank.ts';
import { timeRounds } from './rounds.ts';
import type { BenchRow } from './table.ts';

type Open = () => Promise<Recording>;

async function replayRow(
  what: { name: string; content: string; seconds: number },
  open: Open,
  rounds: number,
): Promise<BenchRow> {
  const timing = await timeRounds(rounds, () => async () => {
    const { receipts, interactions } = await replayRecording(await open());
    return { receipts, interactions };
  });
  const times = (ms: number): string => `${((what.seconds * 1000) / ms).toFixed(0)} ×`;
  return {
    name: what.name,
    content: what.content,
    figure: times(timing.medianMs),
    spread: `${times(timing.slowestMs)} … ${times(timing.fastestMs)}`,
    note: `real time; ${timing.medianMs.toFixed(0)} ms a replay`,
    hash: timing.hash,
  };
}

function present(opened: Awaited<ReturnType<typeof openFound>>): Recording {
  if (!opened.ok) throw new Error(opened.problem.what);
  return opened.value;
}

function fromMemory(crowd: Crowd): Recording {
  return {
    name: 'crowd',
    store: crowd.store,
    span: null,
    problems: [],
    async *observations() {
      yield* crowd.observations;
    },
  };
}

function fail(problem: DataProblem): never {
  throw new Error(problem.what);
}

/** Opens an MCAP file with the same observations, every time anew. */
async function asMcap(recording: Recording, path: string): Promise<Open> {
  const written = await writeMcapRecording({ path, recording, report: fail });
  if (!written.ok) fail(written.problem);
  return async () => present(await openFound(findRecordings([path])[0]!));
}

/** Seconds between the first and the last receipt of a message. */
function secondsOf(observations: readonly Observation[]): number {
  return (observations.at(-1)!.receivedAtMs - observations[0]!.receivedAtMs) / 1000;
}

async function realRows(directory: string, rounds: number): Promise<BenchRow[]> {
  const opened = await openReal();
  if (!opened.ok || !opened.value.span) return [];
  const { span, store } = opened.value;
  const seconds = (span.endsAtMs - span.startsAtMs) / 1000;
  const content = `real: ${store.layout.plates.length} plates, 1 person, ${seconds.toFixed(1)} s`;
  const mcap = await asMcap(opened.value, join(directory, 'real.mcap'));
  const openDocuments: Open = async () => present(await openReal());
  return [
    await replayRow({ name: 'replay, AiFi documents', content, seconds }, openDocuments, rounds),
    await replayRow({ name: 'replay, MCAP', content, seconds }, mcap, rounds),
  ];
}

export async function replayRows(crowd: Crowd, rounds: number, withReal: boolean): Promise<BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-bench-'));
  try {
    const seconds = secondsOf(crowd.observations);
    const content = `scripted: ${crowd.name}`;
    const memory = fromMemory(crowd);
    const mcap = await asMcap(memory, join(directory, 'crowd.mcap'));
    return [
      await replayRow({ name: 'replay, memory', content, seconds }, async () => memory, rounds),
      await replayRow({ name: 'replay, MCAP', content, seconds }, mcap, rounds),
      ...(withReal ? await realRows(directory, rounds) : []),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}
