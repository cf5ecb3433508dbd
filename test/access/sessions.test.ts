import { describe, expect, test } from 'vitest';
import {
  addedUser,
  csrfProblem,
  csrfTokenOf,
  disabledUser,
  keyPrincipal,
  openSession,
  regrantedUser,
  Secret,
  SESSION_DEFAULTS,
  sessionHashOf,
  sessionPrincipal,
  withOwnPassword,
  withResetPassword,
} from '../../src/access/index.ts';
import type { Session, User } from '../../src/access/index.ts';
import {
  ACME,
  BOLT,
  bytesFrom,
  codeOf,
  good,
  grant,
  NOW,
  orderKey,
  person,
  proofOf,
  userOf,
} from './people.ts';

const user = userOf('mira');
const { session, token } = openSession(user, bytesFrom(1)(20), NOW);
const MINUTE_MS = 60_000;

function at(ms: number, found: { session?: Session | null; user?: User | null } = {}, by = token) {
  return sessionPrincipal({ session, user, ...found }, by, { atMs: ms, settings: SESSION_DEFAULTS });
}

describe('a session', () => {
  test('says who comes, and keeps no token', () => {
    expect(good(at(NOW)).principal).toEqual({ kind: 'user', userId: user.userId, grants: user.grants });
    expect(JSON.stringify(session)).not.toContain(token.reveal().slice(-8));
    expect(sessionHashOf(token)).toBe(session.hash);
    for (const none of ['', 'x', `${token.reveal()}0`, token.reveal().slice(0, -1)])
      expect(sessionHashOf(new Secret(none))).toBe(null);
  });

  test('ends when it is idle', () => {
    expect(at(NOW + SESSION_DEFAULTS.idleMs - 1).ok).toBe(true);
    expect(codeOf(at(NOW + SESSION_DEFAULTS.idleMs))).toBe('SESSION_REFUSED');
  });

  test('ends when it is old, however busy it is', () => {
    let busy = session;
    let ms = NOW;
    for (;;) {
      const found = at(ms, { session: busy });
      if (!found.ok) break;
      busy = found.value.toKeep ?? busy;
      ms += 10 * MINUTE_MS;
    }
    expect(ms).toBe(NOW + SESSION_DEFAULTS.absoluteMs);
  });

  test('notes its use at most once a minute', () => {
    expect(good(at(NOW + MINUTE_MS - 1)).toKeep).toBe(null);
    expect(good(at(NOW + MINUTE_MS)).toKeep?.lastUsedAtMs).toBe(NOW + MINUTE_MS);
  });

  test('is over with the privilege it was opened with: roles, password, disablement', () => {
    const operator = person(grant('operator'));
    const changed: readonly User[] = [
      good(regrantedUser(operator, user, [grant('auditor')])),
      withOwnPassword(user, 'scrypt$'),
      good(withResetPassword(operator, user, 'scrypt$')),
      good(disabledUser(proofOf('users.manage'), user, NOW)),
    ];
    for (const after of changed) expect(codeOf(at(NOW, { user: after }))).toBe('SESSION_REFUSED');
    expect(codeOf(at(NOW, { user: { ...user, disabledAtMs: NOW } }))).toBe('USER_DISABLED');
  });

  test('is nobody else’s: revoked, of another user, or with another token it is refused', () => {
    const stolen = openSession(userOf('eve'), bytesFrom(2)(20), NOW);
    for (const wrong of [
      at(NOW, { session: { ...session, revokedAtMs: NOW } }),
      at(NOW, { session: null }),
      at(NOW, { user: null }),
      at(NOW, { user: userOf('eve') }),
      at(NOW, { session: stolen.session }),
      at(NOW, {}, stolen.token),
    ])
      expect(codeOf(wrong)).toBe('SESSION_REFUSED');
  });
});

describe('who may change users', () => {
  test('nobody gives, takes or resets more than they have', () => {
    const local = person(grant('operator', ACME, 'north'));
    expect(codeOf(regrantedUser(local, user, [grant('associate', ACME, 'north')]))).toBe('ACCESS_DENIED');
    expect(codeOf(withResetPassword(local, user, 'x'))).toBe('ACCESS_DENIED');
    const clerk = userOf('sam', { grants: [grant('associate', ACME, 'north')] });
    expect(codeOf(regrantedUser(local, clerk, [grant('operator', ACME, 'south')]))).toBe('ACCESS_DENIED');
    expect(regrantedUser(local, clerk, [grant('reviewer', ACME, 'north')]).ok).toBe(true);
    expect(codeOf(regrantedUser(person(grant('operator')), user, [grant('auditor', BOLT)]))).toBe(
      'USER_GRANT_ELSEWHERE',
    );
    expect(codeOf(regrantedUser(person(grant('operator')), user, []))).toBe('USER_GRANT_ELSEWHERE');
    expect(codeOf(disabledUser(proofOf('users.manage', BOLT), user, NOW))).toBe('ACCESS_DENIED');
  });
});

describe('a program that manages users', () => {
  test('makes and changes nobody who may do more than it', () => {
    const order = { grant: grant('operator'), scopes: ['users.manage', 'stores.read'] } as const;
    const { key, text } = good(orderKey(9, order));
    const program = good(keyPrincipal(key, text, NOW));
    expect(codeOf(addedUser(program, userOf('eve')))).toBe('ACCESS_GRANT_ABOVE_OWN');
    expect(codeOf(withResetPassword(program, user, 'scrypt$'))).toBe('ACCESS_GRANT_ABOVE_OWN');
    expect(codeOf(regrantedUser(program, user, [grant('auditor')]))).toBe('ACCESS_GRANT_ABOVE_OWN');
  });
});

describe('a request that changes something', () => {
  const own = ['https://shop.example'];
  const csrf = csrfTokenOf(token).reveal();
  const ask = (method: string, origin: string | null, sent: string | null): string | null =>
    csrfProblem({ method, origin, csrf: sent }, token, own)?.where ?? null;

  test('needs our origin and the token of its own session', () => {
    expect(ask('POST', own[0]!, csrf)).toBe(null);
    expect(ask('POST', own[0]!, null)).toBe('token');
    expect(ask('POST', own[0]!, '')).toBe('token');
    expect(ask('POST', own[0]!, csrf.slice(1))).toBe('token');
    expect(ask('POST', own[0]!, token.reveal())).toBe('token');
    const other = openSession(user, bytesFrom(3)(20), NOW).token;
    expect(ask('DELETE', own[0]!, csrfTokenOf(other).reveal())).toBe('token');
    for (const origin of [
      null,
      'null',
      'https://shop.example.evil',
      'http://shop.example',
      'https://shop.example:8443',
    ])
      expect(ask('PUT', origin, csrf), `${origin}`).toBe('origin');
  });

  test('is every method that is not known to be safe', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(ask(method, null, null)).toBe(null);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'get', 'TRACE', 'LOCK', ''])
      expect(ask(method, null, csrf), method).toBe('origin');
  });
});
