/** The two logs as the writer's script names them, and as who checks them opens them. */
import { PostgresStoreLog } from '../../src/adapters/store-log-postgres/index.ts';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { storeId } from '../../src/domain/index.ts';
import type { KilledLog } from '../sim/store-log/index.ts';

const CHECKER = { storeId: storeId('store-1'), writerId: 'checker' };

export function killedSqlite(path: string): KilledLog {
  return { options: ['--sqlite', path], open: () => SqliteStoreLog.open({ ...CHECKER, path }) };
}

export function killedPostgres(url: string): KilledLog {
  return { options: ['--postgres', url], open: () => PostgresStoreLog.open({ ...CHECKER, url }) };
}
