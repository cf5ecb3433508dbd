/** Killed at any moment, a log has lost nothing that it acknowledged and holds nothing by halves. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { killRounds } from '../sim/store-log/index.ts';
import { killedPostgres, killedSqlite } from './killed-logs.ts';
import { PostgresCluster, postgresAbsentReason } from './postgres-cluster.ts';
import { emptyDirectory } from './empty-directory.ts';

/** More, as many as one likes: `npm run sim:log -- --rounds 1000`. */
const ROUNDS = 40;

test(`SQLite outlives ${ROUNDS} kills of its writer`, async () => {
  const run = await killRounds(killedSqlite(join(emptyDirectory(), 'log.db')), { rounds: ROUNDS, seed: 1 });
  expect(run.found).toEqual([]);
  expect(run.acknowledgedCount).toBeGreaterThan(10 * ROUNDS);
});

test(`PostgreSQL outlives ${ROUNDS} kills of its writer`, async ({ skip }) => {
  skip(postgresAbsentReason !== null, postgresAbsentReason ?? '');
  const cluster = PostgresCluster.start();
  onTestFinished(() => cluster.remove());
  const run = await killRounds(killedPostgres(cluster.url), { rounds: ROUNDS, seed: 2 });
  expect(run.found).toEqual([]);
  expect(run.acknowledgedCount).toBeGreaterThan(10 * ROUNDS);
});
