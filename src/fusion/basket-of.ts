/** Baskets: the marginals of the joint stories, line by line. */
import { productId } from '../domain/index.ts';
import type { Basket, BasketLine, ProductId, QuantityProbability, VisitId } from '../domain/index.ts';
import { heldBy, holdingKey, UNNAMED } from './stories.ts';
import type { Group } from './stories.ts';

/** Alternatives and unlikely lines below this are not told. */
const TOLD_MIN = 0.005;

interface CommonBasket {
  readonly held: readonly [string, number][];
  /** P(this basket, and nothing unnamed beside it). */
  probability: number;
  /** P(this basket, whatever else is held). */
  mass: number;
}

/** The most probable basket of `visit` as a whole, and its probability. */
function mostProbable(group: Group, visit: VisitId): CommonBasket {
  const byContent = new Map<string, CommonBasket>();
  for (const story of group.stories) {
    const held = heldBy(story.holdings, visit).filter(([name]) => name !== UNNAMED);
    const isWhole = !story.holdings.has(holdingKey(visit, null));
    const name = held
      .map(([product, count]) => `${product}*${count}`)
      .sort()
      .join('\n');
    const basket = byContent.get(name) ?? { held, probability: 0, mass: 0 };
    basket.mass += Math.exp(story.logProb);
    // A story with an unnamed item can never make the receipt right.
    if (isWhole) basket.probability += Math.exp(story.logProb);
    byContent.set(name, basket);
  }
  let best: CommonBasket = { held: [], probability: 0, mass: 0 };
  for (const basket of byContent.values()) {
    const isLikelier = basket.probability > best.probability;
    const isMore = basket.probability === best.probability && basket.mass > best.mass;
    if (isLikelier || isMore) best = basket;
  }
  return best;
}

/** P(quantity) of every product that any story puts into the basket. */
function quantities(group: Group, visit: VisitId): Map<ProductId, Map<number, number>> {
  const byProduct = new Map<ProductId, Map<number, number>>();
  for (const story of group.stories) {
    for (const [name, count] of heldBy(story.holdings, visit)) {
      if (name === UNNAMED) continue;
      const product = productId(name);
      const counts = byProduct.get(product) ?? new Map<number, number>();
      counts.set(count, (counts.get(count) ?? 0) + Math.exp(story.logProb));
      byProduct.set(product, counts);
    }
  }
  for (const counts of byProduct.values()) {
    let some = 0;
    for (const probability of counts.values()) some += probability;
    counts.set(0, Math.max(1 - some, 0));
  }
  return byProduct;
}

function lineOf(
  product: ProductId,
  quantity: number,
  told: { readonly counts: ReadonlyMap<number, number>; readonly keptMass: number; readonly sure: number },
): BasketLine {
  const probability = Math.min((told.counts.get(quantity) ?? 0) * told.keptMass, 1);
  const alternatives: QuantityProbability[] = [...told.counts]
    .filter(([count, share]) => count !== quantity && share >= TOLD_MIN)
    .map(([count, share]) => ({ quantity: count, probability: share }))
    .sort((a, b) => b.probability - a.probability);
  const status = probability >= told.sure ? 'sure' : 'being-checked';
  return { productId: product, quantity, probability, status, alternatives };
}

/** The basket of `visit` in its group; empty and certain where nothing was ever near it. */
export function basketFromGroup(group: Group | undefined, visit: VisitId, sure: number): Basket {
  if (!group) return { visitId: visit, lines: [], unlikely: [], probabilityAllRight: 1 };
  const best = mostProbable(group, visit);
  const byProduct = quantities(group, visit);
  const { keptMass } = group;
  const lines: BasketLine[] = [];
  const unlikely: BasketLine[] = [];
  const inBasket = new Map(best.held.map(([name, count]) => [productId(name), count]));
  for (const [product, counts] of byProduct) {
    const quantity = inBasket.get(product);
    if (quantity !== undefined) {
      lines.push(lineOf(product, quantity, { counts, keptMass, sure }));
      continue;
    }
    const [mostLikely] = [...counts].filter(([count]) => count > 0).sort((a, b) => b[1] - a[1]);
    if (mostLikely && mostLikely[1] >= TOLD_MIN)
      unlikely.push(lineOf(product, mostLikely[0], { counts, keptMass, sure }));
  }
  unlikely.sort((a, b) => b.probability - a.probability);
  return { visitId: visit, lines, unlikely, probabilityAllRight: Math.min(best.probability * keptMass, 1) };
}
