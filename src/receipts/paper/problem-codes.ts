/** The codes of `DataProblem` that a receipt's content is refused with, before a shop opens or a receipt goes out. */
export const RECEIPT_CONTENT_PROBLEM_CODES = {
  RECEIPT_COUNTRY_UNKNOWN:
    'Nobody looked up what the country of the seller wants on a receipt; it is printed without any claim.',
  RECEIPT_SELLER_NAME_MISSING: 'The seller has no name.',
  RECEIPT_SELLER_ADDRESS_MISSING: 'The country wants the address of the seller, and there is none.',
  RECEIPT_SELLER_ID_MISSING:
    'Tax was charged, and the country wants a number of the seller that is not there; the receipt is titled without a claim.',
  RECEIPT_SELLER_ID_FORM: 'A number of the seller is not written as such numbers are.',
  RECEIPT_SELLER_CONTACT_MISSING: 'The receipt cannot say where to ask about it.',
  RECEIPT_BUYER_NEEDED:
    'The total is one for which the country wants the buyer named; the receipt says that an invoice is to be asked for.',
} as const;

export type ReceiptContentProblemCode = keyof typeof RECEIPT_CONTENT_PROBLEM_CODES;
