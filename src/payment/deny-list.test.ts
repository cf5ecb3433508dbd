import { expect, test } from 'vitest';
import { minor } from '../domain/index.ts';
import { isDenied } from './deny-list.ts';

const rule = { unpaidMinorMax: 500, unpaidCountMax: 2 };

test.each([
  { unpaid: 0, count: 0, denied: false },
  { unpaid: 500, count: 1, denied: false },
  { unpaid: 501, count: 1, denied: true },
  { unpaid: 30, count: 2, denied: false },
  { unpaid: 30, count: 3, denied: true },
])('$unpaid unpaid in $count payments: denied $denied', ({ unpaid, count, denied }) => {
  expect(isDenied({ unpaidMinor: minor(unpaid), unpaidCount: count }, rule)).toBe(denied);
});
