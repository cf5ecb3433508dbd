import type { DataProblem } from '../domain/index.ts';

/** The codes with which the access room refuses. What is said to a stranger is SIGN_IN_REFUSED, whatever the reason was. */
export const ACCESS_PROBLEM_CODES = {
  ACCESS_DENIED: 'Who asks has no role there that may do this.',
  ACCESS_STORE_ELSEWHERE: 'The store is unknown, or belongs to another retailer.',
  ACCESS_GRANT_ABOVE_OWN: 'Somebody wants to hand out more than they may do themselves.',
  USER_LOGIN_TAKEN: 'A user of this retailer has that login already.',
  USER_UNKNOWN: 'The retailer has no user of that login.',
  USER_DISABLED: 'The user is disabled.',
  USER_GRANT_ELSEWHERE:
    'A grant of a user is for another retailer than the user belongs to, or there is none.',
  LOGIN_LETTERS: 'A login has letters that look like others, or a length that logins do not have.',
  PASSWORD_LENGTH: 'A password is too short to be safe or too long to be hashed.',
  PASSWORD_GUESSABLE: 'A password holds the login, or has too few different characters.',
  SIGN_IN_REFUSED: 'Login and password do not belong together, or the user may not sign in.',
  RATE_LIMITED: 'Too many attempts in too short a time; a later one is let through.',
  KEY_MALFORMED: 'A text is no API key: its form or its checksum is wrong.',
  KEY_REFUSED: 'An API key is unknown, or its secret is another one.',
  KEY_EXPIRED: 'An API key is past its end.',
  KEY_REVOKED: 'An API key was revoked.',
  KEY_UNKNOWN: 'The retailer has no key of that id.',
  KEY_SCOPE_OUTSIDE_ROLE: 'A key is to have a scope that its role does not have, or no scope at all.',
  SESSION_REFUSED: 'A session is unknown, over, revoked, or older than what its user may do now.',
  CSRF_REFUSED: 'A request that changes something does not prove that it comes from our own page.',
  AUDIT_BROKEN: 'An entry of the audit log is not what was written, or does not follow the one before it.',
  ID_TOKEN_REFUSED: 'The token of an identity provider is not one for us, now, and for this sign-in.',
} as const;

export type AccessProblemCode = keyof typeof ACCESS_PROBLEM_CODES;

const REMEDIES: Readonly<Record<AccessProblemCode, string>> = {
  ACCESS_DENIED: 'Ask an operator of the retailer for a role that may.',
  ACCESS_STORE_ELSEWHERE: 'Name a store of this retailer.',
  ACCESS_GRANT_ABOVE_OWN: 'Let somebody with that role hand it out.',
  USER_LOGIN_TAKEN: 'Choose another login.',
  USER_UNKNOWN: 'List the users of the retailer.',
  USER_DISABLED: 'Ask an operator of the retailer.',
  USER_GRANT_ELSEWHERE: 'Give the user at least one role, and roles of its own retailer only.',
  LOGIN_LETTERS: 'Use 3 to 64 of a–z, 0–9 and . _ + @ -, beginning with a letter or a digit.',
  PASSWORD_LENGTH: 'Use 12 to 256 characters.',
  PASSWORD_GUESSABLE: 'Use several words that have nothing to do with the login.',
  SIGN_IN_REFUSED: 'Check login and password.',
  RATE_LIMITED: 'Wait, then try again.',
  KEY_MALFORMED: 'Copy the whole key; it begins with tf_live_.',
  KEY_REFUSED: 'Use the key as it was printed, or have it rotated.',
  KEY_EXPIRED: 'Have the key rotated.',
  KEY_REVOKED: 'Have a new key made.',
  KEY_UNKNOWN: 'List the keys of the retailer.',
  KEY_SCOPE_OUTSIDE_ROLE: 'Name scopes that the role has.',
  SESSION_REFUSED: 'Sign in again.',
  CSRF_REFUSED: 'Load the page again and repeat what you did.',
  AUDIT_BROKEN: 'Compare with a copy; keep both, and find out who wrote to the file.',
  ID_TOKEN_REFUSED: 'Sign in again; check client, issuer and clock where it stays.',
};

export type AccessProblem = DataProblem & { readonly code: AccessProblemCode };

export function accessProblem(code: AccessProblemCode, where: string, what: string): AccessProblem {
  return { code, where, what, remedy: REMEDIES[code] };
}
