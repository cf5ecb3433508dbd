import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import { logSumExp } from '../../kernel/index.ts';
import { buildCatalogue, buildPlanogram, productId } from '../../domain/index.ts';
import type { FacingRow, ProductId, StoreModel } from '../../domain/index.ts';
import { scriptedShop } from '../../../test/builders/index.ts';
import { outcomesOf } from './outcomes.ts';
import type { Evidence, Outcome } from './outcomes.ts';
import { createPlaceBelief } from './place-belief.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import type { GroupPlate } from './step-groups.ts';

const { layout } = scriptedShop({ fixtures: 1, shelvesPerFixture: 1 });
const shelf = present(layout.shelves[0], 'NO_SHELF');

/** A shelf of twelve plates with one product on each of the named plates; weights in grams, null for unknown. */
type Goods = Readonly<Record<string, readonly [plates: readonly number[], weightGrams: number | null]>>;

function storeOf(goods: Goods): StoreModel {
  const rows = Object.entries(goods).map(([code, [, weightGrams]]) => ({
    code,
    name: code,
    weightGrams,
    price: null,
    imageUrl: null,
    where: 'test',
  }));
  const facings: FacingRow[] = Object.entries(goods).map(([code, [plates]]) => ({
    productId: productId(code),
    plateIds: plates.map((number) => shelf.plates[number - 1]!.plateId),
    where: 'test',
  }));
  const { catalogue } = buildCatalogue(rows);
  const { planogram } = buildPlanogram(facings, { layout, catalogue });
  return { layout, catalogue, planogram, gates: [] };
}

function evidence(goods: Goods, held: readonly string[] = []): Evidence {
  return {
    store: storeOf(goods),
    places: createPlaceBelief(),
    weights: new Map(),
    settings: FUSION_SETTINGS,
    held: new Map(held.map((code) => [productId(code), []])),
    isCrew: false,
  };
}

const changed = (grams: Readonly<Record<number, number>>, variance = 1): GroupPlate[] =>
  Object.entries(grams).map(([number, deltaGrams]) => ({
    plateId: shelf.plates[Number(number) - 1]!.plateId,
    position: Number(number) - 1,
    deltaGrams,
    variance,
  }));

/** P(outcome) by its items as a text such as `tea*2`, counts summed over equal items; empty where nothing moved. */
function shares(of: Evidence, plates: readonly GroupPlate[]): Map<string, number> {
  const outcomes = outcomesOf(of, plates);
  const total = logSumExp(
    outcomes.map((outcome) => outcome.logLikelihood),
    outcomes.length,
  );
  const found = new Map<string, number>();
  for (const outcome of outcomes) {
    const name = textOf(outcome);
    found.set(name, (found.get(name) ?? 0) + Math.exp(outcome.logLikelihood - total));
  }
  return found;
}

function textOf(outcome: Outcome): string {
  const name = (product: ProductId | null): string => product ?? '?';
  return outcome.items
    .map((item) => `${name(item.productId)}*${item.count}`)
    .sort()
    .join(' ');
}

const share = (found: ReadonlyMap<string, number>, name: string): number => found.get(name) ?? 0;

const TEA_JAM: Goods = { tea: [[3], 200], jam: [[7], 350] };

