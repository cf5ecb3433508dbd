import { expect, test } from 'vitest';
import { boxCentre, transformPoint } from '../../src/domain/index.ts';
import { gtinCheckDigit } from '../../src/twin/index.ts';
import { gtin13, plainFacings, scriptedShop } from './index.ts';

const shop = scriptedShop({ seed: 7 });

test('a check digit agrees with published GTIN examples', () => {
  // GS1 General Specifications and the wrapper of a well-known book: 4006381333931, 9780306406157.
  expect(gtinCheckDigit('400638133393')).toBe(1);
  expect(gtinCheckDigit('978030640615')).toBe(7);
  expect(gtin13(12)).toMatch(/^2\d{12}$/);
});

test('the shop has the furniture that was asked for, one fixture turned to face −x', () => {
  expect(shop.layout.fixtures).toHaveLength(3);
  expect(shop.layout.plates).toHaveLength(3 * 6 * 12);
  const turned = shop.layout.fixtures[2]!.plates[0]!.reach;
  const centre = boxCentre(turned);
  const front = transformPoint(turned.storeFromBox, { x: turned.sizeM.x / 2, y: 0, z: turned.sizeM.z / 2 });
  expect(front.x).toBeLessThan(centre.x - 0.2);
  expect(front.y).toBeCloseTo(centre.y, 9);
  const heights = shop.layout.fixtures[0]!.shelves.map((shelf) => shelf.space.storeFromBox.translation.z);
  expect(heights[0]).toBeCloseTo(0.33);
  expect(heights.at(-1)).toBeCloseTo(1.65);
});

test('weights, prices and codes look like a convenience shop', () => {
  for (const product of shop.catalogue.products) {
    expect(product.weightGrams).toBeGreaterThanOrEqual(30);
    expect(product.weightGrams).toBeLessThanOrEqual(1600);
    expect(product.price?.minor).toBeGreaterThan(0);
    const digits = product.productId.slice(0, -1);
    expect(gtinCheckDigit(digits)).toBe(Number(product.productId.at(-1)));
  }
});

test('every shop, however small, has neighbours of one weight and a product with several facings', () => {
  const small = scriptedShop({ fixtures: 1, shelvesPerFixture: 1, platesPerShelf: 12 });
  for (const each of [small, shop]) {
    const weights = each.catalogue.products.map((product) => product.weightGrams);
    expect(weights.some((weight, index) => index > 0 && weight === weights[index - 1])).toBe(true);
    const counts = new Map<string, number>();
    for (const facing of each.planogram.facings)
      counts.set(facing.productId, (counts.get(facing.productId) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeGreaterThan(1);
    expect(plainFacings(each).length).toBeGreaterThan(2);
  }
});

test('the same seed gives the same shop, another seed another', () => {
  expect(JSON.stringify(scriptedShop({ seed: 7 }).catalogue.products)).toBe(
    JSON.stringify(shop.catalogue.products),
  );
  expect(scriptedShop({ seed: 8 }).catalogue.products).not.toEqual(shop.catalogue.products);
});
