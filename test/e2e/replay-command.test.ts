/** `tillfree replay`: recordings in, receipts out, for people and for programs. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findRecordings, openFound } from '../../src/app/open-recording.ts';
import { replayDocument } from '../../src/app/replay-json.ts';
import { replayRecording } from '../../src/app/replay-recording.ts';
import { epochMs, present } from '../../src/base/index.ts';
import { interactionId, productId, visitId } from '../../src/domain/index.ts';
import type { Attribution } from '../../src/domain/index.ts';
import { call, emptyDirectory, oneVisit, writtenAsAifi, writtenAsMcap } from './command-line.ts';
import { firstVisitScript, scriptedShop, scriptRecording, withDevices } from '../builders/index.ts';
import type { ScriptedRecording, ScriptFault } from '../builders/index.ts';

const probability = z.number().min(0).max(1);
const time = z.number().positive();
const count = z.int().nonnegative();
const product = z.strictObject({ barcode: z.string().nullable(), quantity: z.int().positive() });
const receipt = z.strictObject({
  visitId: z.string(),
  targetId: z.string(),
  trackIds: z.array(z.string()).min(1),
  products: z.array(z.strictObject({ barcode: z.string(), quantity: z.int().positive(), probability })),
  probabilityAllRight: probability,
  decision: z.enum(['charge', 'ask', 'review', 'waive']),
  question: z
    .strictObject({
      questionId: z.string(),
      kind: z.enum(['how-many', 'which', 'put-back', 'have']),
      barcodes: z.array(z.string()).min(1),
      text: z.string().min(1),
      answers: z.array(z.strictObject({ answerId: z.string(), text: z.string().min(1) })).min(2),
    })
    .nullable(),
  charge: z.strictObject({
    items: z.array(z.strictObject({ barcode: z.string(), quantity: z.int().positive() })),
    totalMinor: count,
    waivedMinor: count,
  }),
  isAudited: z.boolean(),
  totalMinor: z.int(),
  currency: z.string(),
  enteredAtMs: time,
  leftAtMs: time,
});
const move = z.strictObject({
  kind: z.string(),
  visitId: z.string().nullable(),
  /** Of a hand-off. */
  toVisitId: z.string().nullable().optional(),
  products: z.array(product),
});
const candidates = z.array(z.strictObject({ probability, moves: z.array(move) }));
const attribution = z.strictObject({
  atMs: time,
  plates: z.array(z.string()).min(1),
  deltaGrams: z.number(),
  sigmaGrams: z.number().positive(),
  candidates,
});
/** What no scale saw has no weight; hands that met have no plates. */
const moment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hands-met'),
    atMs: time,
    plates: z.array(z.string()).max(0),
    candidates,
  }),
  z.strictObject({
    kind: z.literal('plate-not-working'),
    atMs: time,
    plates: z.array(z.string()).min(1),
    candidates,
  }),
]);
const step = z.strictObject({
  plate: z.string(),
  leftAtMs: time,
  settledAtMs: time,
  deltaGrams: z.number(),
  sigmaGrams: z.number().positive(),
});
const interaction = z.strictObject({
  interactionId: z.string(),
  shelf: z.string(),
  startedAtMs: time,
  endedAtMs: time,
  steps: z.array(step).min(1),
  attributions: z.array(attribution),
});
/** Exactly what README shows and no field more: programs read it. */
const replayed = z.strictObject({
  recording: z.string(),
  receipts: z.array(receipt),
  interactions: z.array(interaction),
  moments: z.array(moment),
  faultyPlates: z.array(z.strictObject({ plate: z.string(), condition: z.string() })),
  devices: z.array(
    z.strictObject({
      device: z.string(),
      state: z.enum(['online', 'degraded', 'offline']),
      note: z.string(),
      atMs: time,
    }),
  ),
  heard: z.strictObject({
    plates: count,
    tracks: count,
    gate: count,
    tags: count,
    cart: count,
    health: count,
  }),
  heardNotYetUsed: z.array(z.enum(['tags', 'cart'])),
  gates: z.strictObject({
    crossings: count,
    matched: count,
    nobody: count,
    unclear: count,
    cameBack: count,
    dropped: count,
  }),
  problems: z.array(z.strictObject({ code: z.string(), count: z.int().positive() })),
});

function linesOf(out: string): z.infer<typeof replayed>[] {
  expect(out.endsWith('\n')).toBe(true);
  return out
    .trimEnd()
    .split('\n')
    .map((line) => replayed.parse(JSON.parse(line)));
}

function expectTruth(line: z.infer<typeof replayed> | undefined, recording: ScriptedRecording): void {
  const person = present(recording.people[0], 'NOBODY');
  const [told, ...others] = present(line, 'NO_LINE').receipts;
  expect(others).toEqual([]);
  expect(told?.targetId).toBe(person.trackIds[0]);
  const held = told?.products.map(({ barcode, quantity }) => [barcode, quantity]);
  expect(new Map(held as [string, number][])).toEqual(new Map(person.items));
}

