/**
 * The store's furniture from `Gondolas.json`, `Shelves.json` and `Plates.json`: metres, each pose relative to its
 * parent, rotations as Rodrigues vectors. Without geometry no sample has a place, so a file that is missing or
 * corrupt refuses the whole recording; a shelf or plate that cannot be used is left out and reported.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { buildLayout, isIdText, poseFromRodrigues, storeId } from '../../domain/index.ts';
import type {
  DataProblem,
  FixtureSpec,
  LayoutBuild,
  PlateSpec,
  Point3,
  Pose,
  ShelfSpec,
} from '../../domain/index.ts';
import { fieldAt, idTextOf, listAt, numberOf, parseExportJson } from './export-json.ts';

const GEOMETRY_FILES = { gondolas: 'Gondolas.json', shelves: 'Shelves.json', plates: 'Plates.json' } as const;
type GeometryList = keyof typeof GEOMETRY_FILES;

export interface GeometryPlaces {
  readonly directory: string;
  readonly storeDirectory: string | undefined;
  /** Used where `Gondolas.json` does not name its store. */
  readonly storeName: string;
}

interface Placed {
  readonly pose: Pose;
  readonly sizeM: Point3;
}

/** A pose and size with their gaps filled by zero; null where a number is none. */
function placedOf(item: unknown): Placed | null {
  const coordinates = fieldAt(item, 'coordinates');
  const point = (name: string): Point3 => {
    const found = fieldAt(coordinates, 'transform', name);
    const [x, y, z] = ['x', 'y', 'z'].map((axis) => numberOf(fieldAt(found, axis)));
    return { x: x!, y: y!, z: z! };
  };
  const [x, y, z] = ['dim_x', 'dim_y', 'dim_z'].map((name) => numberOf(fieldAt(coordinates, name)));
  const sizeM = { x: x!, y: y!, z: z! };
  const translation = point('translation');
  const rotation = point('rotation');
  const numbers = [translation, rotation, sizeM].flatMap((at) => [at.x, at.y, at.z]);
  return numbers.every(Number.isFinite) ? { pose: poseFromRodrigues(translation, rotation), sizeM } : null;
}

function missing(file: string, places: GeometryPlaces): DataProblem {
  const looked = places.storeDirectory ? [places.storeDirectory, places.directory] : [places.directory];
  return {
    code: 'AIFI_GEOMETRY_MISSING',
    where: looked.join(' and '),
    what: `${file} is not there`,
    remedy: `Put ${Object.values(GEOMETRY_FILES).join(', ')} beside the documents, or name their directory with --store DIR.`,
  };
}

function readList(list: GeometryList, places: GeometryPlaces): Result<GeometryFile, DataProblem> {
  const file = GEOMETRY_FILES[list];
  const candidates = [places.storeDirectory, places.directory].filter((at) => at !== undefined);
  const path = candidates.map((at) => join(at, file)).find((candidate) => existsSync(candidate));
  if (path === undefined) return refused(missing(file, places));
  let root: unknown;
  try {
    root = parseExportJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    root = undefined;
  }
  const items = listAt(root, list);
  if (items) return ok({ root, items });
  const what = root === undefined ? 'the file is not JSON' : `the file has no list "${list}"`;
  const remedy = `Copy ${file} from the store's installation again.`;
  return refused({ code: 'AIFI_GEOMETRY_CORRUPT', where: path, what, remedy });
}

interface GeometryFile {
  readonly root: unknown;
  readonly items: readonly unknown[];
}

function orphan(where: string): DataProblem {
  const what = 'the place or the parent of this record cannot be used';
  const remedy = 'Correct its id and coordinates; until then it is left out.';
  return { code: 'AIFI_GEOMETRY_ORPHAN', where, what, remedy };
}

interface PlacedItem extends Placed {
  readonly item: unknown;
  readonly where: string;
}

