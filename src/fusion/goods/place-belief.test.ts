import { describe, expect, test } from 'vitest';
import { present } from '../../base/index.ts';
import { productId } from '../../domain/index.ts';
import type { Facing, Plate, ProductId } from '../../domain/index.ts';
import { plainFacings, scriptedShop } from '../../../test/builders/index.ts';
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
