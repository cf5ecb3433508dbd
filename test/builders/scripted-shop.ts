/**
 * A small invented shop, drawn from a seed. SIMULATED: a test builder for tests, the example and the bench. The
 * product never knows that a shop is scripted: it sees an ordinary `StoreModel`, made by the same checked builders as
 * a real one. Facings fill every shelf from the left; some neighbours weigh the same, some products have several
 * facings, some facings are two plates wide, and now and then two products share a plate.
 */
import { assert, seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import {
  buildCatalogue,
  buildLayout,
  buildPlanogram,
  gateId,
  productId,
  storeId,
} from '../../src/domain/index.ts';
import type { FacingRow, Gate, ProductRow, Shelf, StoreLayout, StoreModel } from '../../src/domain/index.ts';
import { groceryRow } from './grocery.ts';
import { ENTRANCE, scriptedFixtures } from './scripted-layout.ts';

export interface ScriptedShopOptions {
  readonly seed?: number;
  readonly fixtures?: number;
  readonly shelvesPerFixture?: number;
  readonly platesPerShelf?: number;
  /** A gate at the entrance tells who passes. */
  readonly hasGate?: boolean;
}

const GATE: Gate = { gateId: gateId('door'), placeInStore: { ...ENTRANCE, z: 0 }, widthM: 1 };

const SAME_WEIGHT_SHARE = 0.15;
const SECOND_FACING_SHARE = 0.1;
const WIDE_FACING_SHARE = 0.4;
const SHARED_PLATE_SHARE = 0.05;

interface Goods {
  readonly rows: ProductRow[];
  readonly facings: FacingRow[];
}

function nextProduct(random: Random, goods: Goods): ProductRow {
  const number = goods.rows.length + 1;
  const last = goods.rows.at(-1);
  // The third product always weighs what the second does, so that even the smallest shop has such neighbours.
  const isTwin = number === 3 || random.uniform() < SAME_WEIGHT_SHARE;
  const sameWeightAsGrams = isTwin ? last?.weightGrams : undefined;
  const row = groceryRow(random, {
    number,
    ...(typeof sameWeightAsGrams === 'number' ? { sameWeightAsGrams } : {}),
  });
  goods.rows.push(row);
  return row;
}

function chooseProduct(random: Random, goods: Goods): ProductRow {
  // The fifth facing always repeats the first product: every shop has a product with several facings.
  if (goods.facings.length === 4) return goods.rows[0]!;
  const isRepeat = goods.rows.length > 4 && random.uniform() < SECOND_FACING_SHARE;
  return isRepeat ? goods.rows[random.below(goods.rows.length)]! : nextProduct(random, goods);
}

function fillShelf(random: Random, shelf: Shelf, goods: Goods): void {
  let position = 0;
  while (position < shelf.plates.length) {
    const width = random.uniform() < WIDE_FACING_SHARE ? 2 : 1;
    const plateIds = shelf.plates.slice(position, position + width).map((plate) => plate.plateId);
    const product = chooseProduct(random, goods);
    goods.facings.push({ productId: productId(product.code), plateIds, where: product.where });
    if (random.uniform() < SHARED_PLATE_SHARE) {
      const other = nextProduct(random, goods);
      goods.facings.push({ productId: productId(other.code), plateIds, where: other.where });
    }
    position += width;
  }
}

function stock(layout: StoreLayout, random: Random): Goods {
  const goods: Goods = { rows: [], facings: [] };
  for (const shelf of layout.shelves) fillShelf(random, shelf, goods);
  return goods;
}

export function scriptedShop(options: ScriptedShopOptions = {}): StoreModel {
  const { seed = 1, fixtures = 3, shelvesPerFixture = 6, platesPerShelf = 12, hasGate = false } = options;
  const specs = scriptedFixtures({ fixtures, shelvesPerFixture, platesPerShelf });
  const built = buildLayout(storeId(`scripted-${seed}`), specs);
  const goods = stock(built.layout, seededRandom(seed));
  const { catalogue, problems } = buildCatalogue(goods.rows);
  const planogram = buildPlanogram(goods.facings, { layout: built.layout, catalogue });
  const problemCount = built.problems.length + problems.length + planogram.problems.length;
  assert(problemCount === 0, 'SCRIPTED_SHOP_UNSOUND', { problemCount });
  return { layout: built.layout, catalogue, planogram: planogram.planogram, gates: hasGate ? [GATE] : [] };
}
