/** Bad documents cost themselves and nothing else; a directory that cannot be read says what to do. */
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AIFI_PROBLEM_CODES, openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import {
  CATALOGUE,
  codesOf,
  directoryOf,
  GEOMETRY,
  gridBase64,
  lines,
  openDirectory,
  plateDocument,
  readAll,
  readFiles,
  START,
  targetDocument,
} from './aifi-directory.ts';
import type { Files } from './aifi-directory.ts';

const good = plateDocument(0);
const after = plateDocument(1000);

test.each([
  ['a line cut off', JSON.stringify(plateDocument(500)).slice(0, 300), 'AIFI_RECORD_NOT_JSON'],
  ['a line that is no document', '[1, 2]', 'AIFI_RECORD_NOT_JSON'],
  ['too few samples', plateDocument(500, { data: gridBase64([1, 3, 4]) }), 'AIFI_PLATES_LENGTH'],
  ['too many samples', plateDocument(500, { data: gridBase64([3, 3, 4]) }), 'AIFI_PLATES_LENGTH'],
  ['a text that is not base64', plateDocument(500, { data: '***' }), 'AIFI_PLATES_BASE64'],
  ['no samples', plateDocument(500, { data: undefined }), 'AIFI_PLATES_BASE64'],
  ['two sizes', plateDocument(500, { shape: [2, 12] }), 'AIFI_PLATES_SHAPE'],
  ['a size below zero', plateDocument(500, { shape: [2, -3, -4] }), 'AIFI_PLATES_SHAPE'],
  ['half a size', plateDocument(500, { shape: [2, 1.5, 8] }), 'AIFI_PLATES_SHAPE'],
  ['no shape', plateDocument(500, { shape: undefined }), 'AIFI_PLATES_SHAPE'],
  ['another type', plateDocument(500, { type: 'DATATYPE_FLOAT64' }), 'AIFI_PLATES_TYPE'],
  [
    'an unknown fixture',
    plateDocument(500, {}, { plate_id: { shelf_id: { gondola_id: { id: 9 } } } }),
    'AIFI_FIXTURE_UNKNOWN',
  ],
  ['fixture zero, omitted', plateDocument(500, {}, { plate_id: {} }), 'AIFI_FIXTURE_UNKNOWN'],
  [
    'no time',
    { document: good.document.plate_data && { plate_data: good.document.plate_data } },
    'AIFI_TIME_MISSING',
  ],
])('%s is reported and left out', async (_name, bad, code) => {
  const { observations, problems } = await readFiles({ 'plate_data.json': lines(good, bad, after) });
  expect(observations).toHaveLength(2);
  expect(problems).toMatchObject([{ code, where: 'plate_data.json:2' }]);
  expect(problems[0]?.remedy).not.toBe('');
});

describe('targets', () => {
  const target = (id: unknown, x: unknown) => ({
    target_id: { id },
    head: { point: { x, y: 1, z: 60 }, score: 1 },
  });

  test('a joint that is nowhere costs that joint', async () => {
    const people = [target('1', { $numberDouble: 'NaN' }), target('2', 'x'), target('3', 10)];
    const { observations, problems } = await readFiles({
      'full_targets.json': lines(targetDocument(0, people)),
    });
    expect(observations).toMatchObject([
      { people: [{ parts: {} }, { parts: {} }, { parts: { head: { y: 0.0254 } } }] },
    ]);
    expect(codesOf(problems)).toEqual(['AIFI_POINT_NOT_FINITE', 'AIFI_POINT_NOT_FINITE']);
  });

  test('a body without an id, or there twice, costs that body', async () => {
    const people = [target({}, 1), target('5', 1), target('5', 2)];
    const { observations, problems } = await readFiles({
      'full_targets.json': lines(targetDocument(0, people)),
    });
    expect(observations).toMatchObject([{ people: [{ trackId: '5' }] }]);
    expect(codesOf(problems)).toEqual(['AIFI_TARGET_NAMELESS', 'AIFI_TARGET_TWICE']);
  });

  test('a document without targets, or without a time, costs itself', async () => {
    const documents = [
      { ...targetDocument(0), document: {} },
      { document: { targets: {} } },
      targetDocument(500),
    ];
    const { observations, problems } = await readFiles({ 'full_targets.json': lines(...documents) });
    expect(observations).toHaveLength(1);
    expect(codesOf(problems)).toEqual(['AIFI_TARGETS_MALFORMED', 'AIFI_TIME_MISSING']);
  });
});

test('a compressed file that breaks off gives what it has', async () => {
  const documents = Array.from({ length: 400 }, (_, index) =>
    plateDocument(index * 200, { note: Math.sin(index) }),
  );
  const directory = directoryOf({
    ...GEOMETRY,
    ...CATALOGUE,
    'plate_data.json.gz': gzipSync(lines(...documents)),
  });
  truncateSync(join(directory, 'plate_data.json.gz'), 6000);
  const { observations, problems } = await readAll(await openDirectory(directory));
  expect(observations.length).toBeGreaterThan(10);
  expect(observations.length).toBeLessThan(400);
  expect(codesOf(problems)).toEqual(['AIFI_FILE_TRUNCATED']);
});

