/** What is given back is what was paid, to the unit, however it is cut. */
import { array, assert as holds, boolean, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { isSaleUsable, totalOf } from '../../src/payment/index.ts';
import { CORRECTION_REASONS, keptOf, saleOf, worthMinor } from '../../src/receipts/index.ts';
import type { CorrectionChange, ReceiptContent } from '../../src/receipts/index.ts';
import { contentOf, correctedBy, drawnContent } from './issued.ts';

const wish = record({
  kind: integer({ min: 0, max: 3 }),
  line: integer({ min: 1, max: 5 }),
  units: integer({ min: 1, max: 3 }),
  minor: integer({ min: 1, max: 400 }),
});

type Wish = { readonly kind: number; readonly line: number; readonly units: number; readonly minor: number };

function changeFor({ kind, line, units, minor }: Wish): CorrectionChange {
  const lineId = `line-${line}`;
  if (kind === 0) return { kind: 'reduce', lineId, minor };
  if (kind === 1) return { kind: 'give-back', lines: [], fees: [{ fee: 'bag', pieces: 1 }] };
  return { kind: 'give-back', lines: [{ lineId, units }], fees: [] };
}

test('parts that are given back in whatever order add up to the whole, and never to more than is left', () => {
  let refundCount = 0;
  holds(
    property(integer(), boolean(), array(wish, { maxLength: 12 }), (seed, includesTax, wishes) => {
      const first = drawnContent(seed, includesTax);
      let content = first;
      let givenBack = 0;
      for (const each of wishes) {
        const next = correctedBy(content, { change: changeFor(each) });
        if (!next.ok) continue;
        const change = next.value.change!;
        // Cash is rounded once, so the rounding alone may be given back below zero, with the last unit.
        expect(change.givenBackMinor).toBeLessThanOrEqual(content.sums.toPayMinor);
        givenBack += change.givenBackMinor;
        content = next.value;
        expect(content.sums.toPayMinor).toBe(first.sums.toPayMinor - givenBack);
        expect(content.sums.totalMinor).toBeGreaterThanOrEqual(0);
        const sale = saleOf(content);
        expect(isSaleUsable(sale)).toBe(true);
        expect(totalOf(sale)).toBe(content.sums.toPayMinor);
        refundCount++;
      }
      const last = correctedBy(content, {});
      if (last.ok) {
        givenBack += last.value.change!.givenBackMinor;
        content = last.value;
      }
      expect(givenBack).toBe(first.sums.toPayMinor);
      const { taxes, ...amounts } = saleOf(content);
      expect(taxes).toEqual([]);
      const { currency: _, ...numbers } = amounts;
      expect(Object.values(numbers)).toEqual([0, 0, 0, 0, 0]);
    }),
    { numRuns: 1000, seed: 5 },
  );
  expect(refundCount).toBeGreaterThan(1500);
});

test('the sale of a receipt has every part: taxes and levies by authority, deposits, funders, the rest revenue', () => {
  holds(
    property(integer(), boolean(), (seed, includesTax) => {
      const content = drawnContent(seed, includesTax);
      const sale = saleOf(content);
      const { units, fees } = keptOf(content);
      const deposits = fees.filter(({ fee }) => fee === 'bottle').reduce((sum, { minor }) => sum + minor, 0);
      expect(sale.depositsMinor).toBe(deposits);
      const reductions = units.flatMap((unit) => unit.reductions);
      const fundedBy = (who: string): number =>
        reductions.filter(({ funder }) => funder === who).reduce((sum, { minor }) => sum + minor, 0);
      expect(sale.manufacturerMinor).toBe(fundedBy('manufacturer'));
      expect(sale.thirdPartyMinor).toBe(fundedBy('third-party'));
      const owed = sale.taxes.reduce((sum, { minor }) => sum + minor, 0);
      expect(owed).toBeGreaterThanOrEqual(content.sums.taxMinor);
      expect(totalOf(sale)).toBe(content.sums.toPayMinor);
    }),
    { numRuns: 300, seed: 6 },
  );
});

/** Two units of one line at different prices, with a tenth of tax on top, and two bags. */
function twoUnits(): ReceiptContent {
  const unit = (netMinor: number): ReceiptContent['lines'][number]['units'][number] => ({
    listMinor: 300,
    reductions: [
      { because: 'half-price', name: 'Second half price', funder: 'store', minor: 300 - netMinor },
    ],
    netMinor,
    taxes: [
      {
        authority: 'state',
        taxClass: 'standard',
        perMillion: 100_000,
        baseMinor: netMinor,
        minor: netMinor / 10,
      },
    ],
    fees: [],
    givenBackIn: null,
  });
  const content = drawnContent(1, false);
  const bag = { fee: 'bag', minor: 5, taxes: [], givenBackIn: null };
  const lines = [{ ...content.lines[0]!, units: [unit(150), unit(290)] }];
  const fees = [{ fee: 'bag', name: 'Bag', kind: 'charge' as const, authority: null, loose: [bag, bag] }];
  const sums = { ...content.sums, cashAdjustmentMinor: 1 };
  const first = correctedBy(
    { ...content, lines, fees, sums },
    { change: { kind: 'reduce', lineId: 'line-1', minor: 40 } },
  );
  if (!first.ok) throw new Error(first.problem.code);
  return contentOf({ ...content, ...first.value });
}

test('the dearest unit goes first, at its own price and tax, and says in which revision', () => {
  const content = twoUnits();
  // 40 off 150 and 290 is 14 and 26; taxes follow: 13.6 and 26.4, half up.
  expect(content.lines[0]?.units.map(({ netMinor }) => netMinor)).toEqual([136, 264]);
  expect(content.lines[0]?.units.map(({ taxes }) => taxes[0]?.minor)).toEqual([14, 26]);
  expect(content.sums.toPayMinor).toBe(136 + 264 + 14 + 26 + 10 + 1);
  const one = correctedBy(content, {
    change: { kind: 'give-back', lines: [{ lineId: 'line-1', units: 1 }], fees: [] },
  });
  if (!one.ok) throw new Error(one.problem.code);
  expect(one.value.change?.givenBackMinor).toBe(264 + 26);
  // When it was bought stays; when the revision came is its own.
  expect(one.value.localTime).toEqual(content.localTime);
  expect(one.value.issuedAtMs).toBe(2000);
  expect(one.value.lines[0]?.units.map(({ givenBackIn }) => givenBackIn)).toEqual([null, 2]);
  expect(one.value.sums.taxes).toMatchObject([{ authority: 'state', baseMinor: 136, minor: 14 }]);
  const bags = { kind: 'give-back', lines: [], fees: [{ fee: 'bag', pieces: 2 }] } as const;
  const two = correctedBy(one.value, { change: bags });
  if (!two.ok) throw new Error(two.problem.code);
  expect(two.value.change?.givenBackMinor).toBe(10);
  // What cash could not pay exactly goes with the last of it.
  const rest = correctedBy(two.value, {});
  expect(rest.ok && rest.value.change?.givenBackMinor).toBe(136 + 14 + 1);
  expect(rest.ok && [rest.value.sums.toPayMinor, rest.value.sums.cashAdjustmentMinor]).toEqual([0, 0]);
});

test.each([
  ['RECEIPT_LINE_UNKNOWN', { kind: 'give-back', lines: [{ lineId: 'line-9', units: 1 }], fees: [] }],
  ['RECEIPT_LINE_UNKNOWN', { kind: 'give-back', lines: [], fees: [{ fee: 'sugar', pieces: 1 }] }],
  ['RECEIPT_LINE_UNKNOWN', { kind: 'reduce', lineId: 'line-9', minor: 1 }],
  ['RECEIPT_UNITS_MISSING', { kind: 'give-back', lines: [{ lineId: 'line-1', units: 3 }], fees: [] }],
  [
    'RECEIPT_UNITS_MISSING',
    {
      kind: 'give-back',
      lines: [
        { lineId: 'line-1', units: 1 },
        { lineId: 'line-1', units: 2 },
      ],
      fees: [],
    },
  ],
  ['RECEIPT_COUNT_INVALID', { kind: 'give-back', lines: [{ lineId: 'line-1', units: 0 }], fees: [] }],
  ['RECEIPT_COUNT_INVALID', { kind: 'give-back', lines: [{ lineId: 'line-1', units: 1.5 }], fees: [] }],
  ['RECEIPT_COUNT_INVALID', { kind: 'reduce', lineId: 'line-1', minor: -5 }],
  ['RECEIPT_REDUCTION_TOO_LARGE', { kind: 'reduce', lineId: 'line-1', minor: 401 }],
  ['RECEIPT_UNCHANGED', { kind: 'give-back', lines: [], fees: [] }],
] as const)('%s is refused, with where, what and a remedy', (code, change) => {
  const refused = correctedBy(twoUnits(), { change });
  expect(refused).toMatchObject({ ok: false, problem: { code, where: 'store-1/a/000001' } });
  expect(refused.ok ? '' : refused.problem.remedy).toMatch(/\.$/);
});

test('a reason is for whom it is for, and makes a receipt dearer only where it may', () => {
  const content = twoUnits();
  const codeOf = (correction: Parameters<typeof correctedBy>[1]): string => {
    const made = correctedBy(content, correction);
    return made.ok ? 'taken' : made.problem.code;
  };
  expect(codeOf({ by: 'shopper', reason: 'goodwill' })).toBe('RECEIPT_REASON_NOT_THEIRS');
  expect(codeOf({ by: 'shopper', reason: 'not-taken' })).toBe('taken');
  const more = { ...contentOf(content), ...drawnContent(3, false) };
  const change = { kind: 'replace', goods: more } as const;
  expect(more.sums.toPayMinor).toBeGreaterThan(content.sums.toPayMinor);
  expect(codeOf({ reason: 'not-taken', change })).toBe('RECEIPT_REASON_NOT_UPWARD');
  expect(codeOf({ reason: 'not-billed', change })).toBe('taken');
  const other = { kind: 'replace', goods: { ...more, currency: 'GBP' } } as const;
  expect(codeOf({ reason: 'not-billed', change: other })).toBe('RECEIPT_CURRENCY');
});

test('no reason says that somebody did wrong', () => {
  const accusing = /fraud|theft|stol|thief|shoplift|suspect|abuse|lie/i;
  for (const reason of Object.keys(CORRECTION_REASONS)) expect(reason).not.toMatch(accusing);
});

test('what a unit is worth is its price, the tax on top of it and its fees', () => {
  holds(
    property(integer(), boolean(), (seed, includesTax) => {
      const content = drawnContent(seed, includesTax);
      const { units, fees } = keptOf(content);
      const loose = fees.slice(units.flatMap((unit) => unit.fees).length);
      const looseWorth = loose.reduce((sum, { minor, taxes }) => {
        const tax = includesTax ? 0 : taxes.reduce((total, each) => total + each.minor, 0);
        return sum + minor + tax;
      }, 0);
      const worth = units.reduce((sum, unit) => sum + worthMinor(unit, includesTax), 0);
      expect(worth + looseWorth).toBe(content.sums.totalMinor);
    }),
    { numRuns: 200, seed: 7 },
  );
});
