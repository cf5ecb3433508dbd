/**
 * Where products lie as planned. A facing is one product's place on one or more plates of a shelf; several facings
 * may share a plate. What we think lies there now is the plate belief of fusion, which starts from this.
 */
import type { PlateId, ProductId } from './ids.ts';
import type { Catalogue } from './catalogue.ts';
import type { StoreLayout } from './layout.ts';
import type { DataProblem } from './problem.ts';

export interface Facing {
  readonly productId: ProductId;
  readonly plateIds: readonly PlateId[];
}

export interface Planogram {
  readonly facings: readonly Facing[];
  readonly facingsByPlate: ReadonlyMap<PlateId, readonly Facing[]>;
  readonly facingsByProduct: ReadonlyMap<ProductId, readonly Facing[]>;
}

export interface FacingRow extends Facing {
  /** The file and record this facing came from. */
  readonly where: string;
}

export interface PlanogramBuild {
  readonly planogram: Planogram;
  readonly problems: readonly DataProblem[];
}

function unknownProduct(row: FacingRow): DataProblem {
  return {
    code: 'FACING_PRODUCT_UNKNOWN',
    where: row.where,
    what: `the facing on plate ${row.plateIds.join(', ')} names product ${row.productId}, which the catalogue lacks`,
    remedy: 'Add the product to the catalogue; until then it is sold without weight and price.',
  };
}

function unknownPlate(row: FacingRow, plate: PlateId): DataProblem {
  return {
    code: 'FACING_PLATE_UNKNOWN',
    where: row.where,
    what: `the facing of product ${row.productId} names plate ${plate}, which the layout lacks`,
    remedy: 'Correct the plate, or add it to the layout.',
  };
}

/** All facings of `rows` that stand on known plates. Never fails: what cannot be used is left out and reported. */
export function buildPlanogram(
  rows: Iterable<FacingRow>,
  store: { readonly layout: StoreLayout; readonly catalogue: Catalogue },
): PlanogramBuild {
  const facings: Facing[] = [];
  const problems: DataProblem[] = [];
  const facingsByPlate = new Map<PlateId, Facing[]>();
  const facingsByProduct = new Map<ProductId, Facing[]>();
  for (const row of rows) {
    if (!store.catalogue.byId.has(row.productId)) problems.push(unknownProduct(row));
    const known = row.plateIds.filter((plate) => store.layout.plateById.has(plate));
    for (const plate of row.plateIds) {
      if (!store.layout.plateById.has(plate)) problems.push(unknownPlate(row, plate));
    }
    if (known.length === 0) continue;
    const facing: Facing = { productId: row.productId, plateIds: [...new Set(known)] };
    facings.push(facing);
    for (const plate of facing.plateIds) addTo(facingsByPlate, plate, facing);
    addTo(facingsByProduct, facing.productId, facing);
  }
  return { planogram: { facings, facingsByPlate, facingsByProduct }, problems };
}

function addTo<Key>(facingsBy: Map<Key, Facing[]>, key: Key, facing: Facing): void {
  const there = facingsBy.get(key);
  if (there) there.push(facing);
  else facingsBy.set(key, [facing]);
}
