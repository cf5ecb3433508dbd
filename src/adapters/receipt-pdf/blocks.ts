/** Blocks of a paper on a sheet, with the structure that a reader's software reads: lists, tables, headers, figures. */
import { encodeQR } from 'qr';
import type { PaperBlock, PaperItem } from '../../receipts/index.ts';
import { COLUMN_WIDTH, LOOKS } from './sheet.ts';
import type { Cell, Element, Look, Sheet } from './sheet.ts';

export interface Place {
  readonly sheet: Sheet;
  readonly parent: Element;
  readonly align: 'left' | 'center';
}

type Of<Kind extends PaperBlock['kind']> = Extract<PaperBlock, { kind: Kind }>;

const GAP = 10;
const CODE_SIDE = 90;

/** A child of `parent`, ended when its content stands. */
export function tagged<T>(
  place: { sheet: Sheet; parent: Element },
  tag: string,
  fill: (element: Element) => T,
): T {
  const element = place.sheet.doc.struct(tag);
  place.parent.add(element);
  const filled = fill(element);
  element.end();
  return filled;
}

export function drawText(place: Place, text: string, of: { tag: string; look: Look }): void {
  tagged(place, of.tag, (element) => {
    const { align } = place;
    place.sheet.row([{ element, tag: of.tag, text, left: 0, width: COLUMN_WIDTH, align, look: of.look }]);
  });
}

/** Label and value of one line; the value goes below where both are too long for it. */
function drawRow(place: Place, { kind, left, right }: Of<'row' | 'total'>): void {
  const { sheet } = place;
  const look = kind === 'total' ? LOOKS.total : LOOKS.plain;
  const rightWidth = Math.min(sheet.widthOf(right, look), COLUMN_WIDTH);
  const isOneLine = sheet.widthOf(left, look) + GAP + rightWidth <= COLUMN_WIDTH;
  tagged(place, 'LI', (item) => {
    const label = sheet.doc.struct('Lbl');
    const body = sheet.doc.struct('LBody');
    item.add(label);
    item.add(body);
    const labelWidth = isOneLine ? COLUMN_WIDTH - rightWidth - GAP : COLUMN_WIDTH;
    const cells: [Cell, Cell] = [
      { element: label, tag: 'Lbl', text: left, left: 0, width: labelWidth, align: 'left', look },
      {
        element: body,
        tag: 'LBody',
        text: right,
        left: COLUMN_WIDTH - rightWidth,
        width: rightWidth,
        align: 'right',
        look,
      },
    ];
    if (isOneLine) sheet.row(cells);
    else for (const cell of cells) sheet.row([cell]);
    label.end();
    body.end();
  });
}

export function drawRows(place: Place, rows: readonly Of<'row' | 'total'>[]): void {
  tagged(place, 'L', (list) => {
    for (const row of rows) drawRow({ ...place, parent: list }, row);
  });
}

/** Which way a header cell speaks: pdfkit has no option for it, and readers need it. */
function setScope(element: Element, scope: 'Row' | 'Column'): void {
  const { dictionary } = element as unknown as { dictionary: { data: Record<string, unknown> } };
  dictionary.data['A'] = { O: 'Table', Scope: scope };
}

interface TableCell extends Omit<Cell, 'element' | 'tag'> {
  readonly scope: 'Row' | 'Column' | null;
}

function drawTableRow(place: Place, cells: readonly TableCell[]): void {
  tagged(place, 'TR', (row) => {
    const elements = cells.map(({ scope }) => {
      const element = place.sheet.doc.struct(scope === null ? 'TD' : 'TH');
      if (scope !== null) setScope(element, scope);
      row.add(element);
      return element;
    });
    place.sheet.row(
      cells.map(({ scope, ...cell }, index) => ({
        ...cell,
        element: elements[index]!,
        tag: scope === null ? 'TD' : 'TH',
      })),
    );
    for (const element of elements) element.end();
  });
}

interface ItemWidths {
  readonly name: number;
  readonly mark: number;
  readonly amount: number;
}

function itemWidths({ sheet }: Place, block: Of<'items'>): ItemWidths {
  const amounts = block.items.map(({ amount }) => sheet.widthOf(amount, LOOKS.plain));
  const marks = block.items.map(({ mark }) => sheet.widthOf(mark, LOOKS.plain));
  const amount = Math.max(sheet.widthOf(block.amountTitle, LOOKS.soft), ...amounts) + GAP;
  const mark =
    block.markTitle === '' ? 0 : Math.max(sheet.widthOf(block.markTitle, LOOKS.soft), ...marks) + GAP;
  return { name: COLUMN_WIDTH - amount - mark, mark, amount };
}

