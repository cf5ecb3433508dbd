import { assert as holds, array, constantFrom, double, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { boxCentre, ORIGIN, poseFromRodrigues } from './geometry.ts';
import { fixtureId, plateId, shelfId, storeId } from './ids.ts';
import { buildLayout, plateGapM, shelfFront } from './layout.ts';
import type { FixtureSpec, StoreLayout } from './layout.ts';

const unmoved = poseFromRodrigues(ORIGIN, ORIGIN);
const turned = poseFromRodrigues({ x: 5, y: 1, z: 0 }, { x: 0, y: 0, z: -Math.PI / 2 });

function spec(fixtureName: string, shelves: Readonly<Record<number, readonly number[]>>): FixtureSpec {
  return {
    fixtureName,
    storeFromFixture: unmoved,
    sizeM: { x: 1.2, y: 0.03, z: 2 },
    where: `fixtures:${fixtureName}`,
    shelves: Object.entries(shelves).map(([number, plates]) => ({
      shelfNumber: Number(number),
      fixtureFromShelf: poseFromRodrigues({ x: 0, y: -0.4, z: Number(number) * 0.3 }, ORIGIN),
      sizeM: { x: 1.2, y: 0.4, z: 0 },
      plates: plates.map((plateNumber) => ({
        plateNumber,
        shelfFromPlate: poseFromRodrigues({ x: plateNumber * 0.1, y: 0, z: 0 }, ORIGIN),
        sizeM: { x: 0.1, y: 0.4, z: 0 },
      })),
    })),
  };
}

const layoutOf = (specs: readonly FixtureSpec[]): StoreLayout => buildLayout(storeId('s'), specs).layout;

function expectIndexesFit(layout: StoreLayout): void {
  for (const [index, fixture] of layout.fixtures.entries()) {
    expect(fixture.fixtureIndex).toBe(index);
    expect(fixture.plates.map((plate) => plate.columnIndex)).toEqual([...fixture.plates.keys()]);
    expect(fixture.plates).toEqual(fixture.shelves.flatMap((shelf) => shelf.plates));
    for (const shelf of fixture.shelves) expect(shelf.fixtureIndex).toBe(index);
  }
  expect(layout.shelves.map((shelf) => shelf.shelfIndex)).toEqual([...layout.shelves.keys()]);
  expect(layout.plates.map((plate) => plate.plateIndex)).toEqual([...layout.plates.keys()]);
  for (const plate of layout.plates) {
    expect(layout.shelves[plate.shelfIndex]!.plates).toContain(plate);
    expect(layout.plateById.get(plate.plateId)).toBe(plate);
  }
}

test('plates are in order of their numbers, whatever the order of the description', () => {
  const layout = layoutOf([spec('2', { 3: [2, 1, 0], 1: [7, 4] }), spec('1', { 0: [0] })]);
  expect(layout.plates.map((plate) => plate.plateId)).toEqual([
    '2/1/4',
    '2/1/7',
    '2/3/0',
    '2/3/1',
    '2/3/2',
    '1/0/0',
  ]);
  expectIndexesFit(layout);
  expect(layout.fixtureById.get(fixtureId('1'))?.plates[0]?.columnIndex).toBe(0);
});

test('a number that names two things keeps the first and reports the second', () => {
  const twice = spec('1', { 1: [1, 1, 2] });
  const doubled = { ...twice, shelves: [...twice.shelves, ...twice.shelves] };
  const { layout, problems } = buildLayout(storeId('s'), [doubled, spec('1', { 1: [1] })]);
  expect(layout.plates.map((plate) => plate.plateId)).toEqual(['1/1/1', '1/1/2']);
  expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('LAYOUT_NUMBER_TWICE'));
});

test('a turned fixture turns its plates; they reach up where no height is stated', () => {
  const layout = layoutOf([{ ...spec('1', { 1: [0, 1] }), storeFromFixture: turned }]);
  const [first, second] = layout.plates;
  // Local +x is the store's −y; the plate's depth, local −y, is the store's −x.
  const centre = boxCentre(first!.reach);
  expect(centre.x).toBeCloseTo(4.8, 9);
  expect(centre.y).toBeCloseTo(0.95, 9);
  expect(first!.reach.sizeM.z).toBeGreaterThan(0);
  expect(plateGapM(first!, second!)).toBeCloseTo(0.1, 9);
  const front = shelfFront(layout.shelves[0]!);
  expect(front.x).toBeCloseTo(4.6, 9);
  expect(front.y).toBeCloseTo(0.4, 9);
});

const anyNumber = constantFrom(-1, 0, 1, 2, 1.5, Number.NaN, 1e21, 3);
const anySpec = record({
  name: string({ maxLength: 140 }),
  shelf: anyNumber,
  plates: array(anyNumber),
  x: double(),
});

test('whatever comes in, the indexes fit and nothing throws', () => {
  holds(
    property(array(anySpec, { maxLength: 6 }), (specs) => {
      const built = buildLayout(
        storeId('s'),
        specs.map(({ name, shelf, plates }) => {
          const draft = spec(name, { 1: plates });
          return { ...draft, shelves: draft.shelves.map((each) => ({ ...each, shelfNumber: shelf })) };
        }),
      );
      expectIndexesFit(built.layout);
    }),
  );
});

test('a fixture name that leaves no room for its plates is reported, not thrown', () => {
  const { layout, problems } = buildLayout(storeId('s'), [spec('x'.repeat(127), { 1: [1] })]);
  expect(layout.fixtures).toEqual([]);
  expect(problems).toHaveLength(1);
});

test('ids are built from their parts', () => {
  const shelf = shelfId(fixtureId('1'), 5);
  expect([shelf, plateId(shelf, 11)]).toEqual(['1/5', '1/5/11']);
  expect(() => fixtureId('')).toThrow('ID_NOT_PRINTABLE');
});
