export { SqliteStoreLog } from './sqlite-store-log.ts';
export type { SqliteLogPlace } from './sqlite-store-log.ts';
