/** What became of cases, for a person at a terminal and for machines. Neither grows without bound. */
import type { Difference } from './differences.ts';
import type { CaseFailure, CasesRun } from './run-cases.ts';

/** Of each file; who has more failures than this has one cause to mend first. */
const FAILURES_TOLD = 20;
const FAILURES_IN_JSON = 1000;
const VALUE_SHOWN_MAX = 160;

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > VALUE_SHOWN_MAX ? `${text.slice(0, VALUE_SHOWN_MAX)}…` : text;
}

function differenceText({ path, expected, found }: Difference): string {
  const where = path === '' ? '' : `${path}: `;
  return `    ${where}expected ${valueText(expected)}, found ${valueText(found)}`;
}

function failureLines(file: string, failure: CaseFailure): string[] {
  const { caseIndex, name, differences, differenceCount } = failure;
  const more = differenceCount - differences.length;
  return [
    `  ${file}:cases[${caseIndex}] ${JSON.stringify(name)}`,
    ...differences.map(differenceText),
    ...(more > 0 ? [`    and ${counted(more, 'difference')} more`] : []),
  ];
}

function runLines({ file, kind, caseCount, failures }: CasesRun): string[] {
  const more = failures.length - FAILURES_TOLD;
  const verdict = failures.length === 0 ? 'all as expected' : `${failures.length} not as expected`;
  return [
    `${file}: ${counted(caseCount, 'case')} of the kind ${kind}, ${verdict}`,
    ...failures.slice(0, FAILURES_TOLD).flatMap((failure) => failureLines(file, failure)),
    ...(more > 0 ? [`  and ${counted(more, 'case')} more`] : []),
  ];
}

export interface CasesTotal {
  readonly cases: number;
  readonly failed: number;
  /** Files that could not be read; none of their cases ran. */
  readonly refusedFiles: number;
}

export function totalOf(runs: readonly CasesRun[], refusedFiles: number): CasesTotal {
  return {
    cases: runs.reduce((sum, run) => sum + run.caseCount, 0),
    failed: runs.reduce((sum, run) => sum + run.failures.length, 0),
    refusedFiles,
  };
}

export function casesText(runs: readonly CasesRun[], total: CasesTotal): string {
  const summary =
    `${counted(total.cases, 'case')} in ${counted(runs.length, 'file')}: ` +
    `${total.cases - total.failed} as expected, ${total.failed} not`;
  return `${[...runs.flatMap(runLines), summary].join('\n')}\n`;
}

/** Expected or found values that are not there are left out of the differences. */
export function casesDocument(runs: readonly CasesRun[], total: CasesTotal): object {
  const files = runs.map((run) => ({
    ...run,
    failures: run.failures.slice(0, FAILURES_IN_JSON),
    failureCount: run.failures.length,
  }));
  return { ...total, files };
}
