import { expect, it } from 'vitest';
import { NORMAL_TABLE_SIZE, normalTable } from './normal-table.ts';

it('holds ascending, symmetric quantiles with the moments of a normal variate', () => {
  const table = normalTable();
  const moment = (power: number): number =>
    table.reduce((sum, value) => sum + value ** power, 0) / NORMAL_TABLE_SIZE;
  expect(table.every((value, index) => index === 0 || value > table[index - 1]!)).toBe(true);
  expect(table.every((value, index) => value === -table[NORMAL_TABLE_SIZE - 1 - index]!)).toBe(true);
  expect(moment(2)).toBeCloseTo(1, 3);
  expect(moment(4)).toBeCloseTo(3, 1);
});

it('agrees with published quantiles', () => {
  const table = normalTable();
  // Entries beside p = 0.75, 0.975 and 0.999; values from the tables of the normal distribution.
  for (const [p, z] of [
    [0.75, 0.67449],
    [0.975, 1.95996],
    [0.999, 3.09023],
  ] as const) {
    const at = p * NORMAL_TABLE_SIZE - 0.5;
    // Between entries the curve is not quite straight.
    const low = table[Math.floor(at)]!;
    const high = table[Math.ceil(at)]!;
    expect(low + (high - low) * (at - Math.floor(at))).toBeCloseTo(z, 3);
  }
});
