import { describe, expect, test } from 'vitest';
import { present } from '../../base/index.ts';
import { interactionId, productId, visitId } from '../../domain/index.ts';
import type { Facing, Plate, ProductId } from '../../domain/index.ts';
import { plainFacings, scriptedShop } from '../../../test/builders/index.ts';
import { createFusion } from '../fusion-state.ts';
import type { Option } from '../stories/stories.ts';
import type { Outcome } from './outcomes.ts';
import {
  addForeign,
  addThing,
  createPlaceBelief,
  isHome,
  productsAt,
  removeThing,
  thingAt,
} from './place-belief.ts';
import type { PlaceBelief, PlacedThing } from './place-belief.ts';
import { foreignAfter, thingsAfter } from './place-update.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import type { GroupPlate } from './step-groups.ts';

const store = scriptedShop({ seed: 5, fixtures: 2, shelvesPerFixture: 2 });
const plain = plainFacings(store);
const TEA = present(plain[1], 'SHOP_TOO_SMALL');
const FAR = present(
  plain.find((facing) => facing.plateIds[0]!.startsWith('2/')),
  'SHOP_TOO_SMALL',
);
const plateOf = (facing: Facing): Plate =>
  present(store.layout.plateById.get(facing.plateIds[0]!), 'NO_PLATE');

const changed = (facing: Facing, deltaGrams: number): GroupPlate => ({
  plateId: plateOf(facing).plateId,
  position: 0,
  deltaGrams,
  variance: 1,
});

const shareAt = (places: PlaceBelief, at: readonly GroupPlate[]): Map<ProductId, number> =>
  productsAt({ store, places, settings: FUSION_SETTINGS }, at);

const sum = (shares: ReadonlyMap<unknown, number>): number => [...shares.values()].reduce((a, b) => a + b, 0);

describe('what lies on a plate', () => {
  test('starts at the planogram: its own, then its neighbours, then the fixture, nothing of others', () => {
    const shares = shareAt(createPlaceBelief(), [changed(TEA, -100)]);
    expect(shares.get(TEA.productId)).toBeGreaterThanOrEqual(FUSION_SETTINGS.ownPlaceShare);
    expect(shares.has(FAR.productId)).toBe(false);
    expect(shares.size).toBeGreaterThan(5);
    expect(Math.max(...shares.values())).toBe(shares.get(TEA.productId));
  });

  test('is a probability on every plate, or less where a neighbour stands empty', () => {
    for (const plate of store.layout.plates) {
      const total = sum(shareAt(createPlaceBelief(), [{ ...changed(TEA, -1), plateId: plate.plateId }]));
      expect(total).toBeLessThanOrEqual(1 + 1e-12);
      expect(total).toBeGreaterThan(0.9);
    }
  });

  test('of two plates counts by how much each changed', () => {
    const both = shareAt(createPlaceBelief(), [changed(TEA, -90), changed(FAR, -10)]);
    expect(both.get(TEA.productId)! / both.get(FAR.productId)!).toBeCloseTo(9, 1);
  });

  test('moves with what is misplaced there, and back when it is taken', () => {
    const places = createPlaceBelief();
    const { plateId } = plateOf(TEA);
    const planned = shareAt(places, [changed(TEA, -100)]);
    addForeign(places, plateId, { productId: FAR.productId, units: 1 });
    const one = shareAt(places, [changed(TEA, -100)]);
    addForeign(places, plateId, { productId: FAR.productId, units: 1 });
    const two = shareAt(places, [changed(TEA, -100)]);
    expect(one.get(FAR.productId)).toBeCloseTo(0.25, 9);
    expect(two.get(FAR.productId)!).toBeGreaterThan(one.get(FAR.productId)!);
    expect(sum(two)).toBeLessThanOrEqual(1 + 1e-12);
    addForeign(places, plateId, { productId: FAR.productId, units: -5 });
    expect(shareAt(places, [changed(TEA, -100)])).toEqual(planned);
    expect(places.foreignUnits.size).toBe(0);
  });

  test('home is where the planogram has it, on any of the plates', () => {
    expect(isHome(store, TEA.productId, [changed(FAR, 1), changed(TEA, 1)])).toBe(true);
    expect(isHome(store, TEA.productId, [changed(FAR, 1)])).toBe(false);
    expect(isHome(store, productId('unknown'), [changed(TEA, 1)])).toBe(false);
  });
});

