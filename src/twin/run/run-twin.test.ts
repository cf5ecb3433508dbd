import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../domain/index.ts';
import { auditTruth, createAuditor } from '../auditor/index.ts';
import { planScenario, scenarioNamed } from '../scenarios/index.ts';
import type { TwinPlan } from '../scenarios/index.ts';
import { FAULT_WORDS } from '../words/index.ts';
import type { FaultKind, TwinFault } from '../words/index.ts';
import { createTruthBook, noteTrackIds, noteTruth, runTwin, truthOf } from './index.ts';
import type { TwinOutput } from './index.ts';

const SECONDS = 30;

function planOf(name: string, seed: number, faults: readonly TwinFault[] = []): TwinPlan {
  const scenario = { ...scenarioNamed(name)!, faults };
  return { ...planScenario({ scenario, seed }), durationMsMax: SECONDS * 1000 };
}

function observationsOf(outputs: readonly TwinOutput[]): Observation[] {
  return outputs.flatMap((output) => (output.kind === 'observation' ? [output.observation] : []));
}

describe('the stream of a run', () => {
  const NAMES = ['squeeze-4', 'fault-network', 'fault-clocks', 'late-cameras', 'convenience'] as const;

  test.each(NAMES)('of %s comes in the order of arrival, numbered by its sources', (name) => {
    const scenario = scenarioNamed(name)!;
    const outputs = [...runTwin({ ...planScenario({ scenario, seed: 5 }), durationMsMax: 30_000 })];
    const observations = observationsOf(outputs);
    expect(observations.length).toBeGreaterThan(500);
    const arrived = observations.map(({ receivedAtMs }) => receivedAtMs);
    expect(arrived).toEqual(arrived.toSorted((a, b) => a - b));
    for (const all of Map.groupBy(observations, ({ source }) => source).values()) {
      const numbers = [...new Set(all.map(({ sequence }) => sequence))].toSorted((a, b) => a - b);
      expect(numbers[0]).toBeLessThan(3);
      if (name !== 'fault-network') expect(numbers).toEqual(numbers.map((_, index) => index));
    }
  });

  test('tells the truth of a tick before what arrives in it, in order of time', () => {
    const outputs = [...runTwin(planOf('squeeze-4', 6))];
    const told = outputs.flatMap((output) => (output.kind === 'truth' ? [output.event.atTrueMs] : []));
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const { startsAtMs } = planOf('squeeze-4', 6);
    let newestMs = 0;
    for (const output of outputs) {
      if (output.kind === 'observation') newestMs = output.observation.receivedAtMs - startsAtMs;
      // What arrived before the tick of a truth began is told before it.
      if (output.kind === 'truth') expect(newestMs).toBeLessThanOrEqual(output.event.atTrueMs + 50);
    }
  });

  test('tells the ids of everybody’s body when they leave, and those are the ids that the tracker told', () => {
    const plan = planScenario({ scenario: { ...scenarioNamed('convenience')!, minutes: 4 }, seed: 7 });
    const outputs = [...runTwin(plan)];
    const seen = new Set(
      observationsOf(outputs).flatMap((each) =>
        each.kind === 'tracks' ? each.people.map(({ trackId }) => String(trackId)) : [],
      ),
    );
    const leavers: number[] = [];
    outputs.forEach((output, index) => {
      if (output.kind !== 'truth' || output.event.kind !== 'left') return;
      leavers.push(output.event.personNumber);
      const next = outputs[index + 1];
      if (next?.kind !== 'track-ids') throw new Error('no track ids');
      expect(next.personNumber).toBe(output.event.personNumber);
      expect(next.trackIds.length).toBeGreaterThan(0);
      for (const trackId of next.trackIds) expect(seen.has(trackId)).toBe(true);
    });
    expect(leavers.length).toBeGreaterThan(3);
    expect(new Set(leavers).size).toBe(leavers.length);
  });
});

