/**
 * Every single unit of the shop: what it weighs, and on which plates it lies. Units are numbered through the run, so
 * that a thing can be followed from shelf to hand to shelf to exit. A unit lies on one plate, or across two
 * neighbours; who takes it takes its whole weight.
 */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { productId, tagId } from '../../domain/index.ts';
import type { Facing, Plate, ProductId, StoreLayout, TagId } from '../../domain/index.ts';
import type { Goods, PlateForce, TwinStore } from '../words/index.ts';

export interface Unit {
  readonly unitNumber: number;
  readonly productId: ProductId;
  readonly weightGrams: number;
  readonly tagId: TagId | null;
}

/** A unit on the shelf, with its weight on each plate. The first share is where its middle lies. */
export interface LyingUnit extends Unit {
  readonly shares: readonly PlateForce[];
}

export interface StockSettings {
  /** Units on each plate of a facing at the start, at least and at most, as far as the plate carries them. */
  readonly unitsMin: number;
  readonly unitsMax: number;
  /** A shelf filler stops here: half of what a plate can weigh. */
  readonly plateGramsMax: number;
  /** Units that lie across two plates of their facing. */
  readonly straddleShare: number;
}

export const STOCK_SETTINGS: StockSettings = {
  unitsMin: 4,
  unitsMax: 12,
  plateGramsMax: 10_000,
  straddleShare: 0.15,
};

export interface Stock {
  readonly store: TwinStore;
  readonly settings: StockSettings;
  readonly random: Random;
  /** By plate index of the first share, in the order in which they were put there. */
  readonly lying: LyingUnit[][];
  unitCount: number;
}

/** A shop with full shelves. */
export function createStock(store: TwinStore, random: Random, settings = STOCK_SETTINGS): Stock {
  const { layout, planogram } = store.model;
  const stock: Stock = { store, settings, random, lying: layout.plates.map(() => []), unitCount: 0 };
  for (const facing of planogram.facings) if (store.goods.has(facing.productId)) fill(stock, facing);
  return stock;
}

function fill(stock: Stock, facing: Facing): void {
  const { settings, random } = stock;
  const plates = platesOf(stock.store.model.layout, facing);
  for (const plate of plates) {
    const wanted = settings.unitsMin + random.below(settings.unitsMax - settings.unitsMin + 1);
    let grams = lyingGrams(stock, plate.plateIndex);
    for (let count = 0; count < wanted; count++) {
      const unit = newUnit(stock, facing.productId);
      grams += unit.weightGrams;
      if (grams > settings.plateGramsMax && count > 0) break;
      putDown(stock, [lie(stock, unit, { plate, neighbours: plates })]);
    }
  }
}

function lyingGrams(stock: Stock, plateIndex: number): number {
  return stock.lying[plateIndex]!.reduce((sum, unit) => sum + unit.weightGrams, 0);
}

function platesOf(layout: StoreLayout, facing: Facing): Plate[] {
  return facing.plateIds.flatMap((plateId) => layout.plateById.get(plateId) ?? []);
}

/** A unit from the store room, its weight drawn about the product's. @throws AssertionFailure for unknown goods. */
export function newUnit(stock: Stock, product: ProductId): Unit {
  const goods = stock.store.goods.get(product);
  assert(goods !== undefined, 'TWIN_GOODS_UNKNOWN', { product });
  const unitNumber = stock.unitCount++;
  const weightGrams = unitGrams(goods, stock.random);
  const tag = goods.isTagged ? tagId(`${product}.${unitNumber}`) : null;
  return { unitNumber, productId: product, weightGrams, tagId: tag };
}

/** No unit weighs less than a fifth of its kind, whatever the spread says. */
function unitGrams(goods: Goods, random: Random): number {
  return Math.max(goods.meanGrams * 0.2, goods.meanGrams + goods.spreadGrams * random.normal());
}

/** Somebody's own thing: no product of the shop, never on a receipt. */
export function ownThing(stock: Stock, weightGrams: number): Unit {
  return { unitNumber: stock.unitCount++, productId: productId('own'), weightGrams, tagId: null };
}

