/** Holds a log of numbered batches against what its writers were told. */
import type { LogRecord, StoreLog } from '../../../src/engine/index.ts';
import type { Acknowledged } from './log-writer.ts';
import { readNumbered, snapshotAt } from './numbered-batch.ts';

const PAGE = 2000;

/** What was found to be whole so far; a later check goes on from there. */
export interface Checked {
  readonly position: number;
  readonly number: number;
  readonly sentNumber: number;
}

export const NOTHING_CHECKED: Checked = { position: 0, number: 0, sentNumber: 0 };

async function recordsAfter(log: StoreLog, afterPosition: number): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (;;) {
    const page = await log.read({ afterPosition: afterPosition + records.length, limit: PAGE });
    if (page.length === 0) return records;
    records.push(...page);
  }
}

/** The first positions of the batches, in order of their numbers; every batch is whole and follows the one before. */
function batchStarts(
  records: readonly LogRecord[],
  before: Checked,
  found: string[],
): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  let expected = { number: before.number + 1, part: 0 };
  records.forEach((record, index) => {
    const { number, part, of } = readNumbered(record);
    if (record.position !== before.position + index + 1)
      found.push(`position ${record.position} after a gap`);
    if (number !== expected.number || part !== expected.part)
      found.push(`part ${part} of ${number} at ${record.position}, not ${JSON.stringify(expected)}`);
    if (part === 0) starts.set(number, record.position);
    expected = part + 1 < of ? { number, part: part + 1 } : { number: number + 1, part: 0 };
  });
  if (expected.part !== 0) found.push(`batch ${expected.number} is half there`);
  return starts;
}

/** Takes out what is to be sent; the last number. */
async function sendAll(log: StoreLog, before: Checked, found: string[]): Promise<number> {
  let number = before.sentNumber;
  for (;;) {
    const rows = await log.pendingOutbox(PAGE);
    if (rows.length === 0) return number;
    for (const { payload } of rows)
      if (Number(payload) !== ++number) found.push(`message ${payload} instead of ${number}`);
    await log.markSent(rows.map(({ outboxId }) => outboxId));
  }
}

async function checkSnapshot(log: StoreLog, last: number, found: string[]): Promise<void> {
  const snapshot = await log.latestSnapshot();
  if (snapshot === null) return;
  if (snapshot.position > last) found.push(`a snapshot of ${snapshot.position}, the last record is ${last}`);
  if (snapshot.state !== snapshotAt(snapshot.position).state) found.push(`the snapshot is damaged`);
}

export async function checkLog(
  log: StoreLog,
  acknowledged: readonly Acknowledged[],
  before: Checked,
): Promise<{ readonly found: readonly string[]; readonly checked: Checked }> {
  const found: string[] = [];
  const records = await recordsAfter(log, before.position);
  const starts = batchStarts(records, before, found);
  for (const { number, firstPosition } of acknowledged)
    if (starts.get(number) !== firstPosition)
      found.push(`batch ${number} was kept at ${firstPosition}, and is at ${starts.get(number)}`);
  const position = before.position + records.length;
  if ((await log.lastPosition()) !== position) found.push(`the last position is not ${position}`);
  const number = before.number + starts.size;
  const sentNumber = await sendAll(log, before, found);
  if (sentNumber !== number) found.push(`${sentNumber} messages for ${number} batches`);
  await checkSnapshot(log, position, found);
  return { found, checked: { position, number, sentNumber } };
}
