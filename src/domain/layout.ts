/**
 * The store's furniture: fixtures stand on the floor, hold shelves, which hold plates (load cells). Every pose is in
 * the store frame. Plates are numbered twice: `plateIndex` through the whole store, and `columnIndex` within their
 * fixture, which is the column of a plate batch. Plates of a shelf are neighbours in both numberings.
 */
import { composePoses, distanceM, transformPoint } from './geometry.ts';
import type { Box, Pose, Point3 } from './geometry.ts';
import { fixtureId, isIdText, plateId, shelfId } from './ids.ts';
import type { FixtureId, PlateId, ShelfId, StoreId } from './ids.ts';
import type { DataProblem } from './problem.ts';

export interface Plate {
  readonly plateId: PlateId;
  readonly plateNumber: number;
  readonly plateIndex: number;
  readonly columnIndex: number;
  readonly shelfIndex: number;
  /** The space above the plate, up to the next shelf, where a hand must be to take something. */
  readonly reach: Box;
}

export interface Shelf {
  readonly shelfId: ShelfId;
  readonly shelfNumber: number;
  readonly shelfIndex: number;
  readonly fixtureIndex: number;
  readonly plates: readonly Plate[];
  readonly space: Box;
}

export interface Fixture {
  readonly fixtureId: FixtureId;
  readonly fixtureIndex: number;
  readonly shelves: readonly Shelf[];
  /** All plates of all shelves, by `columnIndex`. */
  readonly plates: readonly Plate[];
  /** What stands on the floor: the fixture's own box and its shelves. */
  readonly body: Box;
}

export interface StoreLayout {
  readonly storeId: StoreId;
  readonly fixtures: readonly Fixture[];
  readonly shelves: readonly Shelf[];
  readonly plates: readonly Plate[];
  readonly fixtureById: ReadonlyMap<FixtureId, Fixture>;
  readonly plateById: ReadonlyMap<PlateId, Plate>;
}

export interface PlateSpec {
  readonly plateNumber: number;
  readonly shelfFromPlate: Pose;
  readonly sizeM: Point3;
}

export interface ShelfSpec {
  readonly shelfNumber: number;
  readonly fixtureFromShelf: Pose;
  readonly sizeM: Point3;
  readonly plates: readonly PlateSpec[];
}

export interface FixtureSpec {
  readonly fixtureName: string;
  readonly storeFromFixture: Pose;
  readonly sizeM: Point3;
  readonly shelves: readonly ShelfSpec[];
  /** The file and record this fixture came from. */
  readonly where: string;
}

export interface LayoutBuild {
  readonly layout: StoreLayout;
  readonly problems: readonly DataProblem[];
}

/** Used where a plate or shelf states no height of its own. */
const REACH_HEIGHT_M = 0.3;
/** Leaves room in a plate's id (128 characters) for two slashes and two numbers of up to 22 characters. */
const FIXTURE_NAME_LENGTH_MAX = 80;

interface Draft {
  readonly fixtures: Fixture[];
  readonly shelves: Shelf[];
  readonly plates: Plate[];
}

function buildShelf(draft: Draft, spec: ShelfSpec, at: ShelfPlace): Shelf {
  const storeFromShelf = composePoses(at.storeFromFixture, spec.fixtureFromShelf);
  const heightM = spec.sizeM.z > 0 ? spec.sizeM.z : REACH_HEIGHT_M;
  const shelf = shelfId(at.fixtureId, spec.shelfNumber);
  const shelfIndex = draft.shelves.length;
  const ordered = spec.plates.toSorted((a, b) => a.plateNumber - b.plateNumber);
  const plates = ordered.map((plate, position) => ({
    plateId: plateId(shelf, plate.plateNumber),
    plateNumber: plate.plateNumber,
    plateIndex: draft.plates.length + position,
    columnIndex: at.columnIndex + position,
    shelfIndex,
    reach: {
      storeFromBox: composePoses(storeFromShelf, plate.shelfFromPlate),
      sizeM: { x: plate.sizeM.x, y: plate.sizeM.y, z: plate.sizeM.z > 0 ? plate.sizeM.z : heightM },
    },
  }));
  draft.plates.push(...plates);
  const space = { storeFromBox: storeFromShelf, sizeM: { ...spec.sizeM, z: heightM } };
  const built: Shelf = {
    shelfId: shelf,
    shelfNumber: spec.shelfNumber,
    shelfIndex,
    fixtureIndex: draft.fixtures.length,
    plates,
    space,
  };
  draft.shelves.push(built);
  return built;
}

