/** Tables of an older version get the steps that they lack, after their rows were copied into a schema beside them. */
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { PostgresCluster, postgresAbsentReason } from '../../../test/store-log/postgres-cluster.ts';
import { storeId } from '../../domain/index.ts';
import { PostgresStoreLog } from './postgres-store-log.ts';
import { bringUpToDate, STEPS } from './schema.ts';

const PLACE = { schema: 'logs', where: 'logs' };
const NEXT_STEP = 'ALTER TABLE records ADD COLUMN note text';

test('a step is done once, with a copy beside; one that fails changes nothing', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const cluster = PostgresCluster.start();
  onTestFinished(() => cluster.remove());
  const place = { url: cluster.url, schema: PLACE.schema, storeId: storeId('store-1'), writerId: 'writer-1' };
  const opened = await PostgresStoreLog.open(place);
  if (!opened.ok) throw new Error(opened.problem.what);
  await opened.value.append({ records: [{ kind: 'a', atMs: 1, payload: '{}' }], outbox: [] });
  await opened.value.close();
  const client = new pg.Client(cluster.url);
  await client.connect();
  const fails = bringUpToDate(client, PLACE, [...STEPS, NEXT_STEP, 'SELECT nonsense()']);
  await expect(fails).rejects.toThrow('nonsense');
  await bringUpToDate(client, PLACE, [...STEPS, NEXT_STEP]);
  await bringUpToDate(client, PLACE, [...STEPS, NEXT_STEP]);
  const now = await client.query('SELECT kind, note FROM logs.records');
  expect(now.rows).toEqual([{ kind: 'a', note: null }]);
  const before = await client.query('SELECT * FROM logs_version_1.records');
  expect(before.rows).toEqual([{ store_id: 'store-1', position: '1', kind: 'a', at_ms: '1', payload: '{}' }]);
  await client.end();
  const newer = await PostgresStoreLog.open(place);
  expect(!newer.ok && newer.problem.code).toBe('STORE_LOG_NEWER');
});
