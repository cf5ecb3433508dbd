/** The codes with which an adapter refuses a webhook, the same for every processor, with what each means. */
export const PAYMENT_WEBHOOK_PROBLEM_CODES = {
  PAYMENT_WEBHOOK_SIGNATURE: 'A webhook has no signature by a secret that we know; it is not read.',
  PAYMENT_WEBHOOK_TIME: 'A webhook was signed too long ago, or in the future; it is not read.',
  PAYMENT_WEBHOOK_REPLAYED: 'A webhook has been here before; it is left out.',
  PAYMENT_WEBHOOK_UNREADABLE: 'A webhook is signed, but is no message of the processor; it is left out.',
  PAYMENT_WEBHOOK_UNRESOLVED: 'Which payment a webhook is of cannot be asked now; it is to be sent again.',
} as const;

export type WebhookProblemCode = keyof typeof PAYMENT_WEBHOOK_PROBLEM_CODES;
