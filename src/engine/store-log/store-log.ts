/**
 * The port for what a store keeps before it has effect: records in one order without gaps, the messages that go out
 * because of them, and snapshots that save folding everything again. One writer at a time: whoever opens the log takes
 * the lease, and everything that an older writer still wants to write is refused.
 *
 * What is refused rejects with a `StoreLogFailure` and its code. A returned refusal would not do here: a caller that
 * overlooks it goes on as if the record were kept, and effect without a record is what the log is there to prevent.
 */

export interface NewRecord {
  readonly kind: string;
  /** Of the event, not of the writing. */
  readonly atMs: number;
  /** JSON; kept letter by letter, never read. */
  readonly payload: string;
}

export interface LogRecord extends NewRecord {
  /** From 1 on, without a gap. */
  readonly position: number;
}

/** A message to somebody outside, sent after the records that caused it are kept. */
export interface NewOutboxRow {
  readonly topic: string;
  /** Messages of one key reach the other side in order. */
  readonly key: string;
  readonly payload: string;
}

export interface OutboxRow extends NewOutboxRow {
  /** Grows; never used twice. A receiver that remembers the last one it saw of a key knows what came again. */
  readonly outboxId: number;
}

export interface LogBatch {
  readonly records: readonly NewRecord[];
  readonly outbox: readonly NewOutboxRow[];
}

export interface LogSnapshot {
  /** The last record that the state has taken in. */
  readonly position: number;
  readonly formatVersion: number;
  readonly state: string;
}

export interface LogLease {
  readonly writerId: string;
  /** Higher than that of every writer before. */
  readonly epoch: number;
}

export interface StoreLog {
  readonly lease: LogLease;
  /**
   * All or nothing; resolves once it would outlive a power cut. A rejection with STORE_LOG_UNREACHABLE leaves open
   * whether the batch was kept: `lastPosition` tells, for there is no other writer.
   */
  append(batch: LogBatch): Promise<{ readonly firstPosition: number }>;
  /** A page may hold fewer than `limit` where the texts are long; only an empty one is the end. */
  read(page: { readonly afterPosition: number; readonly limit: number }): Promise<readonly LogRecord[]>;
  /** 0 where nothing was ever kept. */
  lastPosition(): Promise<number>;
  /** Keeps the two of the highest positions. */
  saveSnapshot(snapshot: LogSnapshot): Promise<void>;
  /** The latest that is not of a newer format than the caller can read. */
  latestSnapshot(formatVersionMax?: number): Promise<LogSnapshot | null>;
  /**
   * The oldest unsent rows; a page may be shorter than `limit`, as with `read`. They stay until `markSent`. Where one
   * receiver does not answer, its rows are stepped over by asking for what comes after them.
   */
  pendingOutbox(limit: number, afterOutboxId?: number): Promise<readonly OutboxRow[]>;
  /** Rows that are gone already are no mistake: who sends may be told twice. */
  markSent(outboxIds: readonly number[]): Promise<void>;
  outboxCount(): Promise<number>;
  /** Forgets the records before a position, all of which the latest snapshot must have taken in. */
  prune(until: { readonly beforePosition: number }): Promise<void>;
  /** After what waits was kept or refused. */
  close(): Promise<void>;
}
