/** The port in memory: for tests, demonstrations and as the obvious model of what the others do. */
import { assert } from '../base/index.ts';
import type { AccessStore } from './access-store.ts';
import type { ApiKey } from './api-key.ts';
import { auditEntry } from './audit.ts';
import type { AuditDraft, AuditEntry } from './audit.ts';
import type { LoginName } from './login-name.ts';
import type { Scoped } from './may-do.ts';
import type { KeyId, RetailerId, UserId } from './names.ts';
import type { Session } from './session.ts';
import { coversUser, seenUser } from './user.ts';
import type { User } from './user.ts';

interface Kept {
  users: Map<UserId, User>;
  keys: Map<KeyId, ApiKey>;
  sessions: Map<string, Session>;
  audit: Map<RetailerId, AuditEntry[]>;
}

export class MemoryAccessStore implements AccessStore {
  private kept: Kept = { users: new Map(), keys: new Map(), sessions: new Map(), audit: new Map() };

  transaction<Value>(work: () => Value): Value {
    const { users, keys, sessions, audit } = this.kept;
    const before: Kept = {
      users: new Map(users),
      keys: new Map(keys),
      sessions: new Map(sessions),
      audit: new Map([...audit].map(([retailer, entries]) => [retailer, [...entries]])),
    };
    try {
      return work();
    } catch (error) {
      this.kept = before;
      throw error;
    }
  }

  userOfLogin(retailerId: RetailerId, login: LoginName): User | null {
    for (const user of this.kept.users.values())
      if (user.retailerId === retailerId && user.login === login) return user;
    return null;
  }

  userOfId(userId: UserId): User | null {
    return this.kept.users.get(userId) ?? null;
  }

  usersOf(proof: Scoped<'users.read'>): readonly User[] {
    const seen = [...this.kept.users.values()].flatMap((user) => seenUser(proof, user) ?? []);
    return seen.toSorted((a, b) => (a.login < b.login ? -1 : 1));
  }

  putUser(proof: Scoped<'users.manage'>, user: User): void {
    const ofLogin = this.userOfLogin(user.retailerId, user.login);
    assertUserInReach(proof, { user, kept: this.userOfId(user.userId), ofLogin });
    this.kept.users.set(user.userId, user);
  }

  rehash(userId: UserId, from: string, to: string): void {
    const user = this.userOfId(userId);
    if (user?.passwordHash === from) this.kept.users.set(userId, { ...user, passwordHash: to });
  }

  keyOfId(keyId: KeyId): ApiKey | null {
    return this.kept.keys.get(keyId) ?? null;
  }

  keysOf(proof: Scoped<'keys.read'>): readonly ApiKey[] {
    return [...this.kept.keys.values()].filter((key) => proof.covers(key.grant));
  }

  putKey(proof: Scoped<'keys.manage'>, key: ApiKey): void {
    assertKeyInReach(proof, { key, kept: this.keyOfId(key.keyId) });
    this.kept.keys.set(key.keyId, key);
  }

  noteKeyUse(keyId: KeyId, day: number): void {
    const key = this.keyOfId(keyId);
    if (key !== null) this.kept.keys.set(keyId, { ...key, lastUsedDay: day });
  }

  sessionOfHash(hash: string): Session | null {
    return this.kept.sessions.get(hash) ?? null;
  }

  putSession(session: Session): void {
    this.kept.sessions.set(session.hash, session);
  }

  dropSessionsOf(userId: UserId): void {
    for (const { hash, userId: its } of this.kept.sessions.values())
      if (its === userId) this.kept.sessions.delete(hash);
  }

  sweepSessions(begunBeforeMs: number): number {
    const old = [...this.kept.sessions.values()].filter((session) => session.createdAtMs < begunBeforeMs);
    for (const { hash } of old) this.kept.sessions.delete(hash);
    return old.length;
  }

  tellAudit(draft: AuditDraft): AuditEntry {
    const entries = this.kept.audit.get(draft.retailerId) ?? [];
    const entry = auditEntry(draft, entries.at(-1) ?? null);
    this.kept.audit.set(draft.retailerId, [...entries, entry]);
    return entry;
  }

  auditOf(
    proof: Scoped<'audit.read'>,
    page: { readonly from: number; readonly limit: number },
  ): readonly AuditEntry[] {
    assertWholeRetailer(proof);
    const entries = this.kept.audit.get(proof.retailerId) ?? [];
    return entries.filter(({ position }) => position >= page.from).slice(0, page.limit);
  }

  close(): void {
    // Nothing is held.
  }
}

/** Every implementation asks these three, so that a wrong call stops here and not in one of them. */
export function assertUserInReach(
  proof: Scoped<'users.manage'>,
  { user, kept, ofLogin }: { readonly user: User; readonly kept: User | null; readonly ofLogin: User | null },
): void {
  const isInReach = coversUser(proof, user) && (kept === null || coversUser(proof, kept));
  assert(isInReach, 'USER_OUT_OF_REACH', { by: proof.by, userId: user.userId });
  const isFree = ofLogin === null || ofLogin.userId === user.userId;
  assert(isFree, 'USER_LOGIN_KEPT_TWICE', { login: user.login });
}

export function assertKeyInReach(
  proof: Scoped<'keys.manage'>,
  { key, kept }: { readonly key: ApiKey; readonly kept: ApiKey | null },
): void {
  const isInReach = proof.covers(key.grant) && (kept === null || proof.covers(kept.grant));
  assert(isInReach, 'KEY_OUT_OF_REACH', { by: proof.by, keyId: key.keyId });
}

export function assertWholeRetailer(proof: Scoped<'audit.read'>): void {
  assert(proof.storeId === null, 'AUDIT_NEEDS_RETAILER', { by: proof.by });
}
