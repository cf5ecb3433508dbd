import { expect, test } from 'vitest';
import { minutePrice, NO_LOOKS } from './look-budget.ts';
import { DECISION_POLICY } from './settings.ts';

const { looksSavedMax } = DECISION_POLICY;
const at = (allowance: number): number =>
  minutePrice({ ...NO_LOOKS, minuteMinor: 200, allowance }, DECISION_POLICY);

test('a minute costs what was learnt, and the less the more looks are saved', () => {
  expect(at(0.3)).toBe(200);
  expect(at(1)).toBe(200);
  expect(at(1 + looksSavedMax / 2)).toBe(100);
  expect(at(1 + looksSavedMax)).toBe(0);
});

test('where nothing may be saved the price stays', () => {
  const policy = { ...DECISION_POLICY, looksSavedMax: 0 };
  expect(minutePrice({ ...NO_LOOKS, minuteMinor: 200, allowance: 1 }, policy)).toBe(200);
});
