/**
 * Where users, keys, sessions and the audit log are kept. What lists or changes takes a proof, so that no implementation
 * can be asked for more than `mayDo` allowed; what is needed to find out who asks takes none and returns one record.
 * All of it is synchronous: kept means durable when the call returns.
 */
import type { ApiKey } from './api-key.ts';
import type { AuditDraft, AuditEntry } from './audit.ts';
import type { LoginName } from './login-name.ts';
import type { Scoped } from './may-do.ts';
import type { KeyId, RetailerId, UserId } from './names.ts';
import type { Session } from './session.ts';
import type { User } from './user.ts';

export interface AccessStore {
  /** All of `work` or nothing of it. */
  transaction<Value>(work: () => Value): Value;

  userOfLogin(retailerId: RetailerId, login: LoginName): User | null;
  userOfId(userId: UserId): User | null;
  /** By login; roles in stores that the proof does not reach are left out. */
  usersOf(proof: Scoped<'users.read'>): readonly User[];
  /** @throws AssertionFailure where the proof does not reach the user as it is or as it is to be. */
  putUser(proof: Scoped<'users.manage'>, user: User): void;
  /** The user's own password in another hash; changes nothing where `from` is not the hash that is kept. */
  rehash(userId: UserId, from: string, to: string): void;

  keyOfId(keyId: KeyId): ApiKey | null;
  /** In the order in which they were made. */
  keysOf(proof: Scoped<'keys.read'>): readonly ApiKey[];
  /** @throws AssertionFailure where the proof does not reach the key as it is or as it is to be. */
  putKey(proof: Scoped<'keys.manage'>, key: ApiKey): void;
  noteKeyUse(keyId: KeyId, day: number): void;

  sessionOfHash(hash: string): Session | null;
  putSession(session: Session): void;
  /** Ends every session of a user. */
  dropSessionsOf(userId: UserId): void;
  /** Forgets sessions that began before, and says how many. */
  sweepSessions(begunBeforeMs: number): number;

  /** Appends to the chain of the draft's retailer. */
  tellAudit(draft: AuditDraft): AuditEntry;
  /** From position `from` on, `limit` at most. Needs the whole retailer: a chain with gaps proves nothing. */
  auditOf(
    proof: Scoped<'audit.read'>,
    page: { readonly from: number; readonly limit: number },
  ): readonly AuditEntry[];

  close(): void;
}