describe('replay --json', () => {
  test('one line with exactly the documented fields, the same from either format', async () => {
    const recording = oneVisit(31);
    const parent = emptyDirectory();
    const aifi = await writtenAsAifi(recording, { parent, name: 'documents' });
    const mcap = await writtenAsMcap(recording, { parent, name: 'file' });
    const calls = [await call('replay', aifi, '--json'), await call('replay', mcap, '--json')];
    for (const { code, out, err } of calls) {
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const lines = linesOf(out);
      expect(lines).toHaveLength(1);
      expectTruth(lines[0], recording);
      expect(lines[0]!.interactions.length).toBeGreaterThanOrEqual(2);
      expect(lines[0]!.problems).toEqual([]);
    }
    expect(linesOf(calls[0]!.out)[0]!.recording).toBe(aifi);
    expect(linesOf(calls[1]!.out)[0]!.recording).toBe(mcap);
    const products = calls.map(({ out }) =>
      linesOf(out)[0]!.receipts[0]!.products.map((line) => line.barcode),
    );
    expect(products[1]).toEqual(products[0]);
  });

  test('gates, tags, carts and devices are told, with what inference does not use yet', async () => {
    const recording = oneVisit(31, { hasGate: true });
    const told = { ...recording, observations: () => withDevices(recording.observations()) };
    const mcap = await writtenAsMcap(told, { parent: emptyDirectory(), name: 'all-kinds' });
    const { code, out } = await call('replay', mcap, '--json');
    expect(code).toBe(0);
    const [line] = linesOf(out);
    expectTruth(line, recording);
    expect(line).toMatchObject({
      gates: { crossings: 2, matched: 2 },
      heard: { gate: 2, tags: line!.heard.cart, health: line!.heard.cart },
      heardNotYetUsed: ['tags', 'cart'],
      devices: [{ device: 'gateway' }],
    });
    expect(line!.heard.cart).toBeGreaterThan(10);
    const info = await call('recording', 'info', mcap);
    expect(info.out).toMatch(
      /observations .* 2 gate crossings, \d+ tag reads, \d+ cart weights, \d+ device reports/,
    );
    expect(info.out).toMatch(/^gates +1$/m);
  });

  test('many recordings in one call, in order: a directory of them, and paths beside it', async () => {
    const recordings = [41, 42, 43].map((seed) => oneVisit(seed));
    const parent = emptyDirectory();
    const shelf = join(parent, 'all');
    mkdirSync(shelf);
    const ten = await writtenAsAifi(recordings[0]!, { parent: shelf, name: 'visit-10' });
    const nine = await writtenAsMcap(recordings[1]!, { parent: shelf, name: 'visit-9' });
    const beside = await writtenAsAifi(recordings[2]!, { parent, name: 'beside' });
    const { code, out } = await call('replay', '--json', beside, shelf);
    expect(code).toBe(0);
    const lines = linesOf(out);
    expect(lines.map((line) => line.recording)).toEqual([beside, nine, ten]);
    [recordings[2], recordings[1], recordings[0]].forEach((recording, index) =>
      expectTruth(lines[index], recording!),
    );
  });
});

const MET: Attribution = {
  interactionId: interactionId('hands of a and b at 5'),
  atMs: epochMs(5000),
  plateIds: [],
  deltaGrams: 0,
  sigmaGrams: 0,
  candidates: [
    {
      probability: 0.9,
      moves: [
        {
          kind: 'hand-off',
          visitId: visitId('visit-1'),
          toVisitId: visitId('visit-2'),
          items: [{ productId: productId('tea'), count: 1 }],
        },
      ],
    },
  ],
};

describe('what no scale saw', () => {
  test('hands over a plate that does not work are told beside the interactions, without a weight', async () => {
    const shop = scriptedShop({ seed: 31, fixtures: 2, shelvesPerFixture: 4 });
    const script = firstVisitScript(shop);
    const replayOf = async (faults: readonly ScriptFault[]): Promise<z.infer<typeof replayed>> => {
      const recording = scriptRecording(shop, script, { seed: 31, faults });
      const path = await writtenAsMcap(recording, { parent: emptyDirectory(), name: 'visit' });
      return linesOf((await call('replay', path, '--json')).out)[0]!;
    };
    const healthy = await replayOf([]);
    const touched = present(healthy.interactions[0]?.attributions[0]?.plates[0], 'NOTHING_TOUCHED');
    const plate = present(
      shop.layout.plates.find((each) => each.plateId === touched),
      'NO_PLATE',
    );
    const line = await replayOf([{ kind: 'plate-dead', plateId: plate.plateId }]);
    const over = line.moments.filter(({ plates }) => plates.some((each) => each === touched));
    expect(over.length).toBeGreaterThan(0);
    expect(over.map(({ kind }) => kind)).toEqual(over.map(() => 'plate-not-working'));
    expect(healthy.moments).toEqual([]);
  });

  test('a hand-off names who has the goods now', async () => {
    const path = await writtenAsMcap(oneVisit(31), { parent: emptyDirectory(), name: 'visit' });
    const opened = await openFound(findRecordings([path])[0]!, {});
    if (!opened.ok) throw new Error(opened.problem.what);
    const replay = await replayRecording(opened.value);
    const document: unknown = JSON.parse(
      JSON.stringify(replayDocument({ ...replay, moments: [MET] }, 'there')),
    );
    expect(replayed.parse(document).moments).toEqual([
      {
        kind: 'hands-met',
        atMs: 5000,
        plates: [],
        candidates: [
          {
            probability: 0.9,
            moves: [
              {
                kind: 'hand-off',
                visitId: 'visit-1',
                toVisitId: 'visit-2',
                products: [{ barcode: 'tea', quantity: 1 }],
              },
            ],
          },
        ],
      },
    ]);
  });
});

