/** Batches of which nobody answered: kept once, whether the answer was lost or the statement comes when all is over. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { PostgresStoreLog } from '../../src/adapters/store-log-postgres/index.ts';
import { storeId } from '../../src/domain/index.ts';
import type { StoreLog } from '../../src/engine/index.ts';
import { readAll, refusal } from '../conformance/store-log.ts';
import { LossyLine } from './lossy-line.ts';
import { PostgresCluster, postgresAbsentReason } from './postgres-cluster.ts';

let cluster: PostgresCluster | null = null;
let schemaCount = 0;
beforeAll(() => {
  if (postgresAbsentReason === null) cluster = PostgresCluster.start();
});
afterAll(() => cluster?.remove());

const batchOf = (n: number) => ({
  records: [1, 2].map((part) => ({ kind: 'part', atMs: n, payload: `${part}` })),
  outbox: [{ topic: 'numbers', key: 'all', payload: String(n) }],
});

async function openOver(patienceMs: number): Promise<{ readonly line: LossyLine; readonly log: StoreLog }> {
  const line = await LossyLine.to(cluster!.socketPath);
  const opened = await PostgresStoreLog.open({
    url: `postgres://tillfree@127.0.0.1:${line.port}/postgres`,
    schema: `doubt_${++schemaCount}`,
    storeId: storeId('store-1'),
    writerId: 'writer-1',
    patienceMs,
  });
  if (!opened.ok) throw new Error(opened.problem.what);
  onTestFinished(async () => {
    await opened.value.close();
    await line.close();
  });
  return { line, log: opened.value };
}

async function timesOf(log: StoreLog): Promise<number[]> {
  return (await readAll(log)).map(({ atMs }) => atMs);
}

test('a batch whose answer was lost is kept once, and its place is told', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const { line, log } = await openOver(20_000);
  await log.append(batchOf(1));
  line.loseNextAnswer();
  expect(await log.append(batchOf(2))).toEqual({ firstPosition: 3 });
  expect(await log.append(batchOf(3))).toEqual({ firstPosition: 5 });
  expect(await timesOf(log)).toEqual([1, 1, 2, 2, 3, 3]);
  expect(await log.outboxCount()).toBe(3);
});

test('a statement that arrives after it was said again does nothing', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const { line, log } = await openOver(20_000);
  await log.append(batchOf(1));
  line.holdNextBack();
  expect(await log.append(batchOf(2))).toEqual({ firstPosition: 3 });
  await line.arriveLate();
  expect(await log.append(batchOf(3))).toEqual({ firstPosition: 5 });
  expect(await timesOf(log)).toEqual([1, 1, 2, 2, 3, 3]);
});

test('without patience a batch is in doubt, and the last position tells', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const { line, log } = await openOver(0);
  await log.append(batchOf(1));
  line.loseNextAnswer();
  expect(await refusal(log.append(batchOf(2)))).toBe('STORE_LOG_UNREACHABLE');
  expect(await log.lastPosition()).toBe(4);
  line.holdNextBack();
  expect(await refusal(log.append(batchOf(3)))).toBe('STORE_LOG_UNREACHABLE');
  expect(await log.lastPosition()).toBe(4);
  await line.arriveLate();
  expect(await log.append(batchOf(4))).toEqual({ firstPosition: 5 });
  expect(await timesOf(log)).toEqual([1, 1, 2, 2, 4, 4]);
});
