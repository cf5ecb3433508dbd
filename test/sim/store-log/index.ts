export { checkLog, NOTHING_CHECKED } from './check-log.ts';
export { killRounds } from './kill-rounds.ts';
export type { KilledLog, KillRounds } from './kill-rounds.ts';
export type { Acknowledged } from './log-writer.ts';
export { LogWriter } from './log-writer.ts';
export { numberedBatch, readNumbered, SNAPSHOT_EVERY, snapshotAt } from './numbered-batch.ts';
