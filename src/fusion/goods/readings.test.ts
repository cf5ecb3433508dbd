import { describe, expect, test } from 'vitest';
import { epochMs } from '../../base/index.ts';
import { fixtureId, interactionId, plateId, shelfId } from '../../domain/index.ts';
import type { Interaction, PlateChange, WeightStep } from '../../domain/index.ts';
import { readingsOf } from './readings.ts';

const SHELF = shelfId(fixtureId('1'), 5);
const plate = (number: number) => plateId(SHELF, number);

interface StepAt {
  readonly on: number;
  readonly atMs: number;
  readonly grams: number;
  readonly sigma?: number;
}

const step = ({ on, atMs, grams, sigma = 1 }: StepAt): WeightStep => ({
  plateId: plate(on),
  leftAtMs: epochMs(10_000 + atMs - 100),
  settledAtMs: epochMs(10_000 + atMs),
  deltaGrams: grams,
  sigmaGrams: sigma,
});

/** An interaction on a shelf of twelve plates whose changes are the sums of its steps, known to `changeSigma`. */
function interaction(steps: readonly StepAt[], changeSigma = 1): Interaction {
  const sums = new Map<number, number>();
  for (const { on, grams } of steps) sums.set(on, (sums.get(on) ?? 0) + grams);
  const changes: PlateChange[] = Array.from({ length: 12 }, (_, index) => ({
    plateId: plate(index + 1),
    deltaGrams: sums.get(index + 1) ?? 0,
    sigmaGrams: changeSigma,
  }));
  return {
    interactionId: interactionId('1/5#1'),
    phase: 'final',
    shelfId: SHELF,
    startedAtMs: epochMs(9000),
    endedAtMs: epochMs(20_000),
    steps: steps.map(step),
    changes,
  };
}

/** Every reading as its groups, each group as plate and grams. */
function readings(found: Interaction): Record<string, number>[][] {
  return readingsOf(found).map((reading) =>
    reading.groups.map((group) =>
      Object.fromEntries(group.plates.map((each) => [each.plateId, each.deltaGrams])),
    ),
  );
}

describe('groups', () => {
  test('steps of neighbouring plates close in time are one moment', () => {
    const found = interaction([
      { on: 3, atMs: 0, grams: -200 },
      { on: 4, atMs: 80, grams: -120 },
    ]);
    expect(readings(found)).toEqual([[{ '1/5/3': -200, '1/5/4': -120 }]]);
  });

  test('a thing on two plates is pressed before it is lifted: half a second earlier is the same moment', () => {
    const early = { on: 3, atMs: 0, grams: -20 };
    const taken = interaction([early, { on: 4, atMs: 450, grams: -120 }]);
    expect(readings(taken)).toEqual([[{ '1/5/3': -20, '1/5/4': -120 }]]);
    const exchanged = interaction([early, { on: 4, atMs: 450, grams: 120 }]);
    expect(readings(exchanged)).toEqual([[{ '1/5/3': -20 }, { '1/5/4': 120 }]]);
  });

  test('plates that are no neighbours are two moments', () => {
    const near = interaction([
      { on: 3, atMs: 0, grams: -200 },
      { on: 4, atMs: 0, grams: -120 },
    ]);
    const far = interaction([
      { on: 3, atMs: 0, grams: -200 },
      { on: 5, atMs: 0, grams: -120 },
    ]);
    expect(readings(near)[0]).toHaveLength(1);
    expect(readings(far)[0]).toHaveLength(2);
  });

  test('plates a second later are another moment, or the late part of the same thing', () => {
    const found = interaction([
      { on: 4, atMs: 1500, grams: -120 },
      { on: 3, atMs: 0, grams: -200 },
    ]);
    expect(readings(found)).toEqual([
      [{ '1/5/3': -200 }, { '1/5/4': -120 }],
      [{ '1/5/3': -200, '1/5/4': -120 }],
    ]);
  });

  test('what is far along the shelf, much later, or of the other sign is never a late part', () => {
    for (const other of [
      { on: 6, atMs: 900, grams: -120 },
      { on: 4, atMs: 2500, grams: -120 },
      { on: 4, atMs: 900, grams: 120 },
    ])
      expect(readings(interaction([{ on: 3, atMs: 0, grams: -200 }, other]))).toHaveLength(1);
  });

  test('plates stand in the order of the shelf, with the times of all their steps', () => {
    const [reading] = readingsOf(
      interaction([
        { on: 4, atMs: 0, grams: -200, sigma: 2 },
        { on: 3, atMs: 60, grams: -120, sigma: 3 },
      ]),
    );
    const [group] = reading!.groups;
    expect(group).toMatchObject({ leftAtMs: 9900, settledAtMs: 10_060 });
    expect(group!.plates.map((each) => [each.position, each.variance])).toEqual([
      [2, 9],
      [3, 4],
    ]);
  });
});

