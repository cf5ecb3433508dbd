/** The codes of `DataProblem` that reading a fault file can report; docs/reference/errors.md lists them. */
export const FAULT_FILE_PROBLEM_CODES = {
  FAULT_FILE_UNREADABLE: 'The fault file cannot be read, or is no JSON.',
  FAULT_FILE_FORM: 'The fault file lacks its version, or has a value that cannot be.',
  FAULT_FILE_KEY_UNKNOWN: 'The fault file names a fault that there is not.',
} as const;

export type FaultFileProblemCode = keyof typeof FAULT_FILE_PROBLEM_CODES;
