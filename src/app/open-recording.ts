/**
 * Finds the recordings that paths on the command line mean: an MCAP file, a directory of AiFi documents, or a
 * directory of such files and directories, which gives each of them in the order of their names. What is neither is
 * refused with what was expected, beside the recordings that could be opened.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasAifiDocuments, openAifiRecording } from '../adapters/recordings-aifi/index.ts';
import { openMcapRecording } from '../adapters/recordings-mcap/index.ts';
import { refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { Currency, DataProblem } from '../domain/index.ts';
import type { Recording } from '../engine/index.ts';

/** The codes that finding recordings can report, with what each means. */
export const OPEN_PROBLEM_CODES = {
  PATH_MISSING: 'The path is not there or cannot be read.',
  NOT_A_RECORDING: 'The path is neither a recording nor a directory of recordings.',
} as const;

export interface OpenOptions {
  /** Where the geometry of AiFi recordings lies, if not beside their documents. */
  readonly storeDirectory?: string | undefined;
  /** What the prices of AiFi recordings are in; default USD. */
  readonly currency?: Currency | undefined;
}

type Kind = 'mcap' | 'aifi' | 'directory' | 'other' | 'missing';

const byName = new Intl.Collator('en', { numeric: true });

function namesIn(directory: string): string[] {
  return readdirSync(directory).toSorted((a, b) => byName.compare(a, b) || (a < b ? -1 : 1));
}

function kindOf(path: string): Kind {
  try {
    if (!statSync(path).isDirectory()) return /\.mcap$/i.test(path) ? 'mcap' : 'other';
    return hasAifiDocuments(readdirSync(path)) ? 'aifi' : 'directory';
  } catch {
    return 'missing';
  }
}

function refusal(code: keyof typeof OPEN_PROBLEM_CODES, path: string): Result<never, DataProblem> {
  const what =
    code === 'PATH_MISSING'
      ? 'there is nothing that can be read'
      : 'there is no recording here that can be opened';
  const remedy =
    'Name an .mcap file, a directory with plate_data and full_targets documents, or a directory of such recordings.';
  return refused({ code, where: path, what, remedy });
}

/** A recording that a path means, not opened yet; `kind` says what would open it. */
export interface FoundRecording {
  readonly path: string;
  readonly kind: Kind;
}

function findIn(path: string): FoundRecording[] {
  const kind = kindOf(path);
  if (kind !== 'directory') return [{ path, kind }];
  const children = namesIn(path).map((name) => ({ path: join(path, name), kind: kindOf(join(path, name)) }));
  const recordings = children.filter((child) => child.kind === 'mcap' || child.kind === 'aifi');
  return recordings.length > 0 ? recordings : [{ path, kind }];
}

/** What `paths` mean, in order, without opening anything. What is no recording is found too: opening it refuses. */
export function findRecordings(paths: readonly string[]): FoundRecording[] {
  return paths.flatMap(findIn);
}

/** Opens one of what was found, or refuses with a remedy. */
export async function openFound(
  { path, kind }: FoundRecording,
  options: OpenOptions = {},
): Promise<Result<Recording, DataProblem>> {
  if (kind === 'mcap') return openMcapRecording({ path });
  if (kind === 'aifi') return openAifiRecording({ directory: path, ...options });
  return refusal(kind === 'missing' ? 'PATH_MISSING' : 'NOT_A_RECORDING', path);
}

/** The recordings that `paths` mean, in order; each either opened or refused. All are open at once. */
export async function openRecordings(
  paths: readonly string[],
  options: OpenOptions = {},
): Promise<Result<Recording, DataProblem>[]> {
  const opened: Result<Recording, DataProblem>[] = [];
  for (const found of findRecordings(paths)) opened.push(await openFound(found, options));
  return opened;
}
