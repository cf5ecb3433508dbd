export { badSnapshot } from './batch-check.ts';
export { GroupCommit } from './group-commit.ts';
export { PAGE_CHARACTERS_MAX, pageLimit } from './page.ts';
export { STORE_LOG_PROBLEM_CODES, STORE_LOG_REMEDIES } from './problem-codes.ts';
export type { StoreLogProblemCode } from './problem-codes.ts';
export { StoreLogFailure } from './store-log-failure.ts';
export type { StoreLogProblem } from './store-log-failure.ts';
export type {
  LogBatch,
  LogLease,
  LogRecord,
  LogSnapshot,
  NewOutboxRow,
  NewRecord,
  OutboxRow,
  StoreLog,
} from './store-log.ts';
