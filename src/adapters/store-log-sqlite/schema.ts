/**
 * The tables of a log, as a row of steps. Whatever version a file has, the steps it lacks bring it up to date, after a
 * copy was laid beside it; a file of a version that has steps unknown here is refused.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreLogFailure } from '../../engine/index.ts';
import { syncDirectory } from './log-database.ts';
import type { LogDatabase } from './log-database.ts';

/** 'TFLG': marks the file as a log of ours. */
export const APPLICATION_ID = 0x54_46_4c_47;

/**
 * Step n leads from version n to n + 1. A step that was ever released is never changed. `lease` keeps its columns in all
 * versions: an older program must be fenced off before the tables change under it.
 */
export const STEPS: readonly string[] = [
  `CREATE TABLE lease (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    store_id TEXT NOT NULL,
    writer_id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    last_outbox_id INTEGER NOT NULL,
    first_position INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE records (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    payload TEXT NOT NULL
  ) STRICT;
  CREATE TABLE outbox (
    outbox_id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL
  ) STRICT;
  CREATE TABLE snapshots (
    position INTEGER PRIMARY KEY,
    format_version INTEGER NOT NULL,
    state TEXT NOT NULL
  ) STRICT;`,
];

function pragma({ database }: LogDatabase, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** 0 where the file is new. @throws StoreLogFailure where it is no log, or a newer one. */
export function versionOf(log: LogDatabase, stepCount: number = STEPS.length): number {
  return log.reading(() => {
    const where = log.path;
    const version = pragma(log, 'user_version');
    const isEmpty = log.database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (isEmpty && version === 0) return 0;
    if (pragma(log, 'application_id') !== APPLICATION_ID)
      throw new StoreLogFailure('STORE_LOG_OTHER', { where, what: 'it is a database of something else' });
    if (version <= stepCount) return version;
    const what = `it has version ${version}, this program knows ${stepCount}`;
    throw new StoreLogFailure('STORE_LOG_NEWER', { where, what });
  });
}

export function copyPath(path: string, version: number): string {
  return `${path}.version-${version}`;
}

/** A whole copy, durable under its name when this returns; one that is there already was made by a step that failed. */
function layCopyBeside(log: LogDatabase, version: number): void {
  const to = copyPath(log.path, version);
  const part = `${to}.part`;
  rmSync(part, { force: true });
  log.prepare('VACUUM INTO ?').run(part);
  const file = openSync(part, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, to);
  syncDirectory(dirname(log.path));
}

/** @throws StoreLogFailure, or the system's error where the copy cannot be made; the file is then as it was. */
export function bringUpToDate(log: LogDatabase, steps: readonly string[] = STEPS): void {
  const before = versionOf(log, steps.length);
  if (before === steps.length) return;
  if (before > 0) log.reading(() => layCopyBeside(log, before));
  log.transaction(() => {
    // Another process may have done it meanwhile.
    for (const step of steps.slice(versionOf(log, steps.length))) log.database.exec(step);
    log.database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}`);
  });
}
