/**
 * Our reader of element strings against one that is kept elsewhere, `gs1-barcode-parser-mod`: valid strings by chance
 * over all identifiers that both know must give the same elements and values. Where the two differ, a table says so,
 * who is right and from where that is known; each row must still be so, else it goes. Titles are not compared, for
 * each words them in its own way.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import {
  APPLICATION_IDENTIFIERS,
  bracketedText,
  GROUP_SEPARATOR,
  readElementString,
  scannedText,
} from '../../src/codes/index.ts';
import type { ApplicationIdentifier, Element, ReadElement } from '../../src/codes/index.ts';
import { differsByDesign, inWordsOfLibrary, MISREAD, ONLY_LIBRARY, ONLY_OURS } from './gs1-differences.ts';
import { knownToLibrary, readByLibrary } from './gs1-library.ts';
import { drawElement } from './valid-elements.ts';
import type { DrawnElement } from './valid-elements.ts';

const SEED = 20_261_201;
const STRINGS = 5000;
const MISREAD_STRINGS = 200;
const ELEMENTS_MAX = 6;
const YEAR_FIRST = 1970;
const YEARS = 130;

/** The symbology identifiers that both take off, and none. */
const SYMBOLOGIES = ['', ']C1', ']e0', ']d2', ']Q3'];

const ROWS = [...APPLICATION_IDENTIFIERS.values()];
const { ais: libraryAis, misread: otherDigits } = knownToLibrary();
const COMMON = ROWS.filter(({ ai }) => libraryAis.has(ai));
/** One family for each measure and each kind of money, so that they do not crowd out the rest. */
const FAMILIES = [...Map.groupBy(COMMON, ({ ai }) => (/^3[1-69]/.test(ai) ? ai.slice(0, 3) : ai)).values()];

