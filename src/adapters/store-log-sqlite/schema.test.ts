/** Files of another version, of another kind, or damaged: brought up to date with a copy beside them, or refused. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { storeId } from '../../domain/index.ts';
import type { StoreLog } from '../../engine/index.ts';
import { LogDatabase } from './log-database.ts';
import { bringUpToDate, copyPath, STEPS, versionOf } from './schema.ts';
import { SqliteStoreLog } from './sqlite-store-log.ts';

const WRITER = { storeId: storeId('store-1'), writerId: 'writer-1' };
const BATCH = { records: [{ kind: 'a', atMs: 1, payload: '{}' }], outbox: [] };

function newPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-schema-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'log.db');
}

async function openLog(path: string): Promise<StoreLog> {
  const opened = await SqliteStoreLog.open({ ...WRITER, path });
  if (!opened.ok) throw new Error(opened.problem.what);
  return opened.value;
}

/** A log with three records. */
async function writtenLog(): Promise<string> {
  const path = newPath();
  const log = await openLog(path);
  for (let n = 0; n < 3; n++) await log.append(BATCH);
  await log.close();
  return path;
}

async function codeOf(path: string, given: { readonly storeId?: string } = {}): Promise<string | null> {
  const store = given.storeId === undefined ? WRITER.storeId : storeId(given.storeId);
  const opened = await SqliteStoreLog.open({ ...WRITER, storeId: store, path });
  if (opened.ok) await opened.value.close();
  return opened.ok ? null : opened.problem.code;
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

const COUNT = 'SELECT count(*) AS count FROM records';
const NEXT_STEP = 'ALTER TABLE records ADD COLUMN note TEXT';

test('an older file gets the steps that it lacks, after a copy was laid beside it', async () => {
  const path = await writtenLog();
  const log = LogDatabase.open(path);
  bringUpToDate(log, [...STEPS, NEXT_STEP, 'UPDATE records SET note = kind']);
  expect(versionOf(log, STEPS.length + 2)).toBe(STEPS.length + 2);
  expect(log.prepare('SELECT note FROM records').all()).toHaveLength(3);
  log.close();
  const copy = new DatabaseSync(copyPath(path, STEPS.length));
  expect(copy.prepare(COUNT).get()).toEqual({ count: 3 });
  copy.close();
  expect(await codeOf(path)).toBe('STORE_LOG_NEWER');
  expect(await codeOf(copyPath(path, STEPS.length))).toBeNull();
});

test('a step that fails leaves the file as it was', async () => {
  const path = await writtenLog();
  const log = LogDatabase.open(path);
  expect(() => bringUpToDate(log, [...STEPS, `${NEXT_STEP}; SELECT nonsense()`])).toThrow('nonsense');
  expect(versionOf(log)).toBe(STEPS.length);
  log.close();
  const again = await openLog(path);
  expect(await again.append(BATCH)).toEqual({ firstPosition: 4 });
  await again.close();
});

test('a new file needs no copy', async () => {
  const path = await writtenLog();
  expect(readdirSync(join(path, '..'))).toEqual(['log.db']);
});

test('what is no log, or another store, is refused and left alone', async () => {
  const other = newPath();
  change(other, 'CREATE TABLE things (a); INSERT INTO things VALUES (1)');
  expect(await codeOf(other)).toBe('STORE_LOG_OTHER');
  const text = newPath();
  writeFileSync(text, 'not a database at all, but long enough to be looked at as if it were one'.repeat(100));
  expect(await codeOf(text)).toBe('STORE_LOG_OTHER');
  const path = await writtenLog();
  expect(await codeOf(path, { storeId: 'store-2' })).toBe('STORE_LOG_OTHER');
  const log = await openLog(path);
  expect(log.lease.epoch).toBe(2);
  await log.close();
  expect(await codeOf(join(text, 'below-a-file', 'log.db'))).toBe('STORE_LOG_UNREACHABLE');
  expect(existsSync(`${other}-wal`)).toBe(false);
});

test.each(['position = 1', 'position = 3', 'true'])(
  'a log that lost the records where %s is refused',
  async (lost) => {
    const path = await writtenLog();
    change(path, `DELETE FROM records WHERE ${lost}`);
    expect(await codeOf(path)).toBe('STORE_LOG_BROKEN');
  },
);