function drawDetails(place: Place, { details }: PaperItem, width: number): void {
  tagged(place, 'TR', (row) =>
    tagged({ sheet: place.sheet, parent: row }, 'TD', (cell) => {
      for (const { text, amount } of details)
        tagged({ sheet: place.sheet, parent: cell }, 'P', (element) => {
          const amountWidth = amount === null ? 0 : place.sheet.widthOf(amount, LOOKS.soft);
          const shared = { element, tag: 'P', look: LOOKS.soft };
          const textCell: Cell = {
            ...shared,
            text,
            left: 8,
            width: amount === null ? COLUMN_WIDTH - 8 : width - amountWidth - GAP - 8,
            align: 'left',
          };
          const amountCell: Cell = {
            ...shared,
            text: amount ?? '',
            left: width - amountWidth,
            width: amountWidth,
            align: 'right',
          };
          place.sheet.row([textCell, amountCell]);
        });
    }),
  );
}

export function drawItems(place: Place, block: Of<'items'>): void {
  const widths = itemWidths(place, block);
  const across = (
    texts: readonly [string, string, string],
    look: { name: Look; rest: Look },
  ): TableCell[] => [
    { text: texts[0], left: 0, width: widths.name, align: 'left', look: look.name, scope: null },
    { text: texts[1], left: widths.name, width: widths.mark, align: 'center', look: look.rest, scope: null },
    {
      text: texts[2],
      left: COLUMN_WIDTH - widths.amount,
      width: widths.amount,
      align: 'right',
      look: look.rest,
      scope: null,
    },
  ];
  const shown = (cells: readonly TableCell[]): TableCell[] => cells.filter(({ width }) => width > 0);
  tagged(place, 'Table', (table) => {
    const inTable = { ...place, parent: table };
    const titles = across([block.itemTitle, block.markTitle, block.amountTitle], {
      name: LOOKS.soft,
      rest: LOOKS.soft,
    });
    drawTableRow(
      inTable,
      shown(titles).map((cell) => ({ ...cell, scope: 'Column' })),
    );
    for (const item of block.items) {
      const [name, ...rest] = across([item.name, item.mark, item.amount], {
        name: LOOKS.strong,
        rest: LOOKS.plain,
      });
      place.sheet.gap(3);
      drawTableRow(inTable, [{ ...name!, scope: 'Row', isStruck: item.isGivenBack }, ...shown(rest)]);
      if (item.details.length > 0) drawDetails(inTable, item, widths.name);
    }
  });
}

/** Amounts get what they need, the text that names the row the rest. */
export function drawTable(place: Place, { columns, rows }: Of<'table'>): void {
  const { sheet } = place;
  const natural = columns.map(
    ({ title }, index) =>
      Math.max(
        sheet.widthOf(title, LOOKS.soft),
        ...rows.map((row) => sheet.widthOf(row[index] ?? '', LOOKS.plain)),
      ) + GAP,
  );
  const rest = natural.reduce((sum, width, index) => (index === 1 ? sum : sum + width), 0);
  const widths = natural.map((width, index) => (index === 1 ? Math.max(COLUMN_WIDTH - rest, 50) : width));
  const lefts = widths.map((_width, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  const cellsOf = (texts: readonly string[], look: Look): TableCell[] =>
    texts.map((text, index) => ({
      text,
      left: lefts[index]!,
      width: widths[index]!,
      align: columns[index]!.isAmount ? ('right' as const) : ('left' as const),
      look,
      scope: index === 1 ? ('Row' as const) : null,
    }));
  tagged(place, 'Table', (table) => {
    const inTable = { ...place, parent: table };
    const titles = cellsOf(
      columns.map(({ title }) => title),
      LOOKS.soft,
    );
    drawTableRow(
      inTable,
      titles.map((cell) => ({ ...cell, scope: 'Column' })),
    );
    for (const row of rows) drawTableRow(inTable, cellsOf(row, LOOKS.plain));
  });
}

export function drawCode(place: Place, { value, text }: Of<'code'>): void {
  const rows = encodeQR(value, 'raw', { ecc: 'medium', border: 2 });
  const figure = place.sheet.doc.struct('Figure', { alt: text });
  place.parent.add(figure);
  place.sheet.modules(rows, { element: figure, side: CODE_SIDE / rows.length });
  figure.end();
  drawText({ ...place, align: 'center' }, text, { tag: 'P', look: LOOKS.soft });
}
