/** docs/guide/receipts.md says what the rows of countries say. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  COUNTRY_CONTENTS,
  LANGUAGES,
  RECEIPT_CONTENT_PROBLEM_CODES,
  WORDS,
} from '../../src/receipts/index.ts';
import type { Language } from '../../src/receipts/index.ts';

const guide = readFileSync(new URL('../../docs/guide/receipts.md', import.meta.url), 'utf8');

/** In which language the guide writes a country's words, and how it writes its money. */
const WRITTEN: Readonly<Record<string, readonly [Language, string]>> = {
  US: ['en-US', '$'],
  GB: ['en-GB', '£'],
  AU: ['en-AU', 'A$'],
  CA: ['en-CA', '$'],
  NZ: ['en-NZ', '$'],
  DE: ['de-DE', '€'],
  EU: ['en-GB', '€'],
};

test('every country has a row with its title and thresholds, and its sources', () => {
  for (const { country, title, buyerNeeded, ids, sources } of COUNTRY_CONTENTS) {
    const row = guide.split('\n').find((line) => new RegExp(`^\\| ${country}\\b`).test(line)) ?? '';
    const [language, sign] = WRITTEN[country]!;
    expect(row, country).toContain(`| ${WORDS[language].titles[title]} `);
    for (const threshold of [buyerNeeded, ...ids.map(({ beyond }) => beyond)])
      if (threshold !== null) {
        const amount = `${sign}${(threshold.minor / 100).toLocaleString('en-GB')}`;
        expect(row, country).toContain(`${threshold.isReachedAt ? 'from' : 'above'} ${amount}`);
      }
    for (const { url } of sources) expect(guide, country).toContain(`<${url}>`);
  }
});

test('every language and an example of a code are named', () => {
  for (const language of LANGUAGES) expect(guide).toContain(language);
  expect(Object.keys(RECEIPT_CONTENT_PROBLEM_CODES).some((code) => guide.includes(code))).toBe(true);
});
