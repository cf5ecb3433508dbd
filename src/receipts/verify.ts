/**
 * Whether kept revisions are all that was ever issued, unchanged: a fold over them in the order of their positions, so
 * a store's whole history is checked in one pass. What cannot be seen from the file alone is that its end was cut off;
 * compare the last hash with one kept elsewhere for that.
 */
import type { DataProblem } from '../domain/index.ts';
import type { ReceiptProblemCode } from './problem-codes.ts';
import type { ReceiptRevision } from './receipt-content.ts';
import { canonicalText, hashOf } from './seal.ts';
import { namesIn, sumsOf } from './sums.ts';

interface SeenReceipt {
  readonly revision: number;
  readonly hash: string;
}

export interface ChainCheck {
  readonly position: number;
  readonly hash: string | null;
  readonly numberMax: number;
  /** Below the highest number and not seen yet: a receipt that waited for its fiscal mark comes a little later. */
  readonly missing: Set<number>;
  /** The latest revision of each receipt. */
  readonly receipts: Map<string, SeenReceipt>;
}

export function openChainCheck(): ChainCheck {
  return { position: 0, hash: null, numberMax: 0, missing: new Set(), receipts: new Map() };
}

const REMEDY: Readonly<Partial<Record<ReceiptProblemCode, string>>> = {
  RECEIPT_HASH_WRONG: 'Take the revision from a copy that was not changed.',
  RECEIPT_CHAIN_BROKEN: 'Look for the missing revisions in a copy; order them by position.',
};

function faultsOf(check: ChainCheck, revision: ReceiptRevision): [ReceiptProblemCode, string][] {
  const { content, position, previousHash, previousRevisionHash, hash } = revision;
  const faults: [ReceiptProblemCode, string][] = [];
  if (hashOf(revision) !== hash) faults.push(['RECEIPT_HASH_WRONG', 'the content is not what was sealed']);
  if (position !== check.position + 1 || previousHash !== check.hash)
    faults.push(['RECEIPT_CHAIN_BROKEN', `position ${position} follows ${check.position}`]);
  const before = check.receipts.get(content.receiptId);
  if (content.revision !== (before?.revision ?? 0) + 1)
    faults.push(['RECEIPT_NUMBER_GAP', `revision ${content.revision} follows ${before?.revision ?? 0}`]);
  else if (previousRevisionHash !== (before?.hash ?? null))
    faults.push(['RECEIPT_CHAIN_BROKEN', 'it does not follow its own revision before']);
  if (before === undefined && content.number <= check.numberMax && !check.missing.has(content.number))
    faults.push(['RECEIPT_NUMBER_GAP', `number ${content.number} is there twice`]);
  const sums = sumsOf(content, content.sums.cashAdjustmentMinor, namesIn(content.sums));
  if (canonicalText(sums) !== canonicalText(content.sums))
    faults.push(['RECEIPT_SUMS_WRONG', 'units, fees and taxes do not add up to its sums']);
  return faults;
}

/** The check after one more revision, and what is wrong with that one. */
export function chainChecked(
  check: ChainCheck,
  revision: ReceiptRevision,
): { readonly check: ChainCheck; readonly problems: readonly DataProblem[] } {
  const { content, position, hash } = revision;
  const problems = faultsOf(check, revision).map(([code, what]) => ({
    code,
    where: `${content.receiptId}#${content.revision}`,
    what,
    remedy: REMEDY[code] ?? 'Compare with a copy that was not changed.',
  }));
  const { number } = content;
  for (let between = check.numberMax + 1; between < number; between++) check.missing.add(between);
  check.missing.delete(number);
  check.receipts.set(content.receiptId, { revision: content.revision, hash });
  return {
    check: {
      position,
      hash,
      numberMax: Math.max(check.numberMax, number),
      missing: check.missing,
      receipts: check.receipts,
    },
    problems,
  };
}

/** What only the end shows: numbers that never came. */
export function chainEnded({ missing }: ChainCheck): DataProblem[] {
  return [...missing].map((number) => ({
    code: 'RECEIPT_NUMBER_GAP',
    where: `number ${number}`,
    what: 'there is no receipt of this number',
    remedy: 'Look for it in a copy.',
  }));
}
