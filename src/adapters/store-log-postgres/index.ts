export { PostgresStoreLog } from './postgres-store-log.ts';
export type { PostgresLogPlace } from './log-connection.ts';
