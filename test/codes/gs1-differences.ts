/** Where our reading of an element string and that of `gs1-barcode-parser-mod` differ, and why. */
import { APPLICATION_IDENTIFIERS } from '../../src/codes/index.ts';
import type { ApplicationIdentifier, Element, ReadElement } from '../../src/codes/index.ts';
import type { LibraryElement } from './gs1-library.ts';

interface Difference {
  readonly what: string;
  readonly reason: string;
  readonly occursIn: (row: ApplicationIdentifier, element: Element) => boolean;
}

const AI_WITH_COUNTRY = '421';

/** A variable amount of fewer digits than it has decimals, other than zero. */
function isShortAmount({ meaning, decimals }: ApplicationIdentifier, { value }: Element): boolean {
  if (meaning.kind !== 'money') return false;
  const amount = meaning.hasCurrency ? value.slice(3) : value;
  return amount.length < decimals && Number(amount) > 0;
}

/** Two ways to say one thing, but for the first row; every row must occur in the strings that are drawn. */
const DIFFERENCES: readonly Difference[] = [
  {
    what: 'an amount of fewer digits than decimals',
    reason:
      'The library is wrong: it takes (3923)5 for 0.5. The place of the point is counted from the right, so it is 0.005, as other readers have it that divide by a power of ten (Element.kt of snabble/Android-SDK).',
    occursIn: isShortAmount,
  },
  {
    what: 'a number with decimals',
    reason: 'Ours keeps the whole number and its decimals apart, exact; the library makes a float of them.',
    occursIn: ({ meaning }) => ['measure', 'money', 'percent'].includes(meaning.kind),
  },
  {
    what: 'a unit',
    reason: 'Ours has the sign (kg), the library the code of UN/ECE recommendation 20 (KGM).',
    occursIn: ({ meaning }) => meaning.kind === 'measure',
  },
  {
    what: 'what a percentage or a price per unit is counted in',
    reason: 'The library puts the title of (394n) and (395n) where the unit goes.',
    occursIn: ({ ai }) => /^39[45]/.test(ai),
  },
  {
    what: 'the country of (421)',
    reason: 'The library cuts it off the value; ours leaves the value whole, for nothing here ships.',
    occursIn: ({ ai }) => ai === AI_WITH_COUNTRY,
  },
  {
    what: 'a count',
    reason: 'Ours is a number, the library leaves the digits.',
    occursIn: ({ meaning }) => meaning.kind === 'count',
  },
  {
    what: 'a time',
    reason: 'Ours reads the day and the time, the library leaves the digits.',
    occursIn: ({ meaning }) => meaning.kind === 'time',
  },
  {
    what: 'a key with a serial number behind it',
    reason: 'Ours gives the key apart as well; the library does not know where it ends.',
    occursIn: ({ meaning }, { value }) => meaning.kind === 'key' && value.length > meaning.digits,
  },
];

/** The rows that an element is an instance of; all of them where none is given. */
export function differsByDesign(row?: ApplicationIdentifier, element?: Element): readonly Difference[] {
  if (!row || !element) return DIFFERENCES;
  return DIFFERENCES.filter(({ occursIn }) => occursIn(row, element));
}

/** Our units in the codes of UN/ECE recommendation 20. */
const UNIT_CODES: Readonly<Record<string, string>> = {
  kg: 'KGM',
  m: 'MTR',
  'm²': 'MTK',
  l: 'LTR',
  'm³': 'MTQ',
  lb: 'LBR',
  in: 'INH',
  ft: 'FOT',
  yd: 'YRD',
  'kg/m²': '28',
  'in²': 'INK',
  'ft²': 'FTK',
  'yd²': 'YDK',
  'troy oz': 'APZ',
  oz: 'ONZ',
  qt: 'QT',
  gal: 'GLL',
  'in³': 'INQ',
  'ft³': 'FTQ',
  'yd³': 'YDQ',
};

/** The library's mistake with short amounts, so that everything else about them is compared still. */
function shortAmountByLibrary(digits: string, decimals: number): number {
  return Number(`${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}`);
}

function numbered(element: ReadElement, row: ApplicationIdentifier): Pick<LibraryElement, 'data' | 'unit'> {
  const { meant, value } = element;
  switch (meant.kind) {
    case 'measure': {
      const { amount, decimals, unit } = meant.measure;
      return { data: Number(`${amount}e-${decimals}`), unit: UNIT_CODES[unit] ?? `${unit}?` };
    }
    case 'money': {
      const unit = row.ai.startsWith('395') ? 'PRICE/UoM' : (meant.currencyNumber ?? '');
      const digits = meant.currencyNumber === null ? value : value.slice(3);
      const data = isShortAmount(row, element)
        ? shortAmountByLibrary(digits, meant.decimals)
        : Number(`${meant.amount}e-${meant.decimals}`);
      return { data, unit };
    }
    case 'percent':
      return { data: Number(`${meant.amount}e-${meant.decimals}`), unit: 'PRCNT OFF' };
    case 'count':
      return { data: String(meant.count).padStart(value.length, '0'), unit: '' };
    case 'key':
      return { data: meant.key + value.slice(meant.key.length), unit: '' };
    default:
      return { data: value, unit: '' };
  }
}

/** What the library must say where it means what we mean. */
export function inWordsOfLibrary(element: ReadElement): LibraryElement {
  const { ai, value, meant } = element;
  const row = APPLICATION_IDENTIFIERS.get(ai)!;
  const plain = { ai, raw: value, isoDate: '' };
  if (meant.kind === 'date' && row.meaning.kind === 'date')
    return { ...plain, data: null, unit: '', isoDate: meant.date };
  if (meant.kind === 'period') return { ...plain, data: null, unit: '', isoDate: meant.from };
  if (ai === AI_WITH_COUNTRY) return { ...plain, data: value.slice(3), unit: value.slice(0, 3) };
  return { ...plain, ...numbered(element, row) };
}

/** Valid values that the library reads wrongly or refuses; ours is right by the dictionary of GS1. */
export const MISREAD: readonly {
  readonly ai: string;
  readonly what: string;
  readonly isMisread: (element: Element) => boolean;
}[] = [
  {
    ai: '425',
    what: 'more than one country of (425): N3 [N3] [N3] [N3] [N3], the library takes three digits',
    isMisread: ({ ai, value }) => ai === '425' && value.length > 3,
  },
  {
    ai: '7007',
    what: 'the second day of (7007): N6 [N6], the library takes six digits',
    isMisread: ({ ai, value }) => ai === '7007' && value.length > 6,
  },
];

export const ONLY_OURS: readonly { readonly ais: readonly string[]; readonly what: string }[] = [
  { ais: ['717', '8014', '8040', '8041', '8042', '8043'], what: 'newer than what the library follows' },
  { ais: ['8111', '8112'], what: 'coupons: points, and those without paper' },
];

export const ONLY_LIBRARY: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /^3[1-6]\d[6-9]$/, what: 'measures of six to nine decimals, which GS1 does not have' },
  { pattern: /^394[4-9]$/, what: 'percentages of four to nine decimals, which GS1 does not have' },
  { pattern: /^395[6-9]$/, what: 'prices per unit of six to nine decimals, which GS1 does not have' },
  { pattern: /^43\d\d$/, what: 'transport' },
  { pattern: /^703\d$/, what: 'processors' },
  { pattern: /^723\d$/, what: 'certificates' },
  { pattern: /^72[45]\d$/, what: 'trials and patients' },
  { pattern: /^810[0-2]$/, what: 'coupons of old, withdrawn' },
];
