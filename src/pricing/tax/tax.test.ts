import { expect, test } from 'vitest';
import { feeLines } from './fees.ts';
import { PLAIN_TAX } from '../price-book.ts';
import type { TaxPack } from './tax-pack.ts';
import { cashAdjustment, taxOn } from './tax.ts';

const PACK: TaxPack = {
  place: 'a test',
  currency: 'USD',
  includesTax: false,
  asOf: '2026-01-01',
  sources: [],
  notice: '',
  classes: ['standard'],
  authorities: {},
  rates: [],
  rules: [],
  fees: [
    {
      fee: 'sugar',
      name: 'sugar levy',
      kind: 'levy',
      authority: 'state',
      per: 'litre',
      minor: 24,
      taxClass: 'standard',
      fromDate: null,
      untilDate: null,
    },
  ],
  disclosures: [],
  lowersBase: { store: true, manufacturer: false, 'third-party': false },
  rounding: { basis: 'receipt', tie: 'half-up', carriedDecimals: null },
  cashRounding: { stepMinor: 10, tie: 'half-down' },
};

test('half a cent goes up in Australia, down in New Zealand: the tie is data', () => {
  const down: TaxPack = { ...PACK, rounding: { ...PACK.rounding, tie: 'half-down' } };
  expect(taxOn(10, 150_000, PACK)).toBe(2);
  expect(taxOn(10, 150_000, down)).toBe(1);
});

test('what is carried to three decimals is cut there: a trace above a half is a half', () => {
  const carried = (tie: 'half-up' | 'half-down'): TaxPack => ({
    ...PACK,
    rounding: { basis: 'receipt', tie, carriedDecimals: 3 },
  });
  // 1,003 at 15.01 % is 150.5503.
  expect(taxOn(1_003, 150_100, carried('half-up'))).toBe(151);
  expect(taxOn(1_003, 150_100, carried('half-down'))).toBe(150);
  expect(taxOn(1_003, 150_100, { ...PACK, rounding: { ...PACK.rounding, tie: 'half-down' } })).toBe(151);
});

test('a levy by the litre counts all containers, half up once', () => {
  const units = Array.from({ length: 3 }, () => ({
    ...PLAIN_TAX,
    volumeMl: 330,
    fees: [{ fee: 'sugar', count: 6 }],
  }));
  const [levy] = feeLines(PACK, { units, bags: 0, date: '2026-03-14' });
  // 18 × 0.33 l × 24 = 142.56.
  expect(levy).toMatchObject({ count: 18, amountMinor: 143 });
});

test('cash is rounded to its coin, half down where the data says so', () => {
  expect([1204, 1205, 1206].map((total) => cashAdjustment(total, PACK))).toEqual([-4, -5, 4]);
});