describe('the truth of a run', () => {
  test('in the truth book is what the auditor’s own books say', () => {
    const names = fc.constantFrom(
      'squeeze-8',
      'adversarial',
      'hand-over',
      'misplaced-then-bought',
      'stadium',
    );
    fc.assert(
      fc.property(fc.nat(), names, (seed, name) => {
        const plan = { ...planScenario({ scenario: scenarioNamed(name)!, seed }), durationMsMax: 90_000 };
        const book = createTruthBook();
        const auditor = createAuditor(plan.store.model.catalogue);
        for (const output of runTwin(plan)) {
          if (output.kind === 'track-ids') noteTrackIds(book, output.personNumber, output.trackIds);
          if (output.kind !== 'truth') continue;
          noteTruth(book, output.event);
          auditTruth(auditor, output.event);
        }
        expect(auditor.findings).toEqual([]);
        const { visits } = truthOf(book);
        const left = visits.filter(({ leftAtTrueMs }) => leftAtTrueMs !== null);
        expect(left.length).toBeGreaterThan(0);
        for (const { personNumber, items, trackIds, leftAtTrueMs } of left) {
          const stay = auditor.stays.get(personNumber)!;
          expect(new Map(items)).toEqual(new Map(stay.carried));
          expect(leftAtTrueMs).toBe(stay.leftAtTrueMs);
          expect(trackIds.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** One fault of each kind, plainly to be seen within the run. */
const FAULTS: Readonly<Record<FaultKind, TwinFault>> = {
  'plate-dead': { kind: 'plate-dead', share: 0.1, fromS: 10 },
  'plate-stuck': { kind: 'plate-stuck', share: 0.1, fromS: 10 },
  'plate-drifting': { kind: 'plate-drifting', share: 0.2, gramsPerHour: 900, fromS: 10 },
  'plate-miscalibrated': { kind: 'plate-miscalibrated', share: 1, factor: 1.3, fromS: 10 },
  'fixture-offline': { kind: 'fixture-offline', share: 0.3, fromS: 10, untilS: 20 },
  'batches-late': { kind: 'batches-late', share: 0.2, lateMsMax: 900, fromS: 10 },
  'batches-lost': { kind: 'batches-lost', share: 0.1, fromS: 10 },
  'batches-duplicated': { kind: 'batches-duplicated', share: 0.1, fromS: 10 },
  'batches-shuffled': { kind: 'batches-shuffled', withinMs: 400, fromS: 10 },
  'clock-skew': { kind: 'clock-skew', offsetMsMax: 300, ppmMax: 100, fromS: 10 },
  'clock-step': { kind: 'clock-step', stepMs: 5000, share: 0.5, fromS: 10 },
  'camera-dark': { kind: 'camera-dark', fromS: 10, untilS: 15 },
  'track-ids-renewed': { kind: 'track-ids-renewed', perMinute: 20, fromS: 10 },
  'track-ids-swapped': { kind: 'track-ids-swapped', withinM: 0.9, share: 1, fromS: 10 },
  'broker-restart': { kind: 'broker-restart', fromS: 10, untilS: 14 },
  'process-killed': { kind: 'process-killed', fromS: 10, untilS: 14 },
};

describe('a fault', () => {
  const lineOf = (output: TwinOutput): string =>
    JSON.stringify(output, (_, value: unknown) => (value instanceof Float32Array ? [...value] : value));
  const truthLines = (outputs: readonly TwinOutput[]): string[] =>
    outputs.filter(({ kind }) => kind === 'truth').map(lineOf);
  const healthy = [...runTwin(planOf('squeeze-8', 8))];
  const healthyLines = new Set(healthy.map(lineOf));
  const { startsAtMs } = planOf('squeeze-8', 8);

  test.each(Object.keys(FAULT_WORDS) as FaultKind[])(
    'of %s shows, from its beginning and not before',
    (kind) => {
      const faulty = [...runTwin(planOf('squeeze-8', 8, [FAULTS[kind]]))];
      // The world is the same: what sensors do changes nobody's mind.
      expect(truthLines(faulty)).toEqual(truthLines(healthy));
      const faultyLines = faulty.map(lineOf);
      const fresh = observationsOf(faulty.filter((_, index) => !healthyLines.has(faultyLines[index]!)));
      const gone = new Set(faultyLines);
      const missing = observationsOf(healthy.filter((output) => !gone.has(lineOf(output))));
      const isMarked = faulty.some((output) => output.kind === 'process-killed');
      expect(fresh.length + missing.length).toBeGreaterThan(0);
      expect(isMarked).toBe(kind === 'process-killed');
      for (const { receivedAtMs } of [...fresh, ...missing])
        expect(receivedAtMs - startsAtMs).toBeGreaterThanOrEqual(10_000);
    },
  );
});

describe('a killed process', () => {
  function killed(fault: TwinFault): { before: Observation[]; after: Observation[]; marks: TwinOutput[] } {
    const outputs = [...runTwin(planOf('squeeze-4', 9, [fault]))];
    const at = outputs.findIndex(({ kind }) => kind === 'process-killed');
    const marks = outputs.filter(({ kind }) => kind === 'process-killed');
    return {
      before: observationsOf(outputs.slice(0, at)),
      after: observationsOf(outputs.slice(at)),
      marks,
    };
  }

  const { startsAtMs } = planOf('squeeze-4', 9);

  test('is told once, and nothing that arrives while it is dead', () => {
    const { before, after, marks } = killed({ kind: 'process-killed', fromS: 10, untilS: 14 });
    expect(marks).toEqual([
      { kind: 'process-killed', atMs: startsAtMs + 10_000, backAtMs: startsAtMs + 14_000 },
    ]);
    expect(Math.max(...before.map(({ receivedAtMs }) => receivedAtMs))).toBeLessThan(startsAtMs + 10_000);
    expect(Math.min(...after.map(({ receivedAtMs }) => receivedAtMs))).toBeGreaterThanOrEqual(
      startsAtMs + 14_000,
    );
    expect(after.length).toBeGreaterThan(500);
  });

  test('stays dead where no end is told', () => {
    const { before, after, marks } = killed({ kind: 'process-killed', fromS: 10 });
    expect(marks).toHaveLength(1);
    expect(before.length).toBeGreaterThan(200);
    expect(after).toEqual([]);
  });
});
