import { assert as holds, array, constantFrom, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { buildCatalogue } from './catalogue.ts';
import { ORIGIN, poseFromRodrigues } from './geometry.ts';
import { fixtureId, plateId, productId, shelfId, storeId } from './ids.ts';
import type { PlateId } from './ids.ts';
import { buildLayout } from './layout.ts';
import { buildPlanogram } from './planogram.ts';

const pose = poseFromRodrigues(ORIGIN, ORIGIN);
const sizeM = { x: 0.1, y: 0.4, z: 0 };
const plates = [1, 2, 3].map((plateNumber) => ({ plateNumber, shelfFromPlate: pose, sizeM }));
const shelves = [{ shelfNumber: 1, fixtureFromShelf: pose, sizeM, plates }];
const fixture = { fixtureName: '1', storeFromFixture: pose, sizeM, shelves, where: 'fixtures:1' };
const { layout } = buildLayout(storeId('s'), [fixture]);
const bare = { name: 'Oat bar', weightGrams: null, price: null, imageUrl: null, where: 'products:1' };
const { catalogue } = buildCatalogue([
  { ...bare, code: 'a' },
  { ...bare, code: 'b' },
]);
const store = { layout, catalogue };
const plate = (number: number): PlateId => plateId(shelfId(fixtureId('1'), 1), number);
const a = productId('a');

test('facings may be wide, shared and several for one product', () => {
  const rows = [
    { productId: a, plateIds: [plate(1), plate(2)], where: 'p:1' },
    { productId: productId('b'), plateIds: [plate(2)], where: 'p:2' },
    { productId: a, plateIds: [plate(3)], where: 'p:3' },
  ];
  const { planogram, problems } = buildPlanogram(rows, store);
  expect(problems).toEqual([]);
  expect(planogram.facings).toHaveLength(3);
  expect(planogram.facingsByPlate.get(plate(2))?.map((facing) => facing.productId)).toEqual(['a', 'b']);
});

test('an unknown plate is left out, an unknown product is kept, both are reported', () => {
  const rows = [
    { productId: a, plateIds: [plate(9), plate(1), plate(1)], where: 'p:1' },
    { productId: a, plateIds: [plate(8)], where: 'p:2' },
    { productId: productId('nobody'), plateIds: [plate(2)], where: 'p:3' },
  ];
  const { planogram, problems } = buildPlanogram(rows, store);
  expect(planogram.facings.map((facing) => facing.plateIds)).toEqual([[plate(1)], [plate(2)]]);
  expect(problems.map(({ code, where }) => `${where} ${code}`)).toEqual([
    'p:1 FACING_PLATE_UNKNOWN',
    'p:2 FACING_PLATE_UNKNOWN',
    'p:3 FACING_PRODUCT_UNKNOWN',
  ]);
});

const anyRow = record({
  productId: constantFrom(a, productId('b'), productId('c')),
  plateIds: array(constantFrom(1, 2, 3, 4).map(plate), { maxLength: 5 }),
  where: constantFrom('p:1'),
});

test('the two views of a planogram agree', () => {
  holds(
    property(array(anyRow), (rows) => {
      const { planogram } = buildPlanogram(rows, store);
      const listed = planogram.facings.flatMap((facing) => facing.plateIds.map((id) => ({ id, facing })));
      const indexed = [...planogram.facingsByPlate].flatMap(([id, facings]) =>
        facings.map((facing) => ({ id, facing })),
      );
      expect(indexed).toHaveLength(listed.length);
      for (const { id, facing } of listed) expect(planogram.facingsByPlate.get(id)).toContain(facing);
      for (const { id } of indexed) expect(layout.plateById.has(id)).toBe(true);
    }),
  );
});
