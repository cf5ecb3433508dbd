/**
 * Users, keys, sessions and the audit log in one SQLite file of Node's own driver. `synchronous = FULL`: a call that
 * returned is on the disk. The retailer is a column of every list's index, and comes out of the proof, never out of what
 * somebody asked for.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import {
  assertKeyInReach,
  assertUserInReach,
  assertWholeRetailer,
  auditEntry,
  seenUser,
} from '../../access/index.ts';
import type {
  AccessStore,
  ApiKey,
  AuditDraft,
  AuditEntry,
  KeyId,
  LoginName,
  RetailerId,
  Scoped,
  Session,
  User,
  UserId,
} from '../../access/index.ts';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { readEntry, readKey, readSession, readUser } from './documents.ts';
import type { AccessStoreProblemCode } from './problem-codes.ts';

/** Stands in the file's header: 'TfAc'. */
const APPLICATION_ID = 0x54664163;
const SCHEMA_VERSION = 1;
const LOCK_WAIT_MS = 5000;

const SCHEMA = `
CREATE TABLE users (
  user_id TEXT PRIMARY KEY, retailer_id TEXT NOT NULL, login TEXT NOT NULL, document TEXT NOT NULL,
  UNIQUE (retailer_id, login)) STRICT;
CREATE TABLE keys (
  position INTEGER PRIMARY KEY, key_id TEXT NOT NULL UNIQUE, retailer_id TEXT NOT NULL, document TEXT NOT NULL) STRICT;
CREATE INDEX keys_of_retailer ON keys (retailer_id, position);
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, created_at_ms REAL NOT NULL, document TEXT NOT NULL) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (created_at_ms);
CREATE TABLE audit (
  retailer_id TEXT NOT NULL, position INTEGER NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (retailer_id, position)) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};`;

const REMEDIES: Readonly<Record<AccessStoreProblemCode, string>> = {
  ACCESS_STORE_OTHER: 'Name the directory of this shop, or use the program that wrote the file.',
  ACCESS_STORE_UNREADABLE: 'Check the path, its rights and the space on the disk.',
};

function problemOf(code: AccessStoreProblemCode, where: string, what: string): DataProblem {
  return { code, where, what, remedy: REMEDIES[code] };
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}

