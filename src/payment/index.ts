export { supplementTerms } from './decide.ts';
export { isDenied } from './deny-list.ts';
export type { DenyList, DenyRule, TokenDebt } from './deny-list.ts';
export { balancesOf, ledgerEntry } from './ledger.ts';
export type { Account, LedgerEntry, LedgerLine } from './ledger.ts';
export { capLeftMinorOf } from './next-move.ts';
export type * from './payment-event.ts';
export {
  acceptedDisputeMinorOf,
  cardPaidMinorOf,
  debtMinorOf,
  isAtRest,
  NO_PAYMENT,
  overpaidMinorOf,
  paidMinorOf,
  refundedMinorOf,
} from './payment-state.ts';
export type { Hold, PaymentState, Pending } from './payment-state.ts';
export { PAYMENT_TRANSITIONS, phaseOf } from './phase.ts';
export type { PaymentPhase } from './phase.ts';
export { PAYMENT_PROBLEM_CODES } from './problem-codes.ts';
export type { PaymentProblem, PaymentProblemCode } from './problem-codes.ts';
export type * from './processor.ts';
export { emptySale, isSaleUsable, totalOf } from './sale.ts';
export type { Sale, TaxPart } from './sale.ts';
export { step, wakeAtMsOf } from './step.ts';
export type { PaymentStep } from './step.ts';
export { PAYMENT_WEBHOOK_PROBLEM_CODES } from './webhook-problem-codes.ts';
export type { WebhookProblemCode } from './webhook-problem-codes.ts';
