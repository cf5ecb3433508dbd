import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scriptedShop } from '../../../test/builders/index.ts';
import type { Disturbance, PlateFault, ReadingOf } from '../words/index.ts';
import { createPlateSensors, disturb, liveEffectCount, PLATE_SETTINGS, readPlates } from './index.ts';
import type { PlateSensorOptions, PlateSettings } from './index.ts';

const { layout } = scriptedShop({ fixtures: 3, shelvesPerFixture: 2, platesPerShelf: 12 });
const PLATE_COUNT = 72;
/** Nobody walks: what is measured is what the test did. */
const STILL: PlateSettings = { ...PLATE_SETTINGS, walksPerFixtureHour: 0, walkAwayShare: 0, burstShare: 0 };

type Batch = ReadingOf<'plates'>;

interface Play extends Omit<PlateSensorOptions, 'layout'> {
  readonly disturbances?: readonly Disturbance[];
  readonly untilMs: number;
  /** Moments at which the plates are read before the end. */
  readonly readsMs?: readonly number[];
}

function play(options: Play): Batch[] {
  const sensors = createPlateSensors({ layout, ...options });
  for (const told of options.disturbances ?? []) disturb(sensors, told);
  const batches: Batch[] = [];
  for (const until of [...(options.readsMs ?? []), options.untilMs])
    readPlates(sensors, until, (batch) => batches.push(batch));
  return batches;
}

function hashOf(batches: readonly Batch[]): string {
  const hash = createHash('sha256');
  for (const { samplesGrams, trueMs, source } of batches)
    hash.update(`${source} ${trueMs}\n`).update(new Uint8Array(samplesGrams.buffer));
  return hash.digest('hex');
}

/** Samples of one plate with their times. */
function traceOf(batches: readonly Batch[], plateIndex: number): { ms: number[]; grams: number[] } {
  const plate = layout.plates[plateIndex]!;
  const fixture = layout.fixtures[layout.shelves[plate.shelfIndex]!.fixtureIndex]!;
  const ms: number[] = [];
  const grams: number[] = [];
  for (const batch of batches.filter(({ fixtureId }) => fixtureId === fixture.fixtureId))
    for (let sample = 0; sample < batch.sampleCount; sample++) {
      ms.push(batch.trueMs - ((batch.sampleCount - 1 - sample) * 1000) / batch.rateHz);
      grams.push(batch.samplesGrams[sample * fixture.plates.length + plate.columnIndex]!);
    }
  return { ms, grams };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
function deviationOf(values: readonly number[]): number {
  const middle = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - middle) * (value - middle))));
}

function between(
  batches: readonly Batch[],
  plateIndex: number,
  span: { from: number; to: number },
): number[] {
  const { ms, grams } = traceOf(batches, plateIndex);
  return grams.filter((_, index) => ms[index]! >= span.from && ms[index]! < span.to);
}

const PICK: Disturbance = {
  kind: 'transfer',
  atTrueMs: 4000,
  shares: [
    { plateIndex: 5, grams: -400 },
    { plateIndex: 6, grams: -200 },
  ],
  hand: { touchesTrueMs: 3700, leavesTrueMs: 4300, forceGrams: 120 },
};
const PRESS: Disturbance = {
  kind: 'press',
  fromTrueMs: 6000,
  untilTrueMs: 9000,
  shares: [{ plateIndex: 30, grams: 900 }],
};
const BUMP: Disturbance = { kind: 'bump', atTrueMs: 5000, fixtureIndex: 2, peakGrams: 80 };
const ALL = [PICK, PRESS, BUMP];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the bytes of the plates', () => {
  it('are the same for the same seed, however they are read and in whatever order disturbances are told', () => {
    const whole = hashOf(play({ seed: 7, disturbances: ALL, untilMs: 12_000 }));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 11_999 }), { maxLength: 12 }),
        fc.shuffledSubarray([...ALL], { minLength: 3 }),
        (reads, disturbances) => {
          const readsMs = reads.toSorted((a, b) => a - b);
          expect(hashOf(play({ seed: 7, disturbances, untilMs: 12_000, readsMs }))).toBe(whole);
        },
      ),
      { numRuns: 12 },
    );
    expect(hashOf(play({ seed: 8, disturbances: ALL, untilMs: 12_000 }))).not.toBe(whole);
  });

  it('are the same where disturbances are told only as the time comes', () => {
    const sensors = createPlateSensors({ layout, seed: 7 });
    const batches: Batch[] = [];
    for (const [until, told] of [
      [3700, PICK],
      [5000, BUMP],
      [6000, PRESS],
    ] as const) {
      readPlates(sensors, until, (batch) => batches.push(batch));
      disturb(sensors, told);
    }
    readPlates(sensors, 12_000, (batch) => batches.push(batch));
    expect(hashOf(batches)).toBe(hashOf(play({ seed: 7, disturbances: ALL, untilMs: 12_000 })));
  });

  it('do not hang on the last bits of the engine’s functions', () => {
    const run = () => hashOf(play({ seed: 3, disturbances: ALL, untilMs: 8000 }));
    const exact = run();
    for (const name of ['sin', 'cos', 'exp', 'log', 'pow', 'hypot', 'atan2', 'tan', 'cbrt'] as const) {
      const original = Math[name] as (...values: number[]) => number;
      vi.spyOn(Math, name).mockImplementation((...values: number[]) => original(...values) * (1 + 2 ** -50));
    }
    expect(run()).toBe(exact);
  });
});

