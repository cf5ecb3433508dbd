/** Scenario files, and the shops of recordings: what runs, and what is said about slips before anybody moves. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { present } from '../../src/base/index.ts';
import { call, emptyDirectory } from './command-line.ts';
import {
  labelled,
  overlapShelves,
  renameInPlanogram,
  runDocument,
  scenarioFile,
  truthIn,
  writtenJson,
  writtenShop,
} from './twin-files.ts';

const SEED = ['--seed', '3'];
const root = fileURLToPath(new URL('../..', import.meta.url));

const visit = { person: 'ann', entersAtS: 5 };
const lean = { kind: 'lean', plateId: '1/1/1', grams: 500, forS: 1 };

/** What is wrong, the file's fields, and what is said about them. */
const SLIPS: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
  [
    'a visit script out of order',
    {
      visits: [
        {
          ...visit,
          actions: [
            { ...lean, atS: 30 },
            { ...lean, atS: 20 },
            { ...lean, atS: 3 },
          ],
        },
      ],
    },
    ['my.json:visits[0].actions[1]', 'my.json:visits[0].actions[2]', 'SCRIPT_TIME_ORDER'],
  ],
  [
    'an action before its person enters',
    { visits: [{ ...visit, actions: [{ ...lean, atS: 2 }] }] },
    ['my.json:visits[0].actions[0]', 'before entersAtS (5 s)', 'SCRIPT_TIME_ORDER'],
  ],
  [
    'a product that the store lacks',
    { visits: [{ ...visit, actions: [{ kind: 'take', atS: 9, productId: '404' }] }] },
    ['my.json:visits[0].actions[0]', 'product 404 is not in the catalogue', 'SCRIPT_PRODUCT_UNKNOWN'],
  ],
  [
    'an unknown field',
    { peopel: { kind: 'crowd', count: 1 } },
    ['peopel means nothing here', 'Did you mean people?', 'SCENARIO_KEY_UNKNOWN'],
  ],
  [
    'an unknown field deep inside',
    { visits: [{ ...visit, actions: [{ ...lean, at: 9 }] }] },
    ['my.json:visits[0].actions[0].atS: it is missing', 'Did you mean atS?', 'SCENARIO_FORM'],
  ],
  [
    'an unknown kind',
    { people: { kind: 'crowds', count: 1 } },
    ['my.json:people.kind', 'Write one of crowd, steady', 'SCENARIO_FORM'],
  ],
  [
    'faults that cannot be',
    {
      faults: [
        { kind: 'plate-dead', fromS: 9, untilS: 3, plateIds: ['9/9/9'] },
        { kind: 'batches-lost', fromS: 0, share: 3 },
        { kind: 'plate-stuck', fromS: 0 },
      ],
    },
    [
      'my.json:faults[0]: there is no plate "9/9/9"',
      'my.json:faults[0]: plate-dead ends at 3 s',
      'my.json:faults[1]: batches-lost has share 3',
      'my.json:faults[2]: plate-stuck says neither which plates',
    ],
  ],
  ['a ready scenario that is not there', { extends: 'plian' }, ['my.json:extends', 'Did you mean plain?']],
  ['a shop that is too small', { store: { kind: 'nano', areaM2: 2 } }, ['SCENARIO_STORE_IMPOSSIBLE']],
  ['habits that contradict', { habits: { itemsMin: 90 } }, ['my.json:habits', 'SCENARIO_FORM']],
];

describe('scenario files', () => {
  const page = readFileSync(join(root, 'docs/reference/scenario-file.md'), 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => present(match[1], 'EMPTY'));

  test.each(examples.map((text) => [z.object({ name: z.string() }).parse(JSON.parse(text)).name, text]))(
    'the documented example %s runs',
    async (name, text) => {
      const directory = emptyDirectory();
      mkdirSync(join(directory, 'examples'));
      copyFileSync(join(root, 'examples/first-visit.mcap'), join(directory, 'examples/first-visit.mcap'));
      const path = join(directory, 'my.json');
      writeFileSync(path, text);
      const { code, out } = await call('twin', 'run', '--scenario', path, '--json');
      expect(code).toBe(0);
      const run = runDocument.parse(JSON.parse(out));
      expect(run.simulated.scenario).toBe(name);
      expect(run.audit.filter(({ blame }) => blame === 'world')).toEqual([]);
      expect(run.score.visits).toBeGreaterThanOrEqual(2);
    },
  );

  test.each(SLIPS)('%s: exit code 1, with where and what to do', async (_, fields, said) => {
    const told = await call('twin', 'run', '--scenario', scenarioFile(fields));
    expect(told).toMatchObject({ code: 1, out: '' });
    for (const words of said) expect(told.err).toContain(words);
    expect(told.err).toMatch(/the scenario cannot be run: \d+ problems?, see above/);
  });

  test('what is no scenario at all is refused', async () => {
    for (const path of [writtenJson('{"half": '), writtenJson('[]'), join(emptyDirectory(), 'none.json')]) {
      const told = await call('twin', 'run', '--scenario', path);
      expect(told).toMatchObject({ code: 1, out: '' });
      expect(told.err).toContain(path);
    }
  });
});

describe('the shop of a recording', () => {
  test('overlapping shelves and a planogram that names an unknown product are told, and people shop there', async () => {
    const shop = await writtenShop();
    overlapShelves(shop);
    renameInPlanogram(shop, present(shop.facings[0], 'NO_FACING').productId, '12345670');
    const args = ['--scenario', 'crowd-1', '--store', shop.directory, ...SEED, '--json'];
    const { code, out, err } = await call('twin', 'run', ...args);
    expect(code).toBe(0);
    expect(err).toMatch(/the spaces of shelf 1\/1 and shelf 1\/2 overlap by .*\[SHELVES_OVERLAP\]/);
    expect(err).toMatch(/names product 12345670, which the catalogue lacks.*\[FACING_PRODUCT_UNKNOWN\]/);
    expect(runDocument.parse(JSON.parse(out)).score.visits).toBe(1);
  });

  test('a shop with nothing on its shelves stops a scenario', async () => {
    const shop = await writtenShop();
    writeFileSync(join(shop.directory, 'planogram.json'), '');
    const told = await call('twin', 'run', '--scenario', 'crowd-1', '--store', shop.directory);
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toContain('SCENARIO_STORE_IMPOSSIBLE');
  });

  test('labelled visits are listed, and acted out in it without the labels that cannot be', async () => {
    const shop = await writtenShop();
    const [first, second] = shop.facings;
    const one = present(first, 'NO_FACING');
    const events = [labelled(10, one), labelled(30, present(second, 'NO_FACING')), labelled(20, one, true)];
    const unheld = [labelled(5, one, true)];
    const labels = writtenJson({
      source: 'a test',
      visits: [{ visit: 'a-1', events: [...events, ...unheld] }],
    });
    const listed = await call('twin', 'run', '--scenario', labels);
    expect(listed).toMatchObject({ code: 2, out: '' });
    expect(listed.err).toContain('  a-1\n');
    const out = emptyDirectory();
    const args = ['--visit', 'a-1', '--store', shop.directory, '--out', out];
    const told = await call('twin', 'run', '--scenario', labels, ...args);
    expect(told.code).toBe(0);
    expect(told.err).toMatch(/my\.json:a-1:events\[3\].*\[LABEL_NOT_HELD\]/);
    const truth = truthIn(join(out, 'a-1-1.ground_truth.json'));
    const products = [{ barcode: present(second, 'NO_FACING').productId, quantity: 1 }];
    expect(truth.receipts).toMatchObject([{ products }]);
  });
});
