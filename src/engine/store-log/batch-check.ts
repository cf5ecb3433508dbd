/** What a log takes at its door; behind it texts and numbers are known to come back as they went in. */
import type { LogBatch, LogSnapshot } from './store-log.ts';

/** Rows of one batch; a step of a store makes tens. */
const BATCH_ROWS_MAX = 10_000;
/** UTF-16 units of one batch: a snapshot belongs in `saveSnapshot`, a picture in a file. */
const BATCH_CHARACTERS_MAX = 64 << 20;
/** Below what one value of either database may hold, at four bytes a character. */
const SNAPSHOT_CHARACTERS_MAX = 200 << 20;

export interface BatchSize {
  readonly rows: number;
  readonly characters: number;
}

export function sizeOf({ records, outbox }: LogBatch): BatchSize {
  let characters = 0;
  for (const { kind, payload } of records) characters += kind.length + payload.length;
  for (const { topic, key, payload } of outbox) characters += topic.length + key.length + payload.length;
  return { rows: records.length + outbox.length, characters };
}

/** Half of a surrogate pair becomes another character in UTF-8, and databases end a text at NUL or refuse it. */
function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** What is wrong with a batch; null where nothing is. */
export function badBatch(batch: LogBatch): string | null {
  const { rows, characters } = sizeOf(batch);
  if (batch.records.length === 0) return 'it has no record';
  if (rows > BATCH_ROWS_MAX) return `it has ${rows} rows, more than ${BATCH_ROWS_MAX}`;
  if (characters > BATCH_CHARACTERS_MAX)
    return `it has ${characters} characters, more than ${BATCH_CHARACTERS_MAX}`;
  for (const { kind, atMs, payload } of batch.records) {
    if (!Number.isSafeInteger(atMs)) return `a record is of ${atMs}, which is no whole millisecond`;
    if (!isKeepable(kind) || !isKeepable(payload))
      return `a text of kind ${JSON.stringify(kind)} cannot be kept as it is`;
  }
  for (const { topic, key, payload } of batch.outbox)
    if (![topic, key, payload].every(isKeepable))
      return `a text for ${JSON.stringify(topic)} cannot be kept as it is`;
  return null;
}

/** What is wrong with a snapshot, its position apart; null where nothing is. */
export function badSnapshot({ position, formatVersion, state }: LogSnapshot): string | null {
  if (!Number.isSafeInteger(position) || position < 0) return `${position} is no position`;
  if (!Number.isSafeInteger(formatVersion)) return `${formatVersion} is no format`;
  if (state.length > SNAPSHOT_CHARACTERS_MAX) return `its state has ${state.length} characters`;
  return isKeepable(state) ? null : 'its state cannot be kept as it is';
}
