/**
 * Lets people and programs in: joins throttling, passwords, sessions, keys and the audit log. A stranger hears the same
 * words after the same work whatever was wrong. Times and chance are handed in.
 */
import type { PasswordHasher } from '../../adapters/access-passwords/index.ts';
import {
  accessProblem,
  csrfProblem,
  keyIdIn,
  keyPrincipal,
  loginName,
  openSession,
  RateLimit,
  SESSION_BYTES,
  SESSION_DEFAULTS,
  sessionHashOf,
  sessionPrincipal,
  SignInGate,
  useToNote,
} from '../../access/index.ts';
import type {
  AccessStore,
  BrowserRequest,
  GateSettings,
  OpenedSession,
  Principal,
  RateSettings,
  RetailerId,
  Secret,
  SessionSettings,
  User,
} from '../../access/index.ts';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';

export interface DoorkeeperParts {
  readonly store: AccessStore;
  readonly hasher: PasswordHasher;
  readonly random: (byteCount: number) => Uint8Array;
  readonly gate?: GateSettings;
  readonly sessions?: SessionSettings;
  /** Requests of one key. */
  readonly keyRate?: RateSettings;
  /** Keys that were wrong, from one address. */
  readonly keyFailures?: RateSettings;
  /** Of our own pages, such as `https://shop.example`. */
  readonly ownOrigins: readonly string[];
}

export interface SignIn {
  readonly retailerId: RetailerId;
  readonly login: string;
  readonly password: Secret;
  readonly address: string;
  /** What the browser came with; it ends here, so that nobody can plant one. */
  readonly oldToken: Secret | null;
  readonly atMs: number;
}

export const KEY_RATE: RateSettings = { burst: 200, refillMs: 20, capacity: 10_000 };
export const KEY_FAILURES: RateSettings = { burst: 20, refillMs: 3000, capacity: 10_000 };

export class Doorkeeper {
  private readonly parts: DoorkeeperParts;
  private readonly gate: SignInGate;
  private readonly keyRate: RateLimit;
  private readonly keyFailures: RateLimit;

  constructor(parts: DoorkeeperParts) {
    this.parts = parts;
    this.gate = new SignInGate(parts.gate);
    this.keyRate = new RateLimit(parts.keyRate ?? KEY_RATE);
    this.keyFailures = new RateLimit(parts.keyFailures ?? KEY_FAILURES);
  }

  /** A session of its own for who knows the password. */
  async signIn(asked: SignIn): Promise<Result<OpenedSession, DataProblem>> {
    const login = loginName(asked.login);
    const who = JSON.stringify([asked.retailerId, login.ok ? login.value : null]);
    const attempt = { who, address: asked.address, atMs: asked.atMs };
    const entered = this.gate.enter(attempt);
    if (!entered.ok) return entered;
    const user = login.ok ? this.parts.store.userOfLogin(asked.retailerId, login.value) : null;
    const checked = await this.parts.hasher.check(asked.password, user?.passwordHash ?? null);
    if (!checked.ok) return checked;
    if (!checked.value.isRight || user === null || user.disabledAtMs !== null) {
      // Of users that there are: a stranger cannot fill the log with names.
      if (user !== null) this.tell(user, 'user.sign-in-refused', asked);
      return refused(accessProblem('SIGN_IN_REFUSED', 'sign-in', 'login and password do not go together'));
    }
    this.gate.succeeded(attempt);
    const better = checked.value.needsRehash ? await this.parts.hasher.hash(asked.password) : null;
    return this.opened(user, asked, better?.ok === true ? better.value : null);
  }

  private opened(user: User, asked: SignIn, betterHash: string | null): Result<OpenedSession, DataProblem> {
    const { store, random } = this.parts;
    return store.transaction(() => {
      // It may have changed while the password was hashed.
      const now = store.userOfId(user.userId);
      if (now?.version !== user.version)
        return refused(accessProblem('SIGN_IN_REFUSED', 'sign-in', 'the user has changed meanwhile'));
      if (betterHash !== null && user.passwordHash !== null)
        store.rehash(user.userId, user.passwordHash, betterHash);
      if (asked.oldToken !== null) this.revoke(asked.oldToken, asked.atMs);
      const opened = openSession(now, random(SESSION_BYTES), asked.atMs);
      store.putSession(opened.session);
      this.tell(user, 'user.signed-in', asked);
      return ok(opened);
    });
  }

  /** Who comes with a session's cookie; what changes something must prove that it comes from our own page. */
  admitSession(token: Secret, request: BrowserRequest, atMs: number): Result<Principal, DataProblem> {
    const { store, sessions: settings = SESSION_DEFAULTS, ownOrigins } = this.parts;
    const hash = sessionHashOf(token);
    const session = hash === null ? null : store.sessionOfHash(hash);
    const user = session === null ? null : store.userOfId(session.userId);
    const found = sessionPrincipal({ session, user }, token, { atMs, settings });
    if (!found.ok) return found;
    const forged = csrfProblem(request, token, ownOrigins);
    if (forged !== null) return refused(forged);
    if (found.value.toKeep !== null) store.putSession(found.value.toKeep);
    return ok(found.value.principal);
  }

  signOut(token: Secret, atMs: number): void {
    this.parts.store.transaction(() => this.revoke(token, atMs));
  }

  /** Who comes with a key; wrong keys use up what their address may get wrong, right ones their own rate. */
  admitKey(text: Secret, address: string, atMs: number): Result<Principal, DataProblem> {
    const { store } = this.parts;
    const blockedMs = this.keyFailures.waitMs(address, atMs);
    if (blockedMs > 0) return refused(tooMany('key', blockedMs));
    const id = keyIdIn(text.reveal());
    const key = id === null ? null : store.keyOfId(id);
    const principal = keyPrincipal(key, text, atMs);
    if (!principal.ok) {
      this.keyFailures.take(address, atMs);
      return principal;
    }
    const waitMs = this.keyRate.take(id ?? '', atMs);
    if (waitMs > 0) return refused(tooMany(`key ${id}`, waitMs));
    const day = key === null ? null : useToNote(key, atMs);
    if (key !== null && day !== null) store.noteKeyUse(key.keyId, day);
    return principal;
  }

  private revoke(token: Secret, atMs: number): void {
    const hash = sessionHashOf(token);
    const session = hash === null ? null : this.parts.store.sessionOfHash(hash);
    if (session === null || session.revokedAtMs !== null) return;
    this.parts.store.putSession({ ...session, revokedAtMs: atMs });
    const user = this.parts.store.userOfId(session.userId);
    if (user !== null) this.tell(user, 'user.signed-out', { atMs, address: '' });
  }

  private tell(
    user: User,
    action: 'user.signed-in' | 'user.sign-in-refused' | 'user.signed-out',
    { atMs, address }: { readonly atMs: number; readonly address: string },
  ): void {
    this.parts.store.tellAudit({
      atMs,
      retailerId: user.retailerId,
      storeId: null,
      by: `user:${user.userId}`,
      action,
      subject: `user:${user.userId}`,
      facts: address === '' ? {} : { address },
    });
  }
}

function tooMany(where: string, waitMs: number): DataProblem {
  return accessProblem('RATE_LIMITED', where, `too many; the next in ${Math.ceil(waitMs / 1000)} s`);
}
