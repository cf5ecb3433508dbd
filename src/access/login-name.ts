/** Logins: compatible forms become one, and what only looks like one is refused. */
import { ok, refused } from '../base/index.ts';
import type { Brand, Result } from '../base/index.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';

export type LoginName = Brand<string, 'LoginName'>;

const LOGIN = /^[a-z0-9][a-z0-9._+@-]{2,63}$/;
const LENGTH_READ_MAX = 256;

/** Full-width and other compatible letters are read as the plain ones; other alphabets are refused, for `а` is no `a`. */
export function loginName(text: string): Result<LoginName, AccessProblem> {
  const plain = text.length > LENGTH_READ_MAX ? '' : text.trim().normalize('NFKC').toLowerCase();
  if (LOGIN.test(plain)) return ok(plain as LoginName);
  return refused(accessProblem('LOGIN_LETTERS', 'login', `a login of ${text.length} characters is none`));
}
