/**
 * A recording as AiFi's AutoCheckout documents. The documents lie unordered in their files and may repeat, so the
 * whole recording is decoded when it is opened and ordered then. What is kept is one float32 per plate and sample and
 * one object per tracked joint: 4.4 MB a minute for a store of 306 plates at 60 Hz. These exports are minutes long;
 * beyond `DECODED_BYTES_MAX` (three and a half hours of that store) opening is refused rather than memory exhausted.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { buildCatalogue, buildPlanogram, isIdText } from '../../domain/index.ts';
import type { Currency, DataProblem, Observation, StoreLayout, StoreModel } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { readDocuments, readFacings, readProducts } from './catalogue-documents.ts';
import { findExport } from './export-files.ts';
import { readGeometry } from './geometry-documents.ts';
import { inOrder } from './observation-order.ts';
import type { ObservationDraft } from './observation-order.ts';
import { readPlateDocument } from './plate-documents.ts';
import { readTargetDocument } from './target-documents.ts';

export interface AifiRecordingOptions {
  readonly directory: string;
  /** Where the geometry lies, if not in the recording's directory. */
  readonly storeDirectory?: string | undefined;
  /** What prices are in; AiFi's documents do not say. */
  readonly currency?: Currency | undefined;
}

type Report = (problem: DataProblem) => void;

const DECODED_BYTES_MAX = 2 ** 30;
const BYTES_PER_PERSON = 1000;

interface ExportPaths {
  readonly plates: string | undefined;
  readonly targets: string | undefined;
  readonly products: string | undefined;
  readonly planogram: string | undefined;
}

/** The names under which a directory may hold observations of this format. */
const PLATE_STEMS = ['plate_data'];
const TARGET_STEMS = ['full_targets', 'targets'];

/** True for file names among which this adapter finds observations. */
export function hasAifiDocuments(fileNames: readonly string[]): boolean {
  return findExport('', fileNames, [...PLATE_STEMS, ...TARGET_STEMS]) !== undefined;
}

function refusal(code: string, where: string, what: string): Result<never, DataProblem> {
  const remedy = 'Name a directory with plate_data and full_targets documents (.json or .ndjson, also .gz).';
  return refused({ code, where, what, remedy });
}

function fileNamesIn(directory: string): string[] | null {
  try {
    return statSync(directory).isDirectory() ? readdirSync(directory) : null;
  } catch {
    return null;
  }
}

function findPaths(directory: string): Result<ExportPaths, DataProblem> {
  const fileNames = fileNamesIn(directory);
  if (!fileNames) return refusal('AIFI_PATH_MISSING', directory, 'there is no directory that can be read');
  if (fileNames.length === 0) return refusal('AIFI_EMPTY', directory, 'the directory is empty');
  if (!hasAifiDocuments(fileNames)) {
    const what = 'there is neither plate_data nor full_targets nor targets';
    return refusal('AIFI_NOTHING_OBSERVED', directory, what);
  }
  return ok({
    plates: findExport(directory, fileNames, PLATE_STEMS),
    targets: findExport(directory, fileNames, TARGET_STEMS),
    products: findExport(directory, fileNames, ['products']),
    planogram: findExport(directory, fileNames, ['planogram']),
  });
}

/** Everything that the documents observe, unordered; null where it is more than may be held. */
async function readDrafts(
  paths: ExportPaths,
  layout: StoreLayout,
  report: Report,
): Promise<ObservationDraft[] | null> {
  const drafts: ObservationDraft[] = [];
  let decodedBytes = 0;
  if (paths.plates !== undefined) {
    for await (const { document, where } of readDocuments(paths.plates, report)) {
      const read = readPlateDocument(document, where, layout);
      if ('code' in read) report(read);
      else decodedBytes += read.samplesGrams.byteLength;
      if ('kind' in read) drafts.push(read);
      if (decodedBytes > DECODED_BYTES_MAX) return null;
    }
  }
  if (paths.targets !== undefined) {
    for await (const { document, where } of readDocuments(paths.targets, report)) {
      const read = readTargetDocument(document, where, report);
      decodedBytes += BYTES_PER_PERSON * (1 + (read?.people.length ?? 0));
      if (read) drafts.push(read);
      if (decodedBytes > DECODED_BYTES_MAX) return null;
    }
  }
  return drafts;
}

function recordingOf(
  name: string,
  store: StoreModel,
  read: {
    readonly observations: readonly Observation[];
    readonly storeProblems: readonly DataProblem[];
    readonly recordProblems: readonly DataProblem[];
  },
): Recording {
  const { observations, storeProblems, recordProblems } = read;
  const first = observations.at(0);
  const last = observations.at(-1);
  return {
    name,
    store,
    span: first && last ? { startsAtMs: first.receivedAtMs, endsAtMs: last.receivedAtMs } : null,
    problems: storeProblems,
    async *observations(report) {
      for (const problem of recordProblems) report(problem);
      yield* observations;
    },
  };
}

/** Opens a directory of exported documents; refuses, and never throws, where nothing can be made of it. */
export async function openAifiRecording(
  options: AifiRecordingOptions,
): Promise<Result<Recording, DataProblem>> {
  const directory = resolve(options.directory);
  const paths = findPaths(directory);
  if (!paths.ok) return paths;
  const name = basename(directory);
  const storeName = basename(resolve(options.storeDirectory ?? directory));
  const geometry = readGeometry({
    directory,
    storeDirectory: options.storeDirectory,
    storeName: isIdText(storeName) ? storeName : 'store',
  });
  if (!geometry.ok) return geometry;
  const { layout } = geometry.value;
  const storeProblems = [...geometry.value.problems];
  const reportStore: Report = (problem) => storeProblems.push(problem);
  const rows = await readProducts(paths.value.products, options.currency ?? 'USD', reportStore);
  const { catalogue, problems: catalogueProblems } = buildCatalogue(rows);
  const facings = await readFacings(paths.value.planogram, reportStore);
  const { planogram, problems: planogramProblems } = buildPlanogram(facings, { layout, catalogue });
  storeProblems.push(...catalogueProblems, ...planogramProblems);
  const recordProblems: DataProblem[] = [];
  const drafts = await readDrafts(paths.value, layout, (problem) => recordProblems.push(problem));
  if (drafts === null) {
    const what = `the recording decodes to more than ${DECODED_BYTES_MAX / 2 ** 20} MB`;
    const remedy = 'Export it in parts of an hour.';
    return refused({ code: 'AIFI_TOO_LARGE', where: directory, what, remedy });
  }
  const observations = inOrder(drafts);
  // These documents know of no gates.
  const store = { layout, catalogue, planogram, gates: [] };
  return ok(recordingOf(name, store, { observations, storeProblems, recordProblems }));
}
