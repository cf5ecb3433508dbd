import { expect, test } from 'vitest';
import { buildLayout, storeId } from '../../domain/index.ts';
import type { TwinFault } from '../words/index.ts';
import { checkFaults } from './index.ts';

const { layout } = buildLayout(storeId('shop'), [
  {
    fixtureName: 'wall-1',
    storeFromFixture: { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: { x: 0, y: 0, z: 0 } },
    sizeM: { x: 1, y: 0.5, z: 2 },
    shelves: [],
    where: 'layout.json:1',
  },
]);
const check = (faults: readonly TwinFault[]): ReturnType<typeof checkFaults> =>
  checkFaults(faults, { layout, where: 'scenario.json:faults' });

test('faults that can be pass', () => {
  expect(
    check([
      { kind: 'camera-dark', fromS: 0 },
      { kind: 'fixture-offline', fromS: 10, untilS: 20, fixtureIds: ['wall-1'] },
      { kind: 'fixture-offline', fromS: 10, share: 1 },
      { kind: 'clock-step', fromS: 5, stepMs: -60_000, share: 0.5 },
      { kind: 'process-killed', fromS: 5, untilS: 6 },
      { kind: 'plate-dead', fromS: -5, plateIds: ['checked elsewhere'] },
    ]),
  ).toEqual([]);
});

test.each<[TwinFault, string, string]>([
  [{ kind: 'camera-dark', fromS: -1 }, 'FAULT_TIMES', 'begins at -1 s'],
  [{ kind: 'broker-restart', fromS: 9, untilS: 9 }, 'FAULT_TIMES', 'ends at 9 s but begins at 9 s'],
  [{ kind: 'camera-dark', fromS: NaN }, 'FAULT_TIMES', 'begins at NaN s'],
  [{ kind: 'process-killed', fromS: 9, untilS: 3 }, 'FAULT_TIMES', 'ends at 3 s'],
  [{ kind: 'batches-lost', fromS: 0, share: 1.2 }, 'FAULT_NUMBER', 'share 1.2'],
  [{ kind: 'batches-late', fromS: 0, share: 0.1, lateMsMax: -5 }, 'FAULT_NUMBER', 'lateMsMax -5'],
  [
    { kind: 'track-ids-swapped', fromS: 0, withinM: Infinity, share: 0.1 },
    'FAULT_NUMBER',
    'withinM Infinity',
  ],
  [{ kind: 'clock-step', fromS: 0, stepMs: NaN, share: 0.1 }, 'FAULT_NUMBER', 'stepMs NaN'],
  [
    { kind: 'fixture-offline', fromS: 0, fixtureIds: ['wall-1', 'wall-9'] },
    'FAULT_FIXTURE_UNKNOWN',
    'wall-9',
  ],
  [{ kind: 'fixture-offline', fromS: 0 }, 'FAULT_TARGETS_MISSING', 'neither'],
])('%j is told as %s', (fault, code, what) => {
  const problems = check([{ kind: 'camera-dark', fromS: 0 }, fault]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code, where: 'scenario.json:faults[1]' });
  expect(problems[0]!.what).toContain(what);
  expect(problems[0]!.remedy.length).toBeGreaterThan(10);
});
