/** The codes with which a store's money refuses what no payment and no receipt refuses by itself. */
export const MONEY_PROBLEM_CODES = {
  MONEY_FULL: 'More accounts are open than the store may have; nobody new is let in until some are let go.',
} as const;

export type MoneyProblemCode = keyof typeof MONEY_PROBLEM_CODES;
