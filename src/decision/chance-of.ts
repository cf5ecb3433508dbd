/**
 * Chance that can be replayed: a text always draws the same number. Who cannot know `salt` cannot know the draw before it
 * is made, so nobody can choose which visits are audited.
 */
const UINT32 = 4294967296;
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** 32 well mixed bits of a text: FNV-1a (Fowler, Noll, Vo), then the last rounds of MurmurHash3 (Appleby). */
export function bitsOf(text: string): number {
  let bits = FNV_START;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), FNV_PRIME);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** In [0, 1). */
export function chanceOf(text: string, salt: string): number {
  return bitsOf(`${salt}\n${text}`) / UINT32;
}
