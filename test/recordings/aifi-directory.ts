/** Recordings in AiFi's format, made for one test each: a small store, and documents that a test may bend. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import type { DataProblem, Observation } from '../../src/domain/index.ts';
import type { Recording } from '../../src/engine/index.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A directory that is gone when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function directoryOf(files: Files): string {
  const directory = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

const shelfOf = (fixture: number, shelf: number) => ({ gondola_id: { id: fixture }, shelf_index: shelf });

/** Fixture 1: shelves 1 and 2 with three plates each. Fixture 2: one shelf with two plates, turned by −90°. */
export const GEOMETRY: Files = {
  'Gondolas.json': JSON.stringify({
    gondolas: [
      { id: { id: 1 }, coordinates: { transform: { translation: {} }, dim_x: 0.9, dim_y: 0.03, dim_z: 2 } },
      {
        id: { id: 2 },
        coordinates: {
          transform: { translation: { x: 3, y: 1 }, rotation: { z: -Math.PI / 2 } },
          dim_x: 0.6,
          dim_y: 0.03,
          dim_z: 2,
        },
      },
    ],
  }),
  'Shelves.json': JSON.stringify({
    shelves: [
      [1, 1, 0.5],
      [1, 2, 1],
      [2, 1, 0.5],
    ].map(([fixture, shelf, z]) => ({
      id: shelfOf(fixture!, shelf!),
      coordinates: { transform: { translation: { y: -0.4, z } }, dim_x: 0.9, dim_y: 0.4, dim_z: 0.4 },
    })),
  }),
  'Plates.json': JSON.stringify({
    plates: [
      [1, 1, 1],
      [1, 1, 2],
      [1, 1, 3],
      [1, 2, 1],
      [1, 2, 2],
      [1, 2, 3],
      [2, 1, 1],
      [2, 1, 2],
    ].map(([fixture, shelf, plate]) => ({
      id: { shelf_id: shelfOf(fixture!, shelf!), plate_index: plate },
      coordinates: { transform: { translation: { x: 0.3 * (plate! - 1) } }, dim_x: 0.3, dim_y: 0.4 },
    })),
  }),
};

export const CATALOGUE: Files = {
  'products.json': JSON.stringify({
    product_id: { id: '0001' },
    metadata: { name: 'Tea', price: 1.99, weight: 100 },
  }),
  'planogram.json': JSON.stringify({
    plate_ids: [{ shelf_id: shelfOf(1, 1), plate_index: 1 }],
    planogram_product_id: { id: '0001' },
  }),
};

/** Sample `s` of row `r` and column `c` weighs 1000 s + 10 r + c grams; row and column 0 are NaN. */
export function gridBase64(shape: readonly [number, number, number]): string {
  const [samples, rows, columns] = shape;
  const grid = new Float32Array(samples * rows * columns);
  for (let index = 0; index < grid.length; index++) {
    const column = index % columns;
    const row = Math.floor(index / columns) % rows;
    const sample = Math.floor(index / columns / rows);
    grid[index] = row === 0 || column === 0 ? NaN : 1000 * sample + 10 * row + column;
  }
  return Buffer.from(grid.buffer).toString('base64');
}

export const START = Date.parse('2020-04-22T05:06:40Z');
const iso = (ms: number) => new Date(ms).toISOString();

export interface WrittenPlateDocument {
  timestamp: number;
  date_time: { $date: string };
  document: { header: { t_issue: string }; plate_data: object };
}

export interface WrittenTargetDocument {
  timestamp: number;
  date_time: { $date: string };
  document: { header: { t_issue: string }; targets: object };
}

export function plateDocument(
  afterMs: number,
  values: object = {},
  plateData: object = {},
): WrittenPlateDocument {
  const shape = [2, 3, 4] as const;
  return {
    timestamp: (START + afterMs) / 1000,
    date_time: { $date: iso(START + afterMs + 10) },
    document: {
      header: { t_issue: iso(START + afterMs) },
      plate_data: {
        plate_id: { shelf_id: { gondola_id: { id: 1 } } },
        freq_samp: 60,
        values: { data: gridBase64(shape), shape, type: 'DATATYPE_FLOAT32', ...values },
        ...plateData,
      },
    },
  };
}

export function targetDocument(afterMs: number, targets?: readonly unknown[]): WrittenTargetDocument {
  return {
    timestamp: (START + afterMs) / 1000,
    date_time: { $date: iso(START + afterMs + 2300) },
    document: { header: { t_issue: iso(START + afterMs) }, targets: targets ? { targets } : {} },
  };
}

export const lines = (...documents: readonly unknown[]): string =>
  documents
    .map((document) => (typeof document === 'string' ? document : JSON.stringify(document)))
    .join('\n');

export interface ReadBack {
  readonly observations: readonly Observation[];
  readonly problems: readonly DataProblem[];
}

export async function readAll(recording: Recording): Promise<ReadBack> {
  const observations: Observation[] = [];
  const problems: DataProblem[] = [];
  for await (const observation of recording.observations((problem) => problems.push(problem)))
    observations.push(observation);
  return { observations, problems };
}

export async function openDirectory(directory: string): Promise<Recording> {
  const opened = await openAifiRecording({ directory });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  return opened.value;
}

/** What a recording of these files, beside the small store, says. */
export async function readFiles(files: Files): Promise<ReadBack & { readonly recording: Recording }> {
  const recording = await openDirectory(directoryOf({ ...GEOMETRY, ...CATALOGUE, ...files }));
  return { recording, ...(await readAll(recording)) };
}

export const codesOf = (problems: readonly DataProblem[]): string[] =>
  problems.map((problem) => problem.code);
