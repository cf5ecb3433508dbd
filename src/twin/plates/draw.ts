/** Draws that the parts of a plate share, and seeds for independent streams. */
import { exactExp, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import type { PlateSpread, Span } from './settings.ts';

export function within(random: Random, span: Span): number {
  return span.least + (span.most - span.least) * random.uniform();
}

export function spreadOver(random: Random, spread: PlateSpread): number {
  return Math.min(spread.max, spread.median * exactExp(spread.logSpread * random.normal()));
}

/** Mixes whole numbers into one seed: finaliser of MurmurHash3 (Austin Appleby, public domain) after each. */
export function mixedSeed(numbers: readonly number[]): number {
  let hash = 0x2545f491;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0), 0x9e3779b1);
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}

export function randomOf(numbers: readonly number[]): Random {
  return seededRandom(mixedSeed(numbers));
}
