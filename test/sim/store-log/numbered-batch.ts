/** Batches that say what they are, so that a log full of them can be checked from outside. */
import type { LogBatch, LogRecord, LogSnapshot } from '../../../src/engine/index.ts';

export const SNAPSHOT_EVERY = 16;
const RECORDS_MAX = 4;

export interface NumberedRecord {
  readonly number: number;
  /** From 0 to `of` - 1. */
  readonly part: number;
  readonly of: number;
}

/** Now and then longer than a page of the database. */
function fillerOf(number: number): string {
  return 'ü'.repeat(number % 10 === 0 ? 5000 : number % 100);
}

export function numberedBatch(number: number): LogBatch {
  const of = 1 + (number % RECORDS_MAX);
  const records = Array.from({ length: of }, (_, part) => ({
    kind: 'numbered',
    atMs: number,
    payload: JSON.stringify({ number, part, of, filler: fillerOf(number) }),
  }));
  return { records, outbox: [{ topic: 'numbers', key: 'all', payload: String(number) }] };
}

/** @throws where the record is not what was written. */
export function readNumbered(record: LogRecord): NumberedRecord {
  const { number, part, of, filler } = JSON.parse(record.payload) as NumberedRecord & { filler: string };
  if (filler !== fillerOf(number) || record.atMs !== number)
    throw new Error(`record ${record.position} is damaged`);
  return { number, part, of };
}

export function snapshotAt(position: number): LogSnapshot {
  return {
    position,
    formatVersion: 1,
    state: JSON.stringify({ position, filler: 'ä'.repeat(position % 9000) }),
  };
}
