/** Files for the twin's commands: shops as AiFi's documents, with slips in them, and labels of visits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { present } from '../../src/base/index.ts';
import { emptyDirectory, oneVisit, writtenAsAifi } from './command-line.ts';

/** `content` as a file of its own; returns its path. */
export function writtenJson(content: unknown, name = 'my.json'): string {
  const path = join(emptyDirectory(), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

export function scenarioFile(fields: Readonly<Record<string, unknown>>): string {
  return writtenJson({ format: 'tillfree-scenario', version: 1, name: 'mine', ...fields });
}

interface WrittenShop {
  readonly directory: string;
  /** Products in the order of their facings, each with where it lies. */
  readonly facings: readonly { readonly productId: string; readonly plateIds: readonly string[] }[];
}

/** A small shop without gates as a directory of documents. */
export async function writtenShop(): Promise<WrittenShop> {
  const recording = oneVisit(31);
  const directory = await writtenAsAifi(recording, { parent: emptyDirectory(), name: 'shop' });
  return { directory, facings: recording.store.planogram.facings };
}

/** Puts the second shelf into the space of the first. */
export function overlapShelves({ directory }: WrittenShop): void {
  const path = join(directory, 'Shelves.json');
  const content = JSON.parse(readFileSync(path, 'utf8')) as { shelves: { coordinates: unknown }[] };
  const [first, second] = content.shelves;
  present(second, 'NO_SECOND_SHELF').coordinates = present(first, 'NO_SHELF').coordinates;
  writeFileSync(path, JSON.stringify(content));
}

/** Every product code `from` of the planogram becomes `to`. */
export function renameInPlanogram(shop: WrittenShop, from: string, to: string): void {
  const path = join(shop.directory, 'planogram.json');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
}

/** One event as people labelled it. */
export function labelled(
  second: number,
  facing: WrittenShop['facings'][number],
  isPutBack = false,
): Readonly<Record<string, unknown>> {
  const [gondola = 0, shelf = 0] = present(facing.plateIds[0], 'NO_PLATE').split('/').map(Number);
  const plates = facing.plateIds.map((plateId) => Number(plateId.split('/')[2]));
  return {
    time: `2020-01-28_22-24-${String(second).padStart(2, '0')}`,
    targetId: '77',
    putBack: isPutBack,
    position: { gondola, shelf, plates },
    products: [{ barcode: facing.productId, weightGrams: 100, name: 'not needed' }],
  };
}

const scoreFields = { visits: z.int(), precision: z.number(), f1: z.number(), exact: z.number() };
const perVisit = z.array(z.object({ targetId: z.string(), f1: z.number(), isExact: z.boolean() }));
export const scoreOnly = z.object({ ...scoreFields, perVisit });
/** What `--json` of a run says, as far as tests ask. */
export const runDocument = z.object({
  recording: z.string(),
  simulated: z.object({ scenario: z.string(), seed: z.int(), isStopped: z.boolean() }),
  score: scoreOnly,
  receipts: z.array(z.object({ targetId: z.string(), products: z.array(z.unknown()) })),
  audit: z.array(z.object({ code: z.string(), blame: z.string(), person: z.int().nullable() })),
});

const trueReceipt = z.object({
  targetId: z.string(),
  person: z.int(),
  trackIds: z.array(z.string()),
  enteredAtMs: z.int(),
  leftAtMs: z.int(),
  products: z.array(z.object({ barcode: z.string(), quantity: z.int() })),
});
const truthFile = z.object({
  simulated: z.strictObject({ scenario: z.string(), seed: z.int() }),
  receipts: z.array(trueReceipt),
  events: z.array(
    z.object({
      atMs: z.int(),
      kind: z.string(),
      targetId: z.string(),
      quantity: z.int(),
      plates: z.array(z.string()),
      deltaGrams: z.number(),
    }),
  ),
});

export function truthIn(path: string): z.infer<typeof truthFile> {
  return truthFile.parse(JSON.parse(readFileSync(path, 'utf8')));
}
