/**
 * Who lies where: products in the order of their departments fill the shelves of their zone from one end of the shop to
 * the other. A facing takes one to four neighbouring plates of one shelf; mates stay side by side; a product that has
 * fewer neighbours than the shop has room for gets further facings.
 */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import type { FacingRow, Shelf } from '../../domain/index.ts';
import type { ShelfMates, WorldProduct } from './goods.ts';

export interface FacingOptions {
  readonly random: Random;
  readonly shelves: readonly Shelf[];
  readonly mates: readonly ShelfMates[];
  /** Plates of a facing on average; facings are narrower where there are too many products. */
  readonly platesPerFacing: number;
  /** Plates left empty, 0 to 1. */
  readonly emptyShare: number;
}

const PLATES_PER_FACING_MAX = 4;

/** The mates in order, again and again, until there are `facingCount` facings (or one more, where mates are two). */
function placements({ mates, random }: FacingOptions, facingCount: number): ShelfMates[] {
  const placed: ShelfMates[] = [...mates];
  let count = mates.reduce((sum, each) => sum + each.length, 0);
  while (count < facingCount) {
    const start = random.below(mates.length);
    // Second placements are runs of neighbours, as on the end of a gondola.
    const missing = facingCount - count;
    for (let step = 0; step < mates.length && count < facingCount && step < missing; step++) {
      const next = mates[(start + step) % mates.length]!;
      placed.push(next);
      count += next.length;
    }
  }
  return placed;
}

/** How many plates each of `count` facings of a shelf gets; what nobody needs is left at the end. */
function widths(random: Random, plateCount: number, count: number): number[] {
  const each = Math.min(PLATES_PER_FACING_MAX, Math.floor(plateCount / count));
  const shelf = Array.from({ length: count }, () => each);
  let left = plateCount - each * count;
  while (left > 0 && shelf.some((width) => width < PLATES_PER_FACING_MAX)) {
    const facing = random.below(count);
    if (shelf[facing]! >= Math.min(PLATES_PER_FACING_MAX, each + 2)) continue;
    shelf[facing]!++;
    left--;
  }
  return shelf;
}

/** Mates for one shelf, taken from the front of `waiting`: about `wanted` facings, never half of a pair. */
function takeForShelf(waiting: ShelfMates[], wanted: number, plateCount: number): WorldProduct[] {
  const taken: WorldProduct[] = [];
  while (waiting.length > 0 && taken.length < wanted) {
    if (taken.length + waiting[0]!.length > plateCount) break;
    taken.push(...waiting.shift()!);
  }
  return taken;
}

function facingsOfShelf(
  shelf: Shelf,
  products: readonly WorldProduct[],
  options: FacingOptions,
): FacingRow[] {
  const { random, emptyShare } = options;
  let first = 0;
  return widths(random, shelf.plates.length, products.length).map((width, position): FacingRow => {
    const plates = shelf.plates.slice(first, first + width);
    first += width;
    // One plate of a wide facing is what an empty place costs.
    const isShort = width > 1 && random.uniform() < emptyShare * width;
    return {
      productId: products[position]!.productId,
      plateIds: plates.slice(0, isShort ? width - 1 : width).map((plate) => plate.plateId),
      where: `generated facings of shelf ${shelf.shelfId}`,
    };
  });
}

/** @throws AssertionFailure where there are more products than plates. */
export function arrangeFacings(options: FacingOptions): FacingRow[] {
  const { shelves, mates, platesPerFacing } = options;
  let plateCount = shelves.reduce((sum, shelf) => sum + shelf.plates.length, 0);
  const productCount = mates.reduce((sum, each) => sum + each.length, 0);
  assert(productCount <= plateCount, 'MORE_PRODUCTS_THAN_PLATES', { productCount, plateCount });
  const waiting = placements(options, Math.max(productCount, Math.round(plateCount / platesPerFacing)));
  let facingCount = waiting.reduce((sum, each) => sum + each.length, 0);
  const rows: FacingRow[] = [];
  for (const shelf of shelves) {
    const here = shelf.plates.length;
    const wanted = Math.max(1, Math.min(here, Math.round((facingCount * here) / plateCount)));
    const products = takeForShelf(waiting, wanted, here);
    plateCount -= here;
    facingCount -= products.length;
    if (products.length > 0) rows.push(...facingsOfShelf(shelf, products, options));
  }
  assert(waiting.length === 0, 'FACINGS_LEFT_OVER', { left: waiting.length });
  return rows;
}
