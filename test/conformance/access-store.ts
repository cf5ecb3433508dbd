/** What every store of users, keys, sessions and audit entries has to hold. */
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  auditProblem,
  mayDo,
  openSession,
  retailerId,
  rotateKey,
  storePlace,
  userId,
} from '../../src/access/index.ts';
import type { AccessStore, AuditDraft, Permission, Scoped } from '../../src/access/index.ts';
import { storeId } from '../../src/domain/index.ts';
import {
  ACME,
  BOLT,
  bytesFrom,
  good,
  grant,
  NOW,
  orderKey,
  person,
  proofOf,
  userOf,
} from '../access/people.ts';

const PAGE = { from: 1, limit: 100 };

function inNorth<P extends Permission>(permission: P): Scoped<P> {
  const place = good(storePlace(() => ACME, { retailerId: ACME, storeId: storeId('north') }));
  return good(mayDo(person(grant('operator', ACME, 'north')), permission, place));
}

function draft(n: number, retailer = ACME): AuditDraft {
  const what = {
    by: 'user:u-1',
    action: 'thing.read',
    subject: `receipt:${n}`,
    facts: { n: `${n}` },
  } as const;
  return { atMs: NOW + n, retailerId: retailer, storeId: null, ...what };
}

function testUserLookup(opened: () => AccessStore): void {
  test('are found by retailer and login, and by id, as they were put', () => {
    const store = opened();
    const mira = userOf('mira', { passwordHash: 'scrypt$x', grants: [grant('reviewer', ACME, 'north')] });
    const other = userOf('mira', {
      userId: userId('u-2'),
      retailerId: BOLT,
      grants: [grant('auditor', BOLT)],
    });
    store.putUser(proofOf('users.manage'), mira);
    store.putUser(proofOf('users.manage', BOLT), other);
    expect(store.userOfLogin(ACME, mira.login)).toEqual(mira);
    expect(store.userOfLogin(BOLT, mira.login)).toEqual(other);
    expect(store.userOfLogin(retailerId('corn'), mira.login)).toBe(null);
    expect(store.userOfId(mira.userId)).toEqual(mira);
    expect(store.userOfId(userId('u-9'))).toBe(null);
    store.putUser(proofOf('users.manage'), { ...mira, disabledAtMs: NOW });
    expect(store.userOfId(mira.userId)?.disabledAtMs).toBe(NOW);
  });

  test('are listed for their retailer alone, by login, and for a store as far as it goes', () => {
    const store = opened();
    const south = userOf('sam', { grants: [grant('associate', ACME, 'south')] });
    const both = userOf('bea', {
      grants: [grant('associate', ACME, 'south'), grant('reviewer', ACME, 'north')],
    });
    for (const user of [south, both, userOf('ada')]) store.putUser(proofOf('users.manage'), user);
    expect(store.usersOf(proofOf('users.read')).map(({ login }) => login)).toEqual(['ada', 'bea', 'sam']);
    expect(store.usersOf(proofOf('users.read', BOLT))).toEqual([]);
    const seen = store.usersOf(inNorth('users.read'));
    expect(seen.map(({ login }) => login)).toEqual(['ada', 'bea']);
    expect(seen[1]!.grants).toEqual([grant('reviewer', ACME, 'north')]);
  });
}

function testUserChanges(opened: () => AccessStore): void {
  test('are changed by nobody who does not reach all of them, before and after', () => {
    const store = opened();
    const mira = userOf('mira');
    store.putUser(proofOf('users.manage'), mira);
    const taken = { ...mira, retailerId: BOLT, grants: [grant('operator', BOLT)] };
    expect(() => store.putUser(proofOf('users.manage', BOLT), taken)).toThrow('USER_OUT_OF_REACH');
    expect(() => store.putUser(proofOf('users.manage', BOLT), mira)).toThrow('USER_OUT_OF_REACH');
    const lowered = { ...mira, grants: [grant('associate', ACME, 'north')] };
    expect(() => store.putUser(inNorth('users.manage'), lowered)).toThrow('USER_OUT_OF_REACH');
    expect(store.userOfId(mira.userId)).toEqual(mira);
  });

  test('have a login of their own at their retailer', () => {
    const store = opened();
    store.putUser(proofOf('users.manage'), userOf('mira'));
    const twin = userOf('mira', { userId: userId('u-2') });
    expect(() => store.putUser(proofOf('users.manage'), twin)).toThrow('USER_LOGIN_KEPT_TWICE');
    expect(store.userOfId(userId('u-2'))).toBe(null);
  });

  test('get another hash only where the one before is still kept', () => {
    const store = opened();
    const mira = userOf('mira', { passwordHash: 'old' });
    store.putUser(proofOf('users.manage'), mira);
    store.rehash(mira.userId, 'older', 'x');
    expect(store.userOfId(mira.userId)).toEqual(mira);
    store.rehash(mira.userId, 'old', 'new');
    expect(store.userOfId(mira.userId)).toEqual({ ...mira, passwordHash: 'new' });
  });
}

