/** Whatever prints, a secret does not show: templates, JSON, inspectors, consoles, errors, log lines. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { csrfTokenOf, openSession, redacted, Secret, withoutSecrets } from '../../src/access/index.ts';
import { AssertionFailure } from '../../src/base/index.ts';
import { bytesFrom, good, NOW, orderKey, userOf } from './people.ts';

const PLAIN = 'correct horse battery staple';
const secret = new Secret(PLAIN);

function printed(value: unknown): string {
  let text = '';
  const into = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  const own = new Console({ stdout: into, stderr: into });
  own.log(value, [value], { value });
  own.error('%s %o %j', value, value, value);
  own.table([{ value }]);
  own.dir({ deep: { deeper: { value } } }, { depth: null, showHidden: true });
  return text;
}

describe('a secret', () => {
  test('says [secret] to everything but reveal', () => {
    const shown = [
      `${secret}`,
      String(secret),
      // oxlint-disable-next-line prefer-template -- adding is one of the ways
      'x' + String(secret[Symbol.toPrimitive]()),
      JSON.stringify({ secret, list: [secret] }),
      inspect(secret, { showHidden: true, depth: null, customInspect: true }),
      inspect(secret, { customInspect: false, showHidden: true }),
      format('%s %d %i %o %O %j', secret, secret, secret, secret, secret, secret),
      JSON.stringify(structuredClone(Object.assign({}, secret))),
      Object.entries(secret).join(),
      printed(secret),
      new AssertionFailure('X', { secret }).message,
      inspect(new Error('failed', { cause: { secret } }), { depth: null }),
    ].join('\n');
    expect(shown).not.toContain('horse');
    expect(shown).toContain('[secret]');
    expect(secret.reveal()).toBe(PLAIN);
  });
});

describe('what is logged', () => {
  const key = good(orderKey(1)).text.reveal();
  const opened = openSession(userOf('mira'), bytesFrom(2)(20), NOW);
  const token = opened.token.reveal();
  const jwt = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"1"}')}.c2ln`.replaceAll('=', '');

  test('loses keys, tokens and hashes wherever they stand in a text', () => {
    const text = `GET /x?key=${key} Authorization: Bearer abc.def-1 sid=${token}; ${jwt} scrypt$15$8$3$AA==$BB=`;
    const cleaned = withoutSecrets(text);
    for (const part of [key, token, jwt, 'abc.def-1', 'AA==']) expect(cleaned).not.toContain(part.slice(-12));
    expect(cleaned).toMatch(/^GET \/x\?key=\[secret\]/);
  });

  test('loses what a field’s name says is secret, at any depth, in maps, lists and errors', () => {
    const error = Object.assign(new Error(`refused ${key}`, { cause: new Error(token) }), {
      password: PLAIN,
    });
    const line = JSON.stringify(
      redacted({
        request: { headers: { Authorization: 'x1', cookie: 'x2', 'X-API-Key': 'x3', accept: 'json' } },
        user: { login: 'mira', newPassword: 'x4', client_secret: 'x5', accessToken: 'x6' },
        list: [{ csrf: 'x7' }, new Map([['refresh_token', 'x8']])],
        error,
        csrf: csrfTokenOf(opened.token),
        bytes: new TextEncoder().encode(PLAIN),
      }),
    );
    expect(redacted({ kept: secret, list: [secret] })).toEqual({ kept: '[secret]', list: ['[secret]'] });
    expect(line).not.toMatch(/x[1-8]/);
    for (const part of [key, token, 'horse']) expect(line).not.toContain(part);
    expect(line).toContain('"login":"mira"');
    expect(line).toContain('"accept":"json"');
    expect(line).toContain('refused [secret]');
  });

  test('is bounded: rings, depth and width end', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring['self'] = ring;
    expect(JSON.stringify(redacted(ring))).toContain('[deeper]');
    expect(redacted(Array.from({ length: 1000 }, () => 1))).toHaveLength(100);
  });
});
