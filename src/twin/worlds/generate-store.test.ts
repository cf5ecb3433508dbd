import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ProductId } from '../../domain/index.ts';
import type { TwinStore } from '../words/index.ts';
import { checkWorld, generateStore, reachPlace, standPlace } from './index.ts';
import type { GeneratedStoreOptions, StoreKind } from './index.ts';

/** Everything that a store says of itself, ways over its floor included. */
function hashOf(store: TwinStore): string {
  const { model, floor, entrance, exit, readerPlace } = store;
  const ways = model.layout.plates
    .filter((plate) => plate.plateIndex % 37 === 0)
    .map((plate) => floor.route(entrance, standPlace(floor, plate)));
  const told = [
    model.layout.fixtures,
    model.catalogue.products,
    model.planogram.facings,
    model.gates,
    [...store.goods.values()],
    [entrance, exit, readerPlace],
    ways,
  ];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

const SMALL_KINDS: readonly StoreKind[] = ['nano', 'convenience', 'stadium'];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the same seed', () => {
  test.each(SMALL_KINDS)('gives the same %s, another seed another one', (kind) => {
    const hash = hashOf(generateStore({ kind, seed: 1 }));
    expect(hashOf(generateStore({ kind, seed: 1 }))).toBe(hash);
    expect(hashOf(generateStore({ kind, seed: 2 }))).not.toBe(hash);
  });

  test('gives on every machine what it gave on the first', () => {
    expect(SMALL_KINDS.map((kind) => hashOf(generateStore({ kind, seed: 1 })))).toEqual([
      'f3c13b461450b0c8',
      '37d26dcaab587e43',
      '2a0a2479bc236a4b',
    ]);
  });

  test('gives it on an engine whose functions differ in their last bits', () => {
    const hash = hashOf(generateStore({ kind: 'convenience', seed: 7 }));
    for (const name of ['sin', 'cos', 'tan', 'exp', 'log', 'cbrt'] as const) {
      const real = Math[name];
      vi.spyOn(Math, name).mockImplementation((x) => real(x) * (1 + 1e-12));
    }
    for (const name of ['atan2', 'pow'] as const) {
      const real = Math[name];
      vi.spyOn(Math, name).mockImplementation((a, b) => real(a, b) * (1 + 1e-12));
    }
    const realHypot = Math.hypot;
    vi.spyOn(Math, 'hypot').mockImplementation((...lengths) => realHypot(...lengths) * (1 + 1e-12));
    expect(hashOf(generateStore({ kind: 'convenience', seed: 7 }))).toBe(hash);
  });
});

interface Promised {
  readonly options: GeneratedStoreOptions;
  readonly plates: readonly [from: number, to: number];
  readonly areaM2: number;
  readonly gates: number;
  readonly productsMin: number;
}

const PROMISED: readonly Promised[] = [
  { options: { kind: 'nano', seed: 1 }, plates: [306, 306], areaM2: 20, gates: 1, productsMin: 100 },
  { options: { kind: 'convenience', seed: 1 }, plates: [850, 950], areaM2: 90, gates: 2, productsMin: 300 },
  {
    options: { kind: 'convenience', seed: 2, areaM2: 48 },
    plates: [300, 480],
    areaM2: 48,
    gates: 2,
    productsMin: 100,
  },
  {
    options: { kind: 'convenience', seed: 3, areaM2: 200, currency: 'GBP' },
    plates: [1600, 2200],
    areaM2: 200,
    gates: 2,
    productsMin: 600,
  },
  { options: { kind: 'stadium', seed: 1 }, plates: [380, 430], areaM2: 60, gates: 2, productsMin: 25 },
  {
    options: { kind: 'stadium', seed: 4, areaM2: 150, hasTagReader: false },
    plates: [400, 1200],
    areaM2: 150,
    gates: 2,
    productsMin: 30,
  },
  {
    options: { kind: 'supermarket', seed: 1 },
    plates: [19_000, 21_000],
    areaM2: 1200,
    gates: 2,
    productsMin: 4000,
  },
];

