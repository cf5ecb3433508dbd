/**
 * The store in AiFi's documents: geometry with every pose relative to its parent, products and planogram. Poses go
 * through rotation vectors and back, which costs some last bits; a store that must come back exactly is kept as MCAP.
 * `store_id` in Gondolas.json is ours: AiFi's documents do not name their store, and other readers pass over it.
 */
import { composePoses, CURRENCY_EXPONENT, invertPose } from '../../domain/index.ts';
import type { Box, Facing, Plate, Point3, Pose, Product, Shelf, StoreModel } from '../../domain/index.ts';
import { numberOrText, withoutZeros } from './written-json.ts';

const SMALL_ANGLE_RAD = 1e-12;
const NEARLY_HALF_TURN_RAD = Math.PI - 1e-6;

/** At half a turn R = 2 k kᵀ − I, so the axis is in the diagonal; its signs are in the sums of mirrored elements. */
function halfTurnAxis(r: readonly number[]): Point3 {
  const x = Math.sqrt(Math.max(0, (r[0]! + 1) / 2));
  const y = Math.sqrt(Math.max(0, (r[4]! + 1) / 2));
  const z = Math.sqrt(Math.max(0, (r[8]! + 1) / 2));
  if (x >= y && x >= z)
    return { x, y: y * Math.sign(r[1]! + r[3]! || 1), z: z * Math.sign(r[2]! + r[6]! || 1) };
  if (y >= z) return { x: x * Math.sign(r[1]! + r[3]! || 1), y, z: z * Math.sign(r[5]! + r[7]! || 1) };
  return { x: x * Math.sign(r[2]! + r[6]! || 1), y: y * Math.sign(r[5]! + r[7]! || 1), z };
}

/** The axis of the rotation, as long as its angle in radians: the inverse of Rodrigues' formula. */
export function rotationVectorOf(pose: Pose): Point3 {
  const r = pose.rotation;
  const [x, y, z] = [r[7]! - r[5]!, r[2]! - r[6]!, r[3]! - r[1]!];
  const twiceSine = Math.hypot(x, y, z);
  const angle = Math.atan2(twiceSine, r[0]! + r[4]! + r[8]! - 1);
  if (angle < SMALL_ANGLE_RAD) return { x: 0, y: 0, z: 0 };
  const axis = angle > NEARLY_HALF_TURN_RAD ? halfTurnAxis(r) : { x, y, z };
  const scale = angle / Math.hypot(axis.x, axis.y, axis.z);
  // Half a turn either way is the same; just short of it the sign of the sine decides which axis it is.
  const sign = axis.x * x + axis.y * y + axis.z * z < 0 ? -1 : 1;
  return { x: axis.x * scale * sign, y: axis.y * scale * sign, z: axis.z * scale * sign };
}

function coordinates(parentFromBox: Pose, sizeM: Point3): unknown {
  return {
    transform: { translation: parentFromBox.translation, rotation: rotationVectorOf(parentFromBox) },
    dim_x: sizeM.x,
    dim_y: sizeM.y,
    dim_z: sizeM.z,
  };
}

function inParent(parent: Box, child: Box): unknown {
  const parentFromChild = composePoses(invertPose(parent.storeFromBox), child.storeFromBox);
  return coordinates(parentFromChild, child.sizeM);
}

export interface WrittenFile {
  readonly fileName: string;
  readonly text: string;
}

interface ShelfPlace {
  readonly fixtureName: string;
  readonly shelf: Shelf;
}

function shelfIdOf({ fixtureName, shelf }: ShelfPlace): unknown {
  return { gondola_id: { id: numberOrText(fixtureName) }, shelf_index: shelf.shelfNumber };
}

function plateIdOf(place: ShelfPlace, plate: Plate): unknown {
  return { shelf_id: shelfIdOf(place), plate_index: plate.plateNumber };
}

function places(store: StoreModel): ShelfPlace[] {
  return store.layout.fixtures.flatMap((fixture) =>
    fixture.shelves.map((shelf) => ({ fixtureName: fixture.fixtureId, shelf })),
  );
}

function geometryFiles(store: StoreModel): WrittenFile[] {
  const { layout } = store;
  const gondolas = layout.fixtures.map((fixture) => ({
    id: { id: numberOrText(fixture.fixtureId) },
    coordinates: coordinates(fixture.body.storeFromBox, fixture.body.sizeM),
  }));
  const shelves = places(store).map((place) => ({
    id: shelfIdOf(place),
    coordinates: inParent(layout.fixtures[place.shelf.fixtureIndex]!.body, place.shelf.space),
  }));
  const plates = places(store).flatMap((place) =>
    place.shelf.plates.map((plate) => ({
      id: plateIdOf(place, plate),
      coordinates: inParent(place.shelf.space, plate.reach),
    })),
  );
  const written = (fileName: string, root: unknown) => ({
    fileName,
    text: `${JSON.stringify(withoutZeros(root), null, 2)}\n`,
  });
  return [
    written('Gondolas.json', { store_id: { id: layout.storeId }, gondolas }),
    written('Shelves.json', { shelves }),
    written('Plates.json', { plates }),
  ];
}

function productDocument(product: Product): unknown {
  const price = product.price && product.price.minor / 10 ** CURRENCY_EXPONENT[product.price.currency];
  return {
    product_id: { barcode_type: 'UPC', id: product.productId },
    metadata: {
      name: product.name,
      ...(product.imageUrl === null ? {} : { thumbnail: product.imageUrl }),
      price: price ?? 0,
      weight: product.weightGrams ?? 0,
    },
  };
}

function facingDocument(facing: Facing, plates: ReadonlyMap<string, unknown>): unknown {
  return {
    plate_ids: facing.plateIds.map((plate) => plates.get(plate)),
    planogram_product_id: { barcode_type: 'UPC', id: facing.productId },
  };
}

/** Everything but the observations. */
export function storeFiles(store: StoreModel): WrittenFile[] {
  const plateIds = new Map<string, unknown>();
  for (const place of places(store)) {
    for (const plate of place.shelf.plates) plateIds.set(plate.plateId, plateIdOf(place, plate));
  }
  const lines = (documents: unknown[]) =>
    documents.map((document) => `${JSON.stringify(withoutZeros(document))}\n`).join('');
  const facings = store.planogram.facings.map((facing) => facingDocument(facing, plateIds));
  return [
    ...geometryFiles(store),
    { fileName: 'products.json', text: lines(store.catalogue.products.map(productDocument)) },
    { fileName: 'planogram.json', text: lines(facings) },
  ];
}
