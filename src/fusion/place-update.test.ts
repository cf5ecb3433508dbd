import { describe, expect, test } from 'vitest';
import { present } from '../base/index.ts';
import { interactionId, visitId } from '../domain/index.ts';
import type { Facing, PlateId, ProductId } from '../domain/index.ts';
import { plainFacings, scriptedShop } from '../../test/builders/index.ts';
import { createFusion } from './fusion-state.ts';
import type { Outcome } from './goods/outcomes.ts';
import type { PlaceBelief } from './goods/place-belief.ts';
import type { GroupPlate } from './goods/step-groups.ts';
import { foreignAfter, thingsAfter } from './place-update.ts';
import type { Option } from './stories/story.ts';

const store = scriptedShop({ seed: 5, fixtures: 2, shelvesPerFixture: 2 });
const plain = plainFacings(store);
const TEA = present(plain[1], 'SHOP_TOO_SMALL');
const FAR = present(
  plain.find((facing) => facing.plateIds[0]!.startsWith('2/')),
  'SHOP_TOO_SMALL',
);
const plateOf = (facing: Facing): PlateId => present(facing.plateIds[0], 'NO_PLATE');

const changed = (facing: Facing, deltaGrams: number): GroupPlate => ({
  plateId: plateOf(facing),
  position: 0,
  deltaGrams,
  variance: 1,
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
    expect(places.foreignUnits.get(plateOf(TEA))?.get(FAR.productId)).toBeCloseTo(0.8, 12);
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
