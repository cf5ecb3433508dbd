import { describe, expect, test } from 'vitest';
import { present, seededRandom } from '../../base/index.ts';
import { buildCatalogue, buildPlanogram, interactionId, productId, visitId } from '../../domain/index.ts';
import type { StoreModel } from '../../domain/index.ts';
import { scriptedShop } from '../../../test/builders/index.ts';
import { createFusion } from '../fusion-state.ts';
import type { FusionState } from '../fusion-state.ts';
import { outcomesOf, weightOf } from '../goods/outcomes.ts';
import { placeShares } from '../goods/place-belief.ts';
import { listedProbability } from '../goods/weight-belief.ts';
import type { AppliedEvent } from '../stories/story.ts';
import { optionsOf } from '../stories/options.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { learnFromEvents } from './learn-event.ts';
import { takeNotices } from './learnt.ts';

const { layout } = scriptedShop({ fixtures: 1, shelvesPerFixture: 1 });
const plates = present(layout.shelves[0], 'NO_SHELF').plates;

/** One product a plate, in their order, with what the catalogue says of its weight. */
function shopOf(...listed: readonly (number | null)[]): StoreModel {
  const rows = listed.map((weightGrams, index) => ({
    code: `p${index}`,
    name: `Product ${index}`,
    weightGrams,
    price: null,
    imageUrl: null,
    where: 'test',
  }));
  const facings = rows.map(({ code }, index) => ({
    productId: productId(code),
    plateIds: [plates[index]!.plateId],
    where: 'test',
  }));
  const { catalogue } = buildCatalogue(rows);
  return {
    layout,
    catalogue,
    planogram: buildPlanogram(facings, { layout, catalogue }).planogram,
    gates: [],
  };
}

/** Somebody takes `grams` from the plate at `position`. */
function taken(state: FusionState, position: number, grams: number): AppliedEvent {
  const plate = { plateId: plates[position]!.plateId, position, deltaGrams: -grams, variance: 2 };
  const outcomes = outcomesOf({ ...state, held: new Map(), isCrew: false }, [plate]);
  const options = optionsOf(
    [{ visitId: visitId('visit-1'), logShare: 0, logReach: 0, outcomes, isCrew: false }],
    FUSION_SETTINGS,
  );
  const moment = {
    interactionId: interactionId('x'),
    leftAtMs: 0,
    settledAtMs: 1000,
    plates: [plate],
  };
  return { event: { moment, options }, probabilities: new Float64Array(options.length) };
}

function take(state: FusionState, position: number, grams: number): void {
  learnFromEvents(state, [taken(state, position, grams)]);
}

const P0 = productId('p0');
const P1 = productId('p1');
const right = (state: FusionState, product = P1): number => listedProbability(weightOf(state, product));

describe('a product of 88 g that is listed at 116 g, beside one of 87 g', () => {
  const shop = shopOf(87, 116, 240, 61, 402);

  test('is read as its neighbour at first, as itself once steps have agreed, and is told once', () => {
    const state = createFusion(shop);
    const best = (): string => {
      const plate = { plateId: plates[1]!.plateId, position: 1, deltaGrams: -88, variance: 2 };
      return String(
        outcomesOf({ ...state, held: new Map(), isCrew: false }, [plate])[0]?.items[0]?.productId,
      );
    };
    expect(best()).toBe('p0');
    const notices = [];
    for (const grams of [88, 88.6, 87.5, 88.3, 88, 87.2]) {
      take(state, 1, grams);
      take(state, 0, grams - 1);
      notices.push(...takeNotices(state.learnt));
    }
    expect(best()).toBe('p1');
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ kind: 'weight-established', productId: P1, catalogueGrams: 116 });
    expect(Math.abs(notices[0]!.learntGrams - 88)).toBeLessThan(2);
    expect(right(state, P0)).toBeGreaterThan(0.9);
  });

  test('is not told after a single step', () => {
    const state = createFusion(shop);
    take(state, 1, 88);
    expect(takeNotices(state.learnt)).toEqual([]);
    expect(right(state)).toBeGreaterThan(0.5);
  });

  test('is taken back when it weighs what is listed again', () => {
    const state = createFusion(shop);
    for (let pick = 0; pick < 8; pick++) {
      take(state, 1, 88);
      take(state, 0, 87);
    }
    takeNotices(state.learnt);
    for (let pick = 0; pick < 6; pick++) take(state, 1, 116);
    expect(takeNotices(state.learnt).map(({ kind }) => kind)).toEqual(['weight-taken-back']);
    expect(state.learnt.notices.size).toBe(0);
  });
});

test('halves of what stands across two plates are no weights', () => {
  const state = createFusion(shopOf(87, 116, 240, 61, 402));
  for (let pick = 0; pick < 6; pick++) learnFromEvents(state, [taken(state, 1, 58), taken(state, 2, 58)]);
  expect(state.weights.get(P1)?.others ?? []).toEqual([]);
  for (let pick = 0; pick < 6; pick++) learnFromEvents(state, [taken(state, 1, 58), taken(state, 3, 61)]);
  expect(right(state)).toBeLessThan(0.1);
});

test('two products in each other’s places are not two wrong weights', () => {
  const state = createFusion(shopOf(87, 116, 240, 61, 402));
  for (let pick = 0; pick < 5; pick++) {
    take(state, 1, 87);
    take(state, 0, 116);
  }
  expect(right(state, P0)).toBeGreaterThan(0.95);
  expect(right(state, P1)).toBeGreaterThan(0.95);
  expect(takeNotices(state.learnt)).toEqual([]);
});

describe('where things stand', () => {
  const shop = shopOf(87, 116, 240, 61, 402);
  const neighbourShare = (state: FusionState): number =>
    placeShares(state.places.picks, FUSION_SETTINGS).neighbour;

  test('in a tidy shop neighbours are doubted less with every pick', () => {
    const state = createFusion(shop);
    let before = neighbourShare(state);
    expect(before).toBeCloseTo(FUSION_SETTINGS.neighbourPlaceShare, 12);
    for (let pick = 0; pick < 300; pick++) {
      take(state, pick % 5, [87, 116, 240, 61, 402][pick % 5]!);
      expect(neighbourShare(state)).toBeLessThan(before);
      before = neighbourShare(state);
    }
    expect(before).toBeLessThan(0.01);
  });

  test('in an untidy shop they are doubted more', () => {
    const state = createFusion(shop);
    const random = seededRandom(3);
    for (let pick = 0; pick < 400; pick++) {
      const at = 1 + random.below(3);
      const of = random.below(5) === 0 ? at + 1 : at;
      take(state, at, [87, 116, 240, 61, 402][of]!);
    }
    expect(neighbourShare(state)).toBeGreaterThan(0.1);
    expect(neighbourShare(state)).toBeLessThan(0.3);
  });

  test('picks that weight does not tell apart teach nothing', () => {
    const state = createFusion(shopOf(100, 100.2, 99.8, 100.1, 100));
    for (let pick = 0; pick < 50; pick++) take(state, pick % 5, 100);
    expect(state.places.picks).toEqual({ own: 0, neighbour: 0, elsewhere: 0 });
  });
});
