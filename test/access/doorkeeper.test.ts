/** Signing in, sessions and keys joined with a store, attacked as from outside. */
import { describe, expect, test } from 'vitest';
import { PasswordHasher } from '../../src/adapters/access-passwords/index.ts';
import {
  auditProblem,
  csrfTokenOf,
  disabledUser,
  mayDo,
  MemoryAccessStore,
  retailerPlace,
  Secret,
} from '../../src/access/index.ts';
import type { OpenedSession, User } from '../../src/access/index.ts';
import { Doorkeeper } from '../../src/app/access/index.ts';
import type { SignIn } from '../../src/app/access/index.ts';
import { ACME, BOLT, bytesFrom, codeOf, good, grant, NOW, orderKey, proofOf, userOf } from './people.ts';

const CHEAP = { log2N: 4, r: 1, p: 1, runningMax: 2, waitingMax: 20 };
const RISEN = { ...CHEAP, log2N: 5 };
const PASSWORD = new Secret('eleven grey geese');
const OWN = 'https://shop.example';
const READ = { method: 'GET', origin: null, csrf: null };

interface Shop {
  readonly store: MemoryAccessStore;
  readonly keeper: Doorkeeper;
  readonly mira: User;
  readonly signIn: (
    more?: Partial<SignIn>,
  ) => Promise<{ readonly code: string | null; readonly opened: OpenedSession }>;
}

async function shop(hasher = new PasswordHasher(CHEAP)): Promise<Shop> {
  const store = new MemoryAccessStore();
  const passwordHash = good(await new PasswordHasher(CHEAP).hash(PASSWORD));
  const mira = userOf('mira', { passwordHash });
  store.putUser(proofOf('users.manage'), mira);
  const keeper = new Doorkeeper({ store, hasher, random: bytesFrom(1), ownOrigins: [OWN] });
  const asked: SignIn = {
    retailerId: ACME,
    login: 'Mira',
    password: PASSWORD,
    address: 'home',
    oldToken: null,
    atMs: NOW,
  };
  return {
    store,
    keeper,
    mira,
    signIn: async (more = {}) => {
      const result = await keeper.signIn({ ...asked, ...more });
      return { code: codeOf(result), opened: result.ok ? result.value : (undefined as never) };
    },
  };
}

function actionsOf({ store }: Shop): string[] {
  const entries = store.auditOf(proofOf('audit.read'), { from: 1, limit: 1000 });
  expect(auditProblem(entries)).toBe(null);
  return entries.map(({ action }) => action);
}

describe('signing in', () => {
  test('opens a session that does what the user may, at the own retailer only', async () => {
    const at = await shop();
    const { opened } = await at.signIn();
    const principal = good(at.keeper.admitSession(opened.token, READ, NOW));
    expect(mayDo(principal, 'users.manage', retailerPlace(ACME)).ok).toBe(true);
    expect(mayDo(principal, 'stores.read', retailerPlace(BOLT)).ok).toBe(false);
    expect(actionsOf(at)).toEqual(['user.signed-in']);
  });

  test('says the same to a wrong password, an unknown login, another retailer and a disabled user', async () => {
    const at = await shop();
    at.store.putUser(
      proofOf('users.manage'),
      userOf('gone', { passwordHash: at.mira.passwordHash, disabledAtMs: NOW }),
    );
    const told = new Set<string>();
    const wrong: readonly Partial<SignIn>[] = [
      { password: new Secret('twelve grey geese') },
      { login: 'nobody' },
      { login: 'mirа' },
      { retailerId: BOLT },
      { login: 'gone' },
    ];
    for (const [n, more] of wrong.entries()) {
      const asked = { retailerId: ACME, login: 'mira', password: PASSWORD, oldToken: null, atMs: NOW };
      told.add(JSON.stringify(await at.keeper.signIn({ ...asked, address: `a${n}`, ...more })));
    }
    expect(told.size).toBe(1);
    expect([...told][0]).toContain('SIGN_IN_REFUSED');
    expect(actionsOf(at)).toEqual(['user.sign-in-refused', 'user.sign-in-refused']);
  });

  test('counts attempts that come at once before their passwords are looked at', async () => {
    const at = await shop();
    const wrong = { password: new Secret('twelve grey geese') };
    const codes = await Promise.all(Array.from({ length: 9 }, () => at.signIn(wrong)));
    expect(codes.filter(({ code }) => code === 'SIGN_IN_REFUSED')).toHaveLength(5);
    expect((await at.signIn()).code).toBe('RATE_LIMITED');
    expect((await at.signIn({ atMs: NOW + 30_000 })).code).toBe(null);
  });

  test('takes over no session that somebody planted, and ends the one before', async () => {
    const at = await shop();
    const planted = new Secret(`tf_session_${'0'.repeat(32)}`);
    const first = (await at.signIn({ oldToken: planted })).opened;
    expect(first.token.reveal()).not.toBe(planted.reveal());
    expect(codeOf(at.keeper.admitSession(planted, READ, NOW))).toBe('SESSION_REFUSED');
    const second = (await at.signIn({ oldToken: first.token })).opened;
    expect(codeOf(at.keeper.admitSession(first.token, READ, NOW))).toBe('SESSION_REFUSED');
    expect(codeOf(at.keeper.admitSession(second.token, READ, NOW))).toBe(null);
  });

  test('hashes the password anew where parameters have risen, and keeps the sessions', async () => {
    const at = await shop(new PasswordHasher(RISEN));
    const { opened } = await at.signIn();
    expect(at.store.userOfId(at.mira.userId)?.passwordHash).toMatch(/^scrypt\$5\$/);
    expect(codeOf(at.keeper.admitSession(opened.token, READ, NOW))).toBe(null);
    expect((await at.signIn()).code).toBe(null);
  });

  test('is refused where the user was disabled while the password was hashed', async () => {
    const at = await shop();
    const begun = at.signIn();
    const proof = proofOf('users.manage');
    at.store.putUser(proof, good(disabledUser(proof, at.mira, NOW)));
    expect((await begun).code).toBe('SIGN_IN_REFUSED');
  });
});