describe('how many', () => {
  test('one unit and two units, within the spread of their weight', () => {
    expect(share(shares(evidence(TEA_JAM), changed({ 3: -201 })), 'tea*1')).toBeGreaterThan(0.98);
    expect(share(shares(evidence(TEA_JAM), changed({ 3: -397 })), 'tea*2')).toBeGreaterThan(0.95);
    expect(share(shares(evidence(TEA_JAM), changed({ 3: -1000 })), 'tea*5')).toBeGreaterThan(0.5);
  });

  test('an uncertain step leaves the count open', () => {
    const found = shares(evidence({ gum: [[3], 12] }), changed({ 3: -18 }, 36));
    expect(share(found, 'gum*1')).toBeGreaterThan(0.1);
    expect(share(found, 'gum*2')).toBeGreaterThan(0.05);
  });

  test('A and B on one plate are not read as n × B', () => {
    const goods: Goods = { tea: [[3], 200], oil: [[3], 310] };
    const found = shares(evidence(goods), changed({ 3: -510 }));
    expect(share(found, 'oil*1 tea*1')).toBeGreaterThan(0.9);
  });

  test('n × B is not read as A and B where that fits worse', () => {
    const goods: Goods = { tea: [[3], 200], oil: [[3], 310] };
    expect(share(shares(evidence(goods), changed({ 3: -402 })), 'tea*2')).toBeGreaterThan(0.9);
  });

  test('where both fit, the single product is the likelier, and the mixture stays possible', () => {
    const goods: Goods = { tea: [[3], 200], cake: [[3], 100], oil: [[3], 300] };
    const found = shares(evidence(goods), changed({ 3: -300 }));
    expect(share(found, 'oil*1')).toBeGreaterThan(share(found, 'cake*1 tea*1'));
    expect(share(found, 'cake*1 tea*1')).toBeGreaterThan(0.001);
  });
});

describe('which', () => {
  test('the plate decides between neighbours of one weight, and keeps some doubt', () => {
    const found = shares(evidence({ tea: [[3], 200], mint: [[4], 200] }), changed({ 3: -200 }));
    expect(share(found, 'tea*1')).toBeGreaterThan(0.9);
    expect(share(found, 'mint*1')).toBeGreaterThan(0.005);
  });

  test('two of one weight on one plate share the mass', () => {
    const found = shares(evidence({ tea: [[3], 200], mint: [[3], 200] }), changed({ 3: -200 }));
    expect(share(found, 'tea*1')).toBeCloseTo(share(found, 'mint*1'), 9);
    expect(share(found, 'tea*1')).toBeGreaterThan(0.45);
  });

  test('an item that straddles two plates is one item', () => {
    const found = shares(evidence({ tea: [[3, 4], 200] }), changed({ 3: -120, 4: -80 }));
    expect(share(found, 'tea*1')).toBeGreaterThan(0.95);
  });

  test('two items on neighbouring plates are two', () => {
    const found = shares(evidence({ tea: [[3], 200], jam: [[4], 350] }), changed({ 3: -200, 4: -350 }));
    expect(share(found, 'jam*1 tea*1')).toBeGreaterThan(0.9);
  });

  test('a product without a weight is likely where its plate lost something', () => {
    const found = shares(evidence({ tea: [[3], null], jam: [[7], 350] }), changed({ 3: -180 }));
    expect(share(found, 'tea*1')).toBeGreaterThan(0.8);
  });

  test('a wrong catalogue weight does not make a product vanish', () => {
    const found = shares(evidence(TEA_JAM), changed({ 3: -251 }));
    expect(share(found, 'tea*1')).toBeGreaterThan(0.5);
  });

  test('what is in no catalogue is named as such', () => {
    const found = shares(evidence({ jam: [[7], 350] }), changed({ 3: -77 }));
    expect(share(found, '?*1')).toBeGreaterThan(share(found, 'jam*1'));
  });
});

describe('what comes back', () => {
  test('only what somebody holds can be put back', () => {
    const found = shares(evidence(TEA_JAM, ['jam']), changed({ 7: 350 }));
    expect(share(found, 'jam*-1')).toBeGreaterThan(0.9);
    expect([...found.keys()].some((name) => name.includes('tea'))).toBe(false);
  });

  test('away from home it is misplaced', () => {
    const outcomes = outcomesOf(evidence(TEA_JAM, ['jam']), changed({ 3: 350 }));
    const [best] = outcomes;
    expect(textOf(best!)).toBe('jam*-1');
    expect(best).toMatchObject({ kind: 'returned', isMisplaced: true });
    const home = outcomesOf(evidence(TEA_JAM, ['jam']), changed({ 7: 350 }));
    expect(home[0]).toMatchObject({ kind: 'returned', isMisplaced: false });
    expect(home[0]!.logLikelihood).toBeGreaterThan(best!.logLikelihood);
  });

  test('with nothing held something nameless came', () => {
    const [best] = outcomesOf(evidence(TEA_JAM), changed({ 3: 420 }));
    expect(textOf(best!)).toBe('?*-1');
  });

  test('one thing for another is an exchange', () => {
    const goods: Goods = { tea: [[3], 200], jam: [[4], 350] };
    const found = outcomesOf(evidence(goods, ['jam']), changed({ 3: -200, 4: 350 }));
    expect(textOf(found[0]!)).toBe('jam*-1 tea*1');
    expect(found[0]!.kind).toBe('exchanged');
  });
});

