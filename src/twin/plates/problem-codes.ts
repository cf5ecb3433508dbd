/** The codes of `DataProblem` that this folder reports, with what each means; docs/reference/errors.md lists them. */
export const TWIN_PLATES_PROBLEM_CODES = {
  TWIN_FAULT_PLATE_UNKNOWN:
    'A fault of the twin names a plate that the store lacks; it strikes nothing there.',
  TWIN_FAULT_SHARE_OUT_OF_RANGE:
    'A fault of the twin strikes a share of plates below 0 or above 1; the nearer of the two is taken.',
} as const;

export type TwinPlatesProblemCode = keyof typeof TWIN_PLATES_PROBLEM_CODES;
