/**
 * What a password must be: long. Rules about kinds of characters are left out because they make people choose worse ones
 * (NIST SP 800-63B). There is no list of common passwords here: none that is worth having is small; sign-ins are
 * throttled, and whoever needs a list puts an identity provider in front.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';
import { Secret } from './secret.ts';

const LENGTH_MIN = 12;
const LENGTH_MAX = 256;
const DIFFERENT_MIN = 6;
const HELD_MIN = 4;

/** As it is hashed and compared: one form for letters that can be typed in several ways. */
export function plainPassword(password: Secret): Result<Secret, AccessProblem> {
  const given = password.reveal();
  const text = given.length > 4 * LENGTH_MAX ? '' : given.normalize('NFKC');
  const { length } = [...text];
  if (length >= LENGTH_MIN && length <= LENGTH_MAX) return ok(new Secret(text));
  return refused(accessProblem('PASSWORD_LENGTH', 'password', 'the password is too short or too long'));
}

/** Asked when a password is chosen, not when it is used. */
export function newPassword(password: Secret, login: string): Result<Secret, AccessProblem> {
  const plain = plainPassword(password);
  if (!plain.ok) return plain;
  const text = plain.value.reveal().toLowerCase();
  const part = login.split('@')[0]!.toLowerCase();
  const rest = part.length < HELD_MIN ? text : text.replaceAll(part, '');
  if (rest.length >= LENGTH_MIN && new Set(rest).size >= DIFFERENT_MIN) return plain;
  const what = 'little is left of the password without the login and repeated characters';
  return refused(accessProblem('PASSWORD_GUESSABLE', 'password', what));
}
