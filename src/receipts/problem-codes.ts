/** The codes with which this folder refuses corrections, and finds chains that are not what was issued. */
export const RECEIPT_PROBLEM_CODES = {
  RECEIPT_LINE_UNKNOWN: 'A correction names a line or fee that the receipt does not have.',
  RECEIPT_UNITS_MISSING: 'A correction gives back more units or fees than are left of a line.',
  RECEIPT_COUNT_INVALID: 'A correction has a count or amount that is not a whole number above zero.',
  RECEIPT_REASON_NOT_THEIRS: 'The reason of a correction is not for whoever gives it.',
  RECEIPT_REASON_NOT_UPWARD: 'A correction makes the receipt dearer for a reason that never does.',
  RECEIPT_REDUCTION_TOO_LARGE: 'A reduction is more than what is left of its line.',
  RECEIPT_UNCHANGED: 'A correction changes nothing.',
  RECEIPT_CURRENCY:
    'The goods of a correction are priced in another currency, or with tax on the other side.',
  RECEIPT_MISSING: 'There is no receipt to correct, or to make a claim about.',
  RECEIPT_ISSUED_ALREADY: 'The visit has its receipt; what changes is a correction.',
  RECEIPT_EMPTY: 'Nothing was taken and nothing is to pay: there is no receipt, and no number is used.',
  RECEIPT_HASH_WRONG: 'A kept revision is not what was issued: its hash is of another content.',
  RECEIPT_CHAIN_BROKEN:
    'A kept revision does not follow the one before it: something is missing or was put in.',
  RECEIPT_NUMBER_GAP: 'The numbers of receipts or their revisions have a gap, or one is there twice.',
  RECEIPT_SUMS_WRONG: 'A kept revision does not add up.',
  RECEIPT_FORM: 'A line of a file of receipts is no revision of one.',
} as const;

export type ReceiptProblemCode = keyof typeof RECEIPT_PROBLEM_CODES;
