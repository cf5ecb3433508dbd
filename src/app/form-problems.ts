/** What zod found wrong in a file, as problems that say where, what and what to do. */
import type { z } from 'zod';
import type { DataProblem } from '../domain/index.ts';
import { nearestNames } from './nearest-names.ts';

type Issue = z.core.$ZodIssue;

/** What one kind of document calls its problems, and where its form is shown. */
export interface FormWords {
  readonly formCode: string;
  readonly keyUnknownCode: string;
  /** `docs/reference/scenario-file.md`. */
  readonly page: string;
}

/** `visits[0].actions[3]`. */
export function recordOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

function wordsOf(issue: Issue, page: string): { readonly what: string; readonly remedy: string } {
  const documented = `${page} shows the form.`;
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return { what: 'it is none of the known kinds', remedy: `Write one of ${issue.options.join(', ')}.` };
  if (issue.message.endsWith('received undefined')) return { what: 'it is missing', remedy: documented };
  const what = issue.message.replace(/^Invalid (input|option): /, '').replaceAll('|', ', ');
  return { what: what.charAt(0).toLowerCase() + what.slice(1), remedy: documented };
}

/** `file` as it was named in the call. */
export function formProblems(issues: readonly Issue[], file: string, words: FormWords): DataProblem[] {
  const unknownKey = (key: string, where: string, known: string): DataProblem => {
    const [near] = nearestNames(key, known.split(', '));
    const guess = near === undefined ? '' : `Did you mean ${near}? `;
    const remedy = `${guess}Known here: ${known}.`;
    return { code: words.keyUnknownCode, where, what: `${key} means nothing here`, remedy };
  };
  return issues.flatMap((issue): DataProblem[] => {
    const record = recordOf(issue.path);
    const where = record === '' ? file : `${file}:${record}`;
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(key, where, issue.message));
    return [{ code: words.formCode, where, ...wordsOf(issue, words.page) }];
  });
}
