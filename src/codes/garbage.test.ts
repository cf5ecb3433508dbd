/** Scanners, keyboards and web pages send anything: no reader throws, and every refusal says what and what to do. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/index.ts';
import type { Random } from '../base/index.ts';
import type { Read } from './code-problem.ts';
import {
  CODES_PROBLEM_CODES,
  digitalLinkText,
  embeddedRules,
  EXAMPLE_EMBEDDED_RULES,
  expandUpcE,
  readCoupon,
  readDigitalLink,
  readElementString,
  readGtin,
  readPaperlessCoupon,
  readPlu,
  readRestricted,
  suppressUpcA,
} from './index.ts';

const STRINGS = 200_000;
const ALPHABETS = [
  '0123456789',
  '0123456789() ',
  '01237\u001D8()]C\\ABz%',
  '/0123456789?&=%.#:~',
  `aZ 9\u0000${String.fromCharCode(0xd800)}\u{1F34C}٣é-"'\n\\`,
];
const BEGINNINGS = [
  '',
  '',
  '',
  '(01)',
  ']C1',
  '(8110)',
  '8112',
  'https://id.gs1.org/01/',
  'http://x/',
  '02',
  '20',
  '1',
];

const pick = (random: Random, from: string): string => [...from][random.below([...from].length)] ?? '';

function garbage(random: Random): string {
  const alphabet = ALPHABETS[random.below(ALPHABETS.length)] ?? '';
  const length = random.below(random.below(50) === 0 ? 200 : 24);
  const rest = Array.from({ length }, () => pick(random, alphabet)).join('');
  return `${BEGINNINGS[random.below(BEGINNINGS.length)]}${rest}`;
}

test('200,000 strings of garbage are read or refused, and none throws', () => {
  const random = seededRandom(20_261_130);
  const checked = embeddedRules(EXAMPLE_EMBEDDED_RULES);
  if (!checked.ok) throw new Error(checked.problem.what);
  const readers: readonly ((text: string) => Read<unknown>)[] = [
    readGtin,
    expandUpcE,
    suppressUpcA,
    readPlu,
    (text) => readRestricted(text, checked.value),
    (text) => readElementString(text, 2026),
    (text) => readDigitalLink(text, 2026),
    (text) =>
      digitalLinkText(
        [
          { ai: '01', value: text },
          { ai: '10', value: text },
        ],
        { yearNow: 2026 },
      ),
    (text) => readCoupon(text, 2026),
    readPaperlessCoupon,
  ];
  const readOnce = readers.map(() => 0);
  const seen = new Set<string>();
  for (let nth = 0; nth < STRINGS; nth++) {
    const text = garbage(random);
    for (const [place, reader] of readers.entries()) {
      const read = reader(text);
      if (read.ok) readOnce[place] = (readOnce[place] ?? 0) + 1;
      else if (read.problem.what.length > 400 || read.problem.remedy === '')
        seen.add(`bad words for ${text}`);
      else seen.add(read.problem.code);
    }
  }
  expect([...seen].filter((code) => !(code in CODES_PROBLEM_CODES))).toEqual([]);
  // Garbage that gets through somewhere shows that the strings reach past the first check.
  expect(readOnce[0]).toBeGreaterThan(100);
  expect(readOnce[5]).toBeGreaterThan(100);
  expect(seen.size).toBeGreaterThan(15);
});
