/** What zod found wrong in a file, as problems that say where, what and what to do. */
import type { z } from 'zod';
import type { DataProblem } from '../../domain/index.ts';
import { nearestNames } from './nearest-names.ts';
import type { ScenarioProblemCode } from './problem-codes.ts';

type Issue = z.core.$ZodIssue;

const DOCUMENTED = 'docs/reference/scenario-file.md shows the form.';

/** `visits[0].actions[3]`. */
function recordOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

function unknownKey(key: string, where: string, known: string): DataProblem {
  const code: ScenarioProblemCode = 'SCENARIO_KEY_UNKNOWN';
  const [near] = nearestNames(key, known.split(', '));
  const guess = near === undefined ? '' : `Did you mean ${near}? `;
  return { code, where, what: `${key} means nothing here`, remedy: `${guess}Known here: ${known}.` };
}

function wordsOf(issue: Issue): { readonly what: string; readonly remedy: string } {
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return { what: 'it is none of the known kinds', remedy: `Write one of ${issue.options.join(', ')}.` };
  if (issue.message.endsWith('received undefined')) return { what: 'it is missing', remedy: DOCUMENTED };
  const what = issue.message.replace(/^Invalid (input|option): /, '').replaceAll('|', ', ');
  return { what: what.charAt(0).toLowerCase() + what.slice(1), remedy: DOCUMENTED };
}

/** `file` as it was named in the call. */
export function formProblems(issues: readonly Issue[], file: string): DataProblem[] {
  return issues.flatMap((issue): DataProblem[] => {
    const record = recordOf(issue.path);
    const where = record === '' ? file : `${file}:${record}`;
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(key, where, issue.message));
    const code: ScenarioProblemCode = 'SCENARIO_FORM';
    return [{ code, where, ...wordsOf(issue) }];
  });
}
