import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APPLICATION_IDENTIFIERS, fixedValueLength } from './application-identifiers.ts';
import type { ApplicationIdentifier } from './application-identifiers.ts';
import { checkDigitOf } from './check-digit.ts';
import { digitalLinkText, readDigitalLink } from './digital-link.ts';
import { yearOf } from './element-date.ts';
import type { Element, ReadElement } from './element.ts';
import { bracketedText, readElementString, scannedText } from './element-string.ts';

const YEAR = 2026;
const ROWS = [...APPLICATION_IDENTIFIERS.values()];
const CHARACTERS: Readonly<Record<string, string>> = {
  n: '0123456789',
  x: '!"%&\'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz',
  y: '#-/0123456789ABCXYZ',
  z: '-0123456789=ABCXYZ_abcxyz',
};

const TIMES: Readonly<Record<string, readonly string[]>> = {
  '7003': ['2611301530'],
  '7011': ['261130', '2611301530'],
  '8008': ['26113015', '2611301530', '261130235959'],
};

function stretchOf(stretch: string): fc.Arbitrary<string> {
  const letter = stretch[0] ?? 'n';
  const isOpen = stretch.includes('..');
  const most = Number(stretch.replaceAll(/\D/g, ''));
  const character = fc.constantFrom(...(CHARACTERS[letter] ?? ''));
  return fc.string({ unit: character, minLength: isOpen ? 1 : most, maxLength: most });
}

/** Values that an identifier allows, made from its form by other means than the code that checks them. */
function valueOf(row: ApplicationIdentifier): fc.Arbitrary<string> {
  const { ai, meaning, form } = row;
  if (meaning.kind === 'date')
    return fc
      .tuple(
        fc.nat(99),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: meaning.needsDay ? 1 : 0, max: 28 }),
      )
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));
  if (meaning.kind === 'time') return fc.constantFrom(...(TIMES[ai] ?? []));
  if (meaning.kind === 'period') return fc.constantFrom('261130', '261101261130', '991231000101');
  const stretches = (form.match(/[nxyz](?:\.\.)?\d+/g) ?? []).map(stretchOf);
  const required = form.includes('[') ? 1 : stretches.length;
  const whole = fc.tuple(...stretches).chain((parts) => {
    return fc.constantFrom(parts.join(''), parts.slice(0, required).join(''));
  });
  if (meaning.kind !== 'key') return whole;
  return whole.map((value) => {
    const payload = value.slice(0, meaning.digits - 1);
    return `${payload}${checkDigitOf(payload)}${value.slice(meaning.digits)}`;
  });
}

const elementOf = (row: ApplicationIdentifier): fc.Arbitrary<Element> =>
  valueOf(row).map((value) => ({ ai: row.ai, value }));

const elements = fc
  .uniqueArray(fc.constantFrom(...ROWS), { minLength: 1, maxLength: 8, selector: ({ ai }) => ai })
  .chain((rows) => fc.tuple(...rows.map(elementOf)));

const bare = (read: readonly ReadElement[]): Element[] => read.map(({ ai, value }) => ({ ai, value }));

describe('element strings', () => {
  test('what is written is read back, in brackets and as scanned', () => {
    fc.assert(
      fc.property(elements, (written) => {
        for (const text of [bracketedText(written), scannedText(written), `]C1${scannedText(written)}`]) {
          const read = readElementString(text, YEAR);
          expect(read.ok ? bare(read.value) : `${text}: ${read.problem.what}`).toEqual(written);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('no identifier begins with another one, and fixed lengths agree with the forms', () => {
    for (const { ai, form } of ROWS) {
      for (let length = 2; length < ai.length; length++)
        expect(APPLICATION_IDENTIFIERS.has(ai.slice(0, length)), ai).toBe(false);
      const fixed = fixedValueLength(ai);
      if (fixed !== null) expect(form, ai).toBe(`n${fixed}`);
    }
  });

  test.each(['00', '01', '02', '10', '11', '12', '13', '15', '16', '17', '20', '21', '22', '30', '37'])(
    '(%s) is known',
    (ai) => expect(APPLICATION_IDENTIFIERS.has(ai)).toBe(true),
  );

  test.each([
    ['(7003)2611302400', false],
    ['(7003)2611301560', false],
    ['(7003)2611001530', false],
    ['(8008)261130153', false],
    ['(8008)26113015301', false],
    ['(8008)261130153099', false],
    ['(8008)261130153059', true],
    ['(7007)261130261129', false],
    ['(7007)26113026113', false],
    ['(7007)261100', false],
    ['(7011)261130', true],
    ['(7011)261100', false],
    ['(7011)2611302400', false],
    ['(7011)26113015', false],
    ['(7006)261130', true],
    ['(7006)261100', false],
  ])('%s is a time: %s', (text, isTime) => expect(readElementString(text, YEAR).ok).toBe(isTime));

  test('a year is at most 49 back and 50 ahead', () => {
    for (let now = 1950; now < 2150; now++)
      for (let twoDigits = 0; twoDigits < 100; twoDigits++) {
        const year = yearOf(twoDigits, now);
        expect(
          year % 100 === twoDigits && year - now >= -49 && year - now <= 50,
          `${twoDigits} in ${now}`,
        ).toBe(true);
      }
  });
});

const KEYS = ['00', '01', '253', '255', '401', '402', '414', '415', '417', '8003', '8004', '8006', '8010'];
const QUALIFIERS: Readonly<Record<string, readonly string[]>> = {
  '01': ['22', '10', '21'],
  '414': ['254'],
  '415': ['8020'],
  '8006': ['22', '10', '21'],
  '8010': ['8011'],
};
const ATTRIBUTES = ['11', '15', '17', '240', '30', '3103', '3922', '3932', '422', '7003', '8005', '91', '99'];

const rowsOf = (ais: readonly string[]): ApplicationIdentifier[] => ROWS.filter(({ ai }) => ais.includes(ai));

/** A key with some of its qualifiers in their order, and attributes by identifier: as a canonical link has them. */
const linkElements = fc.constantFrom(...rowsOf(KEYS)).chain((key) => {
  const qualifiers = (QUALIFIERS[key.ai] ?? []).flatMap((ai) => rowsOf([ai]));
  const attributes = rowsOf(ATTRIBUTES).toSorted((a, b) => (a.ai < b.ai ? -1 : 1));
  return fc
    .tuple(fc.subarray(qualifiers), fc.subarray(attributes))
    .chain(([some, others]) => fc.tuple(...[key, ...some, ...others].map(elementOf)));
});

describe('Digital Links', () => {
  test('what is written is read back, from any order, on any domain', () => {
    fc.assert(
      fc.property(linkElements, fc.constantFrom('id.gs1.org', 'shop.example:8443'), (written, domain) => {
        const text = digitalLinkText(written.toReversed(), { yearNow: YEAR, domain });
        if (!text.ok) throw new Error(text.problem.what);
        expect(text.value).toMatch(/^https:\/\/[a-z0-9.:]+\/[\w.~%/-]+(\?[\w.~%&=-]+)?$/);
        const read = readDigitalLink(text.value, YEAR);
        if (!read.ok) throw new Error(`${text.value}: ${read.problem.what}`);
        expect(bare(read.value.elements)).toEqual(written);
        expect(read.value.domain).toBe(domain);
      }),
      { numRuns: 500 },
    );
  });
});
