export { HASHER_DEFAULTS, PasswordHasher } from './password-hasher.ts';
export type { HasherSettings, PasswordCheck, ScryptParameters } from './password-hasher.ts';
export { PASSWORD_HASHER_PROBLEM_CODES } from './problem-codes.ts';
