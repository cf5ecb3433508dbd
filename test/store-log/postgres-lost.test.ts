/** Connections that break and servers that crash under a log: nothing twice, nothing by halves, and then it goes on. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresStoreLog } from '../../src/adapters/store-log-postgres/index.ts';
import type { PostgresLogPlace } from '../../src/adapters/store-log-postgres/index.ts';
import { storeId } from '../../src/domain/index.ts';
import type { StoreLog } from '../../src/engine/index.ts';
import { readAll, refusal } from '../conformance/store-log.ts';
import { numberedBatch, readNumbered } from '../sim/store-log/index.ts';
import { PostgresCluster, postgresAbsentReason } from './postgres-cluster.ts';

let cluster: PostgresCluster | null = null;
let schemaCount = 0;
beforeAll(() => {
  if (postgresAbsentReason === null) cluster = PostgresCluster.start();
});
afterAll(() => cluster?.remove());

function newPlace(patienceMs = 20_000): PostgresLogPlace {
  const schema = `lost_${++schemaCount}`;
  return {
    url: cluster!.url,
    schema,
    storeId: storeId('store-1'),
    writerId: `writer-${schemaCount}`,
    patienceMs,
  };
}

async function openLog(place: PostgresLogPlace): Promise<StoreLog> {
  const opened = await PostgresStoreLog.open(place);
  if (!opened.ok) throw new Error(opened.problem.what);
  return opened.value;
}

async function asAdmin<Value>(run: (admin: pg.Client) => Promise<Value>): Promise<Value> {
  const admin = new pg.Client(cluster!.url);
  await admin.connect();
  const value = await run(admin);
  await admin.end();
  return value;
}

/** The numbers of the batches in a log, each of which must be whole and there once. */
async function wholeBatches(log: StoreLog): Promise<number[]> {
  const parts = (await readAll(log)).map(readNumbered);
  const numbers = parts.filter(({ part }) => part === 0).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  const whole = numbers.flatMap((number) =>
    numberedBatch(number).records.map((_, part, { length }) => ({ number, part, of: length })),
  );
  expect(parts).toEqual(whole);
  expect(await log.outboxCount()).toBe(numbers.length);
  return numbers;
}

test('a connection that breaks again and again is not noticed by who appends', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const place = newPlace();
  const log = await openLog(place);
  const { epoch } = log.lease;
  await asAdmin(async (admin) => {
    for (let round = 0; round < 15; round++) {
      const appends = Array.from({ length: 40 }, (_, index) =>
        log.append(numberedBatch(round * 40 + index + 1)),
      );
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`,
        [`tillfree ${place.writerId}`],
      );
      const kept = await Promise.all(appends);
      expect(kept).toHaveLength(40);
    }
  });
  expect(await wholeBatches(log)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  expect(log.lease.epoch).toBeGreaterThan(epoch);
  await log.close();
});

test('who took the log over while the connection was lost keeps it', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const place = newPlace();
  const older = await openLog(place);
  await older.append(numberedBatch(1));
  const newer = await openLog({ ...place, writerId: 'newer' });
  await asAdmin((admin) =>
    admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, [
      `tillfree ${place.writerId}`,
    ]),
  );
  expect(await refusal(older.append(numberedBatch(2)))).toBe('STORE_LOG_FENCED');
  await newer.append(numberedBatch(3));
  expect(await wholeBatches(newer)).toEqual([1, 3]);
  await older.close();
  await newer.close();
});

test('a server that crashes refuses, and is used again when it is back', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const log = await openLog(newPlace(100));
  const kept: number[] = [];
  for (let round = 0; round < 3; round++) {
    const numbers = Array.from({ length: 2000 }, (_, index) => round * 2000 + index + 1);
    await log.append(numberedBatch(10_000 + round));
    const appends = numbers.map((number) => log.append(numberedBatch(number)));
    cluster!.stop('immediate');
    const outcomes = await Promise.allSettled(appends);
    outcomes.forEach(({ status }, index) => status === 'fulfilled' && kept.push(numbers[index]!));
    expect(await refusal(log.append(numberedBatch(20_000)))).toBe('STORE_LOG_UNREACHABLE');
    cluster!.startAgain();
    kept.push(10_000 + round);
  }
  const found = await wholeBatches(log);
  expect(kept.filter((number) => !found.includes(number))).toEqual([]);
  expect(found).not.toContain(20_000);
  await log.append(numberedBatch(30_000));
  await log.close();
});

test('a server that does not sync is refused', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  cluster!.stop('fast');
  cluster!.startAgain(['-c fsync=off']);
  const opened = await PostgresStoreLog.open(newPlace());
  cluster!.stop('fast');
  cluster!.startAgain();
  expect(!opened.ok && opened.problem.code).toBe('STORE_LOG_UNFIT');
});

test('tables of a newer version are refused, and stay as they are', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const place = newPlace();
  await (await openLog(place)).close();
  const versions = await asAdmin(async (admin) => {
    await admin.query(`UPDATE ${place.schema}.version SET version = 99`);
    const opened = await PostgresStoreLog.open(place);
    expect(!opened.ok && opened.problem.code).toBe('STORE_LOG_NEWER');
    return (await admin.query(`SELECT version FROM ${place.schema}.version`)).rows;
  });
  expect(versions).toEqual([{ version: 99 }]);
});
