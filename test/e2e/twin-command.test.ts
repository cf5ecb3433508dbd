/** `tillfree twin`: a simulated shop whose truth is known, into the loop, into files and onto a broker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { present } from '../../src/base/index.ts';
import { storeId } from '../../src/domain/index.ts';
import { SCENARIOS } from '../../src/twin/index.ts';
import { aedesBroker, Subscriber } from './brokers.ts';
import { call, emptyDirectory } from './command-line.ts';
import { runDocument, scenarioFile, scoreOnly, truthIn, writtenJson, writtenShop } from './twin-files.ts';

const SEED = ['--seed', '3'];

/** What a score says, without the names of recordings. */
function comparable(text: string): z.infer<typeof scoreOnly> {
  const parsed = z.union([runDocument.transform(({ score }) => score), scoreOnly]).parse(JSON.parse(text));
  return { ...parsed, perVisit: parsed.perVisit.toSorted((a, b) => (a.targetId < b.targetId ? -1 : 1)) };
}

describe('twin list', () => {
  test('names every ready scenario with its words, for people and for programs', async () => {
    const text = await call('twin', 'list');
    expect(text).toMatchObject({ code: 0, err: '' });
    for (const { name } of SCENARIOS) expect(text.out).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const line of text.out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    const document = z.array(z.object({ name: z.string(), words: z.string(), group: z.string() }));
    const { out } = await call('twin', 'list', '--json');
    const listed = document.parse(JSON.parse(out));
    expect(listed.map(({ name }) => name)).toEqual(SCENARIOS.map(({ name }) => name));
  });
});

