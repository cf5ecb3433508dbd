import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keyIdIn,
  keyPrincipal,
  mayDo,
  retailerPlace,
  revokedKey,
  rotateKey,
  Secret,
  useToNote,
} from '../../src/access/index.ts';
import {
  ACME,
  BOLT,
  bytesFrom,
  codeOf,
  DAY_MS,
  good,
  grant,
  NOW,
  orderKey,
  person,
  proofOf,
} from './people.ts';

const { key, text } = good(orderKey(1));
const operator = person(grant('operator'));

describe('the form of a key', () => {
  test('is recognised by its prefix and its check letters; the record holds no part of the secret', () => {
    expect(text.reveal()).toMatch(/^tf_live_[0-9a-z]{16}_[0-9a-z]{38}$/);
    expect(keyIdIn(text.reveal())).toBe(key.keyId);
    const secret = text.reveal().split('_')[3]!;
    expect(JSON.stringify(key)).not.toContain(secret.slice(0, 8));
  });

  test('every single wrong letter, truncation and extension shows without a look into a store', () => {
    const whole = text.reveal();
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length - 1 }),
        fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz_ \n\u0000А'),
        (at, letter) => {
          const typo = whole.slice(0, at) + letter + whole.slice(at + 1);
          expect(keyIdIn(typo)).toBe(letter === whole[at] ? key.keyId : null);
          expect(keyIdIn(whole.slice(0, at))).toBe(null);
          expect(keyIdIn(whole + letter)).toBe(null);
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });

  test('what is no key is refused as such, however long', () => {
    for (const wrong of ['', 'tf_live_', text.reveal().toUpperCase(), 'x'.repeat(100_000)])
      expect(codeOf(keyPrincipal(key, new Secret(wrong), NOW))).toBe('KEY_MALFORMED');
  });
});

describe('a key', () => {
  test('does what it was made for, until its end', () => {
    const principal = good(keyPrincipal(key, text, NOW));
    expect(mayDo(principal, 'catalogue.write', retailerPlace(ACME)).ok).toBe(true);
    expect(codeOf(mayDo(principal, 'receipts.read', retailerPlace(ACME)))).toBe('ACCESS_DENIED');
    expect(codeOf(mayDo(principal, 'catalogue.write', retailerPlace(BOLT)))).toBe('ACCESS_DENIED');
    expect(codeOf(keyPrincipal(key, text, NOW + 30 * DAY_MS - 1))).toBe(null);
    expect(codeOf(keyPrincipal(key, text, NOW + 30 * DAY_MS))).toBe('KEY_EXPIRED');
  });

  test('with another secret is refused like one that nobody knows', () => {
    const other = good(orderKey(2)).text;
    expect(keyPrincipal(key, other, NOW)).toEqual(keyPrincipal(null, other, NOW));
    expect(codeOf(keyPrincipal(null, text, NOW))).toBe('KEY_REFUSED');
    // A record of another id with the same hash: it is not the key of that id.
    const swapped = { ...key, keyId: good(orderKey(3)).key.keyId };
    expect(codeOf(keyPrincipal(swapped, text, NOW))).toBe('KEY_REFUSED');
  });

  test('cannot be made with scopes that its role or its maker does not have', () => {
    expect(codeOf(orderKey(5, { scopes: ['keys.manage'] }))).toBe('KEY_SCOPE_OUTSIDE_ROLE');
    expect(codeOf(orderKey(5, { scopes: [] }))).toBe('KEY_SCOPE_OUTSIDE_ROLE');
    expect(codeOf(orderKey(5, {}, person(grant('integrator'))))).toBe('ACCESS_DENIED');
    expect(codeOf(orderKey(5, { grant: grant('integrator', BOLT) }))).toBe('ACCESS_DENIED');
    const keyMaker = orderKey(6, { grant: grant('operator'), scopes: ['keys.manage'] });
    const machine = good(keyPrincipal(good(keyMaker).key, good(keyMaker).text, NOW));
    expect(codeOf(orderKey(7, {}, machine))).toBe('ACCESS_GRANT_ABOVE_OWN');
    // Nor by rotating a stronger key and reading its new secret.
    const turn = { random: bytesFrom(8)(20), atMs: NOW, overlapMs: 0, expiresAtMs: null };
    expect(codeOf(rotateKey(machine, key, turn))).toBe('ACCESS_GRANT_ABOVE_OWN');
  });

  test('notes its use once a day', () => {
    const day = useToNote(key, NOW);
    expect(day).toBe(Math.floor(NOW / DAY_MS));
    expect(useToNote({ ...key, lastUsedDay: day }, NOW + 1000)).toBe(null);
    expect(useToNote({ ...key, lastUsedDay: day }, NOW + DAY_MS)).toBe(day! + 1);
  });
});

describe('rotation', () => {
  const turn = { atMs: NOW, overlapMs: DAY_MS, expiresAtMs: NOW + 60 * DAY_MS };
  const once = good(rotateKey(operator, key, { ...turn, random: bytesFrom(11)(20) }));

  test('keeps the id, and both secrets work until the overlap is over', () => {
    expect(once.key.keyId).toBe(key.keyId);
    for (const at of [NOW, NOW + DAY_MS - 1]) {
      expect(codeOf(keyPrincipal(once.key, text, at))).toBe(null);
      expect(codeOf(keyPrincipal(once.key, once.text, at))).toBe(null);
    }
    expect(codeOf(keyPrincipal(once.key, text, NOW + DAY_MS))).toBe('KEY_EXPIRED');
    expect(codeOf(keyPrincipal(once.key, once.text, NOW + DAY_MS))).toBe(null);
  });

  test('twice within the overlap leaves two secrets, never three', () => {
    const twice = good(rotateKey(operator, once.key, { ...turn, random: bytesFrom(12)(20) }));
    expect(codeOf(keyPrincipal(twice.key, text, NOW))).toBe('KEY_REFUSED');
    expect(codeOf(keyPrincipal(twice.key, once.text, NOW))).toBe(null);
  });

  test('brings no secret back to life that was past its end, and none that was revoked', () => {
    const late = { ...turn, atMs: NOW + 40 * DAY_MS, random: bytesFrom(13)(20) };
    const rotated = good(rotateKey(operator, key, late));
    expect(codeOf(keyPrincipal(rotated.key, text, late.atMs))).toBe('KEY_EXPIRED');
    const revoked = good(revokedKey(proofOf('keys.manage'), once.key, NOW + 5));
    for (const each of [text, once.text]) expect(keyPrincipal(revoked, each, NOW + 6).ok).toBe(false);
    expect(codeOf(rotateKey(operator, revoked, late))).toBe('KEY_REVOKED');
  });

  test('and revocation are for the retailer of the key alone', () => {
    const stranger = person(grant('operator', BOLT));
    expect(codeOf(rotateKey(stranger, key, { ...turn, random: bytesFrom(14)(20) }))).toBe('KEY_UNKNOWN');
    expect(codeOf(revokedKey(proofOf('keys.manage', BOLT), key, NOW))).toBe('KEY_UNKNOWN');
  });
});
