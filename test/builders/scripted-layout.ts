/**
 * Furniture of the scripted shop. SIMULATED, a test builder. Fixtures stand in rows along x and face −y; the last one
 * is turned by −90° about z and closes the aisle, facing −x. West of x = 0 is a free corridor that joins the aisles.
 */
import { METRES_PER_INCH } from '../../src/base/index.ts';
import { ORIGIN, poseFromRodrigues } from '../../src/domain/index.ts';
import type { FixtureSpec, Point3, Pose, ShelfSpec } from '../../src/domain/index.ts';

export interface ScriptedLayoutOptions {
  readonly fixtures: number;
  readonly shelvesPerFixture: number;
  readonly platesPerShelf: number;
}

export interface FloorPoint {
  readonly x: number;
  readonly y: number;
}

const FIXTURES_PER_ROW = 5;
const ROW_SPACING_M = 3;
const PLATE_WIDTH_M = 4 * METRES_PER_INCH;
const PLATE_DEPTH_M = 16 * METRES_PER_INCH;
const SHELF_LOWEST_M = 0.33;
const SHELF_HIGHEST_M = 1.65;
const CORRIDOR_X_M = -1;

const at = (x: number, y: number, z = 0): Pose => poseFromRodrigues({ x, y, z }, ORIGIN);

/** Where people come in and leave. */
export const ENTRANCE: FloorPoint = { x: CORRIDOR_X_M - 0.4, y: -1.5 };

function shelfSpec(options: ScriptedLayoutOptions, position: number): ShelfSpec {
  const { shelvesPerFixture, platesPerShelf } = options;
  const stepM = (SHELF_HIGHEST_M - SHELF_LOWEST_M) / Math.max(1, shelvesPerFixture - 1);
  const plate = { x: PLATE_WIDTH_M, y: PLATE_DEPTH_M, z: 0 };
  return {
    shelfNumber: position + 1,
    fixtureFromShelf: at(0, -PLATE_DEPTH_M, SHELF_LOWEST_M + position * stepM),
    sizeM: { x: PLATE_WIDTH_M * platesPerShelf, y: PLATE_DEPTH_M, z: 0 },
    plates: Array.from({ length: platesPerShelf }, (_, index) => ({
      plateNumber: index + 1,
      shelfFromPlate: at(index * PLATE_WIDTH_M, 0),
      sizeM: plate,
    })),
  };
}

function fixturePose(options: ScriptedLayoutOptions, position: number): Pose {
  const row = Math.floor(position / FIXTURES_PER_ROW);
  const pitchM = PLATE_WIDTH_M * options.platesPerShelf + 0.1;
  const x = (position % FIXTURES_PER_ROW) * pitchM;
  const y = -row * ROW_SPACING_M;
  const isTurned = options.fixtures > 1 && position === options.fixtures - 1;
  if (!isTurned) return at(x, y);
  const translation: Point3 = { x: x + 1, y: y - 0.7, z: 0 };
  return poseFromRodrigues(translation, { x: 0, y: 0, z: -Math.PI / 2 });
}

export function scriptedFixtures(options: ScriptedLayoutOptions): FixtureSpec[] {
  return Array.from({ length: options.fixtures }, (_, position) => ({
    fixtureName: String(position + 1),
    storeFromFixture: fixturePose(options, position),
    sizeM: { x: PLATE_WIDTH_M * options.platesPerShelf, y: 0.03, z: 2.07 },
    shelves: Array.from({ length: options.shelvesPerFixture }, (_unused, shelf) => shelfSpec(options, shelf)),
    where: `scripted fixture ${position + 1}`,
  }));
}

function rowOf(point: FloorPoint): number {
  return Math.max(0, Math.floor(-point.y / ROW_SPACING_M));
}

/** A way over free floor: straight within an aisle, else through the corridor. */
export function walkingRoute(from: FloorPoint, to: FloorPoint): readonly FloorPoint[] {
  if (rowOf(from) === rowOf(to)) return [to];
  return [{ x: CORRIDOR_X_M, y: from.y }, { x: CORRIDOR_X_M, y: to.y }, to];
}
