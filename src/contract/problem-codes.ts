/** The codes that reading documents of the contract can report, with what each means. */
export const CONTRACT_PROBLEM_CODES = {
  GATE_TWICE: 'Two gates of a store share an id; the later one is left out.',
} as const;

export type ContractProblemCode = keyof typeof CONTRACT_PROBLEM_CODES;
