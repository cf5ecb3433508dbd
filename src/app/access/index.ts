export { Doorkeeper, KEY_FAILURES, KEY_RATE } from './doorkeeper.ts';
export type { DoorkeeperParts, SignIn } from './doorkeeper.ts';
export { AccessOffice } from './office.ts';
export { ACCESS_COMMAND_PROBLEM_CODES } from './problem-codes.ts';
