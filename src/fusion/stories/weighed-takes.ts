/**
 * What somebody may hold, each product with the moments at which it was weighed: what comes back weighs what it weighed
 * when it was taken.
 */
import { productId } from '../../domain/index.ts';
import type { ProductId, VisitId } from '../../domain/index.ts';
import type { WeighedTake } from '../goods/outcomes.ts';
import { groupsOf } from './group-book.ts';
import type { GroupBook } from './group-book.ts';
import { heldBy, optionProbabilities, UNNAMED } from './stories.ts';
import type { FusedEvent, Group, Option } from './story.ts';

/** Takes less probable than this say nothing about a weight. */
const TAKE_MIN = 0.001;

/**
 * Every named product that `visit` may hold, taken last first; no takes where it was never weighed alone. Nothing for
 * nobody.
 */
export function weighedTakes(book: GroupBook, visit: VisitId | null): Map<ProductId, WeighedTake[]> {
  const held = new Map<ProductId, WeighedTake[]>();
  if (visit === null) return held;
  const groups = groupsOf(book, visit);
  for (const group of groups)
    for (const { holdings } of group.stories)
      for (const [name] of heldBy(holdings, visit))
        if (name !== UNNAMED && !held.has(productId(name))) held.set(productId(name), []);
  if (held.size > 0) for (const group of groups) addTakes(held, group, visit);
  const lastMs = (takes: readonly WeighedTake[]): number => Math.max(0, ...takes.map(({ atMs }) => atMs));
  return new Map([...held].sort(([, one], [, other]) => lastMs(other) - lastMs(one)));
}

function addTakes(held: ReadonlyMap<ProductId, WeighedTake[]>, group: Group, visit: VisitId): void {
  group.events.forEach((event, index) => {
    let probabilities: Float64Array | null = null;
    event.options.forEach((option, choice) => {
      const item = takenAlone(option, visit);
      if (!item || !held.has(item.productId)) return;
      probabilities ??= optionProbabilities(group, index);
      const probability = probabilities[choice]!;
      const take = weighed(event);
      if (probability < TAKE_MIN || take.grams <= 0) return;
      held.get(item.productId)!.push({ ...take, count: item.count, probability });
    });
  });
}

/** The one product that `visit` took where nothing else moved; null otherwise. */
function takenAlone(option: Option, visit: VisitId): { productId: ProductId; count: number } | null {
  const [deed, other] = option.deeds;
  if (!deed || other || deed.visitId !== visit || deed.kind !== 'pick') return null;
  const [item, more] = deed.items;
  if (!item || more || item.productId === null) return null;
  return { productId: item.productId, count: item.count };
}

function weighed({ moment }: FusedEvent): Pick<WeighedTake, 'grams' | 'variance' | 'atMs'> {
  let grams = 0;
  let variance = 0;
  for (const plate of moment.plates) {
    grams -= plate.deltaGrams;
    variance += plate.variance;
  }
  return { grams, variance, atMs: moment.settledAtMs };
}
