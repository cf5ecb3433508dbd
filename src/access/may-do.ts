/**
 * The one place that decides. Whoever reads or changes what belongs to a retailer takes a `Scoped` of the permission it
 * needs, and only `mayDo` makes one: forgetting to ask does not compile, and asking for another permission, retailer or
 * store does not help. Filters in every query were rejected: the one that is forgotten shows nothing.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { StoreId } from '../domain/index.ts';
import type { RetailerId } from './names.ts';
import { DEVICE_PERMISSIONS, ROLE_PERMISSIONS } from './permissions.ts';
import type { Permission } from './permissions.ts';
import { asPlace } from './place.ts';
import type { Place } from './place.ts';
import { principalName } from './principal.ts';
import type { Grant, Principal } from './principal.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';

const ONLY_HERE = Symbol('made by mayDo');

/** A proof that `by` may do `permission` at a place. The door exports its type alone, so that nobody else can make one. */
export class Scoped<P extends Permission> {
  readonly permission: P;
  readonly retailerId: RetailerId;
  readonly storeId: StoreId | null;
  readonly by: string;
  /** Nominal for the type checker, and at run time: a copied or parsed object has none. */
  readonly #isMade = true;

  constructor(key: typeof ONLY_HERE, of: { permission: P; place: Place; by: string }) {
    if (key !== ONLY_HERE) throw new TypeError('only mayDo makes a proof');
    this.permission = of.permission;
    this.retailerId = of.place.retailerId;
    this.storeId = of.place.storeId;
    this.by = of.by;
    Object.freeze(this);
  }

  /** Whether something that belongs there lies within this proof; what is the retailer's lies in no store. */
  covers(thing: { readonly retailerId: RetailerId; readonly storeId: StoreId | null }): boolean {
    return this.#isMade && reaches(this, thing);
  }
}

function reaches(
  from: { readonly retailerId: RetailerId; readonly storeId: StoreId | null },
  to: { readonly retailerId: RetailerId; readonly storeId: StoreId | null },
): boolean {
  return from.retailerId === to.retailerId && (from.storeId === null || from.storeId === to.storeId);
}

function grantAllows(grant: Grant, permission: Permission, place: Place): boolean {
  return reaches(grant, place) && ROLE_PERMISSIONS[grant.role].has(permission);
}

function allows(principal: Principal, permission: Permission, place: Place): boolean {
  switch (principal.kind) {
    case 'user':
      return principal.grants.some((grant) => grantAllows(grant, permission, place));
    case 'key':
      return principal.scopes.has(permission) && grantAllows(principal.grant, permission, place);
    case 'device':
      return DEVICE_PERMISSIONS.has(permission) && reaches(principal, place);
  }
}

/** Whether `principal` may do it there, with the proof if so. */
export function mayDo<P extends Permission>(
  principal: Principal,
  permission: P,
  place: Place,
): Result<Scoped<P>, AccessProblem> {
  const by = principalName(principal);
  if (allows(principal, permission, place)) return ok(new Scoped(ONLY_HERE, { permission, place, by }));
  const where = place.storeId === null ? place.retailerId : `${place.retailerId}/${place.storeId}`;
  return refused(accessProblem('ACCESS_DENIED', where, `${by} may not ${permission}`));
}

/**
 * Whether `principal` may hand out `grant`, or a key of it with `scopes`: nobody gives what they do not have, so managing
 * users or keys is no way to more.
 */
export function mayHandOut(
  principal: Principal,
  grant: Grant,
  scopes: ReadonlySet<Permission> = ROLE_PERMISSIONS[grant.role],
): Result<null, AccessProblem> {
  // A grant names its store itself; as a place it is only compared with the grants that the principal holds.
  const place = asPlace(grant);
  const above = [...scopes].filter((permission) => !allows(principal, permission, place));
  if (above.length === 0) return ok(null);
  const what = `${principalName(principal)} may not hand out ${above.join(', ')}`;
  return refused(accessProblem('ACCESS_GRANT_ABOVE_OWN', grant.storeId ?? grant.retailerId, what));
}
