/** How a receipt is called: `store/series/000017`, the same for all its revisions. */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';
import { isIdText } from '../domain/index.ts';
import type { StoreId } from '../domain/index.ts';

export type ReceiptId = Brand<string, 'ReceiptId'>;

const DIGITS_MIN = 6;

export function receiptId(of: {
  readonly storeId: StoreId;
  readonly series: string;
  readonly number: number;
}): ReceiptId {
  const text = `${of.storeId}/${of.series}/${String(of.number).padStart(DIGITS_MIN, '0')}`;
  assert(isIdText(text), 'ID_NOT_PRINTABLE', { kind: 'receipt', text });
  return text as ReceiptId;
}