describe('a generated store', () => {
  test.each(PROMISED)('$options is what was promised', ({ options, ...promised }) => {
    const { model, floor, goods, entrance, exit, readerPlace } = generateStore(options);
    expect(model.layout.plates.length).toBeGreaterThanOrEqual(promised.plates[0]);
    expect(model.layout.plates.length).toBeLessThanOrEqual(promised.plates[1]);
    expect((floor.max.x - floor.min.x) * (floor.max.y - floor.min.y)).toBeCloseTo(promised.areaM2, 6);
    expect(model.gates).toHaveLength(promised.gates);
    expect(goods.size).toBeGreaterThanOrEqual(promised.productsMin);
    expect([...goods.keys()]).toEqual(model.catalogue.products.map((product) => product.productId));
    expect([entrance, exit].every((door) => floor.isFree(door))).toBe(true);
    expect(readerPlace === null).toBe(options.hasTagReader === false || options.kind === 'nano');
    expect(model.catalogue.products[0]?.price?.currency).toBe(options.currency ?? 'USD');
  });

  test.each(PROMISED)('$options has no faults, and every plate can be reached', ({ options }) => {
    const { model, floor, entrance } = generateStore(options);
    expect(checkWorld(model, 'generated', floor)).toEqual([]);
    for (const plate of model.layout.plates) expect(reachPlace(floor, plate), plate.plateId).not.toBeNull();
    for (const fixture of model.layout.fixtures) {
      const way = floor.route(entrance, standPlace(floor, fixture.plates[0]!));
      expect(way.length, fixture.fixtureId).toBeGreaterThan(0);
    }
  });

  test.each(SMALL_KINDS)('%s of other seeds has no faults', (kind) => {
    for (const seed of [-5, 0, 99, 4_000_000_000]) {
      const { model, floor } = generateStore({ kind, seed });
      expect(checkWorld(model, 'generated', floor)).toEqual([]);
    }
  });

  test('only turns fixtures by whole quarters', () => {
    const { layout } = generateStore({ kind: 'supermarket', seed: 2, areaM2: 300 }).model;
    const exact = new Set([-1, 0, 1]);
    for (const { body } of layout.fixtures)
      expect(body.storeFromBox.rotation.every((each) => exact.has(each))).toBe(true);
  });

  test('is too small for its furniture below a floor area', () => {
    expect(() => generateStore({ kind: 'convenience', seed: 1, areaM2: 20 })).toThrow('STORE_AREA_TOO_SMALL');
  });
});

/** Products that have a neighbour on their shelf whose true weight is within `withinGrams`. */
function productsWithLikeNeighbour({ model, goods }: TwinStore, withinGrams: number): Set<ProductId> {
  const found = new Set<ProductId>();
  const grams = (productId: ProductId): number => goods.get(productId)!.meanGrams;
  for (const shelf of model.layout.shelves) {
    const here = shelf.plates
      .map((plate) => model.planogram.facingsByPlate.get(plate.plateId)?.[0]?.productId)
      .filter((productId) => productId !== undefined);
    const order = here.filter((productId, position) => productId !== here[position - 1]);
    for (const [position, productId] of order.entries()) {
      const next = order[position + 1];
      if (next === undefined || Math.abs(grams(productId) - grams(next)) > withinGrams) continue;
      found.add(productId).add(next);
    }
  }
  return found;
}

describe('the planogram of a generated store', () => {
  test.each(SMALL_KINDS)('of kind %s gives nearly every plate one facing of 1 to 4 neighbours', (kind) => {
    const { layout, planogram } = generateStore({ kind, seed: 11 }).model;
    for (const { plateIds } of planogram.facings) {
      const plates = plateIds.map((plateId) => layout.plateById.get(plateId)!);
      expect(plates.length).toBeLessThanOrEqual(4);
      expect(new Set(plates.map((plate) => plate.shelfIndex)).size).toBe(1);
      const spread = plates.at(-1)!.plateIndex - plates[0]!.plateIndex;
      expect(spread).toBe(plates.length - 1);
    }
    const used = layout.plates.filter((plate) => planogram.facingsByPlate.has(plate.plateId));
    expect(used.length / layout.plates.length).toBeGreaterThan(0.95);
    for (const plate of used) expect(planogram.facingsByPlate.get(plate.plateId)).toHaveLength(1);
  });

  test('has every product somewhere, few products with many facings in a stadium', () => {
    const { model, goods } = generateStore({ kind: 'stadium', seed: 3 });
    const facingCounts = new Map<ProductId, number>();
    for (const { productId } of model.planogram.facings)
      facingCounts.set(productId, (facingCounts.get(productId) ?? 0) + 1);
    expect(facingCounts.size).toBe(goods.size);
    expect(model.planogram.facings.length / goods.size).toBeGreaterThan(3);
  });

  test.each([0, 0.4, 0.9])('has like-weighted neighbours for a share of %d at least', (sameWeightShare) => {
    const store = generateStore({ kind: 'convenience', seed: 5, sameWeightShare });
    const share = productsWithLikeNeighbour(store, 3).size / store.goods.size;
    expect(share).toBeGreaterThanOrEqual(sameWeightShare - 0.01);
    expect(share).toBeLessThan(sameWeightShare + 0.5);
  });

  test('makes most products ambiguous by weight alone, as real shops do', () => {
    const { goods } = generateStore({ kind: 'nano', seed: 6 });
    const weights = [...goods.values()].map((each) => each.meanGrams);
    const ambiguous = weights.filter((weight, own) =>
      weights.some((other, position) => position !== own && Math.abs(other - weight) <= 10),
    );
    expect(ambiguous.length / weights.length).toBeGreaterThan(0.8);
  });

  test('takes no more products than there are plates', () => {
    const { goods } = generateStore({ kind: 'nano', seed: 1, productCount: 250 });
    expect(goods.size).toBe(250);
    expect(() => generateStore({ kind: 'nano', seed: 1, productCount: 320 })).toThrow(
      'MORE_PRODUCTS_THAN_PLATES',
    );
  });
});
