import { expect, test } from 'vitest';
import { generateStore } from '../worlds/index.ts';
import type { TwinFault } from '../words/index.ts';
import { checkPlateFaults } from './index.ts';
import { TWIN_PLATES_PROBLEM_CODES } from './problem-codes.ts';

const { layout } = generateStore({ kind: 'nano', seed: 6 }).model;
const plateIds = layout.plates.slice(0, 2).map(({ plateId }): string => plateId);
const check = (faults: readonly TwinFault[]): ReturnType<typeof checkPlateFaults> =>
  checkPlateFaults(faults, { layout, where: 'scenario.json:faults' });

const SLIPS: readonly (readonly [TwinFault, keyof typeof TWIN_PLATES_PROBLEM_CODES, string])[] = [
  [{ kind: 'plate-dead', fromS: 0, plateIds: ['9/9/9', ...plateIds] }, 'TWIN_FAULT_PLATE_UNKNOWN', '"9/9/9"'],
  [{ kind: 'plate-stuck', fromS: 0, share: 1.5 }, 'TWIN_FAULT_SHARE_OUT_OF_RANGE', '1.5'],
  [{ kind: 'plate-stuck', fromS: 0, share: NaN }, 'TWIN_FAULT_SHARE_OUT_OF_RANGE', 'NaN'],
  [{ kind: 'plate-stuck', fromS: 0 }, 'TWIN_FAULT_TARGETS_MISSING', 'neither which plates'],
  [{ kind: 'plate-stuck', fromS: 0, plateIds: [] }, 'TWIN_FAULT_TARGETS_MISSING', 'neither which plates'],
  [{ kind: 'plate-dead', fromS: -1, plateIds }, 'TWIN_FAULT_TIMES', 'begins at -1 s'],
  [{ kind: 'plate-dead', fromS: NaN, plateIds }, 'TWIN_FAULT_TIMES', 'begins at NaN s'],
  [
    { kind: 'plate-dead', fromS: 9, untilS: 3, plateIds },
    'TWIN_FAULT_TIMES',
    'ends at 3 s but begins at 9 s',
  ],
  [{ kind: 'plate-dead', fromS: 9, untilS: NaN, plateIds }, 'TWIN_FAULT_TIMES', 'ends at NaN s'],
  [
    { kind: 'plate-drifting', fromS: 0, plateIds, gramsPerHour: NaN },
    'TWIN_FAULT_NUMBER',
    'gramsPerHour NaN',
  ],
  [
    { kind: 'plate-miscalibrated', fromS: 0, plateIds, factor: Infinity },
    'TWIN_FAULT_NUMBER',
    'factor Infinity',
  ],
];

test.each(SLIPS)('%o is told', (...[fault, code, what]) => {
  const dark: TwinFault = { kind: 'camera-dark', fromS: -1 };
  expect(check([dark, fault])).toMatchObject([
    { code, where: 'scenario.json:faults[1]', what: expect.stringContaining(what) as string },
  ]);
});

test('every code is among these', () => {
  expect(new Set(SLIPS.map(([, code]) => code))).toEqual(new Set(Object.keys(TWIN_PLATES_PROBLEM_CODES)));
});

test('what can be is not told', () => {
  expect(
    check([
      { kind: 'plate-dead', fromS: 0, plateIds },
      { kind: 'plate-drifting', fromS: 2, untilS: 3, share: 0, gramsPerHour: -40 },
      { kind: 'plate-miscalibrated', fromS: 2, share: 1, factor: 0.98 },
    ]),
  ).toEqual([]);
});
