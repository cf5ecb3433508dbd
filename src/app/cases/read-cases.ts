/** Reads a file of cases. Everything that is wrong with it is told at once, and then nothing of it is run. */
import { readFileSync, statSync } from 'node:fs';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { caseDocumentSchema } from '../../contract/index.ts';
import type { CaseDocument } from '../../contract/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { formProblems } from '../form-problems.ts';
import type { FormWords } from '../form-problems.ts';
import { nearestNames } from '../nearest-names.ts';
import type { CaseKind } from './case-kind.ts';
import { CASE_KINDS } from './kinds.ts';
import type { CasesProblemCode } from './problem-codes.ts';

export interface ReadCase {
  readonly name: string;
  /** In the form of its kind. */
  readonly input: unknown;
  readonly expected: unknown;
}

export interface ReadCases {
  readonly file: string;
  readonly kind: CaseKind;
  readonly cases: readonly ReadCase[];
}

const BYTES_MAX = 64 * 1024 * 1024;

const PAGE = 'docs/reference/case-file.md';

const FORM = {
  formCode: 'CASES_FORM',
  keyUnknownCode: 'CASES_KEY_UNKNOWN',
  page: PAGE,
} as const satisfies FormWords & Record<'formCode' | 'keyUnknownCode', CasesProblemCode>;

type Problems = readonly DataProblem[];

/** Deep enough for any answer, and far from what a comparison by recursion could not stand. */
const LEVELS_MAX = 100;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

function contentOf(file: string): Result<unknown, Problems> {
  const refuse = (code: CasesProblemCode, what: string): Result<unknown, Problems> =>
    refused([
      { code, where: file, what, remedy: `Name a file with one JSON document; ${PAGE} shows the form.` },
    ]);
  try {
    const { size } = statSync(file);
    if (size > BYTES_MAX)
      return refuse('CASES_TOO_LARGE', `the file has ${Math.round(size / 1024 / 1024)} MB`);
    const content: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    const isTooDeep = isDeeper(content, LEVELS_MAX);
    return isTooDeep ? refuse('CASES_FORM', `it is nested more than ${LEVELS_MAX} deep`) : ok(content);
  } catch (error) {
    return refuse('CASES_UNREADABLE', error instanceof Error ? error.message : String(error));
  }
}

function kindNamed(name: string, file: string): Result<CaseKind, Problems> {
  const kind = CASE_KINDS.find((each) => each.name === name);
  if (kind) return ok(kind);
  const names = CASE_KINDS.map((each) => each.name);
  const [near] = nearestNames(name, names);
  const guess = near === undefined ? '' : `Did you mean ${near}? `;
  const code: CasesProblemCode = 'CASES_KIND_UNKNOWN';
  const what = `there are no cases of the kind ${JSON.stringify(name)}`;
  return refused([{ code, where: `${file}:kind`, what, remedy: `${guess}Known: ${names.join(', ')}.` }]);
}

function namesTwice({ cases }: CaseDocument, file: string): Problems {
  const firstAt = new Map<string, number>();
  return cases.flatMap(({ name }, place): Problems => {
    const first = firstAt.get(name);
    if (first === undefined) {
      firstAt.set(name, place);
      return [];
    }
    const code: CasesProblemCode = 'CASES_NAME_TWICE';
    const what = `${JSON.stringify(name)} is the name of cases[${first}] too`;
    return [
      { code, where: `${file}:cases[${place}].name`, what, remedy: 'Give each case a name of its own.' },
    ];
  });
}

/** The cases in `file`, or everything that is wrong with it. */
export function readCaseFile(file: string): Result<ReadCases, Problems> {
  const content = contentOf(file);
  if (!content.ok) return content;
  const document = caseDocumentSchema.safeParse(content.value);
  if (!document.success) return refused(formProblems(document.error.issues, file, FORM));
  const kind = kindNamed(document.data.kind, file);
  if (!kind.ok) return kind;
  const problems = [...namesTwice(document.data, file)];
  const cases = document.data.cases.flatMap(({ name, input, expected }, place): ReadCase[] => {
    const read = kind.value.inputSchema.safeParse(input);
    if (read.success) return [{ name, input: read.data, expected }];
    const issues = read.error.issues.map((issue) => ({
      ...issue,
      path: ['cases', place, 'input', ...issue.path],
    }));
    problems.push(...formProblems(issues, file, FORM));
    return [];
  });
  return problems.length > 0 ? refused(problems) : ok({ file, kind: kind.value, cases });
}
