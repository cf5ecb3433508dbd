import { describe, expect, test } from 'vitest';
import { epochMs } from '../../base/index.ts';
import { fixtureId, interactionId, plateId, shelfId } from '../../domain/index.ts';
import type { Interaction, WeightStep } from '../../domain/index.ts';
import { leansIn } from './leans.ts';
import { levelsBetween } from './levels.ts';
import { readingsOf } from './readings.ts';

const SHELF = shelfId(fixtureId('1'), 5);

type StepAt = readonly [on: number, atMs: number, grams: number];

function interaction(steps: readonly StepAt[]): Interaction {
  return {
    interactionId: interactionId('1/5#1'),
    phase: 'final',
    shelfId: SHELF,
    startedAtMs: epochMs(0),
    endedAtMs: epochMs(20_000),
    steps: steps
      .map(([on, atMs, deltaGrams]): WeightStep => {
        const settledAtMs = epochMs(atMs);
        return {
          plateId: plateId(SHELF, on),
          leftAtMs: epochMs(atMs - 100),
          settledAtMs,
          deltaGrams,
          sigmaGrams: 8,
        };
      })
      .sort((a, b) => a.settledAtMs - b.settledAtMs),
    changes: Array.from({ length: 12 }, (_, index) => ({
      plateId: plateId(SHELF, index + 1),
      deltaGrams: 0,
      sigmaGrams: 1,
    })),
  };
}

const leans = (steps: readonly StepAt[]) => {
  const found = interaction(steps);
  return leansIn(found, levelsBetween(found.steps));
};

/** A body on three plates that sways once. */
const LEAN: readonly StepAt[] = [
  [3, 1000, 250],
  [4, 1100, 660],
  [5, 1000, 380],
  [4, 2200, -50],
  [3, 3000, -252],
  [4, 3100, -612],
  [5, 3000, -377],
];

describe('a lean', () => {
  test('is everything between the moment a body came and the moment it went, sway and all', () => {
    expect(leans(LEAN)).toMatchObject([{ plateCount: 3, grams: 1290 }]);
    expect(leans(LEAN)[0]!.levels).toHaveLength(4);
  });

  test('is doubted as one: in one reading nothing happened, and nothing is read plate by plate', () => {
    const read = readingsOf(interaction(LEAN));
    expect(read.filter(({ groups }) => groups.length === 0)).toHaveLength(1);
    expect(read.find(({ groups }) => groups.length === 0)).toMatchObject({ real: [], pushes: [] });
    expect(read.filter((reading) => reading.leans.length === 0).every(({ real }) => real.length === 4)).toBe(
      true,
    );
  });

  test('leaves what was taken beside it', () => {
    const read = readingsOf(interaction([...LEAN, [9, 2000, -160]]));
    const leant = read.find((reading) => reading.leans.length === 1);
    expect(leant!.groups.map(({ plates }) => plates.map(({ deltaGrams }) => deltaGrams))).toEqual([[-160]]);
  });

  test.each<readonly [string, readonly StepAt[]]>([
    ['on one plate alone', LEAN.filter(([on]) => on === 3)],
    ['of a few grams', LEAN.map(([on, atMs, grams]): StepAt => [on, atMs, grams / 12])],
    ['that does not go again', LEAN.filter(([, atMs]) => atMs < 2500)],
    [
      'on plates that are far apart',
      LEAN.map(([on, atMs, grams]): StepAt => [(on - 3) * 4 + 1, atMs, grams]),
    ],
    [
      'that comes to each plate at its own time',
      LEAN.map(([on, atMs, grams]): StepAt => [on, atMs + on * 600, grams]),
    ],
  ])('there is none %s', (_, steps) => {
    expect(leans(steps)).toEqual([]);
  });
});
