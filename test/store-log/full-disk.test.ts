/** A disk without room: what was acknowledged stays, what is refused leaves nothing, and with room the log goes on. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { PostgresStoreLog } from '../../src/adapters/store-log-postgres/index.ts';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { seededRandom } from '../../src/base/index.ts';
import { storeId } from '../../src/domain/index.ts';
import type { LogBatch, StoreLog } from '../../src/engine/index.ts';
import { readAll, refusal } from '../conformance/store-log.ts';
import { memoryAbsentReason, memoryDisk } from './mounts.ts';
import { PostgresCluster, postgresAbsentReason } from './postgres-cluster.ts';

const WRITER = { storeId: storeId('store-1'), writerId: 'writer-1' };
const DISK_MEGABYTES = 8;
const BALLAST_BYTES = 3 << 20;
const CHARACTERS = 40_000;
/** More than the disk holds. */
const APPENDS_MAX = (DISK_MEGABYTES << 20) / CHARACTERS;

const random = seededRandom(1);
/** Text that a database cannot make shorter. */
const noise = (): string =>
  JSON.stringify(Array.from({ length: CHARACTERS }, () => random.below(36).toString(36)).join(''));
const batch = (payload: string): LogBatch => ({
  records: [
    { kind: 'long', atMs: 0, payload },
    { kind: 'long', atMs: 1, payload },
  ],
  outbox: [{ topic: 'long', key: 'all', payload: '1' }],
});

async function expectToGoOnAfter(log: StoreLog, ballast: string): Promise<void> {
  const kept: string[] = [];
  let code: string | null = null;
  while (code === null && kept.length < APPENDS_MAX) {
    const payload = noise();
    code = await refusal(log.append(batch(payload)));
    if (code === null) kept.push(payload);
  }
  expect(code).toBe('STORE_LOG_FULL');
  expect(await refusal(log.append(batch(noise())))).toBe('STORE_LOG_FULL');
  const expected = (): string[] => kept.flatMap((payload) => [payload, payload]);
  expect((await readAll(log)).map(({ payload }) => payload)).toEqual(expected());
  expect(await log.outboxCount()).toBe(kept.length);
  rmSync(ballast);
  const payload = noise();
  expect(await log.append(batch(payload))).toEqual({ firstPosition: 2 * kept.length + 1 });
  kept.push(payload);
  expect((await readAll(log)).map((record) => record.payload)).toEqual(expected());
  await log.close();
}

function diskWithBallast(): { readonly disk: string; readonly ballast: string } {
  const disk = memoryDisk(DISK_MEGABYTES);
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, new Uint8Array(BALLAST_BYTES));
  return { disk, ballast };
}

test('SQLite on a full disk', async ({ skip }) => {
  skip(memoryAbsentReason !== null, memoryAbsentReason ?? '');
  const { disk, ballast } = diskWithBallast();
  const place = { ...WRITER, path: join(disk, 'log.db') };
  const opened = await SqliteStoreLog.open(place);
  if (!opened.ok) throw new Error(opened.problem.what);
  await expectToGoOnAfter(opened.value, ballast);
  const again = await SqliteStoreLog.open(place);
  if (!again.ok) throw new Error(again.problem.what);
  expect(await again.value.lastPosition()).toBe((await readAll(again.value)).length);
  await again.value.close();
});

test('PostgreSQL whose tables have a full disk', async ({ skip }) => {
  skip(memoryAbsentReason !== null, memoryAbsentReason ?? '');
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const { disk, ballast } = diskWithBallast();
  const cluster = PostgresCluster.start();
  onTestFinished(() => cluster.remove());
  const place = { ...WRITER, url: cluster.url };
  const admin = new pg.Client(cluster.url);
  await admin.connect();
  const directory = join(disk, 'tables');
  cluster.makeDirectory(directory);
  await admin.query(`CREATE TABLESPACE small LOCATION '${directory}'`);
  await admin.query(`ALTER DATABASE postgres SET default_tablespace = small`);
  await admin.end();
  const opened = await PostgresStoreLog.open(place);
  if (!opened.ok) throw new Error(opened.problem.what);
  await expectToGoOnAfter(opened.value, ballast);
});