describe('catalogue and planogram', () => {
  test.each([
    [{ 'products.json': '' }, 'AIFI_PRODUCTS_MISSING'],
    [{ 'planogram.json': '' }, 'AIFI_PLANOGRAM_MISSING'],
  ])('%o is a problem of the store, and reading goes on', async (files: Files, code) => {
    const { recording, observations } = await readFiles({ 'plate_data.json': lines(good), ...files });
    expect(codesOf(recording.problems)).toContain(code);
    expect(observations).toHaveLength(1);
  });

  test('repeats, gaps and contradictions are settled', async () => {
    const product = (id: unknown, metadata: object) => ({ product_id: { id }, metadata });
    const { recording } = await readFiles({
      'plate_data.json': lines(good),
      'products.json': lines(
        product('0001', { name: 'Tea' }),
        product('0001', { name: 'Tea', price: 1.15, weight: 20.5 }),
        product('0001', { name: 'Coffee', price: 1.15 }),
        product('0002', { name: 'Salt', price: 'much', weight: -3 }),
        product(undefined, { name: 'Nameless' }),
        'not json',
      ),
      'planogram.json': lines(
        {
          planogram_product_id: {},
          plate_ids: [{ shelf_id: { gondola_id: { id: 1 }, shelf_index: 1 }, plate_index: 1 }],
        },
        { planogram_product_id: { id: '0002' }, plate_ids: [{ plate_index: 'x' }] },
        {
          planogram_product_id: { id: '0003' },
          plate_ids: [{ shelf_id: { gondola_id: { id: 1 }, shelf_index: 8 }, plate_index: 1 }],
        },
      ),
    });
    expect(recording.store.catalogue.products).toMatchObject([
      { productId: '0001', name: 'Tea', weightGrams: 20.5, price: { minor: 115, currency: 'USD' } },
      { productId: '0002', weightGrams: null, price: null },
    ]);
    expect(codesOf(recording.problems).toSorted()).toEqual(
      [
        'AIFI_FACING_PLATE_MISSING',
        'AIFI_FACING_PRODUCT_MISSING',
        'AIFI_PRODUCT_PRICE',
        'AIFI_RECORD_NOT_JSON',
        'FACING_PLATE_UNKNOWN',
        'FACING_PRODUCT_UNKNOWN',
        'PRODUCT_CODE_MISSING',
        'PRODUCT_CODE_TWICE',
        'WEIGHT_NEGATIVE',
      ].toSorted(),
    );
  });

  test('shelves and plates without a place or a parent are left out', async () => {
    const plates = [
      { id: { shelf_id: { gondola_id: { id: 1 }, shelf_index: 1 }, plate_index: 1 }, coordinates: {} },
      { id: { shelf_id: { gondola_id: { id: 8 }, shelf_index: 1 }, plate_index: 1 }, coordinates: {} },
      {
        id: { shelf_id: { gondola_id: { id: 1 }, shelf_index: 1 }, plate_index: 2 },
        coordinates: { dim_x: 'wide' },
      },
    ];
    const { recording } = await readFiles({
      'plate_data.json': lines(good),
      'Plates.json': JSON.stringify({ plates }),
    });
    expect(recording.store.layout.plates.map((plate) => plate.plateId)).toEqual(['1/1/1']);
    expect(codesOf(recording.problems)).toEqual(['AIFI_GEOMETRY_ORPHAN', 'AIFI_GEOMETRY_ORPHAN']);
  });
});

describe('a directory that cannot be read is refused', () => {
  const { 'Shelves.json': _shelves, ...withoutShelves } = GEOMETRY;

  test.each<[Files, string, RegExp]>([
    [{}, 'AIFI_EMPTY', /plate_data/],
    [{ 'notes.txt': 'x', ...GEOMETRY }, 'AIFI_NOTHING_OBSERVED', /plate_data/],
    [{ 'plate_data.json': lines(good) }, 'AIFI_GEOMETRY_MISSING', /--store DIR/],
    [{ 'plate_data.json': lines(good), ...withoutShelves }, 'AIFI_GEOMETRY_MISSING', /Shelves\.json/],
    [
      { 'plate_data.json': lines(good), ...GEOMETRY, 'Plates.json': '{"plates": [' },
      'AIFI_GEOMETRY_CORRUPT',
      /Plates\.json/,
    ],
    [
      { 'plate_data.json': lines(good), ...GEOMETRY, 'Plates.json': '{}' },
      'AIFI_GEOMETRY_CORRUPT',
      /Plates\.json/,
    ],
  ])('%# %s', async (files, code, remedy) => {
    const opened = await openAifiRecording({ directory: directoryOf(files) });
    expect(opened).toMatchObject({ ok: false, problem: { code, remedy: expect.stringMatching(remedy) } });
    expect(Object.keys(AIFI_PROBLEM_CODES)).toContain(code);
  });

  test('also where it is not there', async () => {
    const opened = await openAifiRecording({ directory: join(directoryOf({}), 'nowhere') });
    expect(opened).toMatchObject({ ok: false, problem: { code: 'AIFI_PATH_MISSING' } });
  });

  test('and opened where --store names the geometry', async () => {
    const opened = await openAifiRecording({
      directory: directoryOf({ 'plate_data.json': lines(good) }),
      storeDirectory: directoryOf(GEOMETRY),
      currency: 'EUR',
    });
    expect(opened).toMatchObject({ ok: true, value: { span: { startsAtMs: START + 10 } } });
  });
});
