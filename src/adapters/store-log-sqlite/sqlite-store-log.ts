/** The log of one store in one SQLite file: what a shop's own machine needs, and nothing to look after. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StatementSync } from 'node:sqlite';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { StoreId } from '../../domain/index.ts';
import {
  badSnapshot,
  GroupCommit,
  PAGE_CHARACTERS_MAX,
  pageLimit,
  StoreLogFailure,
  STORE_LOG_REMEDIES,
} from '../../engine/index.ts';
import type {
  LogBatch,
  LogLease,
  LogRecord,
  LogSnapshot,
  OutboxRow,
  StoreLog,
  StoreLogProblem,
  StoreLogProblemCode,
} from '../../engine/index.ts';
import { LogDatabase } from './log-database.ts';
import { bringUpToDate, STEPS, versionOf } from './schema.ts';

export interface SqliteLogPlace {
  /** The file; two more with its name lie beside it while it is open. Only a local disk will do. */
  readonly path: string;
  readonly storeId: StoreId;
  readonly writerId: string;
}

/** Records forgotten in one transaction, so that none takes long. */
const PRUNE_ROWS = 10_000;

interface Counters {
  readonly last_position: number;
  readonly last_outbox_id: number;
  readonly first_position: number;
}

const SQL = {
  begin: `INSERT INTO lease VALUES (1, ?, '', 0, 0, 0, 1) ON CONFLICT DO NOTHING`,
  take: `UPDATE lease SET epoch = epoch + 1, writer_id = ? RETURNING epoch, store_id, last_position, first_position`,
  ends: `SELECT min(position) AS first, max(position) AS last FROM records`,
  counters: `SELECT last_position, last_outbox_id, first_position FROM lease`,
  held: `SELECT last_position, last_outbox_id, first_position FROM lease WHERE epoch = ?`,
  count: `UPDATE lease SET last_position = ?, last_outbox_id = ?`,
  addRecord: `INSERT INTO records (position, kind, at_ms, payload) VALUES (?, ?, ?, ?)`,
  addOutbox: `INSERT INTO outbox (outbox_id, topic, key, payload) VALUES (?, ?, ?, ?)`,
  read: `SELECT position, kind, at_ms AS atMs, payload FROM records WHERE position > ? ORDER BY position LIMIT ?`,
  pending: `SELECT outbox_id AS outboxId, topic, key, payload FROM outbox WHERE outbox_id > ? ORDER BY outbox_id LIMIT ?`,
  outboxCount: `SELECT count(*) AS count FROM outbox`,
  sent: `DELETE FROM outbox WHERE outbox_id = ?`,
  saveSnapshot: `INSERT OR REPLACE INTO snapshots (position, format_version, state) VALUES (?, ?, ?)`,
  dropSnapshots: `DELETE FROM snapshots WHERE position NOT IN (SELECT position FROM snapshots ORDER BY position DESC LIMIT 2)`,
  latestSnapshot: `SELECT position, format_version AS formatVersion, state FROM snapshots WHERE format_version <= ? ORDER BY position DESC LIMIT 1`,
  covered: `SELECT max(position) AS position FROM snapshots`,
  prune: `DELETE FROM records WHERE position < ?`,
  setFirst: `UPDATE lease SET first_position = ?`,
} as const;

type Statements = Readonly<Record<keyof typeof SQL, StatementSync>>;

function prepareAll(log: LogDatabase): Statements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, log.prepare(sql)]);
  return Object.fromEntries(prepared) as Statements;
}

/** Takes the lease: from its commit on, whoever had it is refused. */
function takeLease(log: LogDatabase, { storeId, writerId }: SqliteLogPlace): LogLease {
  return log.transaction(() => {
    log.database.prepare(SQL.begin).run(storeId);
    const taken = log.database.prepare(SQL.take).get(writerId);
    const where = log.path;
    if (taken?.['store_id'] !== storeId) {
      const what = `it is the log of the store ${String(taken?.['store_id'])}`;
      throw new StoreLogFailure('STORE_LOG_OTHER', { where, what });
    }
    const { last_position: last, first_position: first } = taken;
    const ends = log.database.prepare(SQL.ends).get();
    const isWhole = ends?.['last'] === null ? first === Number(last) + 1 : ends?.['last'] === last;
    if (!isWhole || (ends?.['first'] ?? first) !== first) {
      const what = `it should reach from ${String(first)} to ${String(last)}, and does not`;
      throw new StoreLogFailure('STORE_LOG_BROKEN', { where, what });
    }
    return { writerId, epoch: Number(taken['epoch']) };
  });
}

/** Rows until `limit` or until they are long. */
function pageOf<Row extends { readonly payload: string }>(
  statement: StatementSync,
  bound: readonly number[],
): Row[] {
  const rows: Row[] = [];
  let characters = 0;
  for (const row of statement.iterate(...bound) as Iterable<unknown>) {
    const { payload } = row as Row;
    characters += payload.length;
    if (rows.length > 0 && characters > PAGE_CHARACTERS_MAX) break;
    rows.push({ ...(row as Row) });
  }
  return rows;
}

export class SqliteStoreLog implements StoreLog {
  readonly lease: LogLease;
  private readonly log: LogDatabase;
  private readonly statements: Statements;
  private readonly group: GroupCommit;
  private isClosed = false;

  private constructor(log: LogDatabase, lease: LogLease) {
    this.log = log;
    this.lease = lease;
    this.statements = prepareAll(log);
    this.group = new GroupCommit({
      where: log.path,
      commit: async (batch) => this.keep(batch),
      // While a commit blocks the thread, what comes in waits outside; one turn lets all of it in.
      gather: () => nextTurn(),
    });
  }

