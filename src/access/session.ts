/**
 * Sessions of people: an opaque token in a cookie, of which only the hash is kept. A session ends when nobody used it for
 * a while, when it is old, when it is revoked, and when its user may do something else than when it began. Signing in and
 * any change of privilege give a new token, so a token that was planted before is worth nothing after. Signed tokens
 * that carry the roles were rejected: they cannot be taken back.
 */
import { assert, ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { base32, digestOf, isSameText, keyedDigest } from './digest.ts';
import type { UserId } from './names.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';
import { Secret } from './secret.ts';
import type { User } from './user.ts';
import { userPrincipal } from './user.ts';
import type { Principal } from './principal.ts';

export interface SessionSettings {
  readonly idleMs: number;
  readonly absoluteMs: number;
  /** A use is noted at most so often: a write per request would buy nothing. */
  readonly noteUseMs: number;
}

const HOUR_MS = 3_600_000;
export const SESSION_DEFAULTS: SessionSettings = {
  idleMs: HOUR_MS / 2,
  absoluteMs: 12 * HOUR_MS,
  noteUseMs: 60_000,
};

export interface Session {
  readonly hash: string;
  readonly userId: UserId;
  readonly userVersion: number;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  readonly revokedAtMs: number | null;
}

export const SESSION_BYTES = 20;
const FORM = /^tf_session_[0-9a-z]{32}$/;

export interface OpenedSession {
  readonly session: Session;
  readonly token: Secret;
}

/** @param random `SESSION_BYTES` bytes that nobody can guess; a token from outside is never taken over. */
export function openSession(user: User, random: Uint8Array, atMs: number): OpenedSession {
  assert(random.length === SESSION_BYTES, 'SESSION_RANDOM_LENGTH', { length: random.length });
  const token = new Secret(`tf_session_${base32(random)}`);
  return {
    token,
    session: {
      hash: digestOf(token.reveal()),
      userId: user.userId,
      userVersion: user.version,
      createdAtMs: atMs,
      lastUsedAtMs: atMs,
      revokedAtMs: null,
    },
  };
}

/** The hash to look a session up by; null for a text that is no token. */
export function sessionHashOf(token: Secret): string | null {
  return FORM.test(token.reveal()) ? digestOf(token.reveal()) : null;
}

export function isSessionOver(session: Session, settings: SessionSettings, atMs: number): boolean {
  return (
    session.revokedAtMs !== null ||
    atMs >= session.createdAtMs + settings.absoluteMs ||
    atMs >= session.lastUsedAtMs + settings.idleMs
  );
}

/** Who comes with the session; `session` with its use noted where that is due. */
export function sessionPrincipal(
  found: { readonly session: Session | null; readonly user: User | null },
  token: Secret,
  now: { readonly atMs: number; readonly settings: SessionSettings },
): Result<{ readonly principal: Principal; readonly toKeep: Session | null }, AccessProblem> {
  const { session, user } = found;
  const no = refused(accessProblem('SESSION_REFUSED', 'session', 'the session is over'));
  const isOwn = isSameText(session?.hash ?? '', digestOf(token.reveal()));
  if (!isOwn || session === null || user === null || session.userId !== user.userId) return no;
  if (isSessionOver(session, now.settings, now.atMs) || session.userVersion !== user.version) return no;
  const principal = userPrincipal(user);
  if (!principal.ok) return principal;
  const isNoted = now.atMs - session.lastUsedAtMs < now.settings.noteUseMs;
  return ok({ principal: principal.value, toKeep: isNoted ? null : { ...session, lastUsedAtMs: now.atMs } });
}

/** What a page of the session sends back with every change: worked out of the token, so nothing more is kept. */
export function csrfTokenOf(token: Secret): Secret {
  return new Secret(base32(keyedDigest(token.reveal(), 'tillfree csrf 1').subarray(0, 20)));
}

export interface BrowserRequest {
  readonly method: string;
  /** The `Origin` header, null where there is none. */
  readonly origin: string | null;
  /** What the page sent in its own header, null where there is nothing. */
  readonly csrf: string | null;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request with a session's cookie comes from our own page: everything that may change something needs our own
 * origin and the session's token. A missing origin is refused too: browsers send one with every unsafe method.
 */
export function csrfProblem(
  request: BrowserRequest,
  token: Secret,
  ownOrigins: readonly string[],
): AccessProblem | null {
  if (SAFE_METHODS.has(request.method)) return null;
  if (request.origin === null || !ownOrigins.includes(request.origin))
    return accessProblem('CSRF_REFUSED', 'origin', 'the request comes from another page');
  if (request.csrf !== null && isSameText(request.csrf, csrfTokenOf(token).reveal())) return null;
  return accessProblem('CSRF_REFUSED', 'token', 'the token of the page is missing or wrong');
}
