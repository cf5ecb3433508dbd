/** What the commands about receipts share: which receipt is meant, how it speaks, how a refusal is told. */
import { problemText } from '../../domain/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { LANGUAGES } from '../../receipts/index.ts';
import type { Language, ReceiptRevision } from '../../receipts/index.ts';
import type { ReadBook } from '../checkout/index.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

export function failWith(problems: readonly DataProblem[], terminal: Terminal, message: string): never {
  for (const problem of problems) terminal.err(`${problemText(problem)}\n`);
  throw new WorkFailed(message);
}

/** @throws WorkFailed where the language is none of those there are. */
export function languageOf(text: string | undefined, country: string): Language {
  const found = LANGUAGES.find((language) => language === text);
  if (found !== undefined) return found;
  if (text !== undefined)
    throw new WorkFailed(`there is no language ${text}. Known: ${LANGUAGES.join(', ')}.`);
  return LANGUAGES.find((language) => language.endsWith(`-${country}`)) ?? 'en-GB';
}

/** @throws WorkFailed where the book has no receipt of that number and revision. */
export function revisionIn(
  { path, revisions }: ReadBook,
  number: string,
  revision: string | undefined,
): ReceiptRevision {
  const ofNumber = revisions.filter(({ content }) => String(content.number) === number);
  const found =
    revision === undefined
      ? ofNumber.at(-1)
      : ofNumber.find(({ content }) => String(content.revision) === revision);
  if (found !== undefined) return found;
  const what = `${path}: there is no receipt ${number}${revision === undefined ? '' : ` of revision ${revision}`}`;
  throw new WorkFailed(`${what}. "tillfree receipt list" names those there are. [BOOK_RECEIPT_UNKNOWN]`);
}
