/** A second process opens the log while the first one writes as fast as it can: the first is stopped, nothing is lost. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkLog, LogWriter, NOTHING_CHECKED, numberedBatch } from '../sim/store-log/index.ts';
import type { KilledLog } from '../sim/store-log/index.ts';
import { emptyDirectory } from './empty-directory.ts';
import { killedPostgres, killedSqlite } from './killed-logs.ts';
import { PostgresCluster, postgresAbsentReason } from './postgres-cluster.ts';

const ACKNOWLEDGED_MIN = 100;
const TAKEOVERS = 5;

async function expectTakeovers(log: KilledLog): Promise<void> {
  let checked = NOTHING_CHECKED;
  for (let takeover = 0; takeover < TAKEOVERS; takeover++) {
    const writer = new LogWriter(log.options);
    onTestFinished(async () => void (await writer.kill()));
    await writer.says(ACKNOWLEDGED_MIN);
    const opened = await log.open();
    if (!opened.ok) throw new Error(opened.problem.what);
    expect(await writer.complains()).toContain('STORE_LOG_FENCED');
    const own = await opened.value.append(numberedBatch((await lastNumber(writer)) + 1));
    const after = await checkLog(opened.value, await writer.acknowledged(), checked);
    expect(after.found).toEqual([]);
    expect(own.firstPosition).toBeGreaterThan(checked.position + ACKNOWLEDGED_MIN);
    ({ checked } = after);
    await opened.value.close();
  }
}

/** A fenced writer was told of everything that it kept. */
async function lastNumber(writer: LogWriter): Promise<number> {
  return (await writer.acknowledged()).at(-1)!.number;
}

test('of SQLite', async () => {
  await expectTakeovers(killedSqlite(join(emptyDirectory(), 'log.db')));
});

test('of PostgreSQL', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const cluster = PostgresCluster.start();
  onTestFinished(() => cluster.remove());
  await expectTakeovers(killedPostgres(cluster.url));
});
