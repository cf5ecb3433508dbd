/** What a receipt says in words: that it adds up as shown, in every language, and that no word is forgotten. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGES, paperOf, paperTexts, WORDS } from '../../src/receipts/index.ts';
import type { Paper, PaperBlock, PaperItem, SectionRole } from '../../src/receipts/index.ts';
import { anyLanguage, anyRevision, EXAMPLES, GREAT_BRITAIN, revisionOf } from './builders/index.ts';
import type { PlaceDraft } from './builders/index.ts';

function blocksOf(paper: Paper, role: SectionRole): PaperBlock[] {
  return paper.sections.filter((section) => section.role === role).flatMap(({ blocks }) => blocks);
}

function itemsOf(paper: Paper): readonly PaperItem[] {
  return blocksOf(paper, 'items').flatMap((block) => (block.kind === 'items' ? block.items : []));
}

function rightOf(paper: Paper, left: string): string | undefined {
  const found = blocksOf(paper, 'sums').find((block) => 'left' in block && block.left === left);
  return found && 'right' in found ? found.right : undefined;
}

/** Amounts always show all decimals of their currency, so their digits are the minor units. */
function minorOf(text: string): number {
  const digits = Number(text.replaceAll(/\D/g, ''));
  return /[-−]/.test(text) ? -digits : digits;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function amountOf(paper: Paper, left: string): number {
  return minorOf(rightOf(paper, left) ?? '0');
}

test('what is shown adds up to the total, whatever was bought and given back', () => {
  fc.assert(
    fc.property(anyRevision, anyLanguage(LANGUAGES), (revision, language) => {
      const paper = paperOf(revision, language);
      const words = WORDS[language];
      const { sums, includesTax } = revision.content;
      const goods = itemsOf(paper).filter(({ kind }) => kind === 'goods');
      const fees = itemsOf(paper).filter(({ kind }) => kind === 'fee');
      const total = amountOf(paper, words.total);
      expect(sum(goods.map(({ amount }) => minorOf(amount)))).toBe(amountOf(paper, words.goods));
      expect(sum(fees.map(({ amount }) => minorOf(amount)))).toBe(amountOf(paper, words.fees));
      const shownTax = blocksOf(paper, 'sums').find(
        (block) => 'left' in block && Object.values(words.taxNames).includes(block.left),
      );
      const onTop = shownTax && 'right' in shownTax ? minorOf(shownTax.right) : 0;
      expect(shownTax === undefined).toBe(includesTax);
      expect(amountOf(paper, words.goods) + amountOf(paper, words.fees) + onTop).toBe(total);
      expect(total).toBe(sums.totalMinor);
      if (sums.savedMinor !== 0)
        expect(amountOf(paper, words.atListPrices) + amountOf(paper, words.saved)).toBe(
          amountOf(paper, words.goods),
        );
      if (sums.cashAdjustmentMinor !== 0)
        expect(total + amountOf(paper, words.cashRounding)).toBe(amountOf(paper, words.toPay));
    }),
    { numRuns: 300 },
  );
});

test('the steps of an item lead to its amount', () => {
  fc.assert(
    fc.property(anyRevision, anyLanguage(LANGUAGES), (revision, language) => {
      const stepped = itemsOf(paperOf(revision, language)).flatMap(({ details, amount }) => {
        const steps = details.flatMap((detail) => (detail.amount === null ? [] : [minorOf(detail.amount)]));
        return steps.length === 0 ? [] : [{ sum: sum(steps), amount: minorOf(amount) }];
      });
      expect(stepped.map((each) => each.sum)).toEqual(stepped.map((each) => each.amount));
    }),
    { numRuns: 300 },
  );
});

test('the taxes by rate add up to the tax and, where prices include it, to the total', () => {
  fc.assert(
    fc.property(anyRevision, anyLanguage(LANGUAGES), (revision, language) => {
      const paper = paperOf(revision, language);
      const { sums, includesTax } = revision.content;
      for (const block of blocksOf(paper, 'taxes')) {
        if (block.kind !== 'table') continue;
        const column = (nth: number): number => sum(block.rows.map((row) => minorOf(row.at(nth)!)));
        const isByRate = block.columns.length === 5;
        expect(column(isByRate ? -2 : -1)).toBe(sums.taxMinor);
        if (isByRate) expect(column(-3) + column(-2)).toBe(column(-1));
        if (isByRate && includesTax) expect(column(-1)).toBe(sums.totalMinor);
      }
    }),
    { numRuns: 300 },
  );
});

test('what was given back is said with the revision that gave it back, and counts for nothing', () => {
  fc.assert(
    fc.property(anyRevision, (revision) => {
      const items = itemsOf(paperOf(revision, 'en-GB')).filter(({ kind }) => kind === 'goods');
      revision.content.lines.forEach(({ units }, index) => {
        const backIn = new Set(units.map(({ givenBackIn }) => givenBackIn).filter((each) => each !== null));
        const told = items[index]!.details.filter(({ kind }) => kind === 'given-back');
        for (const each of backIn)
          expect(told.some(({ text }) => text.includes(`revision ${each}:`))).toBe(true);
        expect(told.length > 0).toBe(backIn.size > 0);
        if (items[index]!.isGivenBack) expect(minorOf(items[index]!.amount)).toBe(0);
      });
    }),
  );
});

/** `{a}` and `{b}` of a text, in any order. */
const blanksOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

function flat(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  return Object.entries(words as object).flatMap(([key, value]) => flat(value, `${path}.${key}`));
}

test('every language has every word, and fills in the same', () => {
  const blanks = new Map(flat(WORDS['en-GB']).map(([path, text]) => [path, blanksOf(text)]));
  for (const language of LANGUAGES) {
    const words = flat(WORDS[language]);
    expect(words.map(([path]) => path).sort(), language).toEqual([...blanks.keys()].sort());
    for (const [path, text] of words) {
      expect(text.trim(), `${language} ${path}`).not.toBe('');
      expect(blanksOf(text), `${language} ${path}`).toEqual(blanks.get(path));
    }
  }
});

test('no word that a shopper reads accuses anybody', () => {
  const accusing =
    /\b(?:theft|steal|stole|thief|fraud|guilty|fault|suspicio|wrongly|vol[ée]|fraude|diebstahl|gestohlen|betrug|schuld)\b/i;
  for (const language of LANGUAGES)
    for (const [path, text] of flat(WORDS[language]))
      expect(text, `${language} ${path}`).not.toMatch(accusing);
});

test('no blank is left open in any language', () => {
  for (const { revision } of EXAMPLES)
    for (const language of LANGUAGES)
      for (const text of paperTexts(paperOf(revision, language))) expect(text).not.toMatch(/\{\w+\}/);
});

function totalIn(currency: PlaceDraft['currency'], list: number): string | undefined {
  const place = { ...GREAT_BRITAIN, currency };
  const revision = revisionOf({
    place,
    lines: [{ name: 'Tea', taxClass: 'zero', units: [{ count: 1, list }] }],
  });
  return rightOf(paperOf(revision, 'en-GB'), 'Total')?.replaceAll(/\s/g, ' ');
}

test('money has the decimals of its currency', () => {
  expect(totalIn('GBP', 123_456)).toBe('£1,234.56');
  expect(totalIn('JPY', 123_456)).toBe('JP¥123,456');
  expect(totalIn('KWD', 123_456)).toBe('KWD 123.456');
  expect(totalIn('GBP', 5)).toBe('£0.05');
});

const EXPECTED_DATES: Readonly<Record<string, string>> = {
  'great-britain': '14 Jun 2026, 14:05 BST',
  'united-states': 'Mar 14, 2026, 8:45 PM CDT',
  australia: '20 Jan 2026, 9:30 am AEDT',
  germany: '25.10.2026, 02:30 MEZ',
};

test('dates are local, with the name of the zone at that moment', () => {
  for (const { name, language, revision } of EXAMPLES) {
    const expected = EXPECTED_DATES[name];
    if (expected === undefined) continue;
    const rows = blocksOf(paperOf(revision, language), 'facts');
    const date = rows.find((block) => block.kind === 'row' && block.left === WORDS[language].date);
    expect(date && 'right' in date && date.right.replaceAll(/\s/g, ' '), name).toBe(expected);
  }
});