/** The library asks the clock for the year; ours is told. The clock stands in the middle of a year we choose. */
beforeAll(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterAll(() => vi.useRealTimers());

function drawYear(random: Random): number {
  const year = YEAR_FIRST + random.below(YEARS);
  vi.setSystemTime(Date.UTC(year, 6, 1));
  return year;
}

/** Elements of different identifiers in any order; those that the library cannot read are drawn again. */
function drawElements(random: Random, yearNow: number): DrawnElement[] {
  const drawn = new Map<string, DrawnElement>();
  const count = 1 + random.below(ELEMENTS_MAX);
  while (drawn.size < count) {
    const family = FAMILIES[random.below(FAMILIES.length)]!;
    const row = family[random.below(family.length)]!;
    const element = drawElement(random, row, yearNow);
    if (!MISREAD.some(({ isMisread }) => isMisread(element))) drawn.set(row.ai, element);
  }
  return [...drawn.values()];
}

function oursOf(text: string, yearNow: number): readonly ReadElement[] {
  const read = readElementString(text, yearNow);
  if (!read.ok) throw new Error(`${JSON.stringify(text)}: ${read.problem.what}`);
  return read.value;
}

function momentsRead({ meant }: ReadElement): string[] {
  switch (meant.kind) {
    case 'date':
      return [meant.date];
    case 'time':
      return [meant.time];
    case 'period':
      return meant.from === meant.to ? [meant.from] : [meant.from, meant.to];
    default:
      return [];
  }
}

const bare = (elements: readonly Element[]): Element[] => elements.map(({ ai, value }) => ({ ai, value }));

/** The forms in which one string may come; brackets only where none stands in a value (ours wants `\(`, see below). */
function formsOf(random: Random, written: readonly DrawnElement[]): string[] {
  const symbology = SYMBOLOGIES[random.below(SYMBOLOGIES.length)]!;
  const separated = written.map(({ ai, value }) => `${ai}${value}${GROUP_SEPARATOR}`).join('');
  const forms = [`${symbology}${scannedText(written)}`, `${symbology}${separated}`];
  const hasBracket = written.some(({ value }) => value.includes('('));
  return hasBracket ? forms : [...forms, `${symbology}${bracketedText(written)}`];
}

test(`${STRINGS} valid strings over all identifiers that both know are read alike`, () => {
  const random = seededRandom(SEED);
  const counts = new Map<string, number>();
  const readAis = new Set<string>();
  for (let nth = 0; nth < STRINGS; nth++) {
    const yearNow = drawYear(random);
    const written = drawElements(random, yearNow);
    for (const text of formsOf(random, written)) {
      const ours = oursOf(text, yearNow);
      expect(bare(ours)).toEqual(bare(written));
      expect(ours.map(momentsRead), text).toEqual(written.map(({ moments }) => moments));
      expect(readByLibrary(text), JSON.stringify(text)).toEqual(ours.map(inWordsOfLibrary));
    }
    for (const element of written) {
      readAis.add(element.ai);
      const row = APPLICATION_IDENTIFIERS.get(element.ai)!;
      for (const { what } of differsByDesign(row, element)) counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  expect(readAis.size, 'every identifier that both know is drawn').toBe(COMMON.length);
  expect([...counts.keys()].toSorted()).toEqual(
    differsByDesign()
      .map(({ what }) => what)
      .toSorted(),
  );
});

test.each(MISREAD)('only ours reads $what', ({ ai, isMisread }) => {
  const random = seededRandom(SEED + Number(ai));
  const row: ApplicationIdentifier = APPLICATION_IDENTIFIERS.get(ai)!;
  let count = 0;
  while (count < MISREAD_STRINGS) {
    const yearNow = drawYear(random);
    const element = drawElement(random, row, yearNow);
    if (!isMisread(element)) continue;
    count++;
    const text = `]C1${scannedText([element])}`;
    const [ours] = oursOf(text, yearNow);
    expect(bare([ours!])).toEqual(bare([element]));
    expect(momentsRead(ours!)).toEqual([...new Set(element.moments)]);
    expect(readByLibrary(text), text).not.toEqual([inWordsOfLibrary(ours!)]);
  }
});

test('which identifiers only one of them knows, and why', () => {
  const oursAlone = ROWS.map(({ ai }) => ai).filter((ai) => !libraryAis.has(ai));
  expect(oursAlone.toSorted()).toEqual(ONLY_OURS.flatMap(({ ais }) => ais).toSorted());
  const libraryAlone = [...libraryAis].filter((ai) => !APPLICATION_IDENTIFIERS.has(ai));
  for (const ai of libraryAlone)
    expect(ONLY_LIBRARY.filter(({ pattern }) => pattern.test(ai)).length, ai).toBe(1);
  for (const { pattern, what } of ONLY_LIBRARY)
    expect(
      libraryAlone.some((ai) => pattern.test(ai)),
      what,
    ).toBe(true);
  // The library reads any 820n as (8200); GS1 has given out no other one.
  expect(otherDigits).toEqual(Array.from({ length: 9 }, (_, nth) => `820${nth + 1}`));
  for (const digits of otherDigits) expect(readElementString(`${digits}A`, 2026).ok, digits).toBe(false);
});

/** Each with what ours reads, null where it refuses. */
test.each([
  {
    text: `${GROUP_SEPARATOR}10A`,
    ours: 'A',
    why: 'ours takes an FNC1 in front, as readers without ]d2 send it',
  },
  { text: ']J110A', ours: 'A', why: 'the library does not know DotCode, the syntax engine of GS1 does' },
  { text: '(10)A\\(01)', ours: 'A(01)', why: 'a bracket in a value: \\( as in the syntax engine of GS1' },
  { text: ']e110A', ours: null, why: 'composites come as ]e0: the syntax engine of GS1 refuses others' },
  { text: ']e210A', ours: null, why: 'the same' },
  { text: '(01)09506000134353', ours: null, why: 'check digit wrong' },
  { text: '(10)123456789012345678901', ours: null, why: '21 characters where 20 are the most' },
  { text: '(10)Größe', ours: null, why: 'characters that GS1 does not have' },
  { text: '(30)12A', ours: null, why: 'a letter in a count' },
  { text: '(423)2760', ours: null, why: 'a country and a third' },
  { text: '(17)270229', ours: null, why: 'no such day; the library goes on to 1 March' },
  { text: '(17)261301', ours: null, why: 'no such month' },
  { text: '(7006)261200', ours: null, why: 'the dictionary of GS1 wants the day here' },
  { text: '(10)A(10)B', ours: null, why: 'one identifier, two values' },
])('only one of them takes $text: $why', ({ text, ours, why }) => {
  const read = readElementString(text, 2026);
  expect(read.ok ? read.value.map(({ value }) => value) : null).toEqual(ours === null ? null : [ours]);
  const theirs = readByLibrary(text);
  if (ours === null) expect(theirs, why).not.toBeNull();
  else expect(theirs?.map(({ raw }) => raw)).not.toEqual([ours]);
});
