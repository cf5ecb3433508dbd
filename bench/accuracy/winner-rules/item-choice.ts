/** Which product a group of plates lost, and which of those that somebody holds came back to it. */
import type { Product, ProductId } from '../../../src/domain/index.ts';
import { gaussianOverlap } from './gaussian-overlap.ts';
import type { LivingPlanogram } from './living-planogram.ts';
import type { PlateGroup } from './plate-groups.ts';

const PLACE_WEIGHT = 0.8;
const WEIGHT_WEIGHT = 0.2;
const WEIGHT_SIGMA_GRAMS = 10;
const TAKEN_UNITS_MIN = 0.4;
const RETURNED_UNITS_MIN = 0.75;

export interface ItemChoice {
  readonly productId: ProductId;
  readonly count: number;
}

/** 0.8 × the share of Δ on the product's plates + 0.2 × the overlap of Δ with the weight of one unit. */
export function itemScore(group: PlateGroup, product: Product, planogram: LivingPlanogram): number {
  const own = group.plates.filter(({ plate }) => planogram.productsOn(plate.plateId).has(product.productId));
  const ownGrams = own.reduce((sum, { deltaGrams }) => sum + deltaGrams, 0);
  const place = Math.min(1, Math.max(0, ownGrams / group.deltaGrams));
  const { weightGrams } = product;
  const weight =
    weightGrams === null ? 0 : gaussianOverlap(Math.abs(group.deltaGrams) - weightGrams, WEIGHT_SIGMA_GRAMS);
  return PLACE_WEIGHT * place + WEIGHT_WEIGHT * weight;
}

/** What was taken; null where Δ is below 0.4 of a unit of the best product. One unit where its weight is unknown. */
export function takenItem(group: PlateGroup, planogram: LivingPlanogram): ItemChoice | null {
  let best: Product | null = null;
  let bestScore = 0;
  for (const product of planogram.productsOfShelf(group.event.shelf)) {
    const score = itemScore(group, product, planogram);
    if (score > bestScore) [best, bestScore] = [product, score];
  }
  if (!best) return null;
  const { productId, weightGrams } = best;
  const units = weightGrams === null ? 1 : Math.abs(group.deltaGrams) / weightGrams;
  return units < TAKEN_UNITS_MIN ? null : { productId, count: Math.max(1, Math.round(units)) };
}

/** What came back: the n × weight of the basket that is nearest to Δ; null below 0.75 of one unit of it. */
export function returnedItem(
  deltaGrams: number,
  basket: ReadonlyMap<ProductId, number>,
  products: ReadonlyMap<ProductId, Product>,
): ItemChoice | null {
  let best: ItemChoice | null = null;
  let bestOffGrams = Number.POSITIVE_INFINITY;
  for (const [productId, held] of basket) {
    const weightGrams = products.get(productId)?.weightGrams ?? null;
    if (weightGrams === null) continue;
    for (let count = 1; count <= held; count++) {
      const offGrams = Math.abs(deltaGrams - count * weightGrams);
      if (offGrams >= bestOffGrams) continue;
      bestOffGrams = offGrams;
      best = deltaGrams < RETURNED_UNITS_MIN * weightGrams ? null : { productId, count };
    }
  }
  return best;
}
