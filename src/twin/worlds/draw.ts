/** Small draws from a seeded stream. */
import { assert, present } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';

/** One of `items`, each as likely as the other. */
export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  assert(items.length > 0, 'NOTHING_TO_DRAW_FROM');
  return present(items[random.below(items.length)], 'NOTHING_TO_DRAW_FROM');
}

/** Uniform in [from, to). */
export function between(random: Random, limits: { readonly from: number; readonly to: number }): number {
  return limits.from + random.uniform() * (limits.to - limits.from);
}