describe('twin run', () => {
  test('says that it is simulated, tells baskets and receipts, and compares them with the truth', async () => {
    const page = join(emptyDirectory(), 'page.html');
    const { code, out, err } = await call('twin', 'run', '--scenario', 'crowd-1', ...SEED, '--report', page);
    expect({ code, err }).toEqual({ code: 0, err: `report: ${page}\n` });
    expect(out).toMatch(/^SIMULATED shop and people: scenario crowd-1, seed 3\n/);
    expect(out).toMatch(/basket +\d × /);
    expect(out).toContain('Receipt visit-1');
    expect(out).toMatch(/receipts exactly right +\d of 1 /);
    expect(out).toContain('The auditor, with books of its own, found');
    expect(readFileSync(page, 'utf8')).toContain('SIMULATED crowd-1, seed 3');
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test('a recording of it scores as it did in process, from either format, and is the same every time', async () => {
    const inProcess = await call('twin', 'run', '--scenario', 'same-shelf', ...SEED, '--json');
    const run = runDocument.parse(JSON.parse(inProcess.out));
    expect(run.simulated).toEqual({ scenario: 'same-shelf', seed: 3, isStopped: false });
    const expected = comparable(inProcess.out);
    expect(expected.visits).toBe(6);
    const directories = [emptyDirectory(), emptyDirectory()];
    for (const directory of directories)
      expect(
        await call('twin', 'run', '--scenario', 'same-shelf', ...SEED, '--out', directory),
      ).toMatchObject({
        code: 0,
        err: '',
      });
    for (const name of ['same-shelf-3.mcap', 'same-shelf-3.ground_truth.json']) {
      const [one, other] = directories.map((directory) => readFileSync(join(directory, name)));
      expect(present(one, 'NO_FILE').equals(present(other, 'NO_FILE')), name).toBe(true);
    }
    const mcap = join(present(directories[0], 'NO_DIRECTORY'), 'same-shelf-3.mcap');
    expect(comparable((await call('score', mcap, '--json')).out)).toEqual(expected);
    const aifi = join(emptyDirectory(), 'documents');
    const args = ['--scenario', 'same-shelf', ...SEED, '--out', aifi, '--format', 'aifi'];
    const written = await call('twin', 'run', ...args);
    expect(written.code).toBe(0);
    expect(written.err.match(/no place for gate crossings/g)).toHaveLength(1);
    expect(comparable((await call('score', aifi, '--json')).out).visits).toBe(6);
  });
});

describe('the truth of a run', () => {
  test('stands beside a recording, and is what a script says', async () => {
    const shop = await writtenShop();
    const [first, second] = shop.facings;
    const productId = present(first, 'NO_FACING').productId;
    const other = present(second, 'NO_FACING').productId;
    const ann = [
      { kind: 'take', atS: 12, productId, count: 2 },
      { kind: 'put-back', atS: 20, productId },
    ];
    const visits = [
      { person: 'ann', entersAtS: 1, actions: ann },
      { person: 'ben', entersAtS: 4, actions: [{ kind: 'take', atS: 18, productId: other }] },
      { person: 'cy', entersAtS: 7, actions: [] },
    ];
    const out = emptyDirectory();
    const file = scenarioFile({ visits, recording: shop.directory });
    const path = writtenJson(readFileSync(file, 'utf8').replace(shop.directory, '../shop-link'));
    expect((await call('twin', 'run', '--scenario', path, ...SEED, '--out', out)).code).toBe(1);
    const given = ['--scenario', path, '--store', shop.directory, ...SEED, '--out', out];
    expect((await call('twin', 'run', ...given)).code).toBe(0);
    const truth = truthIn(join(out, 'mine-3.ground_truth.json'));
    expect(truth.simulated).toEqual({ scenario: 'mine', seed: 3 });
    expect(truth.receipts.map(({ products }) => products)).toEqual([
      [{ barcode: productId, quantity: 1 }],
      [{ barcode: other, quantity: 1 }],
      [],
    ]);
    const [annId, benId] = truth.receipts.map(({ targetId }) => targetId);
    const units = (kind: string, targetId: string | undefined): number =>
      truth.events
        .filter((deed) => deed.kind === kind && deed.targetId === targetId)
        .reduce((sum, { quantity }) => sum + quantity, 0);
    expect([units('pick', annId), units('put-back', annId), units('pick', benId)]).toEqual([2, 1, 1]);
    for (const { kind, deltaGrams } of truth.events) expect(deltaGrams > 0).toBe(kind === 'put-back');
  });

  test('a killed shop forgets what people hold', async () => {
    const shop = await writtenShop();
    const { productId } = present(shop.facings[0], 'NO_FACING');
    const visits = [{ person: 'ann', entersAtS: 1, actions: [{ kind: 'take', atS: 10, productId }] }];
    const faults = [{ kind: 'process-killed', fromS: 14, untilS: 15 }];
    const run = async (fields: Readonly<Record<string, unknown>>, ...flags: string[]): Promise<string> => {
      const args = ['--scenario', scenarioFile({ visits, ...fields }), '--store', shop.directory];
      const told = await call('twin', 'run', ...args, ...flags);
      expect(told.code).toBe(0);
      return told.out;
    };
    const codes = async (fields: Readonly<Record<string, unknown>>): Promise<string[]> =>
      runDocument.parse(JSON.parse(await run(fields, '--json'))).audit.map(({ code }) => code);
    expect(await codes({})).toEqual([]);
    expect(await codes({ faults })).not.toEqual([]);
    const text = await run({ faults });
    expect(text).toContain('the shop was killed and is back without memory');
    expect(text).toContain('Fault: the shop’s process is killed');
  });
});

describe('twin run onto a broker', () => {
  test('what was published is what was written, at present times, and nothing is lost', async () => {
    const broker = await aedesBroker();
    const subscriber = await Subscriber.to(broker.url, storeId('nano-3'));
    const out = emptyDirectory();
    const args = ['--scenario', 'hand-over', ...SEED, '--mqtt', broker.url, '--speed', 'max', '--out', out];
    const { code, out: told, err } = await call('twin', 'run', ...args, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const sent = z
      .object({
        written: z.object({ observationCount: z.int(), receiptCount: z.int() }),
        published: z.object({
          messageCount: z.int(),
          lostCountMax: z.int(),
          publishedCounts: z.object({ plates: z.int() }),
        }),
      })
      .parse(JSON.parse(told));
    expect(sent.published.messageCount).toBe(sent.written.observationCount);
    expect(sent.published.lostCountMax).toBe(0);
    const { plates } = sent.published.publishedCounts;
    const heardPlates = () => subscriber.heard.filter(({ kind }) => kind === 'plates');
    await subscriber.until(() => heardPlates().length >= plates);
    expect(heardPlates()).toHaveLength(plates);
    expect(subscriber.refused).toEqual([]);
    const truth = truthIn(join(out, 'hand-over-3.ground_truth.json'));
    const [first] = truth.receipts;
    const firstHeardMs = Math.min(...subscriber.heard.map(({ observedAtMs }) => observedAtMs));
    expect(Math.abs(present(first, 'NOBODY').enteredAtMs - firstHeardMs)).toBeLessThan(10_000);
  });

  test('a broker that nobody can name is refused', async () => {
    const { code, err } = await call('twin', 'run', '--scenario', 'crowd-1', '--mqtt', 'nowhere');
    expect(code).toBe(1);
    expect(err).toContain('MQTT_URL');
  });
});

test.each<[string, readonly string[], string]>([
  ['an unknown scenario', ['--scenario', 'plane'], 'Did you mean plain?'],
  ['no scenario', [], '--scenario'],
  ['a seed that is no whole number', ['--scenario', 'plain', '--seed', '1.5'], 'whole number'],
  ['no time at all', ['--scenario', 'plain', '--minutes', '0'], '1440'],
  ['more than a day', ['--scenario', 'plain', '--minutes', '1441'], '1440'],
  ['a speed without a broker', ['--scenario', 'plain', '--speed', '2'], '--speed needs --mqtt'],
  ['a format without files', ['--scenario', 'plain', '--format', 'aifi'], '--format needs --out'],
  ['a page of a run that is written', ['--scenario', 'plain', '--out', 'x', '--report', 'y'], '--report'],
  ['a visit of no labels', ['--scenario', 'plain', '--visit', 'x'], '--visit is for'],
])('%s is a wrong call: exit code 2', async (_, args, said) => {
  const told = await call('twin', 'run', ...args);
  expect(told).toMatchObject({ code: 2, out: '' });
  expect(told.err).toContain(said);
});