/** Makes an empty file a store; says what is wrong with any other that is none. */
function prepared(database: DatabaseSync): string | null {
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE`);
  const [application, version] = [pragma(database, 'application_id'), pragma(database, 'user_version')];
  const tableCount = Number(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']);
  const isEmpty = application === 0 && version === 0 && tableCount === 0;
  if (isEmpty) database.exec(SCHEMA);
  database.exec('COMMIT');
  if (isEmpty || (application === APPLICATION_ID && version === SCHEMA_VERSION)) return null;
  return application === APPLICATION_ID ? `it is of version ${version}` : 'it is another kind of file';
}

export class SqliteAccessStore implements AccessStore {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  private constructor(database: DatabaseSync) {
    this.database = database;
  }

  /** Opens or begins the file; its owner alone may read it. */
  static open(path: string): Result<SqliteAccessStore, DataProblem> {
    let database: DatabaseSync | null = null;
    try {
      mkdirSync(dirname(path), { recursive: true });
      database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
      chmodSync(path, 0o600);
      const what = prepared(database);
      if (what === null) return ok(new SqliteAccessStore(database));
      database.close();
      return refused(problemOf('ACCESS_STORE_OTHER', path, what));
    } catch (error) {
      database?.close();
      if (!(error instanceof Error)) throw error;
      const isOther = error.message.includes('not a database');
      return refused(
        problemOf(isOther ? 'ACCESS_STORE_OTHER' : 'ACCESS_STORE_UNREADABLE', path, error.message),
      );
    }
  }

  transaction<Value>(work: () => Value): Value {
    if (this.database.isTransaction) return work();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      this.database.exec('COMMIT');
      return value;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  userOfLogin(retailerId: RetailerId, login: LoginName): User | null {
    const row = this.get('SELECT document FROM users WHERE retailer_id = ? AND login = ?', retailerId, login);
    return row === null ? null : readUser(row);
  }

  userOfId(userId: UserId): User | null {
    const row = this.get('SELECT document FROM users WHERE user_id = ?', userId);
    return row === null ? null : readUser(row);
  }

  usersOf(proof: Scoped<'users.read'>): readonly User[] {
    const rows = this.prepare('SELECT document FROM users WHERE retailer_id = ? ORDER BY login').all(
      proof.retailerId,
    );
    return rows.flatMap((row) => seenUser(proof, readUser(row)) ?? []);
  }

  putUser(proof: Scoped<'users.manage'>, user: User): void {
    this.transaction(() => {
      const ofLogin = this.userOfLogin(user.retailerId, user.login);
      assertUserInReach(proof, { user, kept: this.userOfId(user.userId), ofLogin });
      this.writeUser(user);
    });
  }

  rehash(userId: UserId, from: string, to: string): void {
    this.transaction(() => {
      const user = this.userOfId(userId);
      if (user?.passwordHash === from) this.writeUser({ ...user, passwordHash: to });
    });
  }

  keyOfId(keyId: KeyId): ApiKey | null {
    const row = this.get('SELECT document FROM keys WHERE key_id = ?', keyId);
    return row === null ? null : readKey(row);
  }

  keysOf(proof: Scoped<'keys.read'>): readonly ApiKey[] {
    const rows = this.prepare('SELECT document FROM keys WHERE retailer_id = ? ORDER BY position').all(
      proof.retailerId,
    );
    return rows.map(readKey).filter((key) => proof.covers(key.grant));
  }

  putKey(proof: Scoped<'keys.manage'>, key: ApiKey): void {
    this.transaction(() => {
      assertKeyInReach(proof, { key, kept: this.keyOfId(key.keyId) });
      this.writeKey(key);
    });
  }

  noteKeyUse(keyId: KeyId, day: number): void {
    this.transaction(() => {
      const key = this.keyOfId(keyId);
      if (key !== null) this.writeKey({ ...key, lastUsedDay: day });
    });
  }

  sessionOfHash(hash: string): Session | null {
    const row = this.get('SELECT document FROM sessions WHERE hash = ?', hash);
    return row === null ? null : readSession(row);
  }

  putSession(session: Session): void {
    this.run(
      `INSERT INTO sessions (hash, user_id, created_at_ms, document) VALUES (?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET document = excluded.document`,
      [session.hash, session.userId, session.createdAtMs, JSON.stringify(session)],
    );
  }

  dropSessionsOf(userId: UserId): void {
    this.run('DELETE FROM sessions WHERE user_id = ?', [userId]);
  }

  sweepSessions(begunBeforeMs: number): number {
    return this.run('DELETE FROM sessions WHERE created_at_ms < ?', [begunBeforeMs]);
  }

  tellAudit(draft: AuditDraft): AuditEntry {
    return this.transaction(() => {
      const row = this.get(
        'SELECT document FROM audit WHERE retailer_id = ? ORDER BY position DESC LIMIT 1',
        draft.retailerId,
      );
      const entry = auditEntry(draft, row === null ? null : readEntry(row));
      this.run('INSERT INTO audit (retailer_id, position, document) VALUES (?, ?, ?)', [
        entry.retailerId,
        entry.position,
        JSON.stringify(entry),
      ]);
      return entry;
    });
  }

  auditOf(
    proof: Scoped<'audit.read'>,
    page: { readonly from: number; readonly limit: number },
  ): readonly AuditEntry[] {
    assertWholeRetailer(proof);
    const sql =
      'SELECT document FROM audit WHERE retailer_id = ? AND position >= ? ORDER BY position LIMIT ?';
    return this.prepare(sql).all(proof.retailerId, page.from, page.limit).map(readEntry);
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  private writeUser(user: User): void {
    this.run(
      `INSERT INTO users (user_id, retailer_id, login, document) VALUES (?, ?, ?, ?)
       ON CONFLICT (user_id) DO UPDATE SET login = excluded.login, document = excluded.document`,
      [user.userId, user.retailerId, user.login, JSON.stringify(user)],
    );
  }

  private writeKey(key: ApiKey): void {
    this.run(
      `INSERT INTO keys (key_id, retailer_id, document) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET document = excluded.document`,
      [key.keyId, key.grant.retailerId, JSON.stringify(key)],
    );
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }

  private get(sql: string, ...values: readonly SQLInputValue[]): Record<string, unknown> | null {
    return this.prepare(sql).get(...values) ?? null;
  }

  private run(sql: string, values: readonly SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }
}
