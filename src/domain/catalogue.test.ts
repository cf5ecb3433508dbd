import { assert as holds, array, constantFrom, double, oneof, option, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { buildCatalogue } from './catalogue.ts';
import type { ProductRow } from './catalogue.ts';
import { productId } from './ids.ts';
import { money } from './money.ts';
import { DOMAIN_PROBLEM_CODES } from './problem-codes.ts';
import { problemText } from './problem.ts';

function row(code: string, given: Partial<ProductRow> = {}): ProductRow {
  return {
    code,
    name: 'Oat bar',
    weightGrams: 40,
    price: money(119, 'USD'),
    imageUrl: null,
    where: 'x:1',
    ...given,
  };
}

const codesOf = (rows: readonly ProductRow[]): string[] =>
  buildCatalogue(rows).problems.map(({ code }) => code);

test('a row that repeats itself is no problem, and later rows fill gaps', () => {
  const rows = [row('a', { weightGrams: null, price: null }), row('a'), row('a', { imageUrl: 'a.png' })];
  const { catalogue, problems } = buildCatalogue(rows);
  expect(problems).toEqual([]);
  expect(catalogue.products).toEqual([
    { productId: 'a', name: 'Oat bar', weightGrams: 40, price: money(119, 'USD'), imageUrl: 'a.png' },
  ]);
});

test('the first row wins a contradiction, and the problem names the field and the row', () => {
  const rows = [
    row('a'),
    row('a', { name: 'Rye bar', weightGrams: 41, price: money(129, 'USD'), where: 'x:9' }),
  ];
  const { catalogue, problems } = buildCatalogue(rows);
  expect(catalogue.byId.get(productId('a'))).toMatchObject({ name: 'Oat bar', weightGrams: 40 });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'PRODUCT_CODE_TWICE', where: 'x:9' });
  expect(problems[0]!.what).toContain('name and weight and price');
  expect(problemText(problems[0]!)).toMatch(/^x:9: .*\. .*\. \[PRODUCT_CODE_TWICE\]$/);
});

test('the same number in another currency is a contradiction', () => {
  expect(codesOf([row('a'), row('a', { price: money(119, 'EUR') })])).toEqual(['PRODUCT_CODE_TWICE']);
});

test.each([
  { weightGrams: -1, code: 'WEIGHT_NEGATIVE' },
  { weightGrams: 0, code: 'WEIGHT_OUT_OF_RANGE' },
  { weightGrams: 50_001, code: 'WEIGHT_OUT_OF_RANGE' },
  { weightGrams: Number.NaN, code: 'WEIGHT_OUT_OF_RANGE' },
])('a weight of $weightGrams g counts as unknown', ({ weightGrams, code }) => {
  const { catalogue, problems } = buildCatalogue([row('a', { weightGrams })]);
  expect(problems.map((problem) => problem.code)).toEqual([code]);
  expect(catalogue.products[0]?.weightGrams).toBeNull();
});

test('a bad weight does not stop a later good one', () => {
  const { catalogue } = buildCatalogue([row('a', { weightGrams: -1 }), row('a', { weightGrams: 40 })]);
  expect(catalogue.products[0]?.weightGrams).toBe(40);
});

test.each(['', 'a\nb', 'x'.repeat(129)])('a row with the code %j is left out', (code) => {
  const { catalogue, problems } = buildCatalogue([row(code)]);
  expect(catalogue.products).toEqual([]);
  expect(problems.map((problem) => problem.code)).toEqual(['PRODUCT_CODE_MISSING']);
});

const anyRow = record({
  code: constantFrom('', 'a', 'b', 'c'),
  name: constantFrom('Oat bar', 'Rye bar'),
  weightGrams: option(oneof(double(), constantFrom(-1, 0, 40))),
  price: option(constantFrom(money(1, 'USD'), money(2, 'USD'), money(1, 'JPY'))),
  imageUrl: option(constantFrom('a.png')),
  where: constantFrom('x:1'),
});

test('whatever comes in, each product comes out once, in order, with a usable weight, and nothing throws', () => {
  holds(
    property(array(anyRow), (rows) => {
      const { catalogue, problems } = buildCatalogue(rows);
      const codes = [...new Set(rows.map(({ code }) => code).filter((code) => code !== ''))];
      expect(catalogue.products.map((product) => String(product.productId))).toEqual(codes);
      expect([...catalogue.byId.values()]).toEqual(catalogue.products);
      for (const { weightGrams } of catalogue.products)
        expect(weightGrams === null || (weightGrams > 0 && weightGrams <= 50_000)).toBe(true);
      for (const { code } of problems) expect(Object.keys(DOMAIN_PROBLEM_CODES)).toContain(code);
    }),
  );
});
