import { describe, expect, test } from 'vitest';
import { PasswordHasher } from '../../src/adapters/access-passwords/index.ts';
import { loginName, newPassword, Secret } from '../../src/access/index.ts';
import { codeOf, good } from './people.ts';

/** As cheap as scrypt gets: what is tested is not how slow it is. */
const CHEAP = { log2N: 4, r: 1, p: 1, runningMax: 2, waitingMax: 2 };

describe('a login', () => {
  test('has one form: compatible letters and capitals become the plain ones', () => {
    for (const written of ['mira', 'MIRA', ' Mira ', 'ｍｉｒａ', '𝐦𝐢𝐫𝐚', 'miRa'])
      expect(good(loginName(written))).toBe('mira');
    expect(good(loginName('mira@shop.example'))).toBe('mira@shop.example');
  });

  test('that only looks like one is refused', () => {
    const lookAlikes = [
      'mirа',
      'mіra',
      'mira\u200b',
      'mi\u0301ra',
      'm\u0131ra',
      'mira\u202e',
      'ｍіra',
      'mir\u0251',
    ];
    for (const written of [
      ...lookAlikes,
      '',
      'ab',
      '-mira',
      'mi ra',
      'mira\0',
      'x'.repeat(65),
      'x'.repeat(1e6),
    ])
      expect(codeOf(loginName(written)), JSON.stringify(written.slice(0, 20))).toBe('LOGIN_LETTERS');
  });
});

describe('a new password', () => {
  const ask = (password: string): string | null =>
    codeOf(newPassword(new Secret(password), 'mira.k@shop.example'));

  test('is long, within bounds, counted in characters', () => {
    expect(ask('a-b-c-d-e-f')).toBe('PASSWORD_LENGTH');
    expect(ask('a-b-c-d-e-f-')).toBe(null);
    expect(ask('🦊🐢🐙🦉🐝🐞🦋🐌🐛🐜🦗🐢')).toBe(null);
    expect(ask('abcdefg'.repeat(36) + 'abcd')).toBe(null);
    expect(ask('abcdefg'.repeat(37))).toBe('PASSWORD_LENGTH');
    expect(ask('x'.repeat(1e6))).toBe('PASSWORD_LENGTH');
  });

  test('is not the login and not one character many times', () => {
    expect(ask('aaaaaaaaaaaaaaaa')).toBe('PASSWORD_GUESSABLE');
    expect(ask('Mira.K-Mira.K-12')).toBe('PASSWORD_GUESSABLE');
    expect(ask('mira.k and eleven geese')).toBe(null);
  });
});

describe('the hasher', () => {
  const password = new Secret('eleven grey geese');

  test('knows the password again, however it was typed, and no other', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const kept = good(await hasher.hash(new Secret('caf\u00e9 caf\u00e9 caf\u00e9')));
    expect(kept).toMatch(/^scrypt\$4\$1\$1\$/);
    expect(good(await hasher.hash(new Secret('caf\u00e9 caf\u00e9 caf\u00e9')))).not.toBe(kept);
    const isRight = async (text: string): Promise<boolean> =>
      good(await hasher.check(new Secret(text), kept)).isRight;
    expect(await isRight('cafe\u0301 cafe\u0301 cafe\u0301')).toBe(true);
    for (const wrong of ['cafe cafe cafe', 'caf\u00e9 caf\u00e9 caf\u00e9 ', '', 'x'.repeat(1e6)])
      expect(await isRight(wrong)).toBe(false);
  });

  test('says when parameters have risen since, and not when they have fallen', async () => {
    const kept = good(await new PasswordHasher(CHEAP).hash(password));
    const strong = new PasswordHasher({ ...CHEAP, log2N: 5 });
    expect(good(await strong.check(password, kept))).toEqual({ isRight: true, needsRehash: true });
    const better = good(await strong.hash(password));
    expect(good(await strong.check(password, better))).toEqual({ isRight: true, needsRehash: false });
    expect(good(await new PasswordHasher(CHEAP).check(password, better)).needsRehash).toBe(false);
  });

  test('finds nobody right where there is no hash, or one that is damaged or boundless', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const kept = good(await hasher.hash(password));
    const damaged = [
      '',
      'x',
      kept.slice(0, -2),
      kept.replace('$4$', '$30$'),
      kept.replace('$1$1$', '$1$99$'),
      `${kept}=`,
    ];
    for (const text of [null, ...damaged, kept.replace('$4$', '$0$')])
      expect(good(await hasher.check(password, text)).isRight, `${text}`).toBe(false);
  });

  test('runs few at once, lets few wait, refuses the newest, and goes on after', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const codes = (await Promise.all(Array.from({ length: 7 }, () => hasher.hash(password)))).map(codeOf);
    expect(codes).toEqual([null, null, null, null, 'PASSWORDS_BUSY', 'PASSWORDS_BUSY', 'PASSWORDS_BUSY']);
    expect(codeOf(await hasher.hash(password))).toBe(null);
  });
});