function placedItems(items: readonly unknown[], file: string, problems: DataProblem[]): PlacedItem[] {
  const placed: PlacedItem[] = [];
  for (const [position, item] of items.entries()) {
    const where = `${file}:${position + 1}`;
    const place = placedOf(item);
    if (place) placed.push({ item, where, ...place });
    else problems.push(orphan(where));
  }
  return placed;
}

/** Children waiting for their parent; what nobody takes has no parent. */
class WaitingChildren<Spec> {
  private readonly byParent = new Map<string, { readonly spec: Spec; readonly where: string }[]>();

  add(parent: string, child: { readonly spec: Spec; readonly where: string }): void {
    const siblings = this.byParent.get(parent);
    if (siblings) siblings.push(child);
    else this.byParent.set(parent, [child]);
  }

  take(parent: string): Spec[] {
    const children = this.byParent.get(parent) ?? [];
    this.byParent.delete(parent);
    return children.map((child) => child.spec);
  }

  orphans(): DataProblem[] {
    return [...this.byParent.values()].flat().map((child) => orphan(child.where));
  }
}

const fixtureNameOf = (id: unknown): string => idTextOf(fieldAt(id, 'gondola_id', 'id')) ?? '';
const shelfNumberOf = (id: unknown): number => numberOf(fieldAt(id, 'shelf_index'));
const shelfKeyOf = (id: unknown): string => `${fixtureNameOf(id)}/${shelfNumberOf(id)}`;

function fixtureSpecs(
  lists: Record<GeometryList, readonly unknown[]>,
  problems: DataProblem[],
): FixtureSpec[] {
  const plates = new WaitingChildren<PlateSpec>();
  for (const { item, where, pose, sizeM } of placedItems(lists.plates, GEOMETRY_FILES.plates, problems)) {
    const plateNumber = numberOf(fieldAt(item, 'id', 'plate_index'));
    plates.add(shelfKeyOf(fieldAt(item, 'id', 'shelf_id')), {
      spec: { plateNumber, shelfFromPlate: pose, sizeM },
      where,
    });
  }
  const shelves = new WaitingChildren<ShelfSpec>();
  for (const { item, where, pose, sizeM } of placedItems(lists.shelves, GEOMETRY_FILES.shelves, problems)) {
    const id = fieldAt(item, 'id');
    const children = plates.take(shelfKeyOf(id));
    const spec = { shelfNumber: shelfNumberOf(id), fixtureFromShelf: pose, sizeM, plates: children };
    shelves.add(fixtureNameOf(id), { spec, where });
  }
  const fixtures = placedItems(lists.gondolas, GEOMETRY_FILES.gondolas, problems).map((placed) => {
    const fixtureName = idTextOf(fieldAt(placed.item, 'id', 'id')) ?? '';
    return {
      fixtureName,
      storeFromFixture: placed.pose,
      sizeM: placed.sizeM,
      shelves: shelves.take(fixtureName),
      where: placed.where,
    };
  });
  problems.push(...shelves.orphans(), ...plates.orphans());
  return fixtures;
}

/** The layout of the store, refused where a file is missing or corrupt. */
export function readGeometry(places: GeometryPlaces): Result<LayoutBuild, DataProblem> {
  const gondolas = readList('gondolas', places);
  if (!gondolas.ok) return gondolas;
  const shelves = readList('shelves', places);
  if (!shelves.ok) return shelves;
  const plates = readList('plates', places);
  if (!plates.ok) return plates;
  const problems: DataProblem[] = [];
  const lists = {
    gondolas: gondolas.value.items,
    shelves: shelves.value.items,
    plates: plates.value.items,
  };
  const specs = fixtureSpecs(lists, problems);
  const written = fieldAt(gondolas.value.root, 'store_id', 'id');
  const name = typeof written === 'string' && isIdText(written) ? written : places.storeName;
  const built = buildLayout(storeId(name), specs);
  return ok({ layout: built.layout, problems: [...problems, ...built.problems] });
}
