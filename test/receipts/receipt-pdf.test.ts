/** The PDF read back by PDF.js: its words, tags, language and title; and that the same revision is the same file. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { receiptPdf } from '../../src/adapters/receipt-pdf/index.ts';
import { paperOf, paperTexts } from '../../src/receipts/index.ts';
import type { Paper } from '../../src/receipts/index.ts';
import { EXAMPLES, GREAT_BRITAIN, revisionOf } from './builders/index.ts';
import type { Example } from './builders/index.ts';
import { lettersOf } from './letters.ts';

const ADDRESS = { address: 'https://corner-shop.example/r/7Kq2' };
const paperFor = ({ revision, language }: Example): Paper => paperOf(revision, language, ADDRESS);

async function opened(paper: Paper): Promise<PDFDocumentProxy> {
  const data = await receiptPdf(paper);
  return getDocument({ data, verbosity: VerbosityLevel.ERRORS }).promise;
}

async function saidBy(pdf: PDFDocumentProxy): Promise<string[]> {
  const texts: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    texts.push(...items.map((item) => ('str' in item ? item.str : '')));
  }
  return texts;
}

test('every example says the words of the paper and no others', async () => {
  for (const example of EXAMPLES) {
    const paper = paperFor(example);
    expect(lettersOf(await saidBy(await opened(paper))), example.name).toBe(lettersOf(paperTexts(paper)));
  }
});

interface Tag {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Tag[];
}

function rolesOf({ role, children = [] }: Tag): string[] {
  return [...(role === undefined ? [] : [role]), ...children.flatMap(rolesOf)];
}

test('it is tagged, and has its language and title', async () => {
  for (const example of EXAMPLES) {
    const pdf = await opened(paperFor(example));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: example.language, Title: paperFor(example).title });
    const marks = (await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, boolean>;
    expect(marks.get('Marked')).toBe(true);
    const trees: Tag[] = [];
    for (let number = 1; number <= pdf.numPages; number++)
      trees.push((await (await pdf.getPage(number)).getStructTree()) as Tag);
    const roles = trees.flatMap(rolesOf);
    for (const role of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'L', 'LI', 'Lbl', 'LBody', 'Figure'])
      expect(roles, example.name).toContain(role);
  }
});

test('the same revision gives the same bytes, on A4 and on Letter', async () => {
  const paper = paperFor(EXAMPLES[1]!);
  for (const sheet of ['A4', 'LETTER'] as const) {
    const [first, again] = [await receiptPdf(paper, { sheet }), await receiptPdf(paper, { sheet })];
    expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
  }
  const others = await receiptPdf(paperFor(EXAMPLES[0]!));
  expect(Buffer.from(others).equals(Buffer.from(await receiptPdf(paper)))).toBe(false);
});

async function namedPdf(name: string): Promise<string> {
  const lines = [{ name, taxClass: 'zero', units: [{ count: 1, list: 100 }] }];
  const texts = await saidBy(await opened(paperOf(revisionOf({ place: GREAT_BRITAIN, lines }), 'en-GB')));
  return texts.join(' ').replaceAll(/\s+/g, ' ');
}

test('letters beyond Latin 1 are there, and what the font lacks is explained', async () => {
  const known = await namedPdf('Kūmara Ğ λ Ж €');
  expect(known).toContain('Kūmara Ğ λ Ж €');
  expect(known).not.toContain('cannot be printed');
  const unknown = await namedPdf('牛乳 1 L');
  expect(unknown).toContain('?? 1 L');
  expect(unknown).toContain('A character that cannot be printed here is shown as ?.');
});

test('a long receipt goes on over pages, and loses nothing', async () => {
  const lines = Array.from({ length: 120 }, (_line, index) => ({
    name: `Product number ${index} ${'with a long name '.repeat(index % 9)}`.trim(),
    taxClass: 'standard',
    units: [{ count: 3, list: 1_999_999 + index }],
  }));
  const paper = paperOf(revisionOf({ place: GREAT_BRITAIN, lines }), 'en-GB');
  const pdf = await opened(paper);
  expect(pdf.numPages).toBeGreaterThan(3);
  expect(lettersOf(await saidBy(pdf))).toBe(lettersOf(paperTexts(paper)));
});

const PDFTOTEXT = ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext'].find((path) => existsSync(path));

test('another reader finds the same words', async ({ skip }) => {
  skip(!PDFTOTEXT, 'pdftotext of poppler-utils is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-pdf-'));
  for (const example of EXAMPLES) {
    const path = join(directory, `${example.name}.pdf`);
    writeFileSync(path, await receiptPdf(paperFor(example)));
    const text = execFileSync(PDFTOTEXT!, ['-enc', 'UTF-8', path, '-'], { encoding: 'utf8' });
    expect(lettersOf([text]), example.name).toBe(lettersOf(paperTexts(paperFor(example))));
  }
  rmSync(directory, { recursive: true });
});
