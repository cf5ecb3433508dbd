import { describe, expect, test } from 'vitest';
import { buildLayout, buildPlanogram, plateId, productId } from '../../domain/index.ts';
import type { DataProblem, FacingRow, FixtureSpec, Point3, Pose, StoreModel } from '../../domain/index.ts';
import type { FloorPoint } from '../words/index.ts';
import { FIXTURE_DEPTH_M, fixtureSpec, LOW_GONDOLA } from './furniture.ts';
import type { Facing, PlacedFixture } from './furniture.ts';
import { checkWorld, generateStore } from './index.ts';

/** Two gondolas with an aisle between them. */
const SOUTH: PlacedFixture = {
  furniture: LOW_GONDOLA,
  platesPerShelf: 6,
  facing: 'south',
  minCorner: { x: 0, y: 3 },
  zone: 'ambient',
};
const NORTH: PlacedFixture = { ...SOUTH, facing: 'north', minCorner: { x: 0, y: 0 } };

const specs = (): [FixtureSpec, FixtureSpec] => [fixtureSpec(SOUTH, 'A'), fixtureSpec(NORTH, 'B')];
const model = generateStore({ kind: 'nano', seed: 1 }).model;

function modelOf(fixtures: readonly FixtureSpec[], facings: readonly FacingRow[] = []): StoreModel {
  const { layout } = buildLayout(model.layout.storeId, fixtures);
  const { planogram } = buildPlanogram(facings, { layout, catalogue: model.catalogue });
  return { layout, catalogue: model.catalogue, planogram, gates: [] };
}

function moved(pose: Pose, by: Partial<Point3>): Pose {
  const { x, y, z } = pose.translation;
  return {
    ...pose,
    translation: { x: x + (by.x ?? 0), y: y + (by.y ?? 0), z: z + (by.z ?? 0) },
  };
}

function withShelfMoved(spec: FixtureSpec, shelf: number, by: Partial<Point3>): FixtureSpec {
  const shelves = spec.shelves.map((each, position) =>
    position === shelf ? { ...each, fixtureFromShelf: moved(each.fixtureFromShelf, by) } : each,
  );
  return { ...spec, shelves };
}

function withPlateMoved(spec: FixtureSpec, plate: number, by: Partial<Point3>): FixtureSpec {
  const [first, ...rest] = spec.shelves;
  const plates = first!.plates.map((each, position) =>
    position === plate ? { ...each, shelfFromPlate: moved(each.shelfFromPlate, by) } : each,
  );
  return { ...spec, shelves: [{ ...first!, plates }, ...rest] };
}

const codesOf = (problems: readonly DataProblem[]): string[] => [
  ...new Set(problems.map(({ code }) => code)),
];

describe('a sound store', () => {
  test('has no problems', () => {
    expect(checkWorld(modelOf(specs()), 'test')).toEqual([]);
    expect(checkWorld(modelOf([]), 'test')).toEqual([]);
  });

  test('has none for slips of millimetres', () => {
    const [a, b] = specs();
    expect(checkWorld(modelOf([withShelfMoved(a, 1, { z: -0.035 }), b]), 'test')).toEqual([]);
    expect(checkWorld(modelOf([withPlateMoved(a, 2, { x: 0.008, y: -0.03 }), b]), 'test')).toEqual([]);
  });
});

interface Spoilt {
  readonly what: string;
  readonly spoil: (a: FixtureSpec, b: FixtureSpec) => StoreModel;
  readonly code: string;
  /** What must be named. */
  readonly names: readonly string[];
}