describe('a session at the door', () => {
  test('is over after signing out and after disabling', async () => {
    const at = await shop();
    const first = (await at.signIn()).opened;
    at.keeper.signOut(first.token, NOW + 1);
    expect(codeOf(at.keeper.admitSession(first.token, READ, NOW + 2))).toBe('SESSION_REFUSED');
    const second = (await at.signIn()).opened;
    const proof = proofOf('users.manage');
    at.store.putUser(proof, good(disabledUser(proof, at.mira, NOW)));
    expect(codeOf(at.keeper.admitSession(second.token, READ, NOW))).toBe('SESSION_REFUSED');
    expect(actionsOf(at)).toEqual(['user.signed-in', 'user.signed-out', 'user.signed-in']);
  });

  test('changes nothing for another page', async () => {
    const at = await shop();
    const { token } = (await at.signIn()).opened;
    const csrf = csrfTokenOf(token).reveal();
    const post = { method: 'POST', origin: OWN, csrf };
    expect(codeOf(at.keeper.admitSession(token, post, NOW))).toBe(null);
    for (const forged of [
      { csrf: null },
      { csrf: 'x' },
      { origin: 'https://evil.example' },
      { origin: null },
    ])
      expect(codeOf(at.keeper.admitSession(token, { ...post, ...forged }, NOW))).toBe('CSRF_REFUSED');
  });
});

describe('a key at the door', () => {
  test('comes in, notes its day, and is held to its rate', async () => {
    const { store } = await shop();
    const { key, text } = good(orderKey(3));
    store.putKey(proofOf('keys.manage'), key);
    const rate = { burst: 3, refillMs: 1000, capacity: 10 };
    const keeper = new Doorkeeper({
      store,
      hasher: new PasswordHasher(CHEAP),
      random: bytesFrom(1),
      keyRate: rate,
      ownOrigins: [],
    });
    const codes = Array.from({ length: 4 }, () => codeOf(keeper.admitKey(text, 'erp', NOW)));
    expect(codes).toEqual([null, null, null, 'RATE_LIMITED']);
    expect(store.keyOfId(key.keyId)?.lastUsedDay).toBe(Math.floor(NOW / 86_400_000));
  });

  test('that is wrong uses up what its address may get wrong, and blocks no other address', async () => {
    const { store, keeper } = await shop();
    const { key, text } = good(orderKey(3, { grant: grant('integrator') }));
    store.putKey(proofOf('keys.manage'), key);
    const other = good(orderKey(4)).text;
    const codes = Array.from({ length: 30 }, () => codeOf(keeper.admitKey(other, 'evil', NOW)));
    expect(codes.filter((code) => code === 'KEY_REFUSED')).toHaveLength(20);
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    expect(codeOf(keeper.admitKey(text, 'evil', NOW))).toBe('RATE_LIMITED');
    expect(codeOf(keeper.admitKey(text, 'erp', NOW))).toBe(null);
  });
});
