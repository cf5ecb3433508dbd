/** The codes of `DataProblem` that checking the faults of a run reports; docs/reference/errors.md lists them. */
export const DELIVERY_PROBLEM_CODES = {
  FAULT_TIMES: 'A fault begins before the run, or ends before it begins.',
  FAULT_NUMBER: 'A number of a fault is outside its range.',
  FAULT_FIXTURE_UNKNOWN: 'A fault names a fixture that the layout lacks.',
  FAULT_TARGETS_MISSING: 'A fault of fixtures names none and takes no share of them.',
} as const;

export type DeliveryProblemCode = keyof typeof DELIVERY_PROBLEM_CODES;
