/** The codes with which a store of users and keys is not opened. */
export const ACCESS_STORE_PROBLEM_CODES = {
  ACCESS_STORE_OTHER:
    'The file is no store of users and keys, or of a version that this program does not know.',
  ACCESS_STORE_UNREADABLE: 'The file cannot be opened or written where it lies.',
} as const;

export type AccessStoreProblemCode = keyof typeof ACCESS_STORE_PROBLEM_CODES;
