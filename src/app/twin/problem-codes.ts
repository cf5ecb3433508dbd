/** The codes of `DataProblem` that reading a scenario can report; docs/reference/errors.md lists them. */
export const SCENARIO_PROBLEM_CODES = {
  SCENARIO_UNREADABLE: 'The scenario file cannot be read, or is no JSON.',
  SCENARIO_FORM: 'The scenario file has neither of the documented forms, or a value that cannot be.',
  SCENARIO_KEY_UNKNOWN: 'The scenario file has a field that means nothing there.',
  SCENARIO_NAME_UNKNOWN: 'The scenario file builds on a ready scenario that is not there.',
  SCENARIO_STORE_IMPOSSIBLE: 'No shop can be made of what the scenario or the recording says.',
} as const;

export type ScenarioProblemCode = keyof typeof SCENARIO_PROBLEM_CODES;
