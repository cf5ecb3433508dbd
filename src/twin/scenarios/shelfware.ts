/** What can be bought, seen by who plans a visit: every facing with its plates, its weight and its neighbours. */
import type { Random } from '../../base/index.ts';
import type { ProductId } from '../../domain/index.ts';
import { shuffled } from '../words/index.ts';
import type { TwinStore } from '../words/index.ts';

export interface Ware {
  readonly productId: ProductId;
  readonly plateIndexes: readonly number[];
  readonly shelfIndex: number;
  readonly weightGrams: number;
  /** Another product within 10 g lies on the same shelf. */
  readonly hasTwin: boolean;
  /** How often it is wanted, against the others. */
  readonly popularity: number;
}

const TWIN_GRAMS = 10;
/** Popularity falls with the rank r as 1 / (r + 12): a few favourites, a long tail. */
const RANK_OFFSET = 12;

export interface Shelfware {
  readonly wares: readonly Ware[];
  readonly byShelf: ReadonlyMap<number, readonly Ware[]>;
}

export function shelfwareOf(store: TwinStore, random: Random): Shelfware {
  const { layout, planogram } = store.model;
  const known = planogram.facings.flatMap((facing) => {
    const goods = store.goods.get(facing.productId);
    const plates = facing.plateIds.flatMap((plateId) => layout.plateById.get(plateId) ?? []);
    return goods && plates.length > 0 ? [{ goods, plates }] : [];
  });
  const byShelf = Map.groupBy(known, ({ plates }) => plates[0]!.shelfIndex);
  const ranks = shuffled(random, [...known.keys()]);
  const wares = known.map(({ goods, plates }, index): Ware => {
    const { shelfIndex } = plates[0]!;
    const hasTwin = byShelf
      .get(shelfIndex)!
      .some(
        (other) =>
          other.goods.productId !== goods.productId &&
          Math.abs(other.goods.meanGrams - goods.meanGrams) < TWIN_GRAMS,
      );
    return {
      productId: goods.productId,
      plateIndexes: plates.map((plate) => plate.plateIndex),
      shelfIndex,
      weightGrams: goods.meanGrams,
      hasTwin,
      popularity: 1 / (ranks[index]! + RANK_OFFSET),
    };
  });
  return { wares, byShelf: Map.groupBy(wares, (ware) => ware.shelfIndex) };
}

/** One of `wares`, by popularity. `wares` ≥ 1. */
export function drawWare(wares: readonly Ware[], random: Random): Ware {
  let total = 0;
  for (const ware of wares) total += ware.popularity;
  let rest = random.uniform() * total;
  for (const ware of wares) {
    rest -= ware.popularity;
    if (rest < 0) return ware;
  }
  return wares[wares.length - 1]!;
}
