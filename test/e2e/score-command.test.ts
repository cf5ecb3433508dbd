/** `tillfree score`: receipts against what really happened. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, emptyDirectory, oneVisit, writeTruth, writtenAsAifi, writtenAsMcap } from './command-line.ts';

const SEED = 31;

describe('score', () => {
  test('a receipt that is right has F1 1, as text and as JSON', async () => {
    const recording = oneVisit(SEED);
    const directory = await writtenAsAifi(recording, { parent: emptyDirectory(), name: 'visit' });
    writeTruth(join(directory, 'ground_truth.json'), recording);
    const text = await call('score', directory);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/mean F1 1\.000, receipts exactly right 1\.000/);
    const { out } = await call('score', directory, '--json');
    const perVisit = [
      { recording: directory, targetId: 'shopper-1', precision: 1, recall: 1, f1: 1, isExact: true },
    ];
    expect(JSON.parse(out)).toEqual({ visits: 1, precision: 1, recall: 1, f1: 1, exact: 1, perVisit });
  });

  test('a truth that says otherwise costs what it should', async () => {
    const recording = oneVisit(SEED);
    const parent = emptyDirectory();
    const path = await writtenAsMcap(recording, { parent, name: 'visit' });
    const truth = join(parent, 'visit.ground_truth.json');
    const receipts = [
      { targetId: 'shopper-1', products: [{ barcode: 'else', quantity: 3 }] },
      { targetId: 'never-seen', products: [] },
    ];
    writeFileSync(truth, JSON.stringify({ receipts }));
    const { code, out } = await call('score', path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      visits: 2,
      exact: 0,
      perVisit: [
        { targetId: 'shopper-1', precision: 0, recall: 0, f1: 0, isExact: false },
        { targetId: 'never-seen', isExact: false },
      ],
    });
  });

  test('--truth names another file', async () => {
    const recording = oneVisit(SEED);
    const parent = emptyDirectory();
    const path = await writtenAsMcap(recording, { parent, name: 'visit' });
    const truth = join(parent, 'elsewhere.json');
    writeTruth(truth, recording);
    const { code, out } = await call('score', path, '--truth', truth);
    expect(code).toBe(0);
    expect(out).toContain('mean F1 1.000');
  });
});

describe('score without a usable truth', () => {
  test.each([
    ['missing', null, 'TRUTH_MISSING'],
    ['no JSON', '{"receipts": [', 'TRUTH_UNREADABLE'],
    ['of another form', '{"receipts": [{"targetId": 7, "products": []}]}', 'TRUTH_UNREADABLE'],
    [
      'of a negative quantity',
      '{"receipts": [{"targetId": "7", "products": [{"barcode": "1", "quantity": -1}]}]}',
      'TRUTH_UNREADABLE',
    ],
  ])('%s: exit code 1, with the file and the remedy', async (_, content, code) => {
    const parent = emptyDirectory();
    const path = await writtenAsMcap(oneVisit(SEED), { parent, name: 'visit' });
    const truth = join(parent, 'ground_truth.json');
    if (content !== null) writeFileSync(truth, content);
    const told = await call('score', path);
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toContain(truth);
    expect(told.err).toContain(code);
    expect(told.err).toContain('--truth');
  });

  test('one bad recording does not hide the others', async () => {
    const recording = oneVisit(SEED);
    const directory = await writtenAsAifi(recording, { parent: emptyDirectory(), name: 'visit' });
    writeTruth(join(directory, 'ground_truth.json'), recording);
    const nowhere = join(directory, 'nowhere.mcap');
    const told = await call('score', nowhere, directory);
    expect(told.code).toBe(1);
    expect(told.out).toContain('mean F1 1.000');
    expect(told.err).toContain(nowhere);
  });

  test('a wrong call is a wrong call', async () => {
    expect(await call('score')).toMatchObject({ code: 2 });
    expect(await call('score', 'x', '--wrong')).toMatchObject({ code: 2 });
  });
});
