/**
 * People. A user belongs to one retailer and has roles there, in all stores or in some; who works for two retailers has a
 * user at each, so that neither can touch what the other gave.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { LoginName } from './login-name.ts';
import { mayDo, mayHandOut } from './may-do.ts';
import type { Scoped } from './may-do.ts';
import type { RetailerId, UserId } from './names.ts';
import { asPlace } from './place.ts';
import type { Grant, Principal } from './principal.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';

export interface User {
  readonly userId: UserId;
  readonly retailerId: RetailerId;
  readonly login: LoginName;
  readonly grants: readonly Grant[];
  /** As the hasher wrote it; null for who signs in through an identity provider only. */
  readonly passwordHash: string | null;
  /** Rises with every change of roles or password; sessions of an earlier one are over. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly disabledAtMs: number | null;
}

export type NewUser = Omit<User, 'version' | 'disabledAtMs'>;

function grantsProblem(issuer: Principal, user: NewUser | User): AccessProblem | null {
  const isElsewhere = user.grants.some((grant) => grant.retailerId !== user.retailerId);
  if (isElsewhere || user.grants.length === 0) {
    const what = isElsewhere ? 'a role is for another retailer' : 'there is no role';
    return accessProblem('USER_GRANT_ELSEWHERE', user.login, what);
  }
  for (const grant of user.grants) {
    const may = mayDo(issuer, 'users.manage', asPlace(grant));
    if (!may.ok) return may.problem;
    const hand = mayHandOut(issuer, grant);
    if (!hand.ok) return hand.problem;
  }
  return null;
}

export function addedUser(issuer: Principal, user: NewUser): Result<User, AccessProblem> {
  const problem = grantsProblem(issuer, user);
  return problem === null ? ok({ ...user, version: 1, disabledAtMs: null }) : refused(problem);
}

/** Other roles; whoever takes one away must be able to give it. */
export function regrantedUser(
  issuer: Principal,
  user: User,
  grants: readonly Grant[],
): Result<User, AccessProblem> {
  const changed = { ...user, grants, version: user.version + 1 };
  const problem = grantsProblem(issuer, user) ?? grantsProblem(issuer, changed);
  return problem === null ? ok(changed) : refused(problem);
}

export function disabledUser(
  proof: Scoped<'users.manage'>,
  user: User,
  atMs: number,
): Result<User, AccessProblem> {
  if (!coversUser(proof, user))
    return refused(accessProblem('ACCESS_DENIED', user.login, `${proof.by} does not manage all its roles`));
  return ok({ ...user, version: user.version + 1, disabledAtMs: user.disabledAtMs ?? atMs });
}

/** The user's own new password: sessions of the one before are over. */
export function withOwnPassword(user: User, passwordHash: string): User {
  return { ...user, passwordHash, version: user.version + 1 };
}

/** Somebody else sets the password, and could sign in with it: it takes all that giving the roles would take. */
export function withResetPassword(
  issuer: Principal,
  user: User,
  passwordHash: string,
): Result<User, AccessProblem> {
  const problem = grantsProblem(issuer, user);
  return problem === null ? ok(withOwnPassword(user, passwordHash)) : refused(problem);
}

/** Whether the proof reaches every role of the user: who manages one store cannot change who works in two. */
export function coversUser(proof: Scoped<'users.manage'>, user: User): boolean {
  return proof.retailerId === user.retailerId && user.grants.every((grant) => proof.covers(grant));
}

/** The user as far as the proof reaches: roles in other stores are left out; null where nothing is left. */
export function seenUser(proof: Scoped<'users.read'>, user: User): User | null {
  if (user.retailerId !== proof.retailerId) return null;
  const grants = user.grants.filter((grant) => grant.storeId === null || proof.covers(grant));
  return grants.length === 0 ? null : { ...user, grants };
}

export function userPrincipal(user: User): Result<Principal, AccessProblem> {
  if (user.disabledAtMs !== null)
    return refused(accessProblem('USER_DISABLED', user.login, 'the user is disabled'));
  return ok({ kind: 'user', userId: user.userId, grants: user.grants });
}
