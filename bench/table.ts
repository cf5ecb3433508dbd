/** Rows of a benchmark as aligned text. */
export interface BenchRow {
  readonly name: string;
  /** What was measured, in words: plates, seconds, people. */
  readonly content: string;
  readonly figure: string;
  /** Fastest and slowest round. */
  readonly spread: string;
  readonly note: string;
  readonly hash: string;
}

export const HEADINGS: BenchRow = {
  name: 'part',
  content: 'content',
  figure: 'median',
  spread: 'slowest … fastest',
  note: '',
  hash: 'result',
};

const COLUMNS = ['name', 'content', 'figure', 'spread', 'note', 'hash'] as const;

export function tableText(rows: readonly BenchRow[]): string {
  const all = [HEADINGS, ...rows];
  const widths = COLUMNS.map((column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) =>
    COLUMNS.map((column, index) => {
      const isNumber = column === 'figure' || column === 'spread';
      return isNumber ? row[column].padStart(widths[index]!) : row[column].padEnd(widths[index]!);
    })
      .join('  ')
      .trimEnd(),
  );
  const rule = '-'.repeat(Math.max(...lines.map((line) => line.length)));
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

export function millions(perSecond: number): string {
  return `${(perSecond / 1e6).toFixed(perSecond < 1e7 ? 2 : 1)} M/s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
