/**
 * When a document was measured and when the database stored it. A batch is stamped when it is sent, after its last
 * sample: `header.t_issue`, else `timestamp` in seconds, else the database's `date_time`. The database stores plates
 * about 10 ms later and tracks about 2.3 s later, which is when they were there to be used.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { fieldAt, numberOf, timeMsOf } from './export-json.ts';
import { YEAR_10000_MS } from './written-json.ts';

export interface DocumentTimes {
  readonly observedAtMs: EpochMs;
  /** Null where the document does not say. */
  readonly storedAtMs: EpochMs | null;
}

function isTime(value: number): boolean {
  return value > 0 && value < YEAR_10000_MS;
}

/** Null where no time can be used. */
export function documentTimes(document: unknown): DocumentTimes | null {
  const storedAtMs = timeMsOf(fieldAt(document, 'date_time'));
  const candidates = [
    timeMsOf(fieldAt(document, 'document', 'header', 't_issue')),
    numberOf(fieldAt(document, 'timestamp')) * 1000,
    storedAtMs,
  ];
  const observed = candidates.find(isTime);
  if (observed === undefined) return null;
  return {
    observedAtMs: epochMs(observed),
    storedAtMs: isTime(storedAtMs) ? epochMs(storedAtMs) : null,
  };
}

export function timeMissing(where: string): DataProblem {
  const what = 'the document has neither header.t_issue nor timestamp nor date_time';
  return { code: 'AIFI_TIME_MISSING', where, what, remedy: 'Export the documents with their times.' };
}