function testKeys(opened: () => AccessStore): void {
  test('are kept as they were put, in order, for their retailer and store', () => {
    const store = opened();
    const first = good(orderKey(2)).key;
    const north = good(orderKey(1, { grant: grant('integrator', ACME, 'north') })).key;
    for (const key of [first, north]) store.putKey(proofOf('keys.manage'), key);
    expect(store.keyOfId(first.keyId)).toEqual(first);
    store.noteKeyUse(first.keyId, 20_000);
    const turn = { random: bytesFrom(3)(20), atMs: NOW, overlapMs: 1000, expiresAtMs: null };
    const rotated = good(rotateKey(person(grant('operator')), store.keyOfId(first.keyId)!, turn)).key;
    store.putKey(proofOf('keys.manage'), rotated);
    expect(store.keyOfId(first.keyId)).toEqual({ ...rotated, lastUsedDay: 20_000 });
    expect(store.keysOf(proofOf('keys.read'))).toEqual([{ ...rotated, lastUsedDay: 20_000 }, north]);
    expect(store.keysOf(inNorth('keys.read'))).toEqual([north]);
    expect(store.keysOf(proofOf('keys.read', BOLT))).toEqual([]);
    expect(() => store.putKey(proofOf('keys.manage', BOLT), first)).toThrow('KEY_OUT_OF_REACH');
    const moved = { ...first, grant: grant('integrator', BOLT) };
    expect(() => store.putKey(proofOf('keys.manage', BOLT), moved)).toThrow('KEY_OUT_OF_REACH');
    expect(() => store.putKey(inNorth('keys.manage'), first)).toThrow('KEY_OUT_OF_REACH');
  });
}

function testSessions(opened: () => AccessStore): void {
  test('are found by hash, changed, dropped by user and swept by age', () => {
    const store = opened();
    const [mira, sam] = [userOf('mira'), userOf('sam')];
    const random = bytesFrom(1);
    const old = openSession(mira, random(20), NOW - 1000).session;
    const own = openSession(mira, random(20), NOW).session;
    const other = openSession(sam, random(20), NOW).session;
    for (const session of [old, own, other]) store.putSession(session);
    store.putSession({ ...own, lastUsedAtMs: NOW + 5 });
    expect(store.sessionOfHash(own.hash)).toEqual({ ...own, lastUsedAtMs: NOW + 5 });
    expect([store.sweepSessions(NOW), store.sweepSessions(NOW)]).toEqual([1, 0]);
    expect(store.sessionOfHash(old.hash)).toBe(null);
    store.dropSessionsOf(mira.userId);
    expect(store.sessionOfHash(own.hash)).toBe(null);
    expect(store.sessionOfHash(other.hash)).toEqual(other);
  });
}

function testAudit(opened: () => AccessStore): void {
  test('is a chain per retailer, read in pages by its retailer alone', () => {
    const store = opened();
    for (let n = 1; n <= 5; n++) {
      store.tellAudit(draft(n));
      store.tellAudit(draft(n, BOLT));
    }
    const all = store.auditOf(proofOf('audit.read'), PAGE);
    expect(all.map(({ position, subject }) => [position, subject])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, `receipt:${n}`]),
    );
    expect(all.every((entry) => entry.retailerId === ACME)).toBe(true);
    expect(auditProblem(all)).toBe(null);
    const page = store.auditOf(proofOf('audit.read'), { from: 3, limit: 2 });
    expect(page).toEqual(all.slice(2, 4));
    expect(() => store.auditOf(inNorth('audit.read'), PAGE)).toThrow('AUDIT_NEEDS_RETAILER');
  });
}

function testTransactions(opened: () => AccessStore): void {
  test('keeps all or nothing, audit entry and change together', () => {
    const store = opened();
    const put = (): void => {
      store.putUser(proofOf('users.manage'), userOf('mira'));
      store.tellAudit(draft(1));
    };
    expect(() =>
      store.transaction(() => {
        store.transaction(put);
        throw new Error('then the power went');
      }),
    ).toThrow('power');
    expect(store.usersOf(proofOf('users.read'))).toEqual([]);
    expect(store.auditOf(proofOf('audit.read'), PAGE)).toEqual([]);
    expect(store.transaction(() => (put(), 7))).toBe(7);
    expect(store.usersOf(proofOf('users.read'))).toHaveLength(1);
    expect(store.auditOf(proofOf('audit.read'), PAGE)).toHaveLength(1);
  });
}

/** @param open an empty store; called anew for every test. */
export function testAccessStore(name: string, open: () => AccessStore): void {
  const opened = (): AccessStore => {
    const store = open();
    onTestFinished(() => store.close());
    return store;
  };
  describe(`${name}: users`, () => {
    testUserLookup(opened);
  });
  describe(`${name}: changes of users`, () => {
    testUserChanges(opened);
  });
  describe(`${name}: keys`, () => {
    testKeys(opened);
  });
  describe(`${name}: sessions`, () => {
    testSessions(opened);
  });
  describe(`${name}: audit`, () => {
    testAudit(opened);
  });
  describe(`${name}: a transaction`, () => {
    testTransactions(opened);
  });
}
