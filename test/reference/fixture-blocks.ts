/** Batches of one fixture, cut into blocks the plain way: all samples of a block in a list, summed twice. */
import type { PlateBatch } from '../../src/domain/index.ts';
import { SENSING_SETTINGS } from '../../src/sensing/index.ts';

/** Mean and variance of one plate's samples in a block; null where it sent none. */
export interface PlateBlock {
  readonly mean: number;
  readonly variance: number;
}

export interface FixtureBlock {
  readonly endedAtMs: number;
  readonly spanMs: number;
  /** By column; empty where the block fell into a hole and nothing of the fixture came. */
  readonly plates: readonly (PlateBlock | null)[];
}

const READING_GRAMS_MAX = 1e6;
const GAP_BLOCKS = 1.5;

interface Row {
  readonly atMs: number;
  readonly rateHz: number;
  readonly grams: readonly number[];
}

function* rowsOf(batches: readonly PlateBatch[]): Generator<Row> {
  for (const { samplesGrams, sampleCount, rateHz, observedAtMs } of batches) {
    const columns = samplesGrams.length / sampleCount;
    for (let row = 0; row < sampleCount; row++) {
      const atMs = observedAtMs - ((sampleCount - 1 - row) * 1000) / rateHz;
      const grams = [...samplesGrams.subarray(row * columns, (row + 1) * columns)];
      yield { atMs, rateHz, grams };
    }
  }
}

function plateBlock(readings: readonly number[]): PlateBlock | null {
  const valid = readings.filter((grams) => Math.abs(grams) < READING_GRAMS_MAX);
  if (valid.length === 0) return null;
  const mean = valid.reduce((sum, grams) => sum + grams, 0) / valid.length;
  if (valid.length === 1) return { mean, variance: 0 };
  const squares = valid.reduce((sum, grams) => sum + (grams - mean) ** 2, 0);
  return { mean, variance: squares / (valid.length - 1) };
}

function blockOf(rows: readonly Row[]): FixtureBlock {
  const last = rows.at(-1)!;
  const plates = last.grams.map((_, column) => plateBlock(rows.map((row) => row.grams[column]!)));
  return { endedAtMs: last.atMs, spanMs: (rows.length * 1000) / last.rateHz, plates };
}

/** All blocks of a fixture in order of time, holes filled with empty ones. */
export function blocksOf(batches: readonly PlateBatch[]): FixtureBlock[] {
  const blocks: FixtureBlock[] = [];
  let open: Row[] = [];
  let lastAtMs = Number.NaN;
  for (const row of rowsOf(batches)) {
    if (row.atMs - lastAtMs > GAP_BLOCKS * SENSING_SETTINGS.blockMs) {
      open = [];
      fillHole(blocks, row.atMs - 1000 / row.rateHz);
    }
    open.push(row);
    lastAtMs = row.atMs;
    if (open.length < Math.max(1, Math.round((SENSING_SETTINGS.blockMs * row.rateHz) / 1000))) continue;
    blocks.push(blockOf(open));
    open = [];
  }
  return blocks;
}

function fillHole(blocks: FixtureBlock[], untilMs: number): void {
  const last = blocks.at(-1);
  if (!last) return;
  const missing = Math.round((untilMs - last.endedAtMs) / last.spanMs);
  for (let block = missing - 1; block >= 0; block--)
    blocks.push({ endedAtMs: untilMs - block * last.spanMs, spanMs: last.spanMs, plates: [] });
}
