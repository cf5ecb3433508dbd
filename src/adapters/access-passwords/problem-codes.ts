/** What the hasher of passwords refuses. */
export const PASSWORD_HASHER_PROBLEM_CODES = {
  PASSWORDS_BUSY: 'More passwords wait to be checked than may wait; nothing was checked.',
} as const;
