/** Retailers, users, keys and proofs from a seed. */
import {
  issueKey,
  KEY_BYTES,
  loginName,
  mayDo,
  retailerId,
  retailerPlace,
  userId,
} from '../../src/access/index.ts';
import type {
  AccessProblem,
  Grant,
  IssuedKey,
  KeyOrder,
  Permission,
  Principal,
  RetailerId,
  Role,
  Scoped,
  User,
} from '../../src/access/index.ts';
import { seededRandom } from '../../src/base/index.ts';
import type { Result } from '../../src/base/index.ts';
import { storeId } from '../../src/domain/index.ts';

export const NOW = 1_800_000_000_000;
export const DAY_MS = 86_400_000;
export const ACME = retailerId('acme');
export const BOLT = retailerId('bolt');

/** What must have worked for the test to go on. */
export function good<Value>(result: Result<Value, { readonly code: string; readonly what: string }>): Value {
  if (result.ok) return result.value;
  throw new Error(`${result.problem.code}: ${result.problem.what}`);
}

/** The code of a refusal; null for what is allowed. */
export function codeOf(result: Result<unknown, { readonly code: string }>): string | null {
  return result.ok ? null : result.problem.code;
}

/** Bytes that a seed gives, one call after the other. */
export function bytesFrom(seed: number): (count: number) => Uint8Array {
  const random = seededRandom(seed);
  return (count) => Uint8Array.from({ length: count }, () => random.below(256));
}

export function grant(role: Role, retailer: RetailerId = ACME, store: string | null = null): Grant {
  return { role, retailerId: retailer, storeId: store === null ? null : storeId(store) };
}

export function person(...grants: readonly Grant[]): Principal {
  return { kind: 'user', userId: userId('u-someone'), grants };
}

export function proofOf<P extends Permission>(permission: P, retailer: RetailerId = ACME): Scoped<P> {
  return good(mayDo(person(grant('operator', retailer)), permission, retailerPlace(retailer)));
}

export function userOf(login: string, more: Partial<User> = {}): User {
  return {
    userId: userId(`u-${login}`),
    retailerId: ACME,
    login: good(loginName(login)),
    grants: [grant('operator')],
    passwordHash: null,
    version: 1,
    createdAtMs: NOW,
    disabledAtMs: null,
    ...more,
  };
}

export function orderKey(
  seed: number,
  order: Partial<KeyOrder> = {},
  issuer: Principal = person(grant('operator')),
): Result<IssuedKey, AccessProblem> {
  const whole: KeyOrder = {
    name: 'till',
    grant: grant('integrator'),
    scopes: ['catalogue.write', 'catalogue.read'],
    expiresAtMs: NOW + 30 * DAY_MS,
    atMs: NOW,
    ...order,
  };
  return issueKey(issuer, whole, bytesFrom(seed)(KEY_BYTES));
}
