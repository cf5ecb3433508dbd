/** `tillfree user` and `tillfree key`: what is printed once, what never, and what a refusal says. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PasswordHasher } from '../../src/adapters/access-passwords/index.ts';
import { SqliteAccessStore } from '../../src/adapters/access-store-sqlite/index.ts';
import {
  auditProblem,
  keyIdIn,
  keyPrincipal,
  loginName,
  mayDo,
  retailerId,
  retailerPlace,
  Secret,
} from '../../src/access/index.ts';
import type { AccessProblem, ApiKey, Principal } from '../../src/access/index.ts';
import type { Result } from '../../src/base/index.ts';
import { codeOf, good, grant, person, proofOf } from '../access/people.ts';
import { call, emptyDirectory } from './command-line.ts';

const MAIN = retailerId('main');
const operator = person(grant('operator', MAIN));

function withStore<Value>(data: string, work: (store: SqliteAccessStore) => Value): Value {
  const store = good(SqliteAccessStore.open(join(data, 'access.sqlite')));
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** Whether a text stands in any file of the directory. */
function isKept(data: string, text: string): boolean {
  return readdirSync(data).some((name) => readFileSync(join(data, name)).includes(text));
}

/** Who comes with the key right after it was made: the commands read a clock, this test does not. */
function comes(key: ApiKey | null, text: string): Result<Principal, AccessProblem> {
  return keyPrincipal(key, new Secret(text), (key?.createdAtMs ?? 0) + 1);
}

function keyComes(data: string, text: string): string | null {
  const id = keyIdIn(text)!;
  return withStore(data, (store) => codeOf(comes(store.keyOfId(id), text)));
}

function auditOf(data: string): string[] {
  const entries = withStore(data, (store) =>
    store.auditOf(proofOf('audit.read', MAIN), { from: 1, limit: 99 }),
  );
  expect(auditProblem(entries)).toBe(null);
  return entries.map(({ by, action }) => `${by} ${action}`);
}

describe('tillfree user', () => {
  test('adds with a password that is shown once, lists, disables; the password is kept nowhere', async () => {
    const data = emptyDirectory();
    const added = await call('user', 'add', 'Mira', '--role', 'operator', '--data', data);
    expect([added.code, added.out]).toEqual([0, expect.stringMatching(/^[0-9a-z]{4}(?:-[0-9a-z]{4}){5}\n$/)]);
    const password = added.out.trim();
    expect(isKept(data, password)).toBe(false);
    const stores = ['--store', 'north', '--store', 'south'];
    await call('user', 'add', 'sam', '--role', 'associate', '--role', 'reviewer', ...stores, '--data', data);
    const listed = await call('user', 'list', '--data', data);
    const roles = 'associate in north, associate in south, reviewer in north, reviewer in south';
    expect(listed.out).toBe(`mira  operator\nsam  ${roles}\n`);
    const kept = withStore(
      data,
      (store) => store.userOfLogin(MAIN, good(loginName('mira')))?.passwordHash ?? null,
    );
    expect(good(await new PasswordHasher().check(new Secret(password), kept))).toEqual({
      isRight: true,
      needsRehash: false,
    });
    expect((await call('user', 'disable', 'sam', '--data', data)).code).toBe(0);
    expect((await call('user', 'list', '--data', data)).out).toContain('  disabled\n');
    expect(auditOf(data)).toEqual(
      ['added', 'added', 'disabled'].map((what) => `user:data-directory user.${what}`),
    );
  });

  test('reads a password from a file, and says nothing of it', async () => {
    const data = emptyDirectory();
    const file = join(emptyDirectory(), 'password');
    const add = (login: string, text: string) => {
      writeFileSync(file, text);
      return call('user', 'add', login, '--role', 'auditor', '--password-file', file, '--data', data);
    };
    const added = await add('mira', 'eleven grey geese\nanother line');
    expect(added).toEqual({ code: 0, out: '', err: 'added mira: auditor\n' });
    expect((await add('sam', 'short')).err).toContain('[PASSWORD_LENGTH]');
    expect((await add('sam', 'sam'.repeat(6))).err).toContain('[PASSWORD_GUESSABLE]');
    const none = await call(
      'user',
      'add',
      'sam',
      '--role',
      'auditor',
      '--password-file',
      `${file}x`,
      '--data',
      data,
    );
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('[PASSWORD_FILE_UNREADABLE]')]);
    expect((await call('user', 'list', '--data', data)).out).toBe('mira  auditor\n');
  });
});

