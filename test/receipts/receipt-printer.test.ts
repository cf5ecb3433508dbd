/** What comes out of the printer: the same words as the paper, nothing cut, no commands from a product's name. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_PRINTER, receiptBytes, receiptText } from '../../src/adapters/receipt-printer/index.ts';
import type { PrinterOptions } from '../../src/adapters/receipt-printer/index.ts';
import { LANGUAGES, paperOf, paperTexts } from '../../src/receipts/index.ts';
import type { Paper, ReceiptRevision } from '../../src/receipts/index.ts';
import { anyLanguage, anyRevision, EXAMPLES, GREAT_BRITAIN, revisionOf } from './builders/index.ts';
import { lettersOf } from './letters.ts';
import { readBack } from './printer-bytes.ts';

const ADDRESS = { address: 'https://corner-shop.example/r/7Kq2' };
const PRINTERS: readonly PrinterOptions[] = ([32, 42, 48] as const).flatMap((columns) =>
  (['esc-pos', 'star-prnt'] as const).map((language) => ({ ...PLAIN_PRINTER, columns, language })),
);

/** The preview without rules and codes. */
function linesOf(paper: Paper, options: PrinterOptions): string[] {
  return receiptText(paper, options)
    .split('\n')
    .filter((line) => !/^-+$/.test(line) && !/^\[.*\]$/.test(line));
}

const plainer = (text: string): string =>
  text.replaceAll('…', '...').replaceAll('ā', 'a').replaceAll('ū', 'u');

test.for(EXAMPLES.map((example) => [example.name, example] as const))(
  'golden sample: %s',
  async ([name, example]) => {
    const paper = paperOf(example.revision, example.language, ADDRESS);
    await expect(receiptText(paper)).toMatchFileSnapshot(`golden/${name}.txt`);
  },
);

/** Letters that were to be printed and are not. A table too wide for its paper repeats its titles, so more is fine. */
function missingLetters(expected: readonly string[], printed: readonly string[]): string {
  const left = [...lettersOf(printed)];
  return [...lettersOf(expected)]
    .filter((letter) => {
      const at = left.indexOf(letter);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    })
    .join('');
}

test('every column width prints the words of the paper, and in its own language no others', () => {
  for (const example of EXAMPLES)
    for (const language of LANGUAGES)
      for (const options of PRINTERS) {
        const paper = paperOf(example.revision, language, ADDRESS);
        const [expected, printed] = [paperTexts(paper).map(plainer), linesOf(paper, options).map(plainer)];
        expect(missingLetters(expected, printed), `${example.name} ${language} ${options.columns}`).toBe('');
        if (language === example.language) expect(lettersOf(printed)).toBe(lettersOf(expected));
      }
});

/** Names as any printer can print them. */
function latinNames(revision: ReceiptRevision): ReceiptRevision {
  const lines = revision.content.lines.map((line) => ({
    ...line,
    name: line.name.replaceAll(/[^ -~é]/gu, 'x'),
  }));
  return { ...revision, content: { ...revision.content, lines } };
}

test('no line is wider than the paper, no amount is cut, and nothing is left out', () => {
  fc.assert(
    fc.property(
      anyRevision.map(latinNames),
      anyLanguage(LANGUAGES),
      fc.constantFrom(...PRINTERS),
      (revision, language, options) => {
        const paper = paperOf(revision, language);
        const lines = linesOf(paper, options);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(options.columns);
        expect(missingLetters(paperTexts(paper), lines)).toBe('');
        const printed = lines.join('\n');
        const amounts = paper.sections
          .flatMap(({ blocks }) => blocks)
          .flatMap((block) => (block.kind === 'items' ? block.items.map(({ amount }) => amount) : []));
        for (const amount of amounts) expect(printed).toContain(amount.replaceAll(/\s/g, ' '));
      },
    ),
    { numRuns: 150 },
  );
});

test('the bytes print the lines of the preview, draw its codes and cut once', () => {
  for (const { revision, language, name } of EXAMPLES)
    for (const options of PRINTERS) {
      const paper = paperOf(revision, language, ADDRESS);
      const { lines, codes, cuts } = readBack(receiptBytes(paper, options), options.language);
      const preview = receiptText(paper, options).split('\n');
      const shown = preview.filter((line) => !/^\[.*\]$/.test(line)).filter((line) => line !== '');
      expect(
        lines.map((line) => line.trimEnd()).filter((line) => line !== ''),
        name,
      ).toEqual(shown);
      expect(codes, name).toEqual(
        preview.filter((line) => /^\[.*\]$/.test(line)).map((line) => line.slice(1, -1)),
      );
      expect(cuts, name).toBe(1);
    }
});

function printedName(name: string): string {
  const lines = [{ name, taxClass: 'zero', units: [{ count: 1, list: 100 }] }];
  return receiptText(paperOf(revisionOf({ place: GREAT_BRITAIN, lines }), 'en-GB'));
}

test('a name cannot command the printer', () => {
  const name = 'Tea\u001b@\u001dV\u0000\u0007 bag';
  const lines = [{ name, taxClass: 'zero', units: [{ count: 1, list: 100 }] }];
  const paper = paperOf(revisionOf({ place: GREAT_BRITAIN, lines }), 'en-GB');
  expect(printedName(name)).toContain('Tea @ V bag');
  for (const options of PRINTERS)
    expect(readBack(receiptBytes(paper, options), options.language).cuts).toBe(1);
});

test('what no code page has is replaced by its letter, or by a sign that is explained', () => {
  expect(printedName('Kūmara')).toContain('Kumara');
  expect(printedName('Kūmara')).not.toContain('cannot be printed');
  expect(printedName('Pils “Ž” 5 €')).toContain('Pils “Ž” 5 €');
  expect(printedName('牛乳 1 L')).toContain('?? 1 L');
  expect(printedName('牛乳 1 L').replaceAll(/\s+/g, ' ')).toContain(
    'A character that cannot be printed here is shown as ?.',
  );
});
