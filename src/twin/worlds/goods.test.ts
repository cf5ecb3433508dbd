import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../base/index.ts';
import { generateGoods, goodsCountMax } from './goods.ts';
import type { GoodsOptions } from './goods.ts';
import { gtinDrawer } from './gtin.ts';
import { GOODS_KINDS, grossGrams, SPREAD_SHARES } from './kinds.ts';
import type { Category } from './kinds.ts';
import { shelfPrice } from './prices.ts';
import { retailCatalogue } from './retail-catalogue.ts';

const ALL = Object.keys(SPREAD_SHARES) as Category[];

function goods(options: Partial<GoodsOptions> = {}) {
  const random = seededRandom(3);
  const nextGtin = gtinDrawer(seededRandom(4));
  return generateGoods({
    random,
    nextGtin,
    categories: ALL,
    count: 1000,
    currency: 'USD',
    sameWeightShare: 0.2,
    ...options,
  });
}

describe('kinds of goods', () => {
  test('are many, each with packs and variants, heavier with their packaging than without', () => {
    expect(GOODS_KINDS.length).toBeGreaterThan(60);
    expect(new Set(GOODS_KINDS.map((kind) => kind.name)).size).toBe(GOODS_KINDS.length);
    for (const kind of GOODS_KINDS) {
      expect(kind.variants.length, kind.name).toBeGreaterThanOrEqual(3);
      for (const pack of kind.packs) {
        const net = pack.netPerPiece * pack.pieces;
        const gross = grossGrams(kind, pack);
        expect(gross, `${kind.name} ${pack.label}`).toBeGreaterThanOrEqual(net);
        expect(gross, `${kind.name} ${pack.label}`).toBeLessThan(net * 2.1 + 10);
        expect(pack.usdMinor).toBeGreaterThan(50);
      }
    }
  });

  test('weigh what such things weigh', () => {
    const gross = (name: string, label: string): number => {
      const kind = GOODS_KINDS.find((each) => each.name === name)!;
      return grossGrams(
        kind,
        kind.packs.find((pack) => pack.label === label)!,
      );
    };
    expect(gross('cola', '330 ml')).toBeCloseTo(343, 0);
    expect(gross('cola cans', '6 × 330 ml')).toBeCloseTo(6 * 342.9, 0);
    expect(gross('lemonade', '1.5 l')).toBeCloseTo(1553, 0);
    expect(gross('oat bar', '45 g')).toBeCloseTo(46.5, 0);
  });
});

describe('products of a shop', () => {
  test('are as many as asked for, each with a name and a code of its own', () => {
    const products = goods().flat();
    expect(products).toHaveLength(1000);
    expect(new Set(products.map((product) => product.name)).size).toBe(1000);
    expect(new Set(products.map((product) => product.productId)).size).toBe(1000);
    for (const { meanGrams, spreadGrams } of products) {
      expect(spreadGrams / meanGrams).toBeGreaterThanOrEqual(0.0029);
      expect(spreadGrams / meanGrams).toBeLessThanOrEqual(0.02 + 1e-12);
    }
    expect(products.some((product) => product.isTagged)).toBe(true);
    expect(products.filter((product) => product.isTagged).length).toBeLessThan(250);
  });

  test('keep kinds together in the order of the departments', () => {
    const order = goods().flatMap((mates) => mates.map(({ kind }) => GOODS_KINDS.indexOf(kind)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test.each([0, 0.3, 1])('of which a share of %d has a twin within 3 g', (sameWeightShare) => {
    const twins = goods({ sameWeightShare }).filter((mates) => mates.length === 2);
    expect((twins.length * 2) / 1000).toBeCloseTo(sameWeightShare, 2);
    for (const [first, second] of twins) {
      expect(Math.abs(first!.meanGrams - second!.meanGrams)).toBeLessThanOrEqual(3);
      expect(first!.name).not.toBe(second!.name);
    }
  });

  test('cannot be more than the kinds give', () => {
    const categories: Category[] = ['stadium-food'];
    const countMax = goodsCountMax(categories);
    expect(goods({ categories, count: countMax, sameWeightShare: 0 }).flat()).toHaveLength(countMax);
    expect(() => goods({ categories, count: countMax + 1 })).toThrow('TOO_MANY_PRODUCTS');
  });
});

test('prices end as prices do', () => {
  const ofUsd = (usdMinor: number) => shelfPrice(usdMinor, { currency: 'USD', isRound: false }).minor;
  expect([149, 150, 171, 502, 10].map(ofUsd)).toEqual([149, 149, 179, 499, 59]);
  expect(shelfPrice(640, { currency: 'USD', isRound: true }).minor).toBe(650);
  for (const currency of ['GBP', 'AUD', 'CAD'] as const) {
    const price = shelfPrice(199, { currency, isRound: false });
    expect(price.currency).toBe(currency);
    expect(price.minor % 5 === 0 || price.minor % 10 === 9).toBe(true);
  }
});

describe('what the retailer believes', () => {
  const products = goods({ count: 3000 }).flat();
  const share = (
    is: (off: number | null) => boolean,
    errors: { wrong: number; weightless: number },
  ): number => {
    const catalogue = retailCatalogue(seededRandom(9), products, {
      catalogueWrongShare: errors.wrong,
      catalogueWeightlessShare: errors.weightless,
    });
    const offs = products.map((product) => {
      const believed = catalogue.byId.get(product.productId)!.weightGrams;
      return believed === null ? null : Math.abs(believed / product.meanGrams - 1);
    });
    return offs.filter(is).length / offs.length;
  };

  test('is off by 5 to 60 % for the share that was asked for, and by little for the rest', () => {
    const errors = { wrong: 0.1, weightless: 0 };
    expect(share((off) => off !== null && off >= 0.05, errors)).toBeCloseTo(0.1, 1.5);
    expect(share((off) => off !== null && off > 0.601, errors)).toBe(0);
    expect(share((off) => off !== null && off >= 0.05, { wrong: 0, weightless: 0 })).toBe(0);
  });

  test('has gaps for the share that was asked for', () => {
    expect(share((off) => off === null, { wrong: 0, weightless: 0.2 })).toBeCloseTo(0.2, 1.5);
    expect(share((off) => off === null, { wrong: 0.5, weightless: 0 })).toBe(0);
  });
});