describe('what is nothing', () => {
  test('a few grams after a push are residue', () => {
    expect(share(shares(evidence(TEA_JAM), changed({ 3: -6 })), '')).toBeGreaterThan(0.95);
    expect(share(shares(evidence(TEA_JAM), changed({ 3: 6 })), '')).toBeGreaterThan(0.95);
  });

  test('things pushed along the shelf leave the sum as it was', () => {
    expect(share(shares(evidence(TEA_JAM), changed({ 3: -430, 4: 431 })), '')).toBeGreaterThan(0.5);
  });

  test('a thing that is taken away again is no sale', () => {
    const scene = evidence(TEA_JAM);
    const [plate] = changed({ 3: -900 });
    const thing = { thingId: 'a bag', plateId: plate!.plateId, grams: 900, variance: 1, probability: 0.9 };
    scene.places.things.push(thing);
    const [best] = outcomesOf(scene, [plate!]);
    expect(best).toMatchObject({ kind: 'nothing', thing });
  });
});

describe('any change', () => {
  test('has finite likelihoods, sorted and bounded', () => {
    const random = seededRandom(14);
    const goods: Goods = { tea: [[3], 200], jam: [[4, 5], 350], gum: [[3], 12], none: [[6], null] };
    for (let round = 0; round < 300; round++) {
      const scene = evidence(goods, random.below(2) === 0 ? ['tea', 'none'] : []);
      const count = 1 + random.below(4);
      const grams = (): number => (random.uniform() - 0.5) * 10 ** (4 * random.uniform() - 2);
      const plates = changed(
        Object.fromEntries(Array.from({ length: count }, (_, index) => [3 + index, grams()])),
        random.uniform() * 10,
      );
      const outcomes = outcomesOf(scene, plates);
      const logs = outcomes.map((outcome) => outcome.logLikelihood);
      expect(logs.every((log) => Number.isFinite(log))).toBe(true);
      expect(logs).toEqual(logs.toSorted((a, b) => b - a));
      expect(outcomes.length).toBeLessThanOrEqual(FUSION_SETTINGS.outcomesMax);
      expect(outcomes.length).toBeGreaterThan(0);
    }
  });

  test('of no size at all is possible, and nothing', () => {
    const [best] = outcomesOf(evidence(TEA_JAM), changed({ 3: 0, 4: 0 }));
    expect(best).toMatchObject({ kind: 'nothing' });
    expect(Number.isFinite(best!.logLikelihood)).toBe(true);
  });

  test('without any goods known is still explained', () => {
    expect(outcomesOf(evidence({}), changed({ 3: -100 })).length).toBeGreaterThan(1);
  });
});

describe('plates beside that changed without a step of their own', () => {
  const goods: Goods = { gum: [[3, 4], 52] };
  const besideOf = (grams: Readonly<Record<number, number>>) => changed(grams);
  const countOf = (
    on: Readonly<Record<number, number>>,
    beside: Readonly<Record<number, number>>,
  ): string => {
    const [best] = outcomesOf(evidence(goods), changed(on), besideOf(beside));
    return textOf(present(best, 'NO_OUTCOME'));
  };

  test('may have held a part of what went: then all of it is counted', () => {
    expect(countOf({ 3: -195.5 }, { 4: -12.5 })).toBe('gum*4');
  });

  test('may have felt it only: then they count for nothing', () => {
    expect(countOf({ 3: -208 }, { 4: -4 })).toBe('gum*4');
    expect(countOf({ 3: -52 }, { 4: -1.5 })).toBe('gum*1');
  });
});
