/**
 * A real store's geometry, catalogue and planogram as the twin's world. Nobody knows what its products truly weigh: the
 * catalogue's weight is taken for the truth unless a better one is told, and one is drawn where there is none.
 */
import { exactExp, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import type { DataProblem, ProductId, StoreModel } from '../../domain/index.ts';
import type { Floor, FloorPoint, Goods, TwinStore } from '../words/index.ts';
import { checkWorld, floorOfModel } from './check-world.ts';
import { distanceToPolygonM, layoutFootprints } from './footprints.ts';

export interface ImportOptions {
  readonly model: StoreModel;
  readonly seed: number;
  /** What products truly weigh, grams, where that is known better than from the catalogue. */
  readonly trueWeights?: ReadonlyMap<ProductId, number>;
  readonly entrance?: FloorPoint;
  readonly exit?: FloorPoint;
}

export interface ImportedStore {
  readonly store: TwinStore;
  readonly problems: readonly DataProblem[];
}

const SPREAD_SHARE = 0.01;
/** Log-normal: median 245 g, two thirds between 100 and 600 g, as on the shelves of a small shop. */
const DRAWN_WEIGHT = { logMean: 5.5, logSpread: 0.9, min: 10, max: 3000 };

function drawnGrams(random: Random): number {
  const { logMean, logSpread, min, max } = DRAWN_WEIGHT;
  return Math.min(max, Math.max(min, exactExp(logMean + logSpread * random.normal())));
}

function goodsOf({ model, seed, trueWeights }: ImportOptions, problems: DataProblem[]): TwinStore['goods'] {
  const random = seededRandom(seed);
  const onShelves = new Set(model.planogram.facings.map((facing) => facing.productId));
  const all = new Set([...model.catalogue.products.map((product) => product.productId), ...onShelves]);
  const goods = new Map<ProductId, Goods>();
  for (const productId of all) {
    const known = trueWeights?.get(productId) ?? model.catalogue.byId.get(productId)?.weightGrams ?? null;
    const meanGrams = known ?? drawnGrams(random);
    goods.set(productId, { productId, meanGrams, spreadGrams: SPREAD_SHARE * meanGrams, isTagged: false });
    if (known !== null || !onShelves.has(productId)) continue;
    problems.push({
      code: 'GOODS_WEIGHT_INVENTED',
      where: `store ${model.layout.storeId}: product ${productId}`,
      what: `nobody knows what product ${productId} weighs; ${Math.round(meanGrams)} g were drawn for the simulation`,
      remedy: 'Weigh one unit, and put it into the catalogue or tell it as its true weight.',
    });
  }
  return goods;
}

const EDGE_STEP_M = 0.1;

/** Free places along the edge of the floor. */
function edgePlaces(floor: Floor): FloorPoint[] {
  const { min, max } = floor;
  const places: FloorPoint[] = [];
  for (let x = min.x; x <= max.x; x += EDGE_STEP_M) places.push({ x, y: min.y }, { x, y: max.y });
  for (let y = min.y; y <= max.y; y += EDGE_STEP_M) places.push({ x: min.x, y }, { x: max.x, y });
  return places.map((place) => floor.nearestFree(place));
}

/** Where a door would be: at the edge of the floor, as far from all furniture as it gets. */
function farthestFromFurniture(model: StoreModel, floor: Floor): FloorPoint {
  const footprints = layoutFootprints(model.layout);
  const clearM = (place: FloorPoint): number =>
    footprints.reduce((least, polygon) => Math.min(least, distanceToPolygonM(polygon, place)), Infinity);
  let best = floor.nearestFree(floor.min);
  let bestM = clearM(best);
  for (const place of edgePlaces(floor)) {
    const placeM = clearM(place);
    if (placeM > bestM) [best, bestM] = [place, placeM];
  }
  return best;
}

interface Doors {
  readonly entrance: FloorPoint;
  readonly exit: FloorPoint;
}

function doorsOf(options: ImportOptions, floor: Floor, problems: DataProblem[]): Doors {
  const { model } = options;
  const placed = (name: 'entrance' | 'exit', wanted: FloorPoint): FloorPoint => {
    if (floor.isFree(wanted)) return wanted;
    problems.push({
      code: 'ENTRANCE_NOT_FREE',
      where: `store ${model.layout.storeId}: ${name}`,
      what: `the ${name} at (${wanted.x}, ${wanted.y}) is blocked or leads to no plate`,
      remedy: 'Name a place on the floor, at least 0.2 m from furniture and walls.',
    });
    return floor.nearestFree(wanted);
  };
  const atGate = (position: number): FloorPoint | undefined => model.gates.at(position)?.placeInStore;
  const known = options.entrance ?? atGate(0);
  const entrance = known
    ? placed('entrance', { x: known.x, y: known.y })
    : farthestFromFurniture(model, floor);
  const way = options.exit ?? atGate(-1);
  return { entrance, exit: way ? placed('exit', { x: way.x, y: way.y }) : entrance };
}

/** Never fails: what is wrong with the store is reported, and the twin runs on what is left of it. */
export function importStore(options: ImportOptions): ImportedStore {
  const { model } = options;
  const floor = floorOfModel(model);
  const problems = checkWorld(model, `store ${model.layout.storeId}`, floor);
  const goods = goodsOf(options, problems);
  const { entrance, exit } = doorsOf(options, floor, problems);
  return { store: { model, goods, floor, entrance, exit, readerPlace: null }, problems };
}
