/**
 * A receipt for a thermal printer, as bytes of ESC/POS or StarPRNT, and the same lines as text. The columns are laid
 * out here, for a name may wrap and an amount may not; code pages, QR codes and cutting are the library's.
 */
import type { Codepage } from '@point-of-sale/codepage-encoder';
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { shownPaper } from '../../receipts/index.ts';
import type { Paper } from '../../receipts/index.ts';
import { printedLines } from './lines.ts';
import type { PrintedLine } from './lines.ts';
import { printableIn } from './printable.ts';

export interface PrinterOptions {
  readonly language: 'esc-pos' | 'star-prnt';
  /** 32 on 58 mm; 42 or 48 on 80 mm. */
  readonly columns: 32 | 42 | 48;
  /** In the order in which they are tried; null takes those that printers of the language have. */
  readonly codePages: readonly Codepage[] | null;
  readonly cut: 'full' | 'partial';
}

export const PLAIN_PRINTER: PrinterOptions = {
  language: 'esc-pos',
  columns: 42,
  codePages: null,
  cut: 'partial',
};

const CODE_PAGES: readonly Codepage[] = ['windows1252', 'cp437', 'cp858', 'cp852', 'cp866'];
/** Dots of one module of the QR code: big enough for a telephone, small enough for 58 mm. */
const CODE_SIZE = 5;

function linesFor(paper: Paper, { columns, codePages }: PrinterOptions): PrintedLine[] {
  const printable = printableIn(codePages ?? CODE_PAGES, paper.replacement);
  return printedLines(shownPaper(paper, printable), columns);
}

/** The lines as text, with codes as `[their value]`: for terminals and tests. */
export function receiptText(paper: Paper, options: PrinterOptions = PLAIN_PRINTER): string {
  const lines = linesFor(paper, options).map((line) =>
    line.kind === 'code' ? `[${line.value}]` : line.text.trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

export function receiptBytes(paper: Paper, options: PrinterOptions = PLAIN_PRINTER): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({
    language: options.language,
    columns: options.columns,
    codepageMapping: options.language === 'esc-pos' ? 'epson' : 'star',
    codepageCandidates: [...(options.codePages ?? CODE_PAGES)],
    feedBeforeCut: 4,
  });
  encoder.initialize().codepage('auto');
  for (const line of linesFor(paper, options)) {
    if (line.kind === 'code') {
      encoder
        .align('center')
        .qrcode(line.value, { model: 2, size: CODE_SIZE, errorlevel: 'm' })
        .align('left');
      continue;
    }
    encoder.bold(line.isBold).height(line.isTall ? 2 : 1);
    encoder.line(line.text);
  }
  return encoder.bold(false).height(1).cut(options.cut).encode();
}
