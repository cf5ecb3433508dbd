/** What PostgreSQL's errors mean for a log. */
import pg from 'pg';
import { AssertionFailure } from '../../base/index.ts';
import { StoreLogFailure } from '../../engine/index.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: the first two characters are the class. */
const NO_CONNECTION = '08';
const OPERATOR_INTERVENED = '57';
const DISK_FULL = '53100';
const TOO_MANY_CONNECTIONS = '53300';

function stateOf(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** A refusal that has its code already, or a mistake in the program: no trouble of the connection. */
function isOurs(error: unknown): boolean {
  return [StoreLogFailure, AssertionFailure, TypeError, RangeError].some((kind) => error instanceof kind);
}

/** The connection is gone, or good for nothing: whether the last statement was done is not known. */
export function isLost(error: unknown): boolean {
  if (isOurs(error)) return false;
  const state = stateOf(error);
  if (state === null) return true;
  return [NO_CONNECTION, OPERATOR_INTERVENED].includes(state.slice(0, 2)) || state === TOO_MANY_CONNECTIONS;
}

export function asLogFailure(error: unknown, where: string): unknown {
  if (isOurs(error)) return error;
  const code = stateOf(error) === DISK_FULL ? 'STORE_LOG_FULL' : 'STORE_LOG_UNREACHABLE';
  const what = error instanceof Error ? error.message : String(error);
  return new StoreLogFailure(code, { where, what, cause: error });
}