describe('batches', () => {
  it('come in order of time, each once, twelve samples of every plate of the fixture', () => {
    const batches = play({ seed: 1, untilMs: 10_000 });
    const times = batches.map(({ trueMs }) => trueMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(10_000);
    for (const fixture of layout.fixtures) {
      const own = batches.filter(({ fixtureId }) => fixtureId === fixture.fixtureId);
      expect(own.length).toBeGreaterThanOrEqual(48);
      expect(own.every(({ samplesGrams }) => samplesGrams.length === 12 * 24)).toBe(true);
      own.slice(1).forEach(({ trueMs }, index) => expect(trueMs - own[index]!.trueMs).toBeCloseTo(200, 6));
    }
    expect(new Set(batches.slice(0, 3).map(({ source }) => source)).size).toBe(3);
  });

  it('refuse what begins in a time that was read, or where nothing is', () => {
    const sensors = createPlateSensors({ layout, seed: 1 });
    readPlates(sensors, 3800, () => {});
    expect(() => disturb(sensors, PICK)).toThrow('PLATES_DISTURBED_IN_PAST');
    expect(() => disturb(sensors, { ...BUMP, fixtureIndex: 9 })).toThrow('PLATES_DISTURBED_NOWHERE');
  });
});

describe('noise', () => {
  it('is 0.4 to 2.5 g within a second for most plates, in whole quanta, around arbitrary levels', () => {
    const batches = play({ seed: 5, settings: STILL, untilMs: 10_000 });
    const noise = layout.plates.map(({ plateIndex }) => {
      const seconds = [1, 3, 5, 7, 9].map((s) =>
        deviationOf(between(batches, plateIndex, { from: s * 1000, to: s * 1000 + 1000 })),
      );
      return meanOf(seconds);
    });
    const usual = noise.filter((grams) => grams > 0.4 && grams < 2.5);
    expect(usual.length).toBeGreaterThan(0.75 * PLATE_COUNT);
    expect(Math.max(...noise)).toBeLessThan(12);
    for (const grams of traceOf(batches, 40).grams.slice(0, 50)) {
      const quanta = grams / PLATE_SETTINGS.quantumGrams;
      expect(Math.abs(quanta - Math.round(quanta))).toBeLessThan(0.01);
    }
    const levels = layout.plates.map(({ plateIndex }) => meanOf(traceOf(batches, plateIndex).grams));
    expect(deviationOf(levels)).toBeGreaterThan(1000);
  });

  it('is normal and white where tones, wander and tremor are switched off', () => {
    const none = { median: 0, logSpread: 0, max: 0 };
    const settings: PlateSettings = {
      ...STILL,
      whiteGrams: { median: 100, logSpread: 0, max: 100 },
      noisyShare: 0,
      humGrams: none,
      swayGrams: none,
      wanderGrams: none,
      tremorShare: 0,
      repeatingShare: 0,
      driftGramsPerHour: 0,
    };
    const { grams } = traceOf(play({ seed: 2, settings, untilMs: 400_000 }), 11);
    const middle = meanOf(grams);
    const spread = deviationOf(grams);
    const z = grams.map((value) => (value - middle) / spread);
    expect(Math.abs(spread - 100)).toBeLessThan(2);
    expect(Math.abs(meanOf(z.map((value) => value ** 3)))).toBeLessThan(0.06);
    expect(Math.abs(meanOf(z.map((value) => value ** 4)) - 3)).toBeLessThan(0.12);
    for (const lag of [1, 2, 3, 12])
      expect(Math.abs(meanOf(z.slice(lag).map((value, index) => value * z[index]!)))).toBeLessThan(0.03);
  });

  it('drifts over hours by grams, not by hundreds', () => {
    const settings: PlateSettings = { ...STILL, samplesPerBatch: 12, rateHz: 1 };
    const batches = play({ seed: 4, settings, untilMs: 6 * 3_600_000 });
    const drifts = layout.plates.map(({ plateIndex }) => {
      const { grams } = traceOf(batches, plateIndex);
      return Math.abs(meanOf(grams.slice(-60)) - meanOf(grams.slice(0, 60)));
    });
    expect(Math.max(...drifts)).toBeGreaterThan(3);
    expect(Math.max(...drifts)).toBeLessThan(60);
  });
});

describe('a transfer', () => {
  const before = { from: 1500, to: 3500 };
  const after = { from: 8000, to: 10_000 };
  const changeOf = (batches: readonly Batch[], plateIndex: number): number =>
    meanOf(between(batches, plateIndex, after)) - meanOf(between(batches, plateIndex, before));

  it('lasts: the plates keep what was moved, neighbours a small share of it with its sign', () => {
    const crossTalk: number[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const batches = play({ seed, settings: STILL, disturbances: [PICK], untilMs: 10_000 });
      // Each of the two shows up to 1.6 % of the other, and its own gain.
      expect(Math.abs(changeOf(batches, 5) + 400)).toBeLessThan(10);
      expect(Math.abs(changeOf(batches, 6) + 200)).toBeLessThan(12);
      expect(Math.abs(changeOf(batches, 0))).toBeLessThan(4);
      crossTalk.push(changeOf(batches, 4), changeOf(batches, 7));
    }
    expect(Math.min(...crossTalk)).toBeGreaterThan(-16);
    expect(Math.max(...crossTalk)).toBeLessThan(4);
    expect(meanOf(crossTalk)).toBeLessThan(-1);
  });

  it('begins when the hand touches, swells with its force, and rings by 4 to 18 g behind the step', () => {
    const peaks: number[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const still = play({ seed, settings: STILL, untilMs: 6000 });
      const batches = play({ seed, settings: STILL, disturbances: [PICK], untilMs: 6000 });
      const difference = (from: number, to: number): number[] => {
        const quiet = between(still, 5, { from, to });
        return between(batches, 5, { from, to }).map((grams, index) => grams - quiet[index]!);
      };
      expect(difference(0, 3700).every((grams) => grams === 0)).toBe(true);
      // The hand's 120 g are shared by two plates.
      expect(Math.max(...difference(3700, 4000))).toBeGreaterThan(35);
      expect(Math.max(...difference(3700, 4000))).toBeLessThan(70);
      const level = meanOf(difference(5500, 6000));
      peaks.push(Math.max(...difference(4310, 4800).map((grams) => Math.abs(grams - level))));
    }
    expect(Math.max(...peaks)).toBeGreaterThan(2);
    expect(Math.max(...peaks)).toBeLessThan(18);
  });

  it('stops at the end of the range', () => {
    const loadGrams = new Float64Array(PLATE_COUNT).fill(19_900);
    const restock: Disturbance = { ...PICK, shares: [{ plateIndex: 5, grams: 500 }], hand: null };
    const batches = play({ seed: 1, settings: STILL, loadGrams, disturbances: [restock], untilMs: 10_000 });
    expect(changeOf(batches, 5)).toBeGreaterThan(90);
    expect(changeOf(batches, 5)).toBeLessThan(110);
  });
});

describe('a press and a bump', () => {
  it('pass: a press is felt while it lasts, a bump by every plate of its fixture only', () => {
    const still = play({ seed: 6, settings: STILL, untilMs: 12_000 });
    const batches = play({ seed: 6, settings: STILL, disturbances: [PRESS, BUMP], untilMs: 12_000 });
    const change = (plateIndex: number, span: { from: number; to: number }): number[] => {
      const quiet = between(still, plateIndex, span);
      return between(batches, plateIndex, span).map((grams, index) => grams - quiet[index]!);
    };
    const pressed = change(30, { from: 6400, to: 8600 });
    expect(Math.min(...pressed)).toBeGreaterThan(840);
    expect(Math.max(...pressed)).toBeLessThan(960);
    expect(Math.max(...change(30, { from: 9050, to: 12_000 }).map(Math.abs))).toBeLessThan(1);
    for (const { plateIndex } of layout.plates) {
      const highest = Math.max(...change(plateIndex, { from: 5000, to: 5500 }).map(Math.abs));
      if (plateIndex >= 48) expect(highest).toBeGreaterThan(8);
      else expect(highest).toBe(0);
      expect(highest).toBeLessThan(100);
    }
  });

  it('are forgotten when they are over', () => {
    const sensors = createPlateSensors({ layout, seed: 1, settings: STILL });
    for (let round = 0; round < 50; round++)
      for (const told of ALL) {
        const shiftMs = round * 100;
        if (told.kind === 'transfer')
          disturb(sensors, { ...told, atTrueMs: told.atTrueMs + shiftMs, hand: null });
        else if (told.kind === 'bump') disturb(sensors, { ...told, atTrueMs: told.atTrueMs + shiftMs });
        else disturb(sensors, { ...told, untilTrueMs: told.untilTrueMs + shiftMs });
      }
    expect(liveEffectCount(sensors)).toBeGreaterThan(200);
    readPlates(sensors, 20_000, () => {});
    expect(liveEffectCount(sensors)).toBe(0);
  });
});

describe('faults', () => {
  const PLATE = 5;
  const plateIds = [layout.plates[PLATE]!.plateId];
  const during = { fromS: 2, untilS: 6, plateIds };
  const traceWith = (fault: PlateFault) => {
    const options = { seed: 9, settings: STILL, disturbances: [PICK], untilMs: 10_000 };
    const [sound, faulty] = [play(options), play({ ...options, faults: [fault] })];
    const inside = { from: 2000, to: 6000 };
    const outside = (batches: readonly Batch[]) => [
      ...between(batches, PLATE, { from: 0, to: 2000 }),
      ...between(batches, PLATE, { from: 6000, to: 10_000 }),
    ];
    expect(outside(faulty)).toEqual(outside(sound));
    expect(between(faulty, 20, { from: 0, to: 10_000 })).toEqual(between(sound, 20, { from: 0, to: 10_000 }));
    return { sound: between(sound, PLATE, inside), faulty: between(faulty, PLATE, inside) };
  };

  it('make plates dead or stuck', () => {
    const dead = traceWith({ kind: 'plate-dead', ...during });
    expect(dead.faulty.every(Number.isNaN)).toBe(true);
    const stuck = traceWith({ kind: 'plate-stuck', ...during });
    expect(new Set(stuck.faulty).size).toBe(1);
    expect(new Set(stuck.sound).size).toBeGreaterThan(5);
  });

  it('make plates drift, or show changes too large', () => {
    const drifting = traceWith({ kind: 'plate-drifting', gramsPerHour: 36_000, ...during });
    expect(drifting.faulty.at(-1)! - drifting.sound.at(-1)!).toBeCloseTo(40, 0);
    const wrong = traceWith({ kind: 'plate-miscalibrated', factor: 1.5, ...during });
    const stepOf = (grams: readonly number[]): number =>
      meanOf(grams.slice(-40)) - meanOf(grams.slice(0, 60));
    expect(stepOf(wrong.faulty) / stepOf(wrong.sound)).toBeCloseTo(1.5, 1);
  });

  it('strike a share of plates, at least one, chosen by the seed', () => {
    const deadOf = (share: number, seed: number): number[] => {
      const faults: PlateFault[] = [{ kind: 'plate-dead', fromS: 0, share }];
      const batches = play({ seed, faults, untilMs: 1000 });
      return layout.plates
        .map(({ plateIndex }) => plateIndex)
        .filter((plateIndex) => traceOf(batches, plateIndex).grams.every(Number.isNaN));
    };
    expect(deadOf(0.25, 1).length).toBe(18);
    expect(deadOf(0, 1).length).toBe(1);
    expect(deadOf(0.25, 1)).toEqual(deadOf(0.25, 1));
    expect(deadOf(0.25, 1)).not.toEqual(deadOf(0.25, 2));
  });
});
