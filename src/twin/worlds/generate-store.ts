/**
 * A whole shop from a seed: room, furniture, products, planogram, floor, doors. The same options give the same bytes on
 * every machine. What the system under test is told is `model`; `goods` is the truth.
 */
import { assert, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { buildLayout, buildPlanogram, gateId, storeId } from '../../domain/index.ts';
import type { FacingRow, Gate, Shelf, StoreLayout } from '../../domain/index.ts';
import type { FloorPoint, Goods, TwinStore } from '../words/index.ts';
import { arrangeFacings } from './facings.ts';
import { buildFloor } from './floor.ts';
import { fixtureSpec } from './furniture.ts';
import { generateGoods } from './goods.ts';
import type { ShelfMates, WorldProduct } from './goods.ts';
import { gtinDrawer } from './gtin.ts';
import type { Category, Zone } from './kinds.ts';
import type { WorldCurrency } from './prices.ts';
import { retailCatalogue } from './retail-catalogue.ts';
import { planRoom } from './room-plans.ts';
import type { StoreKind } from './room-plans.ts';
import type { RoomPlan } from './room-plan.ts';

export interface GeneratedStoreOptions {
  readonly kind: StoreKind;
  readonly seed: number;
  /** Floor area between the walls, m²; 20, 90, 60 and 1,200 where it is missing. */
  readonly areaM2?: number;
  /** Different products for sale; as many as is usual for the shelves where it is missing. */
  readonly productCount?: number;
  readonly currency?: WorldCurrency;
  /** At least this share of the products lies next to another one within 3 g, 0 to 1. */
  readonly sameWeightShare?: number;
  /** Share of the catalogue's weights that are off by 5 to 60 %. */
  readonly catalogueWrongShare?: number;
  /** Share of the catalogue's rows without weight. */
  readonly catalogueWeightlessShare?: number;
  /** Share of the plates on which nothing lies. */
  readonly emptyPlateShare?: number;
  readonly hasTagReader?: boolean;
}

interface Assortment {
  readonly categories: Readonly<Record<Zone, readonly Category[]>>;
  readonly platesPerFacing: number;
  readonly platesPerProduct: number;
}

const EVERYDAY = {
  ambient: [
    'snacks',
    'sweets',
    'biscuits',
    'bakery',
    'breakfast',
    'pantry',
    'tins',
    'hot-drinks',
    'soft-drinks',
    'household',
    'toiletries',
    'small-valuables',
  ],
  chilled: ['drinks', 'beer', 'dairy', 'sandwiches', 'deli', 'produce'],
  hot: [],
} as const;
const GRAB_AND_GO = {
  ambient: ['snacks', 'sweets', 'biscuits', 'pantry'],
  chilled: ['drinks', 'dairy', 'sandwiches'],
  hot: [],
} as const;
const STAND = {
  ambient: ['snacks', 'sweets', 'merchandise'],
  chilled: ['drinks', 'beer'],
  hot: ['stadium-food'],
} as const;

const ASSORTMENTS: Readonly<Record<StoreKind, Assortment>> = {
  nano: { categories: GRAB_AND_GO, platesPerFacing: 2.4, platesPerProduct: 2.6 },
  convenience: { categories: EVERYDAY, platesPerFacing: 2.4, platesPerProduct: 2.6 },
  stadium: { categories: STAND, platesPerFacing: 3, platesPerProduct: 13 },
  supermarket: { categories: EVERYDAY, platesPerFacing: 2.3, platesPerProduct: 4.5 },
};

const ZONES: readonly Zone[] = ['ambient', 'chilled', 'hot'];

/** A stream of chance of its own for each part, so that a change in one leaves the others as they are. */
function partRandom(seed: number, part: number): Random {
  return seededRandom(Math.imul(seed ^ 0x2545f491, 0x9e3779b1) + part);
}

function layoutOf(plan: RoomPlan, name: string): StoreLayout {
  const specs = plan.fixtures.map((placed, position) => fixtureSpec(placed, String(position + 1)));
  const { layout, problems } = buildLayout(storeId(name), specs);
  assert(problems.length === 0, 'GENERATED_LAYOUT_FAULTY', { problems });
  return layout;
}

interface ZoneShelves {
  readonly zone: Zone;
  readonly shelves: readonly Shelf[];
  readonly plateCount: number;
}

function zonesOf(plan: RoomPlan, layout: StoreLayout): ZoneShelves[] {
  return ZONES.map((zone) => {
    const shelves = layout.fixtures
      .filter((fixture) => plan.fixtures[fixture.fixtureIndex]!.zone === zone)
      .flatMap((fixture) => fixture.shelves);
    return { zone, shelves, plateCount: shelves.reduce((sum, shelf) => sum + shelf.plates.length, 0) };
  }).filter((each) => each.plateCount > 0);
}

interface Stocked {
  readonly products: readonly WorldProduct[];
  readonly facings: readonly FacingRow[];
}

/** Products and their places, zone by zone; each zone gets products by its plates. */
function stockZones(options: GeneratedStoreOptions, zones: readonly ZoneShelves[]): Stocked {
  const { categories, platesPerFacing, platesPerProduct } = ASSORTMENTS[options.kind];
  const plateCount = zones.reduce((sum, each) => sum + each.plateCount, 0);
  const productCount = options.productCount ?? Math.round(plateCount / platesPerProduct);
  const goodsRandom = partRandom(options.seed, 1);
  const nextGtin = gtinDrawer(partRandom(options.seed, 2));
  const facingRandom = partRandom(options.seed, 3);
  const products: WorldProduct[] = [];
  const facings: FacingRow[] = [];
  let platesLeft = plateCount;
  for (const { zone, shelves, plateCount: here } of zones) {
    const count = Math.max(1, Math.round(((productCount - products.length) * here) / platesLeft));
    platesLeft -= here;
    const mates: readonly ShelfMates[] = generateGoods({
      random: goodsRandom,
      nextGtin,
      categories: categories[zone],
      count,
      currency: options.currency ?? 'USD',
      sameWeightShare: options.sameWeightShare ?? 0.2,
    });
    products.push(...mates.flat());
    const emptyShare = options.emptyPlateShare ?? 0.01;
    facings.push(...arrangeFacings({ random: facingRandom, shelves, mates, platesPerFacing, emptyShare }));
  }
  return { products, facings };
}

const GATE_WIDTH_M = 1.2;
/** People appear behind the gate, a step inside the door. */
const DOORSTEP_M = 0.4;
const GATE_Y_M = 0.8;
const READER_HEIGHT_M = 2.1;

function gatesOf({ entranceX, exitX }: RoomPlan): Gate[] {
  const gate = (name: string, x: number): Gate => ({
    gateId: gateId(name),
    placeInStore: { x, y: GATE_Y_M, z: 0 },
    widthM: GATE_WIDTH_M,
  });
  return entranceX === exitX ? [gate('door', entranceX)] : [gate('entrance', entranceX), gate('exit', exitX)];
}

function goodsOf(products: readonly WorldProduct[]): TwinStore['goods'] {
  return new Map(
    products.map(({ productId, meanGrams, spreadGrams, isTagged }): [Goods['productId'], Goods] => [
      productId,
      { productId, meanGrams, spreadGrams, isTagged },
    ]),
  );
}

/**
 * The shop that the options describe.
 * @throws AssertionFailure where the area is too small for the kind, or the products are more than kinds or plates give.
 */
export function generateStore(options: GeneratedStoreOptions): TwinStore {
  const { kind, seed } = options;
  const plan = planRoom(kind, options.areaM2);
  const layout = layoutOf(plan, `${kind}-${seed}`);
  const { products, facings } = stockZones(options, zonesOf(plan, layout));
  const catalogue = retailCatalogue(partRandom(seed, 4), products, {
    catalogueWrongShare: options.catalogueWrongShare ?? 0.01,
    catalogueWeightlessShare: options.catalogueWeightlessShare ?? 0.005,
  });
  const { planogram, problems } = buildPlanogram(facings, { layout, catalogue });
  assert(problems.length === 0, 'GENERATED_PLANOGRAM_FAULTY', { problems });
  const doorstep = (x: number): FloorPoint => ({ x, y: DOORSTEP_M });
  const bounds = { min: { x: 0, y: 0 }, max: plan.sizeM };
  const floor = buildFloor(layout, { bounds, anchors: [doorstep(plan.entranceX)] });
  const hasTagReader = options.hasTagReader ?? kind !== 'nano';
  return {
    model: { layout, catalogue, planogram, gates: gatesOf(plan) },
    goods: goodsOf(products),
    floor,
    entrance: floor.nearestFree(doorstep(plan.entranceX)),
    exit: floor.nearestFree(doorstep(plan.exitX)),
    readerPlace: hasTagReader ? { x: plan.exitX, y: GATE_Y_M, z: READER_HEIGHT_M } : null,
  };
}
