/** The codes with which a journal of money is not opened. */
export const MONEY_JOURNAL_PROBLEM_CODES = {
  MONEY_JOURNAL_IN_USE: 'Another process writes this journal; a store has one writer.',
  MONEY_JOURNAL_OTHER:
    'The journal is of another store or series, or of a version that this program does not know.',
  MONEY_JOURNAL_BROKEN:
    'A line of the journal is not what was written, or does not follow the one before it.',
  MONEY_JOURNAL_UNREADABLE: 'The journal cannot be read or written where it lies.',
} as const;

export type MoneyJournalProblemCode = keyof typeof MONEY_JOURNAL_PROBLEM_CODES;
