/** Nobody crosses retailers, scopes only narrow, auditors write nothing, and misuse does not compile. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_PERMISSIONS,
  DEVICE_PERMISSIONS,
  keyId,
  mayDo,
  mayHandOut,
  PERMISSIONS,
  retailerId,
  retailerPlace,
  ROLE_PERMISSIONS,
  ROLES,
  storePlace,
} from '../../src/access/index.ts';
import type { Grant, Permission, Place, Principal, RetailerId, Scoped } from '../../src/access/index.ts';
import { deviceId, storeId } from '../../src/domain/index.ts';
import type { StoreId } from '../../src/domain/index.ts';
import { ACME, BOLT, codeOf, good, grant, person, proofOf } from './people.ts';

const RETAILERS = ['acme', 'bolt', 'corn'].map(retailerId);
/** `acme-1` belongs to acme. */
const STORES = RETAILERS.flatMap((retailer) => [1, 2].map((number) => storeId(`${retailer}-${number}`)));
const ownerOf = (store: StoreId): RetailerId | null =>
  RETAILERS.find((retailer) => STORES.includes(store) && store.startsWith(`${retailer}-`)) ?? null;

const PLACES: readonly Place[] = [
  ...RETAILERS.map(retailerPlace),
  ...STORES.map((store) => good(storePlace(ownerOf, { retailerId: ownerOf(store)!, storeId: store }))),
];

/** A grant may even name another retailer's store: it must not reach it. */
const grants = fc.record({
  role: fc.constantFrom(...ROLES),
  retailerId: fc.constantFrom(...RETAILERS),
  storeId: fc.option(fc.constantFrom(...STORES)),
});
const scopes = fc.uniqueArray(fc.constantFrom(...ALL_PERMISSIONS)).map((list) => new Set<Permission>(list));
const principals: fc.Arbitrary<Principal> = fc.oneof(
  fc.array(grants, { maxLength: 6 }).map((list) => person(...list)),
  fc.record({ kind: fc.constant('key' as const), keyId: fc.constant(keyId('k')), grant: grants, scopes }),
  fc.record({
    kind: fc.constant('device' as const),
    deviceId: fc.constant(deviceId('d')),
    retailerId: fc.constantFrom(...RETAILERS),
    storeId: fc.constantFrom(...STORES),
  }),
);

/** The obvious model: what a principal has there, written without the code's helpers. */
function expected(principal: Principal, permission: Permission, place: Place): boolean {
  const fits = (one: { readonly retailerId: RetailerId; readonly storeId: StoreId | null }): boolean => {
    if (one.retailerId !== place.retailerId) return false;
    return one.storeId === null ? true : one.storeId === place.storeId;
  };
  const gives = (one: Grant): boolean => fits(one) && ROLE_PERMISSIONS[one.role].has(permission);
  if (principal.kind === 'user') return principal.grants.filter(gives).length > 0;
  if (principal.kind === 'key') return gives(principal.grant) && principal.scopes.has(permission);
  return fits(principal) && DEVICE_PERMISSIONS.has(permission);
}

function retailersOf(principal: Principal): ReadonlySet<RetailerId> {
  if (principal.kind === 'user') return new Set(principal.grants.map((one) => one.retailerId));
  return new Set([principal.kind === 'key' ? principal.grant.retailerId : principal.retailerId]);
}

