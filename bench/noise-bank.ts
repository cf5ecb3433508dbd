/**
 * Stretches of quiet plates to make long recordings from: of real plates where the real recording lies beside the
 * checkout, else of scripted ones (SIMULATED, and said so in the output).
 */
import { fileURLToPath } from 'node:url';
import type { PlateBatch, StoreModel } from '../src/domain/index.ts';
import { findRecordings, openFound } from '../src/app/open-recording.ts';
import { scriptedShop, scriptRecording } from '../test/builders/index.ts';

const SHARED = fileURLToPath(new URL('../../shared/data/aifi/', import.meta.url));

/** Where the real recording lies, for those who have it. */
export const REAL_RECORDING = `${SHARED}benchmark-1`;
const REAL_STORE = `${SHARED}store`;

export interface NoiseBank {
  readonly origin: 'real' | 'scripted';
  readonly store: StoreModel;
  /** Quiet stretches by plate that they were recorded on: grams around 0, 60 Hz. */
  readonly plates: readonly (readonly Float32Array[])[];
}

const STRETCH_SAMPLES = 240;
/** A stretch in which something happened spreads wider than its plate does otherwise. */
const SPREAD_RATIO_MAX = 1.5;

export async function openReal(): ReturnType<typeof openFound> {
  return openFound(findRecordings([REAL_RECORDING])[0]!, { storeDirectory: REAL_STORE });
}

/** Samples by plate, as they came. */
function columnsOf(batches: readonly PlateBatch[]): Map<string, number[]> {
  const columns = new Map<string, number[]>();
  for (const { fixtureId, samplesGrams, sampleCount } of batches) {
    const width = samplesGrams.length / sampleCount;
    samplesGrams.forEach((grams, at) => {
      const key = `${fixtureId}/${at % width}`;
      const column = columns.get(key);
      if (column) column.push(grams);
      else columns.set(key, [grams]);
    });
  }
  return columns;
}

function spreadOf(stretch: Float32Array): number {
  return Math.sqrt(stretch.reduce((sum, grams) => sum + grams * grams, 0) / stretch.length);
}

/** Slow wander within a stretch, against what white noise of its spread leaves in a mean of six samples. */
const WANDER_RATIO_MAX = 5;
const WANDER_GRAMS = 0.8;
const BLOCK = 6;

/** True where nothing but noise is in the stretch: no block of it lies far from the rest. */
function isQuiet(stretch: Float32Array): boolean {
  const allowed = WANDER_GRAMS + (WANDER_RATIO_MAX * spreadOf(stretch)) / Math.sqrt(BLOCK) / 2;
  for (let start = 0; start < stretch.length; start += BLOCK) {
    const mean = stretch.subarray(start, start + BLOCK).reduce((sum, grams) => sum + grams, 0) / BLOCK;
    if (Math.abs(mean) > allowed) return false;
  }
  return true;
}

/** The quiet stretches of one plate. */
function stretchesOf(column: readonly number[]): Float32Array[] {
  const stretches: Float32Array[] = [];
  for (let start = 0; start + STRETCH_SAMPLES <= column.length; start += STRETCH_SAMPLES) {
    const cut = column.slice(start, start + STRETCH_SAMPLES);
    const mean = cut.reduce((sum, grams) => sum + grams, 0) / cut.length;
    if (Number.isFinite(mean)) stretches.push(Float32Array.from(cut, (grams) => grams - mean));
  }
  const quiet = stretches.filter((stretch) => spreadOf(stretch) > 0 && isQuiet(stretch));
  const calmest = Math.min(...quiet.map(spreadOf));
  return quiet.filter((stretch) => spreadOf(stretch) <= SPREAD_RATIO_MAX * calmest);
}

function bankOf(origin: NoiseBank['origin'], store: StoreModel, batches: readonly PlateBatch[]): NoiseBank {
  const plates = [...columnsOf(batches).values()].map(stretchesOf).filter((plate) => plate.length > 1);
  return { origin, store, plates };
}

/** 306 plates without anybody near them, for 20 s. */
function scriptedBank(): NoiseBank {
  const store = scriptedShop({ fixtures: 3, shelvesPerFixture: 6, platesPerShelf: 17 });
  const quiet = scriptRecording(store, { people: [], durationMs: 20_000 }, { seed: 5 });
  const batches = [...quiet.observations()].filter((each): each is PlateBatch => each.kind === 'plates');
  return bankOf('scripted', store, batches);
}

/** Real noise where there is any and it is wanted. */
export async function openNoiseBank(isScripted = false): Promise<NoiseBank> {
  const opened = isScripted ? null : await openReal();
  if (!opened?.ok) return scriptedBank();
  const batches: PlateBatch[] = [];
  for await (const each of opened.value.observations(() => {}))
    if (each.kind === 'plates') batches.push(each);
  return bankOf('real', opened.value.store, batches);
}
