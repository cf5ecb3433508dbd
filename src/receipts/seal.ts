/**
 * What makes a later change show: each revision is hashed together with the hash of the one before it in the store's
 * chain and of its own receipt's revision before. The hash is SHA-256 over canonical JSON (RFC 8785), so anybody with
 * the file and those two standards can check it without this program.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { present } from '../base/index.ts';
import type { StoreId } from '../domain/index.ts';
import type { ReceiptContent, ReceiptRevision } from './receipt-content.ts';
import { receiptId } from './receipt-id.ts';

/** Where a store's numbers and chain stand. One writer per store: whoever holds the book issues. */
export interface ReceiptBook {
  readonly storeId: StoreId;
  readonly series: string;
  readonly nextNumber: number;
  readonly nextPosition: number;
  readonly headHash: string | null;
}

/** What a first revision is made of, before it has a number. */
export type ReceiptDraft = Omit<
  ReceiptContent,
  'formatVersion' | 'receiptId' | 'storeId' | 'series' | 'number' | 'revision' | 'change' | 'fiscal'
>;

export function emptyReceiptBook(storeId: StoreId, series: string): ReceiptBook {
  return { storeId, series, nextNumber: 1, nextPosition: 1, headHash: null };
}

/** Gives a draft the next number. Whoever takes a number issues it: a number that is used for nothing is a gap. */
export function numbered(
  book: ReceiptBook,
  draft: ReceiptDraft,
): { readonly book: ReceiptBook; readonly content: ReceiptContent } {
  const { storeId, series, nextNumber: number } = book;
  return {
    book: { ...book, nextNumber: number + 1 },
    content: {
      formatVersion: 1,
      ...draft,
      receiptId: receiptId({ storeId, series, number }),
      storeId,
      series,
      number,
      revision: 1,
      change: null,
      fiscal: { kind: 'not-needed' },
    },
  };
}

/** RFC 8785: the same for the same data, however its keys are ordered. */
export function canonicalText(value: unknown): string {
  return present(canonicalize(value), 'NOT_JSON');
}

/** Of any plain data, such as the evidence of a line: SHA-256 over canonical JSON, hexadecimal. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}

export function hashOf(revision: Omit<ReceiptRevision, 'hash'>): string {
  const { content, position, previousHash, previousRevisionHash } = revision;
  return contentHash({ content, position, previousHash, previousRevisionHash });
}

/** @param previous the revision before of the same receipt; null for its first. */
export function sealed(
  book: ReceiptBook,
  content: ReceiptContent,
  previous: ReceiptRevision | null,
): { readonly book: ReceiptBook; readonly revision: ReceiptRevision } {
  const open = {
    content,
    position: book.nextPosition,
    previousHash: book.headHash,
    previousRevisionHash: previous?.hash ?? null,
  };
  const hash = hashOf(open);
  return {
    book: { ...book, nextPosition: book.nextPosition + 1, headHash: hash },
    revision: { ...open, hash },
  };
}
