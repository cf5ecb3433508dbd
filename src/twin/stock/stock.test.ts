import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { productId as productIdOf } from '../../domain/index.ts';
import { generateStore } from '../worlds/index.ts';
import {
  countLying,
  createStock,
  forcesOf,
  loadGrams,
  newUnit,
  ownThing,
  planLying,
  putDown,
  STOCK_SETTINGS,
  taggedUnits,
  takeUnit,
  takeUnits,
} from './index.ts';
import type { LyingUnit, Stock } from './index.ts';

const STORE = generateStore({ kind: 'convenience', seed: 4 });
const { layout, planogram } = STORE.model;
const WARES = planogram.facings.map((facing) => ({
  productId: facing.productId,
  plateIndexes: facing.plateIds.map((plateId) => layout.plateById.get(plateId)!.plateIndex),
}));

function stockOf(seed: number): Stock {
  return createStock(STORE, seededRandom(seed));
}

function allOf(stock: Stock): LyingUnit[] {
  return stock.lying.flat();
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

describe('full shelves', () => {
  const stock = stockOf(1);

  test('hold numbered units of what is planned there, each once', () => {
    const units = allOf(stock);
    expect(units.length).toBeGreaterThan(2000);
    expect(units.map(({ unitNumber }) => unitNumber)).toHaveLength(
      new Set(units.map(({ unitNumber }) => unitNumber)).size,
    );
    for (const ware of WARES)
      for (const plateIndex of ware.plateIndexes) {
        const count = stock.lying[plateIndex]!.filter(({ productId }) => productId === ware.productId).length;
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(STOCK_SETTINGS.unitsMax);
      }
  });

  test('weigh what their units weigh, about what goods of their kind do', () => {
    const units = allOf(stock);
    expect(sum(loadGrams(stock))).toBeCloseTo(sum(units.map(({ weightGrams }) => weightGrams)), 3);
    let [apart, within] = [0, 0];
    for (const { productId, weightGrams } of units) {
      const { meanGrams, spreadGrams } = STORE.goods.get(productId)!;
      expect(weightGrams).toBeGreaterThanOrEqual(meanGrams * 0.2);
      if (Math.abs(weightGrams - meanGrams) <= spreadGrams) within++;
      else apart++;
    }
    // Two thirds lie within one standard deviation.
    expect(within / (within + apart)).toBeCloseTo(0.68, 1);
    expect(Math.max(...loadGrams(stock))).toBeLessThan(STOCK_SETTINGS.plateGramsMax * 1.5);
  });

  test('have some units across two neighbouring plates of one facing, most of each on the first', () => {
    const across = allOf(stock).filter(({ shares }) => shares.length > 1);
    expect(across.length / allOf(stock).length).toBeGreaterThan(0.05);
    expect(across.length / allOf(stock).length).toBeLessThan(STOCK_SETTINGS.straddleShare * 1.1);
    for (const { productId, shares, weightGrams } of across) {
      const [first, second] = shares.map(({ plateIndex }) => layout.plates[plateIndex]!);
      expect(Math.abs(first!.plateIndex - second!.plateIndex)).toBe(1);
      expect(first!.shelfIndex).toBe(second!.shelfIndex);
      expect(shares[0]!.grams).toBeGreaterThanOrEqual(shares[1]!.grams);
      expect(sum(shares.map(({ grams }) => grams))).toBeCloseTo(weightGrams, 6);
      const facings = planogram.facingsByPlate.get(second!.plateId)!;
      expect(facings.some((facing) => facing.productId === productId)).toBe(true);
    }
  });

  test('have tags where their goods wear them, each its own', () => {
    const tags = taggedUnits(stock);
    const tagged = allOf(stock).filter(({ productId }) => STORE.goods.get(productId)!.isTagged);
    expect(tags).toHaveLength(tagged.length);
    expect(new Set(tags.map(({ tagId }) => tagId)).size).toBe(tags.length);
    expect(tags.length).toBeGreaterThan(0);
  });
});

const anyWare = fc.constantFrom(...WARES);

describe('units', () => {
  test('are taken from these plates only, as many as there are, and lie again where they are put', () => {
    fc.assert(
      fc.property(fc.nat(), anyWare, fc.integer({ min: 1, max: 30 }), (seed, ware, count) => {
        const stock = stockOf(seed % 20);
        const before = loadGrams(stock);
        const there = countLying(stock, ware);
        const taken = takeUnits(stock, { ...ware, count });
        expect(taken).toHaveLength(Math.min(count, there));
        expect(taken.every(({ productId }) => productId === ware.productId)).toBe(true);
        expect(countLying(stock, ware)).toBe(there - taken.length);
        const after = loadGrams(stock);
        for (const { plateIndex, grams } of forcesOf(taken, -1))
          expect(after[plateIndex]! - before[plateIndex]!).toBeCloseTo(grams, 6);
        putDown(stock, taken);
        [...loadGrams(stock)].forEach((grams, plateIndex) =>
          expect(grams).toBeCloseTo(before[plateIndex]!, 6),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('are planned onto plates without lying there before they are put down', () => {
    const stock = stockOf(2);
    const { productId, plateIndexes } = WARES[3]!;
    const units = [newUnit(stock, productId), newUnit(stock, productId)];
    const there = countLying(stock, WARES[3]!);
    const lying = planLying(stock, units, plateIndexes);
    expect(countLying(stock, WARES[3]!)).toBe(there);
    putDown(stock, lying);
    expect(countLying(stock, WARES[3]!)).toBe(there + 2);
    expect(lying.map(({ shares }) => shares[0]!.plateIndex)).toEqual(
      units.map((_, index) => plateIndexes[index % plateIndexes.length]),
    );
  });

  test('of one number can be taken from its plate, once', () => {
    const stock = stockOf(2);
    const thing = ownThing(stock, 333);
    putDown(stock, planLying(stock, [thing], [5]));
    expect(
      takeUnits(stock, { productId: WARES[0]!.productId, plateIndexes: [5], count: 99 }),
    ).not.toContainEqual(expect.objectContaining({ unitNumber: thing.unitNumber }));
    expect(takeUnit(stock, 4, thing.unitNumber)).toBeNull();
    expect(takeUnit(stock, 5, thing.unitNumber)).toMatchObject({ weightGrams: 333, tagId: null });
    expect(takeUnit(stock, 5, thing.unitNumber)).toBeNull();
  });

  test('of unknown goods cannot be made', () => {
    expect(() => newUnit(stockOf(1), productIdOf('gold'))).toThrow('TWIN_GOODS_UNKNOWN');
  });
});