  static async open(place: SqliteLogPlace): Promise<Result<StoreLog, StoreLogProblem>> {
    let log: LogDatabase | null = null;
    try {
      log = LogDatabase.open(place.path);
      // An older program is fenced off before the tables change under it.
      const version = versionOf(log);
      if (version > 0 && version < STEPS.length) takeLease(log, place);
      bringUpToDate(log);
      return ok(new SqliteStoreLog(log, takeLease(log, place)));
    } catch (error) {
      log?.close();
      if (error instanceof StoreLogFailure) return refused(error.problem);
      return refused(unreachable(place.path, error));
    }
  }

  async append(batch: LogBatch): Promise<{ readonly firstPosition: number }> {
    this.checkOpen();
    return this.group.append(batch);
  }

  async read(page: {
    readonly afterPosition: number;
    readonly limit: number;
  }): Promise<readonly LogRecord[]> {
    const limit = pageLimit(page.limit);
    this.checkOpen();
    return this.log.reading(() => {
      const { first_position: first } = this.counters();
      const what = `it begins with ${first}, and what follows ${page.afterPosition} was asked for`;
      if (page.afterPosition + 1 < first) throw this.failure('STORE_LOG_PRUNED', what);
      return pageOf<LogRecord>(this.statements.read, [page.afterPosition, limit]);
    });
  }

  async lastPosition(): Promise<number> {
    this.checkOpen();
    return this.log.reading(() => this.counters().last_position);
  }

  async saveSnapshot(snapshot: LogSnapshot): Promise<void> {
    this.checkOpen();
    const bad = badSnapshot(snapshot);
    if (bad !== null) throw this.failure('STORE_LOG_BAD_BATCH', `of a snapshot, ${bad}`);
    const { position, formatVersion, state } = snapshot;
    this.log.transaction(() => {
      const { last_position: last } = this.held();
      if (position > last)
        throw this.failure(
          'STORE_LOG_SNAPSHOT_AHEAD',
          `the state is of ${position}, the last record is ${last}`,
        );
      this.statements.saveSnapshot.run(position, formatVersion, state);
      this.statements.dropSnapshots.run();
    });
  }

  async latestSnapshot(formatVersionMax: number = Number.MAX_SAFE_INTEGER): Promise<LogSnapshot | null> {
    this.checkOpen();
    const row = this.log.reading(() => this.statements.latestSnapshot.get(formatVersionMax));
    return row === undefined ? null : { ...(row as unknown as LogSnapshot) };
  }

  async pendingOutbox(limit: number, afterOutboxId: number = 0): Promise<readonly OutboxRow[]> {
    const rowsMax = pageLimit(limit);
    this.checkOpen();
    return this.log.reading(() => pageOf<OutboxRow>(this.statements.pending, [afterOutboxId, rowsMax]));
  }

  async markSent(outboxIds: readonly number[]): Promise<void> {
    this.checkOpen();
    this.log.transaction(() => {
      this.held();
      for (const outboxId of outboxIds) this.statements.sent.run(outboxId);
    });
  }

  async outboxCount(): Promise<number> {
    this.checkOpen();
    return this.log.reading(() => Number(this.statements.outboxCount.get()?.['count']));
  }

  async prune({ beforePosition }: { readonly beforePosition: number }): Promise<void> {
    for (let isDone = false; !isDone; await nextTurn()) {
      this.checkOpen();
      isDone = this.log.transaction(() => this.pruneSome(beforePosition));
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.group.settled();
    this.log.close();
  }

  private keep({ records, outbox }: LogBatch): number {
    return this.log.transaction(() => {
      let { last_position: position, last_outbox_id: outboxId } = this.held();
      const firstPosition = position + 1;
      const { addRecord, addOutbox, count } = this.statements;
      for (const { kind, atMs, payload } of records) addRecord.run(++position, kind, atMs, payload);
      for (const { topic, key, payload } of outbox) addOutbox.run(++outboxId, topic, key, payload);
      count.run(position, outboxId);
      return firstPosition;
    });
  }

  /** True where all is forgotten that was to be. */
  private pruneSome(beforePosition: number): boolean {
    const { first_position: first } = this.held();
    if (beforePosition <= first) return true;
    const covered = Number(this.statements.covered.get()?.['position'] ?? 0);
    if (covered < beforePosition - 1)
      throw this.failure(
        'STORE_LOG_NOT_COVERED',
        `the latest snapshot is of ${covered}, not of ${beforePosition - 1}`,
      );
    const until = Math.min(beforePosition, first + PRUNE_ROWS);
    this.statements.prune.run(until);
    this.statements.setFirst.run(until);
    return until === beforePosition;
  }

  private counters(): Counters {
    return this.statements.counters.get() as unknown as Counters;
  }

  /** What is in the lease, which must be ours; inside a transaction nobody can take it. */
  private held(): Counters {
    const row = this.statements.held.get(this.lease.epoch);
    if (row !== undefined) return row as unknown as Counters;
    throw this.failure(
      'STORE_LOG_FENCED',
      `${this.lease.writerId} had the lease of epoch ${this.lease.epoch}`,
    );
  }

  private checkOpen(): void {
    if (this.isClosed) throw this.failure('STORE_LOG_CLOSED', 'it was closed');
  }

  private failure(code: StoreLogProblemCode, what: string): StoreLogFailure {
    return new StoreLogFailure(code, { where: this.log.path, what });
  }
}

function unreachable(where: string, error: unknown): StoreLogProblem {
  const what = error instanceof Error ? error.message : String(error);
  return { code: 'STORE_LOG_UNREACHABLE', where, what, remedy: STORE_LOG_REMEDIES.STORE_LOG_UNREACHABLE };
}
