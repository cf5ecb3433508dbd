/** Tokens of an identity provider, over HTTP from a key set that the test serves, and everything that forges them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { identityOf, providerKeys } from '../../src/adapters/access-oidc/index.ts';
import { outsideIdentity, Secret } from '../../src/access/index.ts';
import type { ExpectedToken } from '../../src/access/index.ts';
import { NOW } from './people.ts';

const SECOND = NOW / 1000;
const EXPECTED: ExpectedToken = {
  issuer: 'https://id.example',
  clientId: 'tillfree',
  nonce: new Secret('nonce-of-this-sign-in'),
  atMs: NOW,
  toleranceMs: 60_000,
  ageMaxMs: 600_000,
};
const CLAIMS = {
  iss: 'https://id.example',
  aud: 'tillfree',
  sub: 'person-1',
  nonce: 'nonce-of-this-sign-in',
  iat: SECOND - 5,
  exp: SECOND + 300,
};

interface Provider {
  readonly url: URL;
  readonly key: CryptoKey;
  readonly publicText: string;
  readonly fetchCount: () => number;
}

async function provider(): Promise<Provider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  let count = 0;
  const server = createServer((_request, response) => {
    count++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
  return { url, key: privateKey, publicText: JSON.stringify(jwk), fetchCount: () => count };
}

function signed(
  key: CryptoKey | Uint8Array,
  claims: JWTPayload,
  header: { alg?: string; kid?: string } = {},
) {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key);
}

describe('an identity token', () => {
  test('with a signature of the provider’s keys says who it is about; the keys are fetched once', async () => {
    const { url, key, fetchCount } = await provider();
    const keys = providerKeys(url);
    for (let time = 0; time < 3; time++) {
      const identity = await identityOf(new Secret(await signed(key, CLAIMS)), keys, EXPECTED);
      expect(identity).toEqual({ ok: true, value: { issuer: 'https://id.example', subject: 'person-1' } });
    }
    expect(fetchCount()).toBe(1);
  });

  test('that is forged is refused, however', async () => {
    const { url, key, publicText } = await provider();
    const stranger = await generateKeyPair('ES256');
    const right = await signed(key, CLAIMS);
    const [head, body, signature] = right.split('.');
    const other = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'admin' })).toString('base64url');
    const none = Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url');
    const forged = {
      'no algorithm': new UnsecuredJWT(CLAIMS).encode(),
      'no algorithm, with the signature kept': `${none}.${body}.${signature}`,
      'a public key as a shared secret': await signed(new TextEncoder().encode(publicText), CLAIMS, {
        alg: 'HS256',
      }),
      'a stranger’s key': await signed(stranger.privateKey, CLAIMS),
      'a key that the provider does not have': await signed(key, CLAIMS, { kid: 'k2' }),
      'other claims under the signature': `${head}.${other}.${signature}`,
      'the signature cut off': `${head}.${body}.`,
      'claims that are no object': await new SignJWT({})
        .setProtectedHeader({ alg: 'ES256' })
        .sign(stranger.privateKey),
      nothing: '',
      noise: 'a.b.c',
      'too long': `${right}${'x'.repeat(20_000)}`,
    };
    const keys = providerKeys(url);
    for (const [how, text] of Object.entries(forged)) {
      const found = await identityOf(new Secret(text), keys, EXPECTED);
      expect(found.ok ? 'let in' : found.problem.code, how).toBe('ID_TOKEN_REFUSED');
      if (!found.ok && text.length > 20) expect(JSON.stringify(found.problem)).not.toContain(text.slice(-20));
    }
  });

  test('is refused while its provider cannot be asked', async () => {
    const { key } = await provider();
    const silent = providerKeys(new URL('http://127.0.0.1:1/keys'));
    const found = await identityOf(new Secret(await signed(key, CLAIMS)), silent, EXPECTED);
    expect(found.ok ? 'let in' : found.problem.code).toBe('ID_TOKEN_REFUSED');
  });
});

describe('claims', () => {
  const ask = (more: Readonly<Record<string, unknown>>): string | null => {
    const found = outsideIdentity({ ...CLAIMS, ...more }, EXPECTED);
    return found.ok ? null : found.problem.what;
  };

  test('must be for us, from the issuer, of this sign-in, and about somebody', () => {
    expect(ask({})).toBe(null);
    expect(ask({ aud: ['tillfree'] })).toBe(null);
    expect(ask({ aud: ['tillfree', 'other'], azp: 'tillfree' })).toBe(null);
    const refused: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
      [{ iss: 'https://id.example/' }, 'it is of another issuer'],
      [{ iss: undefined }, 'it is of another issuer'],
      [{ aud: 'other' }, 'it is for somebody else'],
      [{ aud: undefined }, 'it is for somebody else'],
      [{ aud: [['tillfree']] }, 'it is for somebody else'],
      [{ aud: ['tillfree', 'other'] }, 'it does not say which client it is for'],
      [{ aud: ['tillfree', 'other'], azp: 'other' }, 'it is for another client'],
      [{ azp: 'other' }, 'it is for another client'],
      [{ nonce: undefined }, 'it is of another sign-in'],
      [{ nonce: '' }, 'it is of another sign-in'],
      [{ nonce: 'nonce-of-this-sign-in2' }, 'it is of another sign-in'],
      [{ sub: '' }, 'it does not say who it is about'],
      [{ sub: 7 }, 'it does not say who it is about'],
      [{ sub: 'x'.repeat(256) }, 'it does not say who it is about'],
    ];
    for (const [more, what] of refused) expect(ask(more), JSON.stringify(more)).toBe(what);
  });

  test('must be valid now, give or take the tolerance', () => {
    expect(ask({ exp: SECOND - 59 })).toBe(null);
    expect(ask({ exp: SECOND - 60 })).toBe('it is past its end');
    expect(ask({ iat: SECOND + 60 })).toBe(null);
    expect(ask({ iat: SECOND + 61 })).toBe('it is issued later than now');
    expect(ask({ iat: SECOND - 659 })).toBe(null);
    expect(ask({ iat: SECOND - 660 })).toBe('it was issued long ago');
    expect(ask({ nbf: SECOND + 60 })).toBe(null);
    expect(ask({ nbf: SECOND + 61 })).toBe('it is not valid yet');
    expect(ask({ nbf: 'now' })).toBe('it is not valid yet');
    for (const more of [{ exp: undefined }, { iat: undefined }, { exp: `${SECOND + 9}` }, { exp: Infinity }])
      expect(ask(more)).toBe('it does not say when it was issued and when it ends');
  });
});
