/** A paper laid out in columns: the lines that are printed, and that a terminal can show. */
import type { Paper, PaperBlock, PaperItem, PaperSection } from '../../receipts/index.ts';
import { UNBROKEN } from './printable.ts';
import { tableLines } from './table-lines.ts';
import { beside, centred, spread, wrapped } from './wrap.ts';

export type PrintedLine =
  | { readonly kind: 'text'; readonly text: string; readonly isBold: boolean; readonly isTall: boolean }
  | { readonly kind: 'code'; readonly value: string };

type ItemsBlock = Extract<PaperBlock, { kind: 'items' }>;

/** A name has at least this many columns beside its amount, or the line to itself. */
const NAME_MIN = 10;
const INDENT = 2;
const CENTRED = new Set(['seller', 'facts', 'code']);

function styled(text: string, style: { isBold: boolean; isTall: boolean }): PrintedLine {
  return { kind: 'text', text: text.replaceAll(UNBROKEN, ' '), ...style };
}

const plain = (text: string): PrintedLine => styled(text, { isBold: false, isTall: false });
const bold = (text: string): PrintedLine => styled(text, { isBold: true, isTall: false });
const tall = (text: string): PrintedLine => styled(text, { isBold: true, isTall: true });

function amountCell({ amount, mark }: Pick<PaperItem, 'amount' | 'mark'>, markColumns: number): string {
  return markColumns === 0 ? amount : `${amount} ${mark.padEnd(markColumns)}`;
}

/** Amounts of details end before the column of amounts, for they are inside of what stands there. */
function detailLines({ details }: PaperItem, of: { columns: number; amountsEnd: number }): string[] {
  return details.flatMap(({ text, amount }) => {
    const lines =
      amount === null ? wrapped(text, of.columns - INDENT) : spread(text, amount, of.amountsEnd - INDENT);
    return lines.map((line) => ' '.repeat(INDENT) + line);
  });
}

function itemLines(block: ItemsBlock, columns: number): PrintedLine[] {
  const markColumns = Math.max(block.markTitle.length, ...block.items.map(({ mark }) => mark.length));
  const cells = block.items.map((item) => amountCell(item, markColumns));
  const title = amountCell({ amount: block.amountTitle, mark: block.markTitle }, markColumns);
  const cellColumns = Math.max(title.length, ...cells.map((cell) => cell.length));
  const amountsEnd = Math.max(columns - cellColumns - 1, NAME_MIN * 2);
  const options = { columns, leftMin: NAME_MIN };
  return [
    ...beside(block.itemTitle, title, options).map(plain),
    ...block.items.flatMap((item, index) => [
      ...beside(item.name, cells[index]!, options).map(bold),
      ...detailLines(item, { columns, amountsEnd }).map(plain),
    ]),
  ];
}

function blockLines(block: PaperBlock, columns: number, isCentred: boolean): PrintedLine[] {
  switch (block.kind) {
    case 'text':
      return (isCentred ? centred(block.text, columns) : wrapped(block.text, columns)).map(plain);
    case 'row':
      return spread(block.left, block.right, columns).map(plain);
    case 'total':
      return spread(block.left, block.right, columns).map(tall);
    case 'items':
      return itemLines(block, columns);
    case 'table':
      return tableLines(block, columns).map(plain);
    case 'code':
      return [...centred(block.text, columns).map(plain), { kind: 'code', value: block.value }];
  }
}

function titleLines({ role, title }: PaperSection, columns: number): PrintedLine[] {
  if (title === null) return [];
  if (role === 'seller') return centred(title, columns).map(tall);
  return (CENTRED.has(role) ? centred(title, columns) : wrapped(title, columns)).map(bold);
}

export function printedLines({ sections }: Paper, columns: number): PrintedLine[] {
  const rule = plain('-'.repeat(columns));
  return sections.flatMap((section, index) => {
    const isCentred = CENTRED.has(section.role);
    const before = section.role === 'facts' ? [plain('')] : index === 0 ? [] : [rule];
    return [
      ...before,
      ...titleLines(section, columns),
      ...section.blocks.flatMap((block) => blockLines(block, columns, isCentred && block.kind !== 'row')),
    ];
  });
}
