/** Kills the writer of a store's log many times: `npm run sim:log -- --rounds 1000 --seed 1`, on both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from '../test/sim/store-log/index.ts';
import type { KilledLog } from '../test/sim/store-log/index.ts';
import { killedPostgres, killedSqlite } from '../test/store-log/killed-logs.ts';
import { PostgresCluster, postgresAbsentReason } from '../test/store-log/postgres-cluster.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error('usage: npm run sim:log -- [--rounds COUNT] [--seed SEED]');
  process.exit(2);
}

async function killAgain(name: string, log: KilledLog): Promise<void> {
  const { found, batchCount, acknowledgedCount } = await killRounds(log, { rounds, seed });
  const counts = `${batchCount} batches kept, ${acknowledgedCount} of them acknowledged`;
  console.log(
    `${name}: ${rounds} kills, ${counts}, ${found.length === 0 ? 'nothing lost' : found.join('\n')}`,
  );
  if (found.length > 0) process.exitCode = 1;
}

const directory = mkdtempSync(join(tmpdir(), 'tillfree-sim-log-'));
await killAgain('SQLite', killedSqlite(join(directory, 'log.db')));
rmSync(directory, { recursive: true });
if (postgresAbsentReason === null) {
  const cluster = PostgresCluster.start();
  await killAgain('PostgreSQL', killedPostgres(cluster.url));
  cluster.remove();
} else console.log(`PostgreSQL: ${postgresAbsentReason}`);
