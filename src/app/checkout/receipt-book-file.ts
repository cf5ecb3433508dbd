/** A book of receipts as a file: one revision a line, in the order of their positions. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { writeWholeFile } from '../../files/index.ts';
import { chainChecked, chainEnded, openChainCheck } from '../../receipts/index.ts';
import type { ReceiptRevision } from '../../receipts/index.ts';

const FILE = 'receipts.ndjson';

export function bookPath(directory: string): string {
  return directory.endsWith('.ndjson') ? directory : join(directory, FILE);
}

export async function writeBook(directory: string, revisions: readonly ReceiptRevision[]): Promise<void> {
  await writeWholeFile(
    bookPath(directory),
    revisions.map((revision) => `${JSON.stringify(revision)}\n`).join(''),
  );
}

export interface ReadBook {
  readonly path: string;
  readonly revisions: readonly ReceiptRevision[];
  /** What does not hold of it as a chain. */
  readonly problems: readonly DataProblem[];
}

/** Enough of a revision to look at it; whether it is what was issued, its hash says. */
function isRevision(value: unknown): value is ReceiptRevision {
  if (typeof value !== 'object' || value === null || !('content' in value) || !('hash' in value))
    return false;
  const { content } = value;
  return (
    typeof content === 'object' &&
    content !== null &&
    'lines' in content &&
    Array.isArray(content.lines) &&
    'fees' in content &&
    Array.isArray(content.fees) &&
    'sums' in content
  );
}

function parsedLine(line: string): ReceiptRevision | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRevision(value) ? value : null;
  } catch {
    return null;
  }
}

/** Everything in the book, checked as a chain on the way. */
export function readBook(directory: string): Result<ReadBook, DataProblem> {
  const path = bookPath(directory);
  if (!existsSync(path)) {
    const remedy = 'Name the directory that "tillfree checkout --book" was given.';
    return refused({ code: 'BOOK_EMPTY', where: path, what: 'there is no such file', remedy });
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return refused({ code: 'BOOK_UNREADABLE', where: path, what, remedy: 'Check the path and its rights.' });
  }
  const revisions: ReceiptRevision[] = [];
  const problems: DataProblem[] = [];
  let check = openChainCheck();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const where = `${path}:${index + 1}`;
    const revision = parsedLine(line);
    if (revision === null) {
      const what = 'the line is no revision of a receipt';
      problems.push({ code: 'RECEIPT_FORM', where, what, remedy: 'Take the file from a copy.' });
      continue;
    }
    revisions.push(revision);
    const checked = chainChecked(check, revision);
    check = checked.check;
    problems.push(...checked.problems.map((problem) => ({ ...problem, where: `${where} ${problem.where}` })));
  }
  return ok({ path, revisions, problems: [...problems, ...chainEnded(check)] });
}
