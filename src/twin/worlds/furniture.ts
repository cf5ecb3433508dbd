/**
 * Shop furniture with load cells, in the sizes of shops that run on them: plates of 4 × 16 inches, shelves of 9 or 12
 * plates, the lowest at knee height, the highest at eye level. x of a fixture's frame runs along the shelf, y to the
 * back; its body is the back panel, and what stands in front of it are shelves.
 */
import { assert, METRES_PER_INCH } from '../../base/index.ts';
import type { FixtureSpec, Pose, ShelfSpec } from '../../domain/index.ts';
import type { Zone } from './kinds.ts';
import type { FloorPoint } from '../words/index.ts';

export const PLATE_WIDTH_M = 4 * METRES_PER_INCH;
export const SHELF_DEPTH_M = 16 * METRES_PER_INCH;
const PANEL_DEPTH_M = 0.0318;
export const FIXTURE_DEPTH_M = SHELF_DEPTH_M + PANEL_DEPTH_M;

export interface ShelfPlace {
  readonly zM: number;
  /** Free height above the plates. */
  readonly heightM: number;
}

export interface Furniture {
  readonly shelves: readonly ShelfPlace[];
  readonly heightM: number;
}

const shelvesAt = (places: readonly (readonly [zM: number, heightM: number])[]): ShelfPlace[] =>
  places.map(([zM, heightM]) => ({ zM, heightM }));

/** Six shelves along a wall, in the heights of a real shop: small goods below, tall ones below, … */
export const WALL_RACK_LOW_FIRST: Furniture = {
  heightM: 2.07,
  shelves: shelvesAt([
    [0.33, 0.194],
    [0.556, 0.222],
    [0.81, 0.248],
    [1.089, 0.254],
    [1.375, 0.292],
    [1.699, 0.371],
  ]),
};

/** … and the other way round. */
export const WALL_RACK_TALL_FIRST: Furniture = {
  heightM: 2.07,
  shelves: shelvesAt([
    [0.33, 0.232],
    [0.594, 0.263],
    [0.889, 0.248],
    [1.168, 0.222],
    [1.422, 0.194],
    [1.648, 0.422],
  ]),
};

/** A gondola that one can look over. */
export const LOW_GONDOLA: Furniture = {
  heightM: 1.45,
  shelves: shelvesAt([
    [0.2, 0.28],
    [0.51, 0.27],
    [0.81, 0.27],
    [1.11, 0.34],
  ]),
};

export const TALL_GONDOLA: Furniture = {
  heightM: 1.85,
  shelves: shelvesAt([
    [0.15, 0.27],
    [0.45, 0.25],
    [0.73, 0.24],
    [1.0, 0.23],
    [1.26, 0.23],
    [1.52, 0.33],
  ]),
};

export const COOLER: Furniture = {
  heightM: 2.05,
  shelves: shelvesAt([
    [0.25, 0.3],
    [0.58, 0.29],
    [0.9, 0.29],
    [1.22, 0.29],
    [1.54, 0.45],
  ]),
};

export const COUNTER: Furniture = {
  heightM: 1.35,
  shelves: shelvesAt([
    [0.55, 0.3],
    [0.88, 0.45],
  ]),
};

export const SNACK_RACK: Furniture = {
  heightM: 1.5,
  shelves: shelvesAt([
    [0.4, 0.3],
    [0.75, 0.3],
    [1.1, 0.38],
  ]),
};

/** Where the open front of a fixture looks. */
export type Facing = 'north' | 'south' | 'east' | 'west';

export interface PlacedFixture {
  readonly furniture: Furniture;
  readonly platesPerShelf: number;
  readonly facing: Facing;
  /** The corner of its footprint with the smallest x and y. */
  readonly minCorner: FloorPoint;
  readonly zone: Zone;
}

export function fixtureWidthM(platesPerShelf: number): number {
  return platesPerShelf * PLATE_WIDTH_M;
}

/** Exact quarter turns: no sine is asked. */
const ROTATIONS: Readonly<Record<Facing, readonly number[]>> = {
  south: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  north: [-1, 0, 0, 0, -1, 0, 0, 0, 1],
  west: [0, 1, 0, -1, 0, 0, 0, 0, 1],
  east: [0, -1, 0, 1, 0, 0, 0, 0, 1],
};
const UNTURNED = ROTATIONS.south;

/** The left end of the panel: behind the shelves, seen from the front. */
function storeFromPanel({ facing, minCorner, platesPerShelf }: PlacedFixture): Pose {
  const width = fixtureWidthM(platesPerShelf);
  const offsets: Readonly<Record<Facing, FloorPoint>> = {
    south: { x: 0, y: SHELF_DEPTH_M },
    north: { x: width, y: PANEL_DEPTH_M },
    west: { x: SHELF_DEPTH_M, y: width },
    east: { x: PANEL_DEPTH_M, y: 0 },
  };
  const { x, y } = offsets[facing];
  return {
    rotation: ROTATIONS[facing],
    translation: { x: minCorner.x + x, y: minCorner.y + y, z: 0 },
  };
}

function shelfSpec(place: ShelfPlace, of: { shelfNumber: number; plateCount: number }): ShelfSpec {
  const widthM = fixtureWidthM(of.plateCount);
  return {
    shelfNumber: of.shelfNumber,
    // The panel stands at the back; shelves come forward from it.
    fixtureFromShelf: { rotation: UNTURNED, translation: { x: 0, y: -SHELF_DEPTH_M, z: place.zM } },
    sizeM: { x: widthM, y: SHELF_DEPTH_M, z: place.heightM },
    plates: Array.from({ length: of.plateCount }, (_, position) => ({
      plateNumber: position + 1,
      shelfFromPlate: { rotation: UNTURNED, translation: { x: position * PLATE_WIDTH_M, y: 0, z: 0 } },
      sizeM: { x: PLATE_WIDTH_M, y: SHELF_DEPTH_M, z: place.heightM },
    })),
  };
}

/** The fixture as the layout wants it; its frame is that of the back panel. */
export function fixtureSpec(placed: PlacedFixture, fixtureName: string): FixtureSpec {
  assert(placed.platesPerShelf > 0, 'FIXTURE_WITHOUT_PLATES', { fixtureName });
  const plateCount = placed.platesPerShelf;
  return {
    fixtureName,
    storeFromFixture: storeFromPanel(placed),
    sizeM: { x: fixtureWidthM(plateCount), y: PANEL_DEPTH_M, z: placed.furniture.heightM },
    shelves: placed.furniture.shelves.map((place, position) =>
      shelfSpec(place, { shelfNumber: position + 1, plateCount }),
    ),
    where: `generated fixtures:${fixtureName}`,
  };
}
