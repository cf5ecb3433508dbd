/**
 * Keys of programs: `tf_live_<id>_<secret><check>`. The prefix lets leak scanners find one, the six check letters let
 * anybody tell a typo from a key without asking us, the id finds the record. Of the key only a hash is kept. A rotation
 * keeps the id and gives a new secret; the old one goes on for a stated time, so that nothing has to stop.
 */
import { assert, ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { base32, checkLetters, digestOf, isSameText } from './digest.ts';
import { mayDo, mayHandOut } from './may-do.ts';
import type { Scoped } from './may-do.ts';
import { keyId } from './names.ts';
import type { KeyId } from './names.ts';
import { ROLE_PERMISSIONS } from './permissions.ts';
import type { Permission } from './permissions.ts';
import { asPlace } from './place.ts';
import type { Grant, Principal } from './principal.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';
import { Secret } from './secret.ts';

export interface ApiKey {
  readonly keyId: KeyId;
  readonly name: string;
  readonly grant: Grant;
  readonly scopes: readonly Permission[];
  readonly hash: string;
  /** The secret before the last rotation, as long as it goes on. */
  readonly previous: { readonly hash: string; readonly endsAtMs: number } | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  /** To the day (of UTC): finer would be a write per request, and a diary of the program. */
  readonly lastUsedDay: number | null;
}

export interface KeyOrder {
  readonly name: string;
  readonly grant: Grant;
  readonly scopes: readonly Permission[];
  readonly expiresAtMs: number | null;
  readonly atMs: number;
}

/** The record to keep, and the key to show once. */
export interface IssuedKey {
  readonly key: ApiKey;
  readonly text: Secret;
}

const ID_BYTES = 10;
const SECRET_BYTES = 20;
/** How many random bytes a new key takes. */
export const KEY_BYTES = ID_BYTES + SECRET_BYTES;
const DAY_MS = 86_400_000;
const FORM = /^(tf_live_([0-9a-z]{16})_[0-9a-z]{32})([0-9a-z]{6})$/;

function keyText(id: KeyId, random: Uint8Array): Secret {
  const open = `tf_live_${id}_${base32(random)}`;
  return new Secret(`${open}${checkLetters(open)}`);
}

/** The id in a text that has the form and the check letters of a key; null for anything else. */
export function keyIdIn(text: string): KeyId | null {
  const [, open, id, check] = FORM.exec(text) ?? [];
  if (open === undefined || id === undefined || check === undefined) return null;
  return checkLetters(open) === check ? keyId(id) : null;
}

/** @param random `KEY_BYTES` bytes that nobody can guess. */
export function issueKey(
  issuer: Principal,
  order: KeyOrder,
  random: Uint8Array,
): Result<IssuedKey, AccessProblem> {
  assert(random.length === KEY_BYTES, 'KEY_RANDOM_LENGTH', { length: random.length });
  const may = mayDo(issuer, 'keys.manage', asPlace(order.grant));
  if (!may.ok) return may;
  const outside = order.scopes.filter((scope) => !ROLE_PERMISSIONS[order.grant.role].has(scope));
  if (outside.length > 0 || order.scopes.length === 0) {
    const what = outside.length > 0 ? `${order.grant.role} has no ${outside.join(', ')}` : 'it has no scope';
    return refused(accessProblem('KEY_SCOPE_OUTSIDE_ROLE', order.name, what));
  }
  const hand = mayHandOut(issuer, order.grant, new Set(order.scopes));
  if (!hand.ok) return hand;
  const id = keyId(base32(random.subarray(0, ID_BYTES)));
  const text = keyText(id, random.subarray(ID_BYTES));
  const { name, grant, scopes, expiresAtMs, atMs } = order;
  const hash = digestOf(text.reveal());
  const rest = { previous: null, revokedAtMs: null, lastUsedDay: null };
  return ok({ key: { keyId: id, name, grant, scopes, hash, createdAtMs: atMs, expiresAtMs, ...rest }, text });
}

/**
 * The same key with a new secret; the one before goes on for `overlapMs`, one older ends now. Whoever rotates a key sees
 * its new secret, so it takes all that making it would take.
 * @param random 20 bytes that nobody can guess.
 */
export function rotateKey(
  issuer: Principal,
  key: ApiKey,
  turn: {
    readonly random: Uint8Array;
    readonly atMs: number;
    readonly overlapMs: number;
    readonly expiresAtMs: number | null;
  },
): Result<IssuedKey, AccessProblem> {
  if (!mayDo(issuer, 'keys.manage', asPlace(key.grant)).ok) return refused(unknownKey(key.keyId));
  const hand = mayHandOut(issuer, key.grant, new Set(key.scopes));
  if (!hand.ok) return hand;
  if (key.revokedAtMs !== null) return refused(accessProblem('KEY_REVOKED', key.keyId, 'it was revoked'));
  assert(turn.random.length === SECRET_BYTES, 'KEY_RANDOM_LENGTH', { length: turn.random.length });
  const text = keyText(key.keyId, turn.random);
  const ends = turn.atMs + turn.overlapMs;
  // What had an end keeps it: a rotation never brings a key back to life.
  const previous = { hash: key.hash, endsAtMs: Math.min(ends, key.expiresAtMs ?? ends) };
  return ok({
    key: { ...key, hash: digestOf(text.reveal()), previous, expiresAtMs: turn.expiresAtMs },
    text,
  });
}

export function unknownKey(id: string): AccessProblem {
  return accessProblem('KEY_UNKNOWN', 'keys', `there is no key ${id.slice(0, ID_BYTES * 2)}`);
}

export function revokedKey(
  proof: Scoped<'keys.manage'>,
  key: ApiKey,
  atMs: number,
): Result<ApiKey, AccessProblem> {
  if (!proof.covers(key.grant)) return refused(unknownKey(key.keyId));
  return ok({ ...key, previous: null, revokedAtMs: key.revokedAtMs ?? atMs });
}

const NOBODYS_HASH = digestOf('the hash of no key');

/**
 * Who comes with this key. Unknown ids and wrong secrets are told alike and take the same way: two comparisons, always.
 * @param key the record of the id in the text, null where there is none.
 */
export function keyPrincipal(
  key: ApiKey | null,
  text: Secret,
  atMs: number,
): Result<Principal, AccessProblem> {
  const id = keyIdIn(text.reveal());
  if (id === null) return refused(accessProblem('KEY_MALFORMED', 'key', 'the text is no key'));
  const given = digestOf(text.reveal());
  const isCurrent = isSameText(key?.hash ?? NOBODYS_HASH, given);
  const isPrevious = isSameText(key?.previous?.hash ?? NOBODYS_HASH, given);
  if (key === null || key.keyId !== id || !(isCurrent || isPrevious))
    return refused(accessProblem('KEY_REFUSED', 'key', 'the key is unknown or its secret is another one'));
  if (key.revokedAtMs !== null) return refused(accessProblem('KEY_REVOKED', id, 'it was revoked'));
  const endsAtMs = isCurrent ? key.expiresAtMs : (key.previous?.endsAtMs ?? 0);
  if (endsAtMs !== null && atMs >= endsAtMs)
    return refused(accessProblem('KEY_EXPIRED', id, isCurrent ? 'it is past its end' : 'it was rotated'));
  return ok({ kind: 'key', keyId: id, grant: key.grant, scopes: new Set(key.scopes) });
}

/** The day to note as that of the last use; null where it is noted already. */
export function useToNote(key: ApiKey, atMs: number): number | null {
  const day = Math.floor(atMs / DAY_MS);
  return key.lastUsedDay === day ? null : day;
}
