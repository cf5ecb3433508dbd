/**
 * A random sequence of its own for everything that chance has a say in: what one thing draws does not shift what
 * another does, so that two runs that differ in one fault differ in nothing else.
 */
import { seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';

/** FNV-1a over the code units of `name`, begun from the run's seed (Fowler, Noll and Vo; 32 bits). */
export function ownRandom(seed: number, name: string): Random {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < name.length; index++)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return seededRandom(hash);
}
