/**
 * Power cuts. A kill leaves the system's cache as it is, and even a log that never syncs outlives it; here only what
 * reached the disk is left. A file that nobody syncs is written beside the log, to show that the cut is one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkLog, LogWriter, NOTHING_CHECKED } from '../sim/store-log/index.ts';
import type { KilledLog } from '../sim/store-log/index.ts';
import { killedPostgres, killedSqlite } from './killed-logs.ts';
import { imageAbsentReason, imageDisk } from './mounts.ts';
import type { ImageDisk } from './mounts.ts';
import { PostgresCluster, postgresAbsentReason } from './postgres-cluster.ts';

const ACKNOWLEDGED_MIN = 500;
const UNSYNCED = 'unsynced.txt';

/** Numbers that the unsynced file has after the cut. */
function unsyncedCount(directory: string): number {
  const path = join(directory, UNSYNCED);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

async function writtenUntilCut(disk: ImageDisk, options: readonly string[]) {
  const writer = new LogWriter([...options, '--unsynced', join(disk.directory, UNSYNCED)]);
  await writer.says(ACKNOWLEDGED_MIN);
  writer.freeze();
  disk.copyAsCut();
  return writer.kill();
}

async function foundIn(log: KilledLog, acknowledged: Awaited<ReturnType<typeof writtenUntilCut>>) {
  const opened = await log.open();
  if (!opened.ok) return [opened.problem.what];
  const { found } = await checkLog(opened.value, acknowledged, NOTHING_CHECKED);
  await opened.value.close();
  return found;
}

test('SQLite loses nothing that it acknowledged', async ({ skip }) => {
  skip(imageAbsentReason !== null, imageAbsentReason ?? '');
  const disk = imageDisk(64);
  const acknowledged = await writtenUntilCut(disk, killedSqlite(join(disk.directory, 'log.db')).options);
  expect(acknowledged.length).toBeGreaterThanOrEqual(ACKNOWLEDGED_MIN);
  const after = disk.mountCopy();
  expect(unsyncedCount(after)).toBeLessThan(ACKNOWLEDGED_MIN);
  expect(await foundIn(killedSqlite(join(after, 'log.db')), acknowledged)).toEqual([]);
});

test('PostgreSQL loses nothing that it acknowledged', async ({ skip }) => {
  skip(imageAbsentReason !== null, imageAbsentReason ?? '');
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const disk = imageDisk(512);
  const cluster = PostgresCluster.start(disk.directory);
  onTestFinished(() => cluster.remove());
  // The new server's files; what it writes from here on it syncs itself.
  spawnSync('sync', ['--file-system', disk.directory]);
  const acknowledged = await writtenUntilCut(disk, killedPostgres(cluster.url).options);
  expect(acknowledged.length).toBeGreaterThanOrEqual(ACKNOWLEDGED_MIN);
  cluster.stop('immediate');
  const after = disk.mountCopy();
  expect(unsyncedCount(after)).toBeLessThan(ACKNOWLEDGED_MIN);
  const again = PostgresCluster.copied(join(after, basename(cluster.directory)));
  onTestFinished(() => again.remove());
  again.startAgain();
  expect(await foundIn(killedPostgres(again.url), acknowledged)).toEqual([]);
});