describe('who may do what where', () => {
  test('nobody does anything at a retailer who gave them nothing, in any world', () => {
    fc.assert(
      fc.property(principals, (principal) => {
        const own = retailersOf(principal);
        for (const place of PLACES)
          for (const permission of ALL_PERMISSIONS) {
            const may = mayDo(principal, permission, place);
            expect(may.ok).toBe(expected(principal, permission, place));
            if (!own.has(place.retailerId)) expect(codeOf(may)).toBe('ACCESS_DENIED');
            if (may.ok)
              for (const other of PLACES)
                if (other.retailerId !== place.retailerId) expect(may.value.covers(other)).toBe(false);
          }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('scopes only ever narrow: a key does nothing that its role does not, and nothing outside its scope', () => {
    fc.assert(
      fc.property(grants, scopes, scopes, (one, wide, narrow) => {
        const both = new Set([...wide].filter((permission) => narrow.has(permission)));
        const key = (list: ReadonlySet<Permission>): Principal => {
          return { kind: 'key', keyId: keyId('k'), grant: one, scopes: list };
        };
        for (const place of PLACES)
          for (const permission of ALL_PERMISSIONS) {
            const isAllowed = mayDo(key(both), permission, place).ok;
            if (!isAllowed) continue;
            expect(mayDo(person(one), permission, place).ok).toBe(true);
            expect(mayDo(key(wide), permission, place).ok && wide.has(permission)).toBe(true);
          }
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('an auditor reads everything of its retailer and writes nothing', () => {
    const auditor = person(grant('auditor'));
    for (const permission of ALL_PERMISSIONS) {
      const isReading = PERMISSIONS[permission] === 'read';
      expect(mayDo(auditor, permission, retailerPlace(ACME)).ok, permission).toBe(isReading);
      expect(mayDo(auditor, permission, retailerPlace(BOLT)).ok, permission).toBe(false);
    }
  });

  test('a store of somebody else, or of nobody, is no place of a retailer', () => {
    const ask = (store: string): string | null =>
      codeOf(storePlace(ownerOf, { retailerId: ACME, storeId: storeId(store) }));
    expect(ask('acme-1')).toBe(null);
    expect(ask('bolt-1')).toBe('ACCESS_STORE_ELSEWHERE');
    expect(ask('acme-9')).toBe('ACCESS_STORE_ELSEWHERE');
  });

  test('every permission is in a role beside the operator’s, or manages who may do what', () => {
    const others = ROLES.filter((role) => role !== 'operator').map((role) => ROLE_PERMISSIONS[role]);
    const alone = ALL_PERMISSIONS.filter((permission) => !others.some((role) => role.has(permission)));
    expect(alone).toEqual(['settings.write', 'users.manage', 'keys.manage']);
    for (const role of ROLES) expect(ROLE_PERMISSIONS[role].size).toBeGreaterThan(0);
  });
});

describe('handing out', () => {
  test('whatever somebody may hand out, its holder may do no more than the giver', () => {
    fc.assert(
      fc.property(principals, grants, scopes, (giver, one, list) => {
        const isGiven = mayHandOut(giver, one, list).ok;
        const key: Principal = { kind: 'key', keyId: keyId('k'), grant: one, scopes: list };
        const more = PLACES.flatMap((place) =>
          ALL_PERMISSIONS.filter(
            (permission) => mayDo(key, permission, place).ok && !mayDo(giver, permission, place).ok,
          ),
        );
        expect(isGiven ? more : []).toEqual([]);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('who manages one store hands out nothing beyond it', () => {
    const local = person(grant('operator', ACME, 'acme-1'));
    expect(codeOf(mayHandOut(local, grant('operator', ACME, 'acme-1')))).toBe(null);
    expect(codeOf(mayHandOut(local, grant('associate', ACME, 'acme-2')))).toBe('ACCESS_GRANT_ABOVE_OWN');
    expect(codeOf(mayHandOut(local, grant('associate')))).toBe('ACCESS_GRANT_ABOVE_OWN');
  });
});

describe('a proof', () => {
  /** Stands for what reads a retailer's receipts. */
  function receiptsOf(proof: Scoped<'receipts.read'>): string {
    return `receipts of ${proof.retailerId}`;
  }

  test('is needed to read, and of the right permission: anything else does not compile', () => {
    expect(receiptsOf(proofOf('receipts.read'))).toBe('receipts of acme');
    const { permission, by } = proofOf('receipts.read');
    const lookAlike = { permission, by, retailerId: ACME, storeId: null, covers: () => true };
    const misuse = [
      // @ts-expect-error a proof of another permission
      () => receiptsOf(proofOf('catalogue.read')),
      // @ts-expect-error an object that looks like one
      () => receiptsOf(lookAlike),
      // @ts-expect-error an answer that nobody looked at
      () => receiptsOf(mayDo(person(grant('operator')), 'receipts.read', retailerPlace(ACME))),
      // @ts-expect-error a place that was not asked for
      () => mayDo(person(), 'receipts.read', { retailerId: BOLT, storeId: null }),
    ];
    expect(misuse).toHaveLength(4);
  });

  test('cannot be made, copied or changed at run time', () => {
    const proof = proofOf('users.read');
    expect(() => Object.assign(proof, { retailerId: BOLT })).toThrow(TypeError);
    const Made = proof.constructor as new (...given: unknown[]) => unknown;
    expect(() => new Made(Symbol('made by mayDo'), { permission: 'x', place: {}, by: '' })).toThrow(
      TypeError,
    );
    const copied = Object.create(Object.getPrototypeOf(proof) as object, {
      retailerId: { value: BOLT },
      storeId: { value: null },
    }) as typeof proof;
    expect(() => copied.covers({ retailerId: BOLT, storeId: null })).toThrow(TypeError);
  });
});