describe('nameless things', () => {
  const bag = (grams: number): PlacedThing => ({
    thingId: `bag of ${grams} g`,
    plateId: plateOf(TEA).plateId,
    grams,
    variance: 4,
    probability: 0.9,
  });
  const going = (grams: number) => ({ grams: -grams, variance: 4 });

  test('are known again by their weight and their plate', () => {
    const places = createPlaceBelief();
    addThing(places, bag(900));
    expect(thingAt(places, [changed(TEA, -901)], going(901))).toEqual(bag(900));
    expect(thingAt(places, [changed(TEA, -700)], going(700))).toBeNull();
    expect(thingAt(places, [changed(FAR, -900)], going(900))).toBeNull();
  });

  test('the newest that fits is the one that goes', () => {
    const places = createPlaceBelief();
    const [older, newer] = [bag(900), bag(901)];
    addThing(places, older);
    addThing(places, newer);
    expect(thingAt(places, [changed(TEA, -900)], going(900))).toBe(newer);
    removeThing(places, newer);
    removeThing(places, newer);
    expect(places.things).toEqual([older]);
  });

  test('no more than sixty-four are remembered', () => {
    const places = createPlaceBelief();
    for (let grams = 1; grams <= 100; grams++) addThing(places, bag(grams));
    expect(places.things).toHaveLength(64);
    expect(places.things[0]?.grams).toBe(37);
  });
});

describe('after an event', () => {
  const nothing: Outcome = { kind: 'nothing', items: [], logLikelihood: 0, isMisplaced: false, thing: null };
  const moved = (product: ProductId | null, count: number): Outcome => ({
    ...nothing,
    kind: count > 0 ? 'taken' : 'returned',
    items: [{ productId: product, count }],
  });

  function after(plate: GroupPlate, outcomes: readonly (readonly [Outcome, number])[], places?: PlaceBelief) {
    const state = createFusion(store);
    if (places) Object.assign(state.places, places);
    const options = outcomes.map(([outcome]): Option => ({
      deeds: [{ visitId: visitId('first'), items: outcome.items, kind: 'pick' }],
      outcome,
      logLikelihood: 0,
    }));
    const moment = {
      interactionId: interactionId('1/1#1'),
      leftAtMs: 0,
      settledAtMs: 1,
      plates: [plate],
    };
    const probabilities = Float64Array.from(outcomes, ([, probability]) => probability);
    const applied = { event: { moment, options }, probabilities };
    thingsAfter(state, applied);
    foreignAfter(state, applied);
    return state.places;
  }

  test('a misplaced unit is expected where it lies, by its probability', () => {
    const places = after(changed(TEA, 300), [
      [moved(FAR.productId, -1), 0.8],
      [nothing, 0.01],
    ]);
    expect(places.foreignUnits.get(plateOf(TEA).plateId)?.get(FAR.productId)).toBeCloseTo(0.8, 12);
  });

  test('what comes home or is taken from home changes nothing', () => {
    expect(after(changed(TEA, 300), [[moved(TEA.productId, -1), 1]]).foreignUnits.size).toBe(0);
    expect(after(changed(TEA, -300), [[moved(TEA.productId, 1), 1]]).foreignUnits.size).toBe(0);
  });

  test('something nameless is remembered by its weight, and forgotten when it goes', () => {
    const places = after(changed(TEA, 640), [[moved(null, -1), 0.9]]);
    expect(places.things).toMatchObject([{ grams: 640, probability: 0.9 }]);
    const [thing] = places.things;
    const gone = after(
      changed(TEA, -641),
      [[{ ...nothing, thing: { ...thing!, isInStories: false } }, 0.9]],
      places,
    );
    expect(gone.things).toEqual([]);
  });

  test('what probably stayed is not forgotten', () => {
    const places = after(changed(TEA, 640), [[moved(null, -1), 0.9]]);
    const thing = places.things[0]!;
    const still = after(
      changed(TEA, -641),
      [
        [{ ...nothing, thing: { ...thing, isInStories: false } }, 0.3],
        [moved(TEA.productId, 1), 0.7],
      ],
      places,
    );
    expect(still.things).toEqual([thing]);
  });
});