describe('replay for people', () => {
  test('tells the basket as it changes, then the receipt', async () => {
    const recording = oneVisit(31);
    const path = await writtenAsMcap(recording, { parent: emptyDirectory(), name: 'visit' });
    const { code, out, err } = await call('replay', path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('came in');
    expect(out).toMatch(/basket +2 × /);
    expect(out).toContain('Receipt visit-1');
    const names = [...recording.people[0]!.items.keys()].map(
      (id) => recording.store.catalogue.byId.get(id)?.name ?? id,
    );
    for (const name of names) expect(out).toContain(name.slice(0, 30));
  });

  test('writes the page where it is asked for', async () => {
    const parent = emptyDirectory();
    const path = await writtenAsMcap(oneVisit(31), { parent, name: 'visit' });
    const page = join(parent, 'not-yet-there', 'page.html');
    const { code, err } = await call('replay', path, '--json', '--report', page);
    expect(code).toBe(0);
    expect(err).toContain(page);
    expect(existsSync(page)).toBe(true);
  });

  test('says why where the page cannot be written', async () => {
    const parent = emptyDirectory();
    const path = await writtenAsMcap(oneVisit(31), { parent, name: 'visit' });
    const { code, err } = await call('replay', path, '--json', '--report', join(path, 'page.html'));
    expect(code).toBe(1);
    expect(err).toContain('the report could not be written');
  });
});

describe('replay of what is no recording', () => {
  test.each([
    ['a path that is not there', 'nowhere', 'PATH_MISSING'],
    ['an empty directory', '', 'NOT_A_RECORDING'],
    ['a text file', 'notes.txt', 'NOT_A_RECORDING'],
  ])('%s: exit code 1, with what was expected there', async (_, name, code) => {
    const directory = emptyDirectory();
    if (name.endsWith('.txt')) writeFileSync(join(directory, name), 'milk');
    const path = join(directory, name);
    const told = await call('replay', path, '--json');
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toContain(path);
    expect(told.err).toContain('Name an .mcap file');
    expect(told.err).toContain(code);
  });

  test('a corrupt file: exit code 1, with the file and a remedy, and the others are replayed', async () => {
    const parent = emptyDirectory();
    const good = await writtenAsMcap(oneVisit(31), { parent, name: 'good' });
    const bad = join(parent, 'bad.mcap');
    writeFileSync(bad, 'this is no log');
    const told = await call('replay', bad, good, '--json');
    expect(told.code).toBe(1);
    expect(told.err).toContain(bad);
    expect(told.err).toContain('1 of 2 recordings');
    expect(linesOf(told.out).map((line) => line.recording)).toEqual([good]);
  });

  test('documents with a broken one among them are replayed, and the problem is told', async () => {
    const recording = oneVisit(31);
    const directory = await writtenAsAifi(recording, { parent: emptyDirectory(), name: 'documents' });
    writeFileSync(join(directory, 'plate_data.json'), '{"half": ', { flag: 'a' });
    const { code, out, err } = await call('replay', directory, '--json');
    expect(code).toBe(0);
    const [line] = linesOf(out);
    expect(line!.problems.length).toBeGreaterThan(0);
    expect(err).toContain('plate_data.json');
    expectTruth(line, recording);
  });
});

describe('calls', () => {
  test('--help and --version are answered', async () => {
    const help = await call('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const command of ['replay', 'score', 'recording']) expect(help.out).toContain(command);
    expect((await call('replay', '--help')).out).toContain('--report');
    expect((await call('--version')).out).toMatch(/^\d+\.\d+\.\d+/);
  });

  test.each([
    ['an unknown option', ['replay', 'x', '--nothing']],
    ['no path', ['replay']],
    ['an unknown command', ['reply', 'x']],
    ['an unknown currency', ['replay', 'x', '--currency', 'XXX']],
  ])('%s is a wrong call: exit code 2, with help', async (_, args) => {
    const told = await call(...args);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toContain('--help');
  });
});
