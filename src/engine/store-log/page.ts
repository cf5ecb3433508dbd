/** How much one reading may bring into memory, whatever is asked for. */
import { assert } from '../../base/index.ts';

export const PAGE_ROWS_MAX = 10_000;
/** UTF-16 units or bytes, whichever a database counts; the first row comes however long it is. */
export const PAGE_CHARACTERS_MAX = 8 << 20;

export function pageLimit(limit: number): number {
  assert(Number.isSafeInteger(limit) && limit > 0, 'PAGE_LIMIT', { limit });
  return Math.min(limit, PAGE_ROWS_MAX);
}
