export type { MoneyRules } from './account-step.ts';
export type { FiscalTerms } from './issue-receipt.ts';
export { judgedLineFacts, lineIdOf, linesToPrice } from './judged-visit.ts';
export type { MoneyCommand, MoneyDecision, MoneyEvent, MoneyNews, MoneyProblem } from './money-event.ts';
export type { PartyAccount } from './party-account.ts';
export { MONEY_PROBLEM_CODES } from './problem-codes.ts';
export type { MoneyProblemCode } from './problem-codes.ts';
export { StoreMoney } from './store-money.ts';
export type { MoneySettings, MoneyStep } from './store-money.ts';
