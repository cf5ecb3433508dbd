/** Which products lie on which plates: as planned, and what was put back elsewhere since. */
import type { PlateId, Product, ProductId, Shelf, StoreModel } from '../../../src/domain/index.ts';

export interface LivingPlanogram {
  productsOn(plateId: PlateId): ReadonlySet<ProductId>;
  productsOfShelf(shelf: Shelf): readonly Product[];
  gain(productId: ProductId, plateIds: readonly PlateId[]): void;
}

const NOTHING: ReadonlySet<ProductId> = new Set();

export function createLivingPlanogram({ planogram, catalogue }: StoreModel): LivingPlanogram {
  const byPlate = new Map<PlateId, Set<ProductId>>();
  const gain = (productId: ProductId, plateIds: readonly PlateId[]): void => {
    for (const plateId of plateIds) {
      const there = byPlate.get(plateId) ?? new Set();
      byPlate.set(plateId, there.add(productId));
    }
  };
  for (const facing of planogram.facings) gain(facing.productId, facing.plateIds);
  const productsOn = (plateId: PlateId): ReadonlySet<ProductId> => byPlate.get(plateId) ?? NOTHING;
  return {
    productsOn,
    productsOfShelf(shelf) {
      const ids = new Set(shelf.plates.flatMap(({ plateId }) => [...productsOn(plateId)]));
      return [...ids].flatMap((productId) => catalogue.byId.get(productId) ?? []);
    },
    gain,
  };
}
