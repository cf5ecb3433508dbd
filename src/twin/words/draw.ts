/** Draws that more than one room of the twin makes. */
import type { Random } from '../../base/index.ts';

/** The same items in a random order (Fisher and Yates). */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Uniform between the two ends. */
export function drawBetweenMs(
  random: Random,
  span: { readonly fromMs: number; readonly untilMs: number },
): number {
  return span.fromMs + (span.untilMs - span.fromMs) * random.uniform();
}
