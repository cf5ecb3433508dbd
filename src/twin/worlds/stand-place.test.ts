import { describe, expect, test } from 'vitest';
import { invertPose, transformPoint } from '../../domain/index.ts';
import type { Plate } from '../../domain/index.ts';
import type { FloorPoint } from '../words/index.ts';
import { buildFloor, generateStore, reachPlace, standPlace } from './index.ts';

/** The place in the plate's own frame: y is minus the metres before its front. */
function inPlate(plate: Plate, place: FloorPoint): FloorPoint {
  return transformPoint(invertPose(plate.reach.storeFromBox), { ...place, z: 0 });
}

describe('where a person stands', () => {
  test.each(['nano', 'convenience', 'stadium'] as const)(
    'in a %s: an arm’s length before the front',
    (kind) => {
      const { model, floor } = generateStore({ kind, seed: 1 });
      const straight = model.layout.plates.filter((plate) => {
        const place = standPlace(floor, plate);
        const { x, y } = inPlate(plate, place);
        expect(floor.isFree(place)).toBe(true);
        expect(-y).toBeGreaterThanOrEqual(0.35 - 1e-9);
        expect(-y).toBeLessThanOrEqual(0.6 + 1e-9);
        return Math.abs(x - plate.reach.sizeM.x / 2) < 1e-9 && Math.abs(y + 0.45) < 1e-9;
      });
      expect(straight.length / model.layout.plates.length).toBeGreaterThan(0.9);
    },
  );

  test('is never behind the shelf; the nearest free place where nothing before it is free', () => {
    const { model } = generateStore({ kind: 'nano', seed: 1 });
    const { x, y } = model.layout.plates[0]!.reach.storeFromBox.translation;
    // A wall right before the fronts: all that is left is behind the fixtures.
    const bounds = { min: { x: x - 2, y: y - 0.1 }, max: { x: x + 8, y: y + 3 } };
    const floor = buildFloor(model.layout, { bounds });
    const plate = model.layout.plates[40]!;
    expect(reachPlace(floor, plate)).toBeNull();
    expect(floor.isFree(standPlace(floor, plate))).toBe(true);
  });
});
