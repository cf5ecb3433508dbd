import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openAifiRecording } from '../../adapters/recordings-aifi/index.ts';
import { buildCatalogue, buildPlanogram, productId } from '../../domain/index.ts';
import type { ProductRow, StoreModel } from '../../domain/index.ts';
import { gapM } from './footprints.ts';
import { generateStore, importStore, standPlace } from './index.ts';

const generated = generateStore({ kind: 'nano', seed: 1 }).model;

/** The nano's furniture with a catalogue of three products, of which one has no weight, and one on shelves that nobody knows. */
function smallModel(): StoreModel {
  const row = (code: string, weightGrams: number | null): ProductRow => ({
    code,
    name: code,
    weightGrams,
    price: null,
    imageUrl: null,
    where: 'test',
  });
  const { catalogue } = buildCatalogue([row('known', 200), row('weightless', null), row('stored', null)]);
  const { layout } = generated;
  const facing = (code: string, plate: number) => ({
    productId: productId(code),
    plateIds: [layout.plates[plate]!.plateId],
    where: 'test',
  });
  const rows = [facing('known', 0), facing('weightless', 1), facing('stranger', 2)];
  const { planogram } = buildPlanogram(rows, { layout, catalogue });
  return { layout, catalogue, planogram, gates: [] };
}

describe('an imported store', () => {
  test('has the catalogue’s weights for truth, drawn ones where there are none, and says so', () => {
    const { store, problems } = importStore({ model: smallModel(), seed: 3 });
    const grams = (code: string) => store.goods.get(productId(code))!.meanGrams;
    expect(grams('known')).toBe(200);
    expect(store.goods.get(productId('known'))!.spreadGrams).toBe(2);
    for (const code of ['weightless', 'stored', 'stranger']) {
      expect(grams(code)).toBeGreaterThanOrEqual(10);
      expect(grams(code)).toBeLessThanOrEqual(3000);
    }
    const told = problems.map(({ code, where }) => `${code} ${where.split(' ').at(-1)}`);
    expect(told).toEqual([
      'FACING_PRODUCT_UNKNOWN 1/1/3',
      'GOODS_WEIGHT_INVENTED weightless',
      'GOODS_WEIGHT_INVENTED stranger',
    ]);
    expect(importStore({ model: smallModel(), seed: 3 }).store.goods).toEqual(store.goods);
    expect(importStore({ model: smallModel(), seed: 4 }).store.goods).not.toEqual(store.goods);
  });

  test('has true weights where they are told', () => {
    const trueWeights = new Map([
      [productId('known'), 210],
      [productId('weightless'), 55],
    ]);
    const { store, problems } = importStore({ model: smallModel(), seed: 3, trueWeights });
    expect(store.goods.get(productId('known'))!.meanGrams).toBe(210);
    expect(store.goods.get(productId('weightless'))!.meanGrams).toBe(55);
    expect(store.model.catalogue.byId.get(productId('known'))!.weightGrams).toBe(200);
    expect(problems.filter(({ code }) => code === 'GOODS_WEIGHT_INVENTED')).toHaveLength(1);
  });

  test('has its door at the edge, far from furniture, with a way to every plate', () => {
    const { store } = importStore({ model: smallModel(), seed: 3 });
    const { floor, entrance, exit } = store;
    const toEdges = [
      entrance.x - floor.min.x,
      entrance.y - floor.min.y,
      floor.max.x - entrance.x,
      floor.max.y - entrance.y,
    ];
    expect(Math.min(...toEdges)).toBeLessThan(0.4);
    expect(exit).toEqual(entrance);
    for (const plate of generated.layout.plates)
      expect(floor.route(entrance, standPlace(floor, plate)).length).toBeGreaterThan(0);
  });

  test('has its doors where they are told, at its gates, or at the nearest free place', () => {
    const model = { ...smallModel(), gates: generated.gates };
    const [gate] = generated.gates;
    const atGates = importStore({ model, seed: 3 }).store;
    expect(gapM(atGates.entrance, gate!.placeInStore)).toBe(0);
    const blocked = { x: 1, y: 3.8 };
    const { store, problems } = importStore({ model, seed: 3, entrance: { x: 2, y: 2 }, exit: blocked });
    expect(store.entrance).toEqual({ x: 2, y: 2 });
    expect(store.floor.isFree(store.exit)).toBe(true);
    const moved = problems.filter(({ code }) => code === 'ENTRANCE_NOT_FREE');
    expect(moved.map(({ what }) => what)).toEqual(['the exit at (1, 3.8) is blocked or leads to no plate']);
  });
});

const AIFI = fileURLToPath(new URL('../../../../shared/data/aifi', import.meta.url));
const REASON_ABSENT = 'the real recording is not beside this checkout (shared/data/aifi)';

test('a real store is sound: millimetres and odd rotations are no faults', async ({ skip }) => {
  skip(!existsSync(AIFI), REASON_ABSENT);
  const opened = await openAifiRecording({
    directory: `${AIFI}/benchmark-1`,
    storeDirectory: `${AIFI}/store`,
  });
  expect(opened.ok).toBe(true);
  if (!opened.ok) return;
  const { store, problems } = importStore({ model: opened.value.store, seed: 1 });
  expect(problems.filter(({ code }) => code !== 'GOODS_WEIGHT_INVENTED')).toEqual([]);
  expect(store.model.layout.plates).toHaveLength(306);
  expect(store.goods.size).toBeGreaterThanOrEqual(store.model.catalogue.products.length);
});
