export { ACCESS_STORE_PROBLEM_CODES } from './problem-codes.ts';
export type { AccessStoreProblemCode } from './problem-codes.ts';
export { SqliteAccessStore } from './sqlite-access-store.ts';