const SPOILT: readonly Spoilt[] = [
  {
    what: 'shelves of one fixture in each other',
    spoil: (a, b) => modelOf([withShelfMoved(a, 1, { z: -0.1 }), b]),
    code: 'SHELVES_OVERLAP',
    names: ['A/1', 'A/2', 'cm'],
  },
  {
    what: 'shelves of two fixtures in each other',
    spoil: (a, b) => modelOf([a, withShelfMoved(b, 2, { y: -2.8 })]),
    code: 'SHELVES_OVERLAP',
    names: ['A/3', 'B/3', 'cm'],
  },
  {
    what: 'fixtures in each other',
    spoil: (a, b) =>
      modelOf([a, { ...b, storeFromFixture: moved(a.storeFromFixture, { x: 0.3, y: -0.02 }) }]),
    code: 'FIXTURES_OVERLAP',
    names: ['fixture A', 'fixture B', 'cm'],
  },
  {
    what: 'plates on each other',
    spoil: (a, b) => modelOf([withPlateMoved(a, 2, { x: 0.03 }), b]),
    code: 'PLATES_OVERLAP',
    names: ['A/1/3', 'A/1/4', '3.0 cm'],
  },
  {
    what: 'a plate beside its shelf',
    spoil: (a, b) => modelOf([withPlateMoved(a, 0, { x: -0.07 }), b]),
    code: 'PLATE_OUTSIDE_SHELF',
    names: ['A/1/1', 'A/1', '7.0 cm'],
  },
  {
    what: 'a plate above its shelf',
    spoil: (a, b) => modelOf([withPlateMoved(a, 3, { z: 0.4 }), b]),
    code: 'PLATE_OUTSIDE_SHELF',
    names: ['A/1/4', 'cm'],
  },
  {
    what: 'facings of a product that is not in the catalogue',
    spoil: (a, b) =>
      modelOf([a, b], [{ productId: productId('no-such'), plateIds: ['A/1/2' as never], where: 'test' }]),
    code: 'FACING_PRODUCT_UNKNOWN',
    names: ['no-such', 'A/1/2'],
  },
];

describe('the check', () => {
  test.each(SPOILT)('finds $what', ({ spoil, code, names }) => {
    const problems = checkWorld(spoil(...specs()), 'floor plan of test');
    const found = problems.filter((problem) => problem.code === code);
    expect(found.length, codesOf(problems).join(' ')).toBeGreaterThan(0);
    for (const name of names)
      expect(found.some(({ what, where }) => `${where} ${what}`.includes(name))).toBe(true);
    for (const { where, what, remedy } of found) {
      expect(where).toContain('floor plan of test');
      expect(Math.min(what.length, remedy.length)).toBeGreaterThan(20);
    }
  });

  test('tells nothing else of a store with one fault', () => {
    const [a, b] = specs();
    expect(checkWorld(modelOf([withShelfMoved(a, 1, { z: -0.1 }), b]), 'test')).toHaveLength(1);
    expect(checkWorld(modelOf([withPlateMoved(a, 2, { x: 0.03 }), b]), 'test')).toHaveLength(1);
  });

  test('finds facings on two shelves, and names them', () => {
    const [a, b] = specs();
    const layout = buildLayout(model.layout.storeId, [a, b]).layout;
    const plateIds = ['A/1', 'A/2'].map((shelf) => plateId(shelf as never, 3));
    const known = model.catalogue.products[0]!.productId;
    const problems = checkWorld(modelOf([a, b], [{ productId: known, plateIds, where: 'test' }]), 'test');
    expect(layout.plates.length).toBe(48);
    expect(problems.map(({ code }) => code)).toEqual(['FACING_ON_SEVERAL_SHELVES']);
    expect(problems[0]!.what).toContain('A/1 and A/2');
  });

  test.each<[Facing, number]>([
    ['north', 0.15],
    ['south', 0.15],
  ])('finds plates that nobody can get at: fronts %s, %d m apart from the other fixture', (facing, gap) => {
    const row = { ...SOUTH, platesPerShelf: 24 };
    const other = { ...row, facing, minCorner: { x: 0, y: 3 - FIXTURE_DEPTH_M - gap } };
    const problems = checkWorld(modelOf([fixtureSpec(row, 'A'), fixtureSpec(other, 'B')]), 'test');
    const unreached = problems.filter(({ code }) => code === 'PLATE_UNREACHABLE');
    expect(codesOf(problems)).toEqual(['PLATE_UNREACHABLE']);
    expect(unreached.some(({ what }) => what.includes('plate A/1/12'))).toBe(true);
    expect(unreached.some(({ what }) => what.includes('plate B/1/12'))).toBe(facing === 'north');
  });

  test('finds plates that only a closed room has in reach, where the walls are known', () => {
    const { model: sound, floor } = generateStore({ kind: 'convenience', seed: 1 });
    const nowhere = { ...floor, isFree: (at: FloorPoint) => at.y < 4 && floor.isFree(at) };
    const problems = checkWorld(sound, 'test', nowhere);
    expect(codesOf(problems)).toEqual(['PLATE_UNREACHABLE']);
    expect(problems.length).toBeLessThan(sound.layout.plates.length);
  });
});