describe('steps that cancel', () => {
  test('a thing taken and returned at once leaves nothing', () => {
    const found = interaction([
      { on: 3, atMs: 0, grams: -200 },
      { on: 3, atMs: 500, grams: 199 },
    ]);
    expect(readings(found)).toEqual([[]]);
  });

  test('one that lasts is doubted and not left out: somebody else may have come', () => {
    const found = interaction([
      { on: 3, atMs: 0, grams: 200 },
      { on: 3, atMs: 4000, grams: -199 },
    ]);
    expect(readings(found)).toEqual([[{ '1/5/3': 200 }, { '1/5/3': -199 }], []]);
  });

  test('innermost first: a push during a reach goes, what was taken stays', () => {
    const found = interaction([
      { on: 3, atMs: 0, grams: -200 },
      { on: 3, atMs: 700, grams: 40 },
      { on: 3, atMs: 1200, grams: -41 },
    ]);
    expect(readings(found)).toEqual([[{ '1/5/3': -200 }]]);
  });

  test('a light thing stays though the level of the push between was uncertain', () => {
    const found = interaction([
      { on: 7, atMs: 0, grams: 39.3, sigma: 7.5 },
      { on: 7, atMs: 450, grams: -69.8, sigma: 7.6 },
    ]);
    const kept = readings(found).map(([group]) => group?.['1/5/7'] ?? 0);
    expect(kept.some((grams) => Math.abs(grams + 30.5) < 0.01)).toBe(true);
    const joined = readingsOf(found).find((reading) => reading.pushes.length === 1);
    expect(joined?.groups[0]?.plates[0]?.variance).toBe(1);
  });

  test('what two people did stays, however well it adds up to nothing', () => {
    const found = interaction([
      { on: 3, atMs: 0, grams: -200 },
      { on: 3, atMs: 500, grams: 199 },
    ]);
    const [reading, ...others] = readingsOf(found, () => false);
    expect(others).toEqual([]);
    expect(reading!.groups.map((group) => group.plates[0]!.deltaGrams)).toEqual([-200, 199]);
    expect(readingsOf(found, () => true)[0]!.groups).toEqual([]);
  });

  test('steps of one sign never cancel, however uncertain', () => {
    const found = interaction([
      { on: 3, atMs: 0, grams: -20, sigma: 30 },
      { on: 3, atMs: 900, grams: -20, sigma: 30 },
    ]);
    expect(readings(found)[0]).toHaveLength(2);
  });
});

describe('levels between steps', () => {
  const twice = interaction([
    { on: 3, atMs: 0, grams: 60 },
    { on: 3, atMs: 600, grams: -260 },
  ]);

  test('each level is read as real and as a push', () => {
    expect(readings(twice)).toEqual([[{ '1/5/3': 60 }, { '1/5/3': -260 }], [{ '1/5/3': -200 }]]);
    const [real, push] = readingsOf(twice);
    expect(real!.real).toMatchObject([{ deltaGrams: 60, lastedMs: 500 }]);
    expect(push!.pushes).toMatchObject([{ deltaGrams: 60, lastedMs: 500 }]);
  });

  test('what remains of a push has the moment of the larger step', () => {
    const push = readingsOf(twice)[1]!.groups[0]!;
    expect(push).toMatchObject({ leftAtMs: 10_500, settledAtMs: 10_600 });
  });

  test('of many levels only the shortest four are doubted', () => {
    const steps = Array.from({ length: 8 }, (_, index) => ({ on: 3, atMs: index * 2000, grams: -100 }));
    const all = readingsOf(interaction(steps));
    expect(all).toHaveLength(16);
    expect(Math.max(...all.map((reading) => reading.pushes.length))).toBe(4);
    for (const reading of all) {
      expect(reading.real.length + reading.pushes.length).toBe(7);
      const total = reading.groups.flatMap((group) => group.plates.map((each) => each.deltaGrams));
      expect(total.reduce((sum, grams) => sum + grams, 0)).toBeCloseTo(-800, 9);
    }
  });

  test('one step has one reading', () => {
    expect(readingsOf(interaction([{ on: 3, atMs: 0, grams: -200 }]))).toHaveLength(1);
  });
});
