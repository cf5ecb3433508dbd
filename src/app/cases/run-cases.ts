/** Runs cases and tells which did not come out as expected. */
import { AssertionFailure } from '../../base/index.ts';
import type { CaseKind } from './case-kind.ts';
import { differencesOf } from './differences.ts';
import type { Difference } from './differences.ts';
import type { ReadCase, ReadCases } from './read-cases.ts';

export interface CaseFailure {
  /** The place in the file, from 0. */
  readonly caseIndex: number;
  readonly name: string;
  /** The first of them; a whole other value has no end. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

export interface CasesRun {
  readonly file: string;
  readonly kind: string;
  readonly caseCount: number;
  readonly failures: readonly CaseFailure[];
}

const DIFFERENCES_TOLD = 10;

/** What comes of a case. A broken assertion is what came of it too: one case must not hide the others. */
function foundOf(kind: CaseKind, input: unknown): unknown {
  try {
    return kind.run(input);
  } catch (error) {
    if (!(error instanceof AssertionFailure)) throw error;
    return { assertionFailed: error.code };
  }
}

export function runCases({ file, kind, cases }: ReadCases): CasesRun {
  const failures = cases.flatMap(({ name, input, expected }: ReadCase, caseIndex): CaseFailure[] => {
    const all = differencesOf(expected, foundOf(kind, input));
    const differences = all.slice(0, DIFFERENCES_TOLD);
    return all.length > 0 ? [{ caseIndex, name, differences, differenceCount: all.length }] : [];
  });
  return { file, kind: kind.name, caseCount: cases.length, failures };
}
