/** The codes of `DataProblem` that reading cases can report; docs/reference/errors.md lists them. */
export const CASES_PROBLEM_CODES = {
  CASES_UNREADABLE: 'A file of cases cannot be read, or is no JSON.',
  CASES_TOO_LARGE: 'A file of cases is larger than 64 MB.',
  CASES_FORM: 'A file of cases is not of the documented form, or an input is not one of its kind.',
  CASES_KEY_UNKNOWN: 'A file of cases has a field that means nothing there.',
  CASES_KIND_UNKNOWN: 'The cases are of a kind that this version of Tillfree does not know.',
  CASES_NAME_TWICE: 'Two cases of one file have the same name; a failure would not say which one it is.',
} as const;

export type CasesProblemCode = keyof typeof CASES_PROBLEM_CODES;
