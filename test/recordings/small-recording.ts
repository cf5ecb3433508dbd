/** A small scripted recording of our own making, and the means to look at and damage its file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { McapStreamReader } from '@mcap/core';
import type { McapTypes } from '@mcap/core';
import { zstdDecompressSync } from 'node:zlib';
import { openMcapRecording, writeMcapRecording } from '../../src/adapters/recordings-mcap/index.ts';
import { epochMs, seededRandom } from '../../src/base/index.ts';
import { sourceId, trackId } from '../../src/domain/index.ts';
import type { DataProblem, Observation, StoreModel } from '../../src/domain/index.ts';
import type { Recording } from '../../src/engine/index.ts';
import {
  directoryOf,
  CATALOGUE,
  GEOMETRY,
  lines,
  openDirectory,
  targetDocument,
  temporaryDirectory,
} from './aifi-directory.ts';

export const START_MS = 1_700_000_000_000;
const BATCH_MS = 200;
const RATE_HZ = 60;
const SAMPLES = 12;

export async function smallStore(): Promise<StoreModel> {
  const directory = directoryOf({ ...GEOMETRY, ...CATALOGUE, 'targets.json': lines(targetDocument(0)) });
  return (await openDirectory(directory)).store;
}

/** Plates of both fixtures and one walking person, five times a second, made as they are asked for. */
export function* observationsOf(store: StoreModel, batchCount: number): Generator<Observation> {
  const random = seededRandom(7);
  for (let batch = 0; batch < batchCount; batch++) {
    const observedAtMs = epochMs(START_MS + batch * BATCH_MS);
    const sent = { sequence: batch, observedAtMs, receivedAtMs: epochMs(observedAtMs + 10) };
    for (const fixture of store.layout.fixtures) {
      const samplesGrams = new Float32Array(SAMPLES * fixture.plates.length).map(() => 500 + random.normal());
      const source = sourceId(`plates/${fixture.fixtureId}`);
      const { fixtureId } = fixture;
      yield {
        ...sent,
        kind: 'plates',
        source,
        fixtureId,
        rateHz: RATE_HZ,
        sampleCount: SAMPLES,
        samplesGrams,
      };
    }
    const head = { x: random.uniform(), y: -1, z: 1.7, confidence: 0.9 };
    const people = [{ trackId: trackId('7'), hasEntered: true, parts: { head } }];
    yield { ...sent, kind: 'tracks', source: sourceId('tracks'), people };
  }
}

export interface SmallFile {
  readonly path: string;
  readonly store: StoreModel;
  readonly observations: readonly Observation[];
}

export async function smallFile(batchCount: number): Promise<SmallFile> {
  const store = await smallStore();
  const observations = [...observationsOf(store, batchCount)];
  const path = join(temporaryDirectory(), 'small.mcap');
  const report = (problem: DataProblem): never => {
    throw new Error(problem.what);
  };
  const written = await writeMcapRecording({
    path,
    recording: { store, observations: () => observations },
    report,
  });
  if (!written.ok) throw new Error(written.problem.what);
  return { path, store, observations };
}

/** Every record of a file, with all sums checked; throws where the file is not valid. */
export function strictRecords(path: string): McapTypes.TypedMcapRecord[] {
  const reader = new McapStreamReader({
    validateCrcs: true,
    includeChunks: true,
    decompressHandlers: { zstd: (packed) => zstdDecompressSync(packed) },
  });
  reader.append(readFileSync(path));
  const records: McapTypes.TypedMcapRecord[] = [];
  for (let record = reader.nextRecord(); record; record = reader.nextRecord()) records.push(record);
  if (!reader.done()) throw new Error('the file does not end');
  return records;
}

/** Rewrites the bytes of a file. */
export function damage(path: string, change: (bytes: Uint8Array) => Uint8Array): void {
  writeFileSync(path, change(readFileSync(path)));
}

export interface McapRead {
  readonly refusal: DataProblem | null;
  readonly recording: Recording | null;
  readonly observations: readonly Observation[];
  readonly problems: readonly DataProblem[];
}

export async function readMcap(path: string): Promise<McapRead> {
  const opened = await openMcapRecording({ path });
  if (!opened.ok) return { refusal: opened.problem, observations: [], problems: [], recording: null };
  const observations: Observation[] = [];
  const problems: DataProblem[] = [];
  for await (const observation of opened.value.observations((problem) => problems.push(problem)))
    observations.push(observation);
  return { refusal: null, observations, problems, recording: opened.value };
}