describe('tillfree user', () => {
  test('refuses with a code and a remedy, and tells a wrong call apart', async () => {
    const data = emptyDirectory();
    await call('user', 'add', 'mira', '--role', 'auditor', '--data', data);
    const refusals: readonly (readonly [string[], string])[] = [
      [['add', 'ＭＩＲＡ', '--role', 'auditor'], 'USER_LOGIN_TAKEN'],
      [['add', 'mirа', '--role', 'auditor'], 'LOGIN_LETTERS'],
      [['disable', 'nobody'], 'USER_UNKNOWN'],
      [['disable', 'mira', '--retailer', 'other'], 'USER_UNKNOWN'],
    ];
    for (const [args, code] of refusals) {
      const refused = await call('user', ...args, '--data', data);
      expect([refused.code, refused.out], args.join(' ')).toEqual([1, '']);
      expect(refused.err).toContain(`[${code}]`);
    }
    expect((await call('user', 'add', 'x', '--role', 'king', '--data', data)).code).toBe(2);
    expect((await call('user', 'add', 'x', '--data', data)).code).toBe(2);
    expect((await call('user', 'list')).code).toBe(2);
    expect((await call('user', 'list', '--retailer', 'other', '--data', data)).out).toBe('');
  });
});

describe('tillfree key', () => {
  test('prints a new key exactly once; it works, and nothing keeps it', async () => {
    const data = emptyDirectory();
    const made = await call(
      'key',
      'add',
      'erp',
      '--role',
      'integrator',
      '--scope',
      'catalogue.write',
      '--data',
      data,
    );
    const text = made.out.trim();
    expect(keyIdIn(text)).not.toBe(null);
    expect(made.err).not.toContain(text.slice(-20));
    expect(keyComes(data, text)).toBe(null);
    const secret = text.split('_')[3]!;
    const listed = await call('key', 'list', '--data', data);
    expect(listed.out).toMatch(
      /^[0-9a-z]{16} {2}erp {2}integrator {2}catalogue\.write {2}until [\d-]{10}, never used\n$/,
    );
    for (const shown of [listed.out, listed.err]) expect(shown).not.toContain(secret);
    expect(isKept(data, secret)).toBe(false);
    const principal: Principal = withStore(data, (store) => good(comes(store.keyOfId(keyIdIn(text)!), text)));
    expect(mayDo(principal, 'catalogue.write', retailerPlace(MAIN)).ok).toBe(true);
    expect(mayDo(principal, 'catalogue.read', retailerPlace(MAIN)).ok).toBe(false);
    expect(mayDo(operator, 'catalogue.read', retailerPlace(MAIN)).ok).toBe(true);
  });
});

describe('tillfree key', () => {
  test('rotates with an overlap or without, and revokes for good', async () => {
    const data = emptyDirectory();
    const first = (await call('key', 'add', 'erp', '--role', 'integrator', '--data', data)).out.trim();
    const id = keyIdIn(first)!;
    const second = (await call('key', 'rotate', id, '--data', data)).out.trim();
    expect(keyIdIn(second)).toBe(id);
    expect([keyComes(data, first), keyComes(data, second)]).toEqual([null, null]);
    const third = (await call('key', 'rotate', id, '--overlap-hours', '0', '--data', data)).out.trim();
    expect([first, third].map((text) => keyComes(data, text))).toEqual(['KEY_REFUSED', null]);
    expect((await call('key', 'revoke', id, '--data', data)).code).toBe(0);
    expect(keyComes(data, third)).toBe('KEY_REVOKED');
    expect((await call('key', 'list', '--data', data)).out).toContain('revoked ');
    expect((await call('key', 'rotate', id, '--data', data)).err).toContain('[KEY_REVOKED]');
    expect(auditOf(data).map((line) => line.split(' ')[1])).toEqual([
      'key.added',
      'key.rotated',
      'key.rotated',
      'key.revoked',
    ]);
  });

  test('refuses with a code and a remedy, and tells a wrong call apart', async () => {
    const data = emptyDirectory();
    const made = await call('key', 'add', 'erp', '--role', 'auditor', '--data', data);
    const id = keyIdIn(made.out.trim())!;
    const beyond = await call(
      'key',
      'add',
      'x',
      '--role',
      'auditor',
      '--scope',
      'refunds.make',
      '--data',
      data,
    );
    expect([beyond.code, beyond.out]).toEqual([1, '']);
    expect(beyond.err).toContain('[KEY_SCOPE_OUTSIDE_ROLE]');
    expect((await call('key', 'revoke', 'nobody', '--data', data)).err).toContain('[KEY_UNKNOWN]');
    const stranger = await call('key', 'rotate', id, '--retailer', 'other', '--data', data);
    expect([stranger.code, stranger.out]).toEqual([1, '']);
    expect(stranger.err).toContain('[KEY_UNKNOWN]');
    const calls = [
      ['--scope', 'all'],
      ['--days', '0'],
      ['--role', 'king'],
      ['--store', '\u0007'],
    ];
    for (const wrong of calls)
      expect((await call('key', 'add', 'x', '--role', 'auditor', ...wrong, '--data', data)).code).toBe(2);
    writeFileSync(join(data, 'access.sqlite'), 'no database'.repeat(100));
    expect((await call('key', 'list', '--data', data)).err).toContain('[ACCESS_STORE_OTHER]');
  });
});
