/**
 * SHA-256 of tokens that are random themselves, compared in constant time. Such a token has 160 bits of chance, so that a
 * slow hash would add nothing; passwords have theirs in an adapter. Texts are Crockford's base 32 in lower case: no
 * letter of it looks like another.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { assert } from '../base/index.ts';

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const BITS = 5;

/** The hash, hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Bound to a key: who sees it learns nothing about the key. */
export function keyedDigest(key: string, text: string): Uint8Array {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** Whether two texts are equal, in a time that depends on neither; both are hashed first, so lengths do not show. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text, 'utf8').digest());
  return timingSafeEqual(left!, right!);
}

/** Whole letters only: 5 bytes are 8 letters. */
export function base32(bytes: Uint8Array): string {
  assert(bytes.length % BITS === 0, 'BASE32_LENGTH', { length: bytes.length });
  let [text, kept, keptBits] = ['', 0, 0];
  for (const byte of bytes) {
    kept = (kept << 8) | byte;
    keptBits += 8;
    while (keptBits >= BITS) {
      keptBits -= BITS;
      text += LETTERS[(kept >> keptBits) & 31]!;
    }
    kept &= (1 << keptBits) - 1;
  }
  return text;
}

/** Six letters by which a mistyped token shows without a look into any store: 1 in 2³⁰ passes by chance. */
export function checkLetters(text: string): string {
  return base32(createHash('sha256').update(text, 'utf8').digest().subarray(0, 5)).slice(0, 6);
}
