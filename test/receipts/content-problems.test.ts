/** What a shop is told that its receipts lack, and that a title claims only what is there. */
import { expect, test } from 'vitest';
import {
  contentProblems,
  COUNTRY_CONTENTS,
  countryContent,
  paperOf,
  RECEIPT_CONTENT_PROBLEM_CODES,
} from '../../src/receipts/index.ts';
import type { ReceiptRevision, Seller } from '../../src/receipts/index.ts';
import {
  AUSTRALIA,
  EXAMPLES,
  GERMANY,
  GREAT_BRITAIN,
  MINNEAPOLIS,
  NEW_ZEALAND,
  ONTARIO,
  revisionOf,
} from './builders/index.ts';
import type { PlaceDraft } from './builders/index.ts';

function bought(place: PlaceDraft, minor: number, seller: Partial<Seller> = {}): ReceiptRevision {
  const lines = [{ name: 'Kettle', taxClass: 'standard', units: [{ count: 1, list: minor }] }];
  return revisionOf({ place: { ...place, seller: { ...place.seller, ...seller } }, lines });
}

const codes = (revision: ReceiptRevision): string[] => contentProblems(revision).map(({ code }) => code);
const without = { taxIds: [] };

test('the examples lack nothing', () => {
  for (const { name, revision } of EXAMPLES) expect(codes(revision), name).toEqual([]);
});

test('a missing number is told with its field and what to do', () => {
  expect(contentProblems(bought(AUSTRALIA, 2000, without))).toEqual([
    {
      code: 'RECEIPT_SELLER_ID_MISSING',
      where: 'corner-shop/A/000017#1 seller.taxIds',
      what: 'AU wants a number of kind abn, for tax was charged',
      remedy: 'Add it: eleven digits.',
    },
  ]);
});

/** Total, and whether a number of the seller is needed and the buyer named from there. */
const THRESHOLDS: readonly (readonly [PlaceDraft, number, boolean, boolean])[] = [
  [GREAT_BRITAIN, 1, true, false],
  [GREAT_BRITAIN, 25_000, true, false],
  [GREAT_BRITAIN, 25_001, true, true],
  [AUSTRALIA, 8250, true, false],
  [AUSTRALIA, 99_999, true, false],
  [AUSTRALIA, 100_000, true, true],
  [NEW_ZEALAND, 20_000, false, false],
  [NEW_ZEALAND, 20_001, true, false],
  [NEW_ZEALAND, 100_000, true, false],
  [NEW_ZEALAND, 100_001, true, true],
  [GERMANY, 25_000, false, false],
  [GERMANY, 25_001, true, true],
  [MINNEAPOLIS, 10_000_000, false, false],
];

test('numbers and buyers are asked for where the country draws the line', () => {
  for (const [place, minor, isIdNeeded, isBuyerNeeded] of THRESHOLDS) {
    const found = codes(bought(place, minor, without));
    const name = `${place.seller.country} ${minor}`;
    expect(found.includes('RECEIPT_SELLER_ID_MISSING'), name).toBe(isIdNeeded);
    expect(found.includes('RECEIPT_BUYER_NEEDED'), name).toBe(isBuyerNeeded);
  }
});

test('in Canada the line is drawn at what is paid, tax on top', () => {
  // 88.49 and 13 % are 99.99; 88.50 and 13 % are 100.01.
  expect(codes(bought(ONTARIO, 8849, without))).toEqual([]);
  expect(codes(bought(ONTARIO, 8850, without))).toEqual(['RECEIPT_SELLER_ID_MISSING']);
  expect(codes(bought(ONTARIO, 44_248))).toEqual(['RECEIPT_BUYER_NEEDED']);
});

test('no number is asked for where no tax was charged', () => {
  const lines = [{ name: 'Milk', taxClass: 'gst-free', units: [{ count: 1, list: 365 }] }];
  const place = { ...AUSTRALIA, seller: { ...AUSTRALIA.seller, taxIds: [] } };
  expect(codes(revisionOf({ place, lines }))).toEqual([]);
});

test('a number that cannot be one, a missing address, name, contact and country', () => {
  const vat = (value: string): Partial<Seller> => ({ taxIds: [{ kind: 'vat', value }] });
  expect(codes(bought(GREAT_BRITAIN, 100, vat('GB 123')))).toEqual(['RECEIPT_SELLER_ID_FORM']);
  expect(codes(bought(GREAT_BRITAIN, 100, vat('  ')))).toEqual(['RECEIPT_SELLER_ID_MISSING']);
  expect(codes(bought(GREAT_BRITAIN, 100, { addressLines: [' '] }))).toEqual([
    'RECEIPT_SELLER_ADDRESS_MISSING',
  ]);
  expect(codes(bought(MINNEAPOLIS, 100, { addressLines: [] }))).toEqual([]);
  expect(codes(bought(MINNEAPOLIS, 100, { legalName: '', contact: null }))).toEqual([
    'RECEIPT_SELLER_NAME_MISSING',
    'RECEIPT_SELLER_CONTACT_MISSING',
  ]);
  expect(codes(bought(MINNEAPOLIS, 100, { country: 'XX' }))).toEqual(['RECEIPT_COUNTRY_UNKNOWN']);
});

test('states of the EU without a row of their own follow the directive', () => {
  expect(countryContent('FR')).toBe(countryContent('EL') ?? countryContent('GR'));
  expect(codes(bought(GERMANY, 100, { country: 'FR', taxIds: [] }))).toEqual(['RECEIPT_SELLER_ID_MISSING']);
});

function titleOf(revision: ReceiptRevision): string {
  return paperOf(revision, 'en-AU').title.replace(' corner-shop/A/000017', '');
}

test('a title is claimed only by a receipt that has what it needs', () => {
  expect(titleOf(bought(AUSTRALIA, 2000))).toBe('Tax invoice');
  expect(titleOf(bought(AUSTRALIA, 2000, without))).toBe('Receipt');
  expect(titleOf(bought(AUSTRALIA, 100_000))).toBe('Receipt');
  expect(titleOf(bought(GREAT_BRITAIN, 2000))).toBe('VAT receipt');
  expect(titleOf(bought(GREAT_BRITAIN, 2000, { country: 'XX' }))).toBe('Receipt');
});

test('every row of a country names its sources and the day they were looked up', () => {
  for (const { country, sources, asOf } of COUNTRY_CONTENTS) {
    expect(sources.length, country).toBeGreaterThan(0);
    for (const { url, says } of sources) {
      expect(url, country).toMatch(/^https:\/\/\S+$/);
      expect(says.length, country).toBeGreaterThan(20);
    }
    expect(asOf, country).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test('every code has its meaning', () => {
  for (const [code, meaning] of Object.entries(RECEIPT_CONTENT_PROBLEM_CODES)) {
    expect(code).toMatch(/^RECEIPT_/);
    expect(meaning.length).toBeGreaterThan(10);
  }
});
