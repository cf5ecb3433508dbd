export { MoneyJournal } from './money-journal.ts';
export type { JournalPlace } from './money-journal.ts';
export { MONEY_JOURNAL_PROBLEM_CODES } from './problem-codes.ts';
export type { MoneyJournalProblemCode } from './problem-codes.ts';
