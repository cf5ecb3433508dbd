/** What an audit can find. */
export const AUDIT_FINDINGS = {
  GOODS_NOT_CONSERVED: [
    'world',
    'A unit is where it cannot be: taken twice, put back by somebody else, or gone.',
  ],
  DEED_AFTER_LEAVING: ['world', 'Somebody acts who is not inside.'],
  RECEIPT_MISSING: ['system', 'Somebody left and got no receipt in time.'],
  RECEIPT_TWICE: ['system', 'One visit has two receipts.'],
  RECEIPT_BEFORE_EXIT: ['judgement', 'A receipt was issued while its shopper was still inside.'],
  RECEIPT_FOR_NOBODY: ['judgement', 'A receipt with goods on it belongs to nobody who was there.'],
  TOTAL_WRONG: [
    'system',
    'A receipt’s total is not the sum of its lines, or a line not price times quantity.',
  ],
  LINE_INVALID: ['system', 'A line has no whole quantity, no probability, or no product of the catalogue.'],
  CHARGED_NOT_CARRIED: ['judgement', 'Somebody was charged for what they did not carry out.'],
  LISTED_NOT_CARRIED: [
    'judgement',
    'A receipt that waits for a human lists what its shopper did not carry out.',
  ],
  CARRIED_NOT_LISTED: ['judgement', 'Somebody carried out what is not on their receipt.'],
  MORE_SOLD_THAN_GONE: ['judgement', 'Receipts list more units of a product than left the shelves.'],
} as const satisfies Record<string, readonly [AuditBlame, string]>;

/** Whose fault it is: the twin broke its own laws, the system its contract, or the system judged wrongly. */
export type AuditBlame = 'world' | 'system' | 'judgement';
export type AuditCode = keyof typeof AUDIT_FINDINGS;

export interface AuditFinding {
  readonly code: AuditCode;
  readonly blame: AuditBlame;
  readonly atTrueMs: number;
  readonly personNumber: number | null;
  /** For a person: names, numbers, products. */
  readonly what: string;
  /** Money at stake in minor units; 0 where none is. */
  readonly amountMinor: number;
}