interface Place {
  readonly plate: Plate;
  /** Plates on which a unit may lie as well: those of its facing. */
  readonly neighbours: readonly Plate[];
}

function lie(stock: Stock, unit: Unit, place: Place): LyingUnit {
  const { settings, random } = stock;
  const { plate, neighbours } = place;
  const beside = neighbours.filter(
    (other) => other.shelfIndex === plate.shelfIndex && Math.abs(other.plateIndex - plate.plateIndex) === 1,
  );
  const isAcross = beside.length > 0 && random.uniform() < settings.straddleShare;
  const ownShare = isAcross ? 0.5 + 0.45 * random.uniform() : 1;
  const shares = [{ plateIndex: plate.plateIndex, grams: unit.weightGrams * ownShare }];
  if (isAcross) {
    const other = beside[random.below(beside.length)]!;
    shares.push({ plateIndex: other.plateIndex, grams: unit.weightGrams * (1 - ownShare) });
  }
  return { ...unit, shares };
}

/** The tags that lie on shelves, in the order of plates. */
export function taggedUnits(stock: Stock): { readonly tagId: TagId; readonly productId: ProductId }[] {
  return stock.lying.flatMap((units) =>
    units.flatMap((unit) => (unit.tagId === null ? [] : [{ tagId: unit.tagId, productId: unit.productId }])),
  );
}

/** What lies on each plate, by plate index, in grams. */
export function loadGrams(stock: Stock): Float64Array {
  const load = new Float64Array(stock.lying.length);
  for (const units of stock.lying)
    for (const unit of units) for (const share of unit.shares) load[share.plateIndex]! += share.grams;
  return load;
}

export interface TakeWish {
  readonly productId: ProductId;
  readonly plateIndexes: readonly number[];
  readonly count: number;
}

/** Takes up to `count` units of the product from these plates, the last ones laid first; fewer where fewer lie. */
export function takeUnits(stock: Stock, wish: TakeWish): LyingUnit[] {
  const taken: LyingUnit[] = [];
  for (const plateIndex of wish.plateIndexes) {
    const lying = stock.lying[plateIndex]!;
    for (let index = lying.length - 1; index >= 0 && taken.length < wish.count; index--) {
      if (lying[index]!.productId === wish.productId) taken.push(...lying.splice(index, 1));
    }
  }
  return taken;
}

/** Takes exactly this unit away, wherever it lies; null where it does not lie on the plate. */
export function takeUnit(stock: Stock, plateIndex: number, unitNumber: number): LyingUnit | null {
  const lying = stock.lying[plateIndex]!;
  const index = lying.findIndex((unit) => unit.unitNumber === unitNumber);
  return index < 0 ? null : lying.splice(index, 1)[0]!;
}

/** How the units will lie on these plates, taken in turn; nothing lies there before `putDown`. `plateIndexes` ≥ 1. */
export function planLying(
  stock: Stock,
  units: readonly Unit[],
  plateIndexes: readonly number[],
): LyingUnit[] {
  const plates = plateIndexes.map((plateIndex) => stock.store.model.layout.plates[plateIndex]!);
  return units.map((unit, index) =>
    lie(stock, unit, { plate: plates[index % plates.length]!, neighbours: plates }),
  );
}

export function putDown(stock: Stock, units: readonly LyingUnit[]): void {
  for (const unit of units) stock.lying[unit.shares[0]!.plateIndex]!.push(unit);
}

/** How many units of the product lie on these plates. */
export function countLying(stock: Stock, wish: Omit<TakeWish, 'count'>): number {
  let count = 0;
  for (const plateIndex of wish.plateIndexes)
    for (const unit of stock.lying[plateIndex]!) if (unit.productId === wish.productId) count++;
  return count;
}

/** Forces of units on plates, summed by plate, times `sign`. */
export function forcesOf(units: readonly LyingUnit[], sign: 1 | -1): PlateForce[] {
  const byPlate = new Map<number, number>();
  for (const unit of units)
    for (const { plateIndex, grams } of unit.shares)
      byPlate.set(plateIndex, (byPlate.get(plateIndex) ?? 0) + sign * grams);
  return [...byPlate].map(([plateIndex, grams]) => ({ plateIndex, grams }));
}
