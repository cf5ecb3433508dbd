/** The codes that reading documents of the contract can report, with what each means. */
export const CONTRACT_PROBLEM_CODES = {
  GATE_TWICE: 'Two gates of a store share an id; the later one is left out.',
  KNOWLEDGE_UNREADABLE:
    'A file of what a store has learnt cannot be read; nothing is replayed, the file stays.',
  KNOWLEDGE_OF_ANOTHER_STORE: 'A file of what a store has learnt is of another store than the recording.',
} as const;

export type ContractProblemCode = keyof typeof CONTRACT_PROBLEM_CODES;
