/** Both logs of a store against the one suite: SQLite in a file, PostgreSQL on a server of the test's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { PostgresStoreLog } from '../../src/adapters/store-log-postgres/index.ts';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { PostgresCluster, postgresAbsentReason } from '../store-log/postgres-cluster.ts';
import { testStoreLog } from './store-log.ts';

testStoreLog({
  name: 'SQLite',
  absentReason: null,
  bench: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tillfree-log-'));
    return {
      open: (storeId, writerId) =>
        SqliteStoreLog.open({ path: join(directory, 'logs', `${storeId}.db`), storeId, writerId }),
      close: async () => rmSync(directory, { recursive: true, force: true }),
    };
  },
});

let cluster: PostgresCluster | null = null;
let benchCount = 0;
beforeAll(() => {
  if (postgresAbsentReason === null) cluster = PostgresCluster.start();
});
afterAll(() => cluster?.remove());

testStoreLog({
  name: 'PostgreSQL',
  absentReason: postgresAbsentReason,
  bench: async () => {
    const place = { url: cluster!.url, schema: `bench_${++benchCount}` };
    return {
      open: (storeId, writerId) => PostgresStoreLog.open({ ...place, storeId, writerId }),
      close: () => Promise.resolve(),
    };
  },
});
