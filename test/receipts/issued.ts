/** Receipts to try things on: drawn goods with a number, and the corrections that a test makes. */
import { epochMs, seededRandom } from '../../src/base/index.ts';
import type { Result } from '../../src/base/index.ts';
import { partyId, paymentId, storeId, visitId } from '../../src/domain/index.ts';
import type { DataProblem } from '../../src/domain/index.ts';
import { corrected, emptyReceiptBook, numbered } from '../../src/receipts/index.ts';
import type { Correction, ReceiptContent, ReceiptGoods } from '../../src/receipts/index.ts';
import { drawGoods } from '../builders/index.ts';

export function contentOf(goods: ReceiptGoods): ReceiptContent {
  return numbered(emptyReceiptBook(storeId('store-1'), 'a'), {
    ...goods,
    issuedAtMs: epochMs(1000),
    paymentId: paymentId('pay-1'),
    partyId: partyId('party-1'),
    visitIds: [visitId('visit-1')],
    seller: {
      legalName: 'Corner Shop Ltd',
      storeName: 'Corner Shop',
      addressLines: ['1 High Street'],
      country: 'GB',
      taxIds: [],
      contact: null,
    },
    tenders: [{ kind: 'card', label: 'Visa 4242' }],
  }).content;
}

export function drawnContent(seed: number, includesTax: boolean): ReceiptContent {
  const random = seededRandom(seed);
  return contentOf(drawGoods(random, { lines: 1 + random.below(5), includesTax }));
}

export function correctedBy(
  content: ReceiptContent,
  correction: Partial<Correction>,
): Result<ReceiptContent, DataProblem> {
  return corrected(content, {
    correctionId: 'correction-1',
    atMs: epochMs(2000),
    reason: 'not-taken',
    by: 'operator',
    note: null,
    change: { kind: 'give-back-all' },
    ...correction,
  });
}
