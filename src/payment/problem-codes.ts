/** The codes with which a payment refuses what it is told to do; a refused event changes nothing and is not kept. */
export const PAYMENT_PROBLEM_CODES = {
  PAYMENT_BEGUN_TWICE: 'A payment that has begun is told to begin; it goes on as it is.',
  PAYMENT_NOT_BEGUN: 'A payment is told something before it has begun.',
  PAYMENT_DENIED: 'The token has unpaid debt; nothing is held for it.',
  PAYMENT_WITHOUT_TENDER: 'A payment begins without a card and without a prepaid balance.',
  PAYMENT_AMOUNT: 'An amount is negative where it may not be, or a first hold is above the cap.',
  PAYMENT_CURRENCY: 'An amount is in another currency than its payment.',
  PAYMENT_SETTLED_ALREADY: 'The final amount is known; it is changed by a correction only.',
  PAYMENT_NOT_SETTLED: 'A correction comes before the final amount.',
  PAYMENT_CONSENT_MISSING: 'A correction up comes without the consent of the shopper.',
  PAYMENT_ABOVE_CAP: 'A correction up goes above the cap that the shopper agreed to.',
  PAYMENT_SUPPLEMENT_NEEDED: 'The charge is made; more is charged by a payment of its own.',
  PAYMENT_NO_DEBT: 'There is no debt to write off.',
  PAYMENT_NO_DISPUTE: 'There is no dispute to accept, or it is accepted already.',
} as const;

export type PaymentProblemCode = keyof typeof PAYMENT_PROBLEM_CODES;

export interface PaymentProblem {
  readonly code: PaymentProblemCode;
}
