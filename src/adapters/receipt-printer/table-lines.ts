/**
 * A table in columns: amounts never break, texts wrap between words. Where even that is too wide for the paper, each
 * row becomes a list of its cells with the titles beside them.
 */
import type { PaperBlock, PaperColumn } from '../../receipts/index.ts';
import { spread, wrapped } from './wrap.ts';

type PaperTable = Extract<PaperBlock, { kind: 'table' }>;

const wordMax = (text: string): number => Math.max(0, ...text.split(' ').map((word) => word.length));

/** Widths that fit, or null. The widest column gives way first: titles and texts to a word, amounts never. */
function widthsOf({ columns, rows }: PaperTable, paperColumns: number): number[] | null {
  const cells = columns.map((_column, index) => rows.map((row) => row[index] ?? ''));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells[index]!.map((cell) => cell.length)),
  );
  const mins = columns.map(({ title, isAmount }, index) =>
    Math.max(wordMax(title), ...cells[index]!.map((cell) => (isAmount ? cell.length : wordMax(cell)))),
  );
  const over = (): number => widths.reduce((sum, width) => sum + width, widths.length - 1) - paperColumns;
  const widestFirst = columns.map((_column, index) => index).sort((a, b) => widths[b]! - widths[a]!);
  for (const index of widestFirst) {
    if (over() <= 0) break;
    widths[index] = Math.max(mins[index]!, widths[index]! - over());
  }
  return over() <= 0 ? widths : null;
}

function padded(text: string, { isAmount }: PaperColumn, width: number): string {
  return isAmount ? text.padStart(width) : text.padEnd(width);
}

function rowLines(
  cells: readonly string[],
  columns: readonly PaperColumn[],
  widths: readonly number[],
): string[] {
  const lines = cells.map((cell, index) => wrapped(cell, Math.max(1, widths[index]!)));
  const height = Math.max(...lines.map((each) => each.length));
  return Array.from({ length: height }, (_line, nth) =>
    columns
      .map((column, index) => padded(lines[index]?.[nth] ?? '', column, widths[index]!))
      .join(' ')
      .trimEnd(),
  );
}

function listed({ columns, rows }: PaperTable, paperColumns: number): string[] {
  return rows.flatMap((row, nth) => [
    ...(nth === 0 ? [] : ['']),
    ...row.flatMap((cell, index) => (cell === '' ? [] : spread(columns[index]!.title, cell, paperColumns))),
  ]);
}

export function tableLines(table: PaperTable, paperColumns: number): string[] {
  const widths = widthsOf(table, paperColumns);
  if (widths === null) return listed(table, paperColumns);
  const titles = table.columns.map(({ title }) => title);
  return [titles, ...table.rows].flatMap((cells) => rowLines(cells, table.columns, widths));
}
