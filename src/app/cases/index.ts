export type { CaseKind } from './case-kind.ts';
export { casesDocument, casesText, totalOf } from './cases-text.ts';
export { readCaseFile } from './read-cases.ts';
export { runCases } from './run-cases.ts';
export type { CasesRun } from './run-cases.ts';