interface ShelfPlace {
  readonly fixtureId: FixtureId;
  readonly storeFromFixture: Pose;
  readonly columnIndex: number;
}

/** Numbers that name two things at once would make a column ambiguous: the later one is left out and reported. */
function firstOfEach<Item>(items: readonly Item[], numberOf: (item: Item) => number): [Item[], number[]] {
  const seen = new Set<number>();
  const repeated: number[] = [];
  const kept = items.filter((item) => {
    const number = numberOf(item);
    if (seen.has(number)) repeated.push(number);
    else if (Number.isInteger(number) && number >= 0) {
      seen.add(number);
      return true;
    } else repeated.push(number);
    return false;
  });
  return [kept, repeated];
}

function repeatedProblem(where: string, what: string): DataProblem {
  const remedy = 'Number shelves within their fixture and plates within their shelf, each number once.';
  return { code: 'LAYOUT_NUMBER_TWICE', where, what, remedy };
}

function buildFixture(draft: Draft, spec: FixtureSpec, problems: DataProblem[]): void {
  const id = fixtureId(spec.fixtureName);
  const [shelfSpecs, repeatedShelves] = firstOfEach(spec.shelves, (shelf) => shelf.shelfNumber);
  for (const number of repeatedShelves)
    problems.push(repeatedProblem(spec.where, `fixture ${id} has no single shelf ${number}`));
  const shelves: Shelf[] = [];
  const plates: Plate[] = [];
  for (const shelfSpec of shelfSpecs.toSorted((a, b) => a.shelfNumber - b.shelfNumber)) {
    const [plateSpecs, repeatedPlates] = firstOfEach(shelfSpec.plates, (plate) => plate.plateNumber);
    for (const number of repeatedPlates)
      problems.push(
        repeatedProblem(spec.where, `shelf ${id}/${shelfSpec.shelfNumber} has no single plate ${number}`),
      );
    const place = { fixtureId: id, storeFromFixture: spec.storeFromFixture, columnIndex: plates.length };
    const shelf = buildShelf(draft, { ...shelfSpec, plates: plateSpecs }, place);
    shelves.push(shelf);
    plates.push(...shelf.plates);
  }
  const body = { storeFromBox: spec.storeFromFixture, sizeM: spec.sizeM };
  draft.fixtures.push({ fixtureId: id, fixtureIndex: draft.fixtures.length, shelves, plates, body });
}

function isFixtureName(text: string): boolean {
  return isIdText(text) && text.length <= FIXTURE_NAME_LENGTH_MAX;
}

/** The layout of all `specs`. Never fails: what cannot be used is left out and reported. */
export function buildLayout(store: StoreId, specs: readonly FixtureSpec[]): LayoutBuild {
  const draft: Draft = { fixtures: [], shelves: [], plates: [] };
  const problems: DataProblem[] = [];
  const names = new Set<string>();
  for (const spec of specs) {
    if (names.has(spec.fixtureName) || !isFixtureName(spec.fixtureName)) {
      problems.push(
        repeatedProblem(spec.where, `fixture ${JSON.stringify(spec.fixtureName)} has no single name`),
      );
      continue;
    }
    names.add(spec.fixtureName);
    buildFixture(draft, spec, problems);
  }
  const layout = {
    storeId: store,
    ...draft,
    fixtureById: new Map(draft.fixtures.map((fixture) => [fixture.fixtureId, fixture])),
    plateById: new Map(draft.plates.map((plate) => [plate.plateId, plate])),
  };
  return { layout, problems };
}

/** The middle of the edge of the shelf that faces the shopper (the plate's own −y side), in the store frame. */
export function shelfFront(shelf: Shelf): Point3 {
  const { x, z } = shelf.space.sizeM;
  return transformPoint(shelf.space.storeFromBox, { x: x / 2, y: 0, z: z / 2 });
}

/** Metres between the origins of two plates. */
export function plateGapM(a: Plate, b: Plate): number {
  return distanceM(a.reach.storeFromBox.translation, b.reach.storeFromBox.translation);
}
