/**
 * Appends that came in while one was being kept share the next commit: what costs time is making it durable, not how
 * much. Nobody waits for company; one append alone is kept at once. What may wait is bounded, and what comes beyond is
 * refused, not queued: who appends has to know that the disk does not keep up.
 */
import { badBatch, sizeOf } from './batch-check.ts';
import type { BatchSize } from './batch-check.ts';
import { StoreLogFailure } from './store-log-failure.ts';
import type { LogBatch, NewOutboxRow, NewRecord } from './store-log.ts';

/** One commit takes at most this much beside its first batch, so that it stays short. */
const GROUP: BatchSize = { rows: 2000, characters: 4 << 20 };
const WAITING: BatchSize = { rows: 100_000, characters: 128 << 20 };

interface Waiting {
  readonly batch: LogBatch;
  readonly size: BatchSize;
  readonly resolve: (kept: { readonly firstPosition: number }) => void;
  readonly reject: (reason: unknown) => void;
}

export interface GroupCommitParts {
  readonly where: string;
  /** Keeps all of it in one transaction; the position of the first record. */
  readonly commit: (batch: LogBatch) => Promise<number>;
  /** Resolves when everything that is already on its way in has come in. */
  readonly gather: () => Promise<void>;
}

export class GroupCommit {
  /** Refused because too much waited. */
  refusedCount = 0;
  private readonly parts: GroupCommitParts;
  private waiting: Waiting[] = [];
  private rows = 0;
  private characters = 0;
  private running: Promise<void> | null = null;

  constructor(parts: GroupCommitParts) {
    this.parts = parts;
  }

  append(batch: LogBatch): Promise<{ readonly firstPosition: number }> {
    const { where } = this.parts;
    const bad = badBatch(batch);
    if (bad !== null) return Promise.reject(new StoreLogFailure('STORE_LOG_BAD_BATCH', { where, what: bad }));
    const size = sizeOf(batch);
    const isTooMuch =
      this.rows + size.rows > WAITING.rows || this.characters + size.characters > WAITING.characters;
    if (isTooMuch) {
      this.refusedCount++;
      const what = `${this.waiting.length} appends wait`;
      return Promise.reject(new StoreLogFailure('STORE_LOG_BUSY', { where, what }));
    }
    this.rows += size.rows;
    this.characters += size.characters;
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, size, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.parts.gather();
      await this.commitGroup(this.takeGroup());
    }
    this.running = null;
  }

  private takeGroup(): readonly Waiting[] {
    let rows = 0;
    let characters = 0;
    let count = 0;
    for (const { size } of this.waiting) {
      rows += size.rows;
      characters += size.characters;
      if (count > 0 && (rows > GROUP.rows || characters > GROUP.characters)) break;
      count++;
    }
    const group = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    for (const { size } of group) {
      this.rows -= size.rows;
      this.characters -= size.characters;
    }
    return group;
  }

  private async commitGroup(group: readonly Waiting[]): Promise<void> {
    const records: NewRecord[] = [];
    const outbox: NewOutboxRow[] = [];
    for (const { batch } of group) {
      for (const record of batch.records) records.push(record);
      for (const row of batch.outbox) outbox.push(row);
    }
    try {
      let firstPosition = await this.parts.commit({ records, outbox });
      for (const { batch, resolve } of group) {
        resolve({ firstPosition });
        firstPosition += batch.records.length;
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
