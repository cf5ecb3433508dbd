/** Both stores of users and keys against the one suite; and what only a file can get wrong. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteAccessStore } from '../../src/adapters/access-store-sqlite/index.ts';
import { auditProblem, MemoryAccessStore } from '../../src/access/index.ts';
import { codeOf, good, NOW, orderKey, proofOf, userOf } from '../access/people.ts';
import { testAccessStore } from './access-store.ts';

function newPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-access-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'data', 'access.sqlite');
}

testAccessStore('in memory', () => new MemoryAccessStore());
testAccessStore('in a file', () => good(SqliteAccessStore.open(newPath())));

test('a file of users is the same after it was closed, is its owner’s alone, and syncs fully', () => {
  const path = newPath();
  const store = good(SqliteAccessStore.open(path));
  const [user, key] = [userOf('mira'), good(orderKey(1)).key];
  store.putUser(proofOf('users.manage'), user);
  store.putKey(proofOf('keys.manage'), key);
  const what = { storeId: null, by: 'x', action: 'key.added', subject: 'key:x', facts: {} } as const;
  store.tellAudit({ atMs: NOW, retailerId: user.retailerId, ...what });
  store.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const again = good(SqliteAccessStore.open(path));
  expect(again.userOfId(user.userId)).toEqual(user);
  expect(again.keyOfId(key.keyId)).toEqual(key);
  again.tellAudit({ atMs: NOW + 1, retailerId: user.retailerId, ...what });
  const entries = again.auditOf(proofOf('audit.read'), { from: 1, limit: 9 });
  expect(entries).toHaveLength(2);
  expect(auditProblem(entries)).toBe(null);
  again.close();
});

test('two writers of a file of users make one chain', () => {
  const path = newPath();
  const [a, b] = [good(SqliteAccessStore.open(path)), good(SqliteAccessStore.open(path))];
  const what = { storeId: null, by: 'x', action: 'thing.read', subject: 'y', facts: {} } as const;
  for (let n = 0; n < 10; n++)
    (n % 2 === 0 ? a : b).tellAudit({ atMs: NOW + n, retailerId: userOf('mira').retailerId, ...what });
  const entries = a.auditOf(proofOf('audit.read'), { from: 1, limit: 99 });
  expect(entries).toHaveLength(10);
  expect(auditProblem(entries)).toBe(null);
  a.close();
  b.close();
});

test('a file that is no store of users, or of a later version, is refused and left as it is', () => {
  const path = newPath();
  good(SqliteAccessStore.open(path)).close();
  const other = new DatabaseSync(path);
  other.exec('PRAGMA user_version = 2');
  other.close();
  expect(codeOf(SqliteAccessStore.open(path))).toBe('ACCESS_STORE_OTHER');
  const text = join(path, '..', 'text.sqlite');
  writeFileSync(text, 'no database at all, but long enough to be looked at as if it were one'.repeat(20));
  expect(codeOf(SqliteAccessStore.open(text))).toBe('ACCESS_STORE_OTHER');
  const foreign = join(path, '..', 'foreign.sqlite');
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE a (b)');
  database.close();
  expect(codeOf(SqliteAccessStore.open(foreign))).toBe('ACCESS_STORE_OTHER');
  expect(codeOf(SqliteAccessStore.open(join(text, 'below', 'x.sqlite')))).toBe('ACCESS_STORE_UNREADABLE');
});
