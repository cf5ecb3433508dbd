/** What sensors and networks do that makes it hard: receipts stay right or say that they are unsure, and the right
 * problems are counted. Simulated shops. */
import { describe, expect, test } from 'vitest';
import { present } from '../../src/base/index.ts';
import { fixtureId } from '../../src/domain/index.ts';
import type { PlateCondition } from '../../src/domain/index.ts';
import { firstVisitScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording, ScriptFault, ScriptRecordingOptions } from '../builders/index.ts';
import { isRight, receiptOf, runScript, wronglyCharged } from './run-shop.ts';
import type { ShopRun } from './run-shop.ts';

const SEEDS = Array.from({ length: 8 }, (_, index) => 2000 + index);
const ONE = fixtureId('1');

interface Told {
  readonly recording: ScriptedRecording;
  readonly run: ShopRun;
}

type OptionsOf = (clean: ScriptedRecording) => Omit<ScriptRecordingOptions, 'seed'>;

/** One visit in every shop under the faults. */
function play(optionsOf: OptionsOf): Told[] {
  return SEEDS.map((seed) => {
    const shop = scriptedShop({ seed });
    const script = firstVisitScript(shop);
    const options = optionsOf(scriptRecording(shop, script, { seed }));
    const recording = scriptRecording(shop, script, { seed, ...options });
    const run = runScript(recording);
    expect(run.receipts).toHaveLength(1);
    return { recording, run };
  });
}

const surelyWrong = (told: readonly Told[]): string[] =>
  told.flatMap(({ recording, run }) => wronglyCharged(run, recording));

const under = (...faults: readonly ScriptFault[]): Told[] => play(() => ({ faults }));

/** Share of right receipts; nobody may be charged for one that is wrong and sure of itself. */
function rightShare(told: readonly Told[]): number {
  expect(surelyWrong(told)).toEqual([]);
  const right = told.filter(({ recording, run }) => {
    const person = present(recording.people[0], 'NOBODY');
    return isRight(receiptOf(run, person), person);
  });
  return right.length / told.length;
}

const codesOf = (told: readonly Told[]): string[] =>
  [...new Set(told.flatMap(({ run }) => [...run.shop.door.counts.keys()]))].toSorted();

function conditionsOf(told: readonly Told[]): PlateCondition[] {
  const reports = told.flatMap(({ run }) =>
    run.events.flatMap((event) => (event.kind === 'plate-reported' ? [event.report.condition] : [])),
  );
  return [...new Set(reports)].toSorted();
}

describe('plates', () => {
  const kinds = [
    ['plate-dead', 'silent'],
    ['plate-stuck', 'stuck'],
    ['plate-saturated', 'saturated'],
  ] as const;

  test.each(kinds)('%s where something is taken: never sure of what cannot be seen', (kind, condition) => {
    const told = play(({ moves }) => ({ faults: [{ kind, plateId: moves[0]!.plateIds[0]! }] }));
    expect(conditionsOf(told)).toEqual([condition]);
    for (const { run } of told) expect(run.receipts[0]!.decision).not.toBe('charge');
  });

  test.each(kinds)('%s just as something is taken', (kind) => {
    const told = play(({ moves, startsAtMs }) => {
      const { plateIds, atMs } = moves[0]!;
      return { faults: [{ kind, plateId: plateIds[0]!, fromMs: atMs - startsAtMs - 200 }] };
    });
    expect(surelyWrong(told)).toEqual([]);
  });

  test.each(kinds)('%s elsewhere: nothing changes', (kind) => {
    const told = play(({ store, moves }) => {
      const shelves = new Set(moves.flatMap((move) => move.plateIds.map((id) => id.split('/')[1])));
      const away = store.layout.plates.find((plate) => !shelves.has(plate.plateId.split('/')[1]));
      return { faults: [{ kind, plateId: present(away, 'NO_OTHER_SHELF').plateId }] };
    });
    expect(rightShare(told)).toBeGreaterThanOrEqual(0.9);
  });

  test('a storm of missing numbers', () => {
    expect(rightShare(under({ kind: 'nan-storm', fixtureId: ONE, share: 0.3 }))).toBeGreaterThanOrEqual(0.9);
    const all = under({ kind: 'nan-storm', fixtureId: ONE, share: 1, fromMs: 6000, toMs: 12_000 });
    expect(conditionsOf(all)).toEqual(['silent', 'working']);
  });

  test.each([
    ['for good', 2000, undefined],
    ['for a while', 5000, 14_000],
  ])('a fixture that falls silent %s', (_, fromMs, toMs) => {
    const told = under({ kind: 'source-silent', source: ONE, fromMs, ...(toMs ? { toMs } : {}) });
    expect(conditionsOf(told)).toContain('silent');
    expect(codesOf(told)).toEqual(toMs ? ['MESSAGES_MISSING'] : []);
    for (const { run } of told) expect(run.receipts[0]!.decision).not.toBe('charge');
  });
});

