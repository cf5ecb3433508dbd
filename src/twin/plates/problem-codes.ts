/** The codes of `DataProblem` that this folder reports, with what each means; docs/reference/errors.md lists them. */
export const TWIN_PLATES_PROBLEM_CODES = {
  TWIN_FAULT_PLATE_UNKNOWN:
    'A fault of the twin names a plate that the store lacks; it strikes nothing there.',
  TWIN_FAULT_SHARE_OUT_OF_RANGE:
    'A fault of the twin strikes a share of plates below 0 or above 1; the nearer of the two is taken.',
  TWIN_FAULT_TIMES: 'A fault of plates begins before the run, or ends before it begins.',
  TWIN_FAULT_TARGETS_MISSING: 'A fault of plates names none and takes no share of them.',
  TWIN_FAULT_NUMBER: 'A number of a fault of plates is not finite.',
} as const;

export type TwinPlatesProblemCode = keyof typeof TWIN_PLATES_PROBLEM_CODES;
