/** The codes with which a log is not opened, or refuses what it is asked. */
export const STORE_LOG_PROBLEM_CODES = {
  STORE_LOG_FENCED: 'Another writer has opened the log since; this one may write nothing any more.',
  STORE_LOG_CLOSED: 'The log was closed.',
  STORE_LOG_FULL: 'The disk has no room; nothing of the batch was kept.',
  STORE_LOG_UNREACHABLE:
    'The disk or the server fails or does not answer. Whether the batch was kept is not known; the last position tells.',
  STORE_LOG_BUSY: 'More waits to be kept than may wait; nothing of the batch was kept.',
  STORE_LOG_BAD_BATCH:
    'A batch has no record, is too large, or holds a text or time that would not come back as it went in.',
  STORE_LOG_SNAPSHOT_AHEAD: 'The snapshot is of a position that has no record yet.',
  STORE_LOG_NOT_COVERED: 'The latest snapshot has not taken in all of the records that are to be forgotten.',
  STORE_LOG_PRUNED: 'The records that follow this position were forgotten; begin with the snapshot.',
  STORE_LOG_NEWER: 'The log was written by a newer version of this program.',
  STORE_LOG_OTHER: 'This is no log, or that of another store.',
  STORE_LOG_BROKEN:
    'The log contradicts itself: it was changed by something else, or the disk lost a part of it.',
  STORE_LOG_UNFIT: 'What lies under the log cannot promise that it keeps what it acknowledges.',
} as const;

export type StoreLogProblemCode = keyof typeof STORE_LOG_PROBLEM_CODES;

export const STORE_LOG_REMEDIES: Readonly<Record<StoreLogProblemCode, string>> = {
  STORE_LOG_FENCED: 'Stop this process; the other one goes on.',
  STORE_LOG_CLOSED: 'Open it again.',
  STORE_LOG_FULL: 'Make room; the log goes on by itself.',
  STORE_LOG_UNREACHABLE: 'Repair the disk or the connection, ask for the last position, then go on.',
  STORE_LOG_BUSY: 'Take in less until what waits is kept.',
  STORE_LOG_BAD_BATCH: 'Split the batch, or escape the text as JSON does.',
  STORE_LOG_SNAPSHOT_AHEAD: 'Append first, then save the state.',
  STORE_LOG_NOT_COVERED: 'Save a snapshot first.',
  STORE_LOG_PRUNED: 'Read the latest snapshot, then from its position on.',
  STORE_LOG_NEWER: 'Run the newer version, or go back to the copy that it made before it changed the log.',
  STORE_LOG_OTHER: 'Name the log of this store, or an empty place.',
  STORE_LOG_BROKEN: 'Go back to a copy, and check the disk.',
  STORE_LOG_UNFIT: 'Put the log on a local disk, or switch the durability of the server on again.',
};
