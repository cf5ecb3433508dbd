/** Any receipt: places, lines, weights, reductions, fees, taxes, and units given back in earlier and later revisions. */
import fc from 'fast-check';
import { CORRECTION_REASONS } from '../../../src/receipts/index.ts';
import type { CorrectionReason, Language, ReceiptRevision } from '../../../src/receipts/index.ts';
import { AUSTRALIA, GERMANY, GREAT_BRITAIN, MINNEAPOLIS, NEW_ZEALAND, ONTARIO } from './places.ts';
import { revisionOf } from './revision.ts';
import type { LineDraft, PlaceDraft, UnitsDraft } from './revision.ts';

/** Currencies without decimals and with three, on a British receipt. */
const PLACES: readonly PlaceDraft[] = [
  GREAT_BRITAIN,
  AUSTRALIA,
  NEW_ZEALAND,
  ONTARIO,
  MINNEAPOLIS,
  GERMANY,
  { ...GREAT_BRITAIN, currency: 'JPY' },
  { ...MINNEAPOLIS, currency: 'KWD' },
];

function unitsDraft(revision: number): fc.Arbitrary<UnitsDraft> {
  return fc
    .record({
      count: fc.integer({ min: 1, max: 4 }),
      list: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 100_000, max: 9_999_999 })),
      shares: fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 2 }),
      because: fc.constantFrom('label', 'loyalty-price', 'goodwill', 'offer-7'),
      givenBackIn: revision === 1 ? fc.constant(null) : fc.option(fc.integer({ min: 2, max: revision })),
    })
    .map(({ count, list, shares, because, givenBackIn }) => ({
      count,
      list,
      reductions: shares.map((share, index) => ({
        because,
        name: index === 0 ? '' : `Offer ${index}`,
        funder: 'store' as const,
        minor: Math.floor((list * share) / shares.length),
      })),
      ...(givenBackIn === null ? {} : { givenBackIn }),
    }));
}

function lineDraft(place: PlaceDraft, revision: number): fc.Arbitrary<LineDraft> {
  return fc
    .record({
      name: fc.oneof(
        fc.constantFrom('Milk', 'Brot', 'Crème brûlée', 'Ğ λ Ж', '牛乳', '<script>alert(1)</script>'),
        fc
          .string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abc def é-&"') })
          .filter((text) => text.trim() !== ''),
      ),
      taxClass: fc.constantFrom(...Object.keys(place.rates)),
      units: fc.array(unitsDraft(revision), { minLength: 1, maxLength: 3 }),
      fees: fc.subarray(Object.keys(place.fees)),
      grams: fc.option(fc.integer({ min: 1, max: 12_000 })),
      lowest: fc.option(fc.integer({ min: 0, max: 5000 })),
      probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(({ grams, lowest, units, ...line }) => ({
      ...line,
      units: grams === null ? units : [{ ...units[0]!, count: 1 }],
      ...(grams === null ? {} : { grams, perKilogram: 1234 }),
      ...(lowest === null ? {} : { lowest }),
    }));
}

export const anyRevision: fc.Arbitrary<ReceiptRevision> = fc
  .record({ place: fc.constantFrom(...PLACES), revision: fc.integer({ min: 1, max: 4 }) })
  .chain(({ place, revision }) => {
    const feeNames = Object.keys(place.fees);
    const loose =
      feeNames.length === 0
        ? fc.constant([])
        : fc.array(fc.record({ fee: fc.constantFrom(...feeNames) }), { maxLength: 3 });
    return fc.record({
      place: fc.constant(place),
      revision: fc.constant(revision),
      lines: fc.array(lineDraft(place, revision), { minLength: 1, maxLength: 5 }),
      loose,
      reason: fc.constantFrom(...(Object.keys(CORRECTION_REASONS) as CorrectionReason[])),
      givenBackMinor: fc.integer({ min: -500, max: 5000 }),
      cashAdjustment: fc.integer({ min: -2, max: 2 }),
    });
  })
  .map(({ reason, givenBackMinor, ...draft }) =>
    revisionOf({
      ...draft,
      ...(draft.revision === 1
        ? {}
        : { change: { correctionId: 'c', reason, by: 'system', note: null, givenBackMinor } }),
    }),
  );

export const anyLanguage = (languages: readonly Language[]): fc.Arbitrary<Language> =>
  fc.constantFrom(...languages);
