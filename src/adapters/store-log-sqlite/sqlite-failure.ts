/** What SQLite's errors mean for a log. */
import { StoreLogFailure } from '../../engine/index.ts';
import type { StoreLogProblemCode } from '../../engine/index.ts';

/** https://www.sqlite.org/rescode.html; the lowest byte is the kind, the rest says more. */
const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;
const IOERR_FSYNC = 1034;
const IOERR_DIR_FSYNC = 1290;
const IOERR_SHMSIZE = 4874;
/** No room for the shared index beside the log. */
const FULL_CODES = new Set([FULL, IOERR_SHMSIZE]);

const BY_KIND: ReadonlyMap<number, StoreLogProblemCode> = new Map([
  [BUSY, 'STORE_LOG_UNREACHABLE'],
  [CORRUPT, 'STORE_LOG_BROKEN'],
  [NOT_A_DATABASE, 'STORE_LOG_OTHER'],
]);

function resultCode(error: unknown): number | null {
  const code = (error as { readonly errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code : null;
}

/**
 * Linux forgets what it could not sync: the pages count as clean, a second sync succeeds, and the bytes are nowhere.
 * After this nothing that the process sees can be trusted until the file was opened anew.
 */
export function isSyncFailure(error: unknown): boolean {
  const code = resultCode(error);
  return code === IOERR_FSYNC || code === IOERR_DIR_FSYNC;
}

/** Errors that are not the database's are the program's, and pass as they are. */
export function asLogFailure(error: unknown, where: string): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  const kind: StoreLogProblemCode = FULL_CODES.has(code)
    ? 'STORE_LOG_FULL'
    : (BY_KIND.get(code & 0xff) ?? 'STORE_LOG_UNREACHABLE');
  return new StoreLogFailure(kind, { where, what: (error as Error).message, cause: error });
}
