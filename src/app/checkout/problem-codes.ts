/** The codes with which checkouts and books of receipts are refused. */
export const CHECKOUT_PROBLEM_CODES = {
  CHECKOUT_UNREADABLE: 'A checkout file cannot be read, or is no JSON.',
  CHECKOUT_FORM: 'A field of a checkout is missing or is not what it should be.',
  CHECKOUT_KEY_UNKNOWN: 'A checkout has a name that means nothing there.',
  CHECKOUT_ZONE_UNKNOWN: 'The time zone of a store is not one that the system knows.',
  BOOK_UNREADABLE: 'A book of receipts cannot be read.',
  BOOK_EMPTY: 'A directory has no book of receipts.',
  BOOK_RECEIPT_UNKNOWN: 'A book has no receipt of that number.',
} as const;

export type CheckoutProblemCode = keyof typeof CHECKOUT_PROBLEM_CODES;
