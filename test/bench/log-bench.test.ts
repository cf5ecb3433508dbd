/** The benchmark of logs in small: all keep the same; nothing here looks at time. */
import { expect, onTestFinished, test } from 'vitest';
import { runLogBench } from '../../bench/log-bench.ts';
import { PostgresCluster, postgresAbsentReason } from '../store-log/postgres-cluster.ts';

/** A change here is a change of what is kept: say why. */
const HASH = '9de170458c3c';
const SIZES = { records: 250, by: 100, atOnce: 1, rounds: 2 };

test('a plain file and SQLite keep the same', async () => {
  const ways = await runLogBench(SIZES, null);
  expect(ways.map(({ name, hash }) => [name, hash])).toEqual([
    ['plain file', HASH],
    ['SQLite', HASH],
  ]);
  const oneByOne = await runLogBench({ ...SIZES, by: 1, atOnce: 7 }, null);
  expect(oneByOne.map(({ hash }) => hash)).toEqual([HASH, HASH]);
});

test('PostgreSQL keeps the same', async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const cluster = PostgresCluster.start();
  onTestFinished(() => cluster.remove());
  const ways = await runLogBench(SIZES, cluster.url);
  expect(ways.map(({ hash }) => hash)).toEqual([HASH, HASH, HASH]);
});