describe('networks', () => {
  interface Case {
    readonly name: string;
    readonly share: number;
    readonly codes: readonly string[];
    readonly fault: ScriptFault;
  }

  const dark = { kind: 'source-silent', source: 'tracks', fromMs: 6000, toMs: 14_000 } as const;
  const within = { kind: 'shuffled', share: 1, delayMs: 250, fromMs: 1000 } as const;
  const beyond = { kind: 'shuffled', share: 0.3, delayMs: 900 } as const;

  test.each<Case>([
    { name: '5 % lost', share: 0.9, codes: ['MESSAGES_MISSING'], fault: { kind: 'lost', share: 0.05 } },
    { name: '20 % lost', share: 0.6, codes: ['MESSAGES_MISSING'], fault: { kind: 'lost', share: 0.2 } },
    {
      name: 'everything five times',
      share: 1,
      codes: ['MESSAGE_REPEATED'],
      fault: { kind: 'duplicated', share: 1, copies: 4 },
    },
    { name: 'shuffled within the window', share: 1, codes: [], fault: within },
    {
      name: 'shuffled beyond the window',
      share: 0.9,
      codes: ['MESSAGES_MISSING', 'MESSAGE_LATE'],
      fault: beyond,
    },
    { name: 'cameras dark for 8 s', share: 0.9, codes: ['MESSAGES_MISSING'], fault: dark },
  ])('$name', ({ share, codes, fault }) => {
    const told = under(fault);
    expect(rightShare(told)).toBeGreaterThanOrEqual(share);
    expect(codesOf(told)).toEqual(codes);
  });
});

describe('clocks and counters', () => {
  test.each<[string, readonly string[], ScriptFault]>([
    [
      'plates an hour back',
      ['CLOCK_STEPPED'],
      { kind: 'clock-step', source: ONE, atMs: 6000, stepMs: -3_600_000 },
    ],
    [
      'plates an hour ahead',
      ['CLOCK_STEPPED'],
      { kind: 'clock-step', source: ONE, atMs: 6000, stepMs: 3_600_000 },
    ],
    [
      'plates two seconds back',
      ['CLOCK_STEPPED'],
      { kind: 'clock-step', source: ONE, atMs: 6000, stepMs: -2000 },
    ],
    [
      'cameras an hour back',
      ['CLOCK_STEPPED'],
      { kind: 'clock-step', source: 'tracks', atMs: 6000, stepMs: -3_600_000 },
    ],
    [
      'cameras an hour ahead',
      ['CLOCK_STEPPED'],
      { kind: 'clock-step', source: 'tracks', atMs: 6000, stepMs: 3_600_000 },
    ],
    ['plates never set', ['CLOCK_STEPPED'], { kind: 'clock-step', source: ONE, atMs: 0, stepMs: -1.6e12 }],
    ['plates count anew', ['SEQUENCE_RESTARTED'], { kind: 'sequence-restart', source: ONE, atMs: 7000 }],
    [
      'cameras count anew',
      ['SEQUENCE_RESTARTED'],
      { kind: 'sequence-restart', source: 'tracks', atMs: 7000 },
    ],
  ])('%s', (_, codes, fault) => {
    const told = under(fault);
    expect(rightShare(told)).toBeGreaterThanOrEqual(0.9);
    expect(codesOf(told)).toEqual(codes);
    for (const { run } of told) expect([...run.shop.door.counts.values()]).toEqual([1]);
  });

  test('plates two seconds ahead pass for a faster network: the receipt says that it is unsure', () => {
    const told = under({ kind: 'clock-step', source: ONE, atMs: 6000, stepMs: 2000 });
    expect(surelyWrong(told)).toEqual([]);
    expect(codesOf(told)).toEqual([]);
  });

  test.each<[string, Omit<ScriptRecordingOptions, 'seed'>]>([
    ['tracks 2.3 s late', { trackLatencyMs: 2300 }],
    ['cameras 0.5 s ahead', { trackClockOffsetMs: 500 }],
    ['cameras 0.5 s behind', { trackClockOffsetMs: -500 }],
    ['late and ahead', { trackLatencyMs: 2300, trackClockOffsetMs: 500 }],
  ])('%s', (_, options) => {
    const told = play(() => options);
    expect(rightShare(told)).toBeGreaterThanOrEqual(0.9);
    expect(codesOf(told)).toEqual([]);
  });
});
