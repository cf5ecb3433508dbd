/**
 * A receipt as a PDF: tagged, with its language and title, text that can be selected and searched, and a font inside
 * (DejaVu: Latin, Greek, Cyrillic and more). The same revision gives the same bytes: its dates are the receipt's. What
 * the font lacks is shown as the paper's replacement, which is then explained.
 */
import PdfKit from 'pdfkit';
import { shownPaper } from '../../receipts/index.ts';
import type { Paper, PaperBlock, PaperSection, Showing } from '../../receipts/index.ts';
import { drawCode, drawItems, drawRows, drawTable, drawText, tagged } from './blocks.ts';
import type { Place } from './blocks.ts';
import { FONT, LOOKS, Sheet } from './sheet.ts';
import type { Document } from './sheet.ts';

export interface PdfOptions {
  readonly sheet: 'A4' | 'LETTER';
}

/** Letters of the font that the document has just been given; pdfkit keeps it, and offers no other way to ask. */
function lettersOf(doc: Document): (codePoint: number) => boolean {
  const { _font: font } = doc as unknown as {
    _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } };
  };
  return (codePoint) => font.font.hasGlyphForCodePoint(codePoint);
}

function showingIn(doc: Document, replacement: string): Showing {
  const hasLetter = lettersOf(doc);
  let hasReplaced = false;
  const shown = (character: string): string => {
    if (hasLetter(character.codePointAt(0)!)) return character;
    hasReplaced = true;
    return replacement;
  };
  return {
    text: (from) =>
      [
        ...from
          .normalize('NFC')
          .replaceAll(/[\p{Cf}\p{Cs}]/gu, '')
          .replaceAll(/\p{Cc}+/gu, ' '),
      ]
        .map(shown)
        .join(''),
    get hasReplaced() {
      return hasReplaced;
    },
  };
}

type Row = Extract<PaperBlock, { kind: 'row' | 'total' }>;

function drawBlocks(place: Place, blocks: readonly PaperBlock[]): void {
  let rows: Row[] = [];
  const flush = (): void => {
    if (rows.length > 0) drawRows(place, rows);
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === 'row' || block.kind === 'total') {
      rows.push(block);
      continue;
    }
    flush();
    if (block.kind === 'text') drawText(place, block.text, { tag: 'P', look: LOOKS.plain });
    else if (block.kind === 'code') drawCode(place, block);
    else if (block.kind === 'table') drawTable(place, block);
    else drawItems(place, block);
  }
  flush();
}

function drawTitle(place: Place, { role, title }: PaperSection): void {
  if (title === null) return;
  if (role === 'seller') drawText(place, title, { tag: 'P', look: LOOKS.store });
  else if (role === 'facts') drawText(place, title, { tag: 'H1', look: LOOKS.title });
  else drawText(place, title, { tag: 'H2', look: LOOKS.heading });
}

function drawPaper(doc: Document, { sections }: Paper): void {
  const sheet = new Sheet(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  sections.forEach((section, index) => {
    if (section.role === 'facts') sheet.gap(12);
    else if (index > 0) sheet.rule();
    tagged({ sheet, parent: root }, 'Sect', (parent) => {
      const place: Place = { sheet, parent, align: section.role === 'seller' ? 'center' : 'left' };
      drawTitle(place, section);
      drawBlocks(place, section.blocks);
    });
  });
  root.end();
}

export function receiptPdf(paper: Paper, options: PdfOptions = { sheet: 'A4' }): Promise<Uint8Array> {
  const at = new Date(paper.issuedAtMs);
  const doc = new PdfKit({
    size: options.sheet,
    // The sheet makes its own room; a margin would have text open pages behind its back.
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: paper.language,
    displayTitle: true,
    font: FONT,
    info: { Title: paper.title, Creator: 'Tillfree', Producer: 'Tillfree', CreationDate: at, ModDate: at },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Uint8Array[] = [];
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  doc.on('error', reject);
  drawPaper(doc, shownPaper(paper, showingIn(doc, paper.replacement)));
  doc.end();
  return promise;
}
