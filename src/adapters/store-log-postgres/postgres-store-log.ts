/** The logs of many stores in one PostgreSQL database, one writer for each: what a chain's servers need. */
import { assert, ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { badSnapshot, GroupCommit, pageLimit, StoreLogFailure } from '../../engine/index.ts';
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
import { LogConnection } from './log-connection.ts';
import type { Connected, PostgresLogPlace } from './log-connection.ts';
import { statementsFor } from './statements.ts';
import type { LogStatements } from './statements.ts';

/** Records forgotten in one statement, so that none takes long. */
const PRUNE_ROWS = 10_000;

type Row = Readonly<Record<string, string | null>>;

export class PostgresStoreLog implements StoreLog {
  private readonly place: PostgresLogPlace;
  private readonly connection: LogConnection;
  private readonly statements: LogStatements;
  private readonly group: GroupCommit;
  /** The connection for which `last` is known. */
  private seen: Connected | null = null;
  private last = 0;
  private isClosed = false;

  private constructor(place: PostgresLogPlace, connection: LogConnection, statements: LogStatements) {
    this.place = place;
    this.connection = connection;
    this.statements = statements;
    this.group = new GroupCommit({
      where: connection.where,
      commit: (batch) => this.keep(batch),
      // What comes in while a commit is on its way waits for the next.
      gather: () => Promise.resolve(),
    });
  }

  static async open(place: PostgresLogPlace): Promise<Result<StoreLog, StoreLogProblem>> {
    const connection = new LogConnection(place);
    const statements = statementsFor(connection.schema);
    assert(statements !== null, 'SCHEMA_NAME', { schema: connection.schema });
    try {
      await connection.run(() => Promise.resolve());
      return ok(new PostgresStoreLog(place, connection, statements));
    } catch (error) {
      await connection.close();
      if (error instanceof StoreLogFailure) return refused(error.problem);
      throw error;
    }
  }

  get lease(): LogLease {
    return { writerId: this.place.writerId, epoch: this.connection.epoch };
  }

  async append(batch: LogBatch): Promise<{ readonly firstPosition: number }> {
    this.checkOpen();
    return this.group.append(batch);
  }

  async read({
    afterPosition,
    limit,
  }: {
    afterPosition: number;
    limit: number;
  }): Promise<readonly LogRecord[]> {
    const rows = await this.ask('read', [afterPosition, pageLimit(limit)]);
    const first = Number(rows[0]?.['first_position']);
    const what = `it begins with ${first}, and what follows ${afterPosition} was asked for`;
    if (afterPosition + 1 < first) throw this.failure('STORE_LOG_PRUNED', what);
    return rows
      .filter((row) => row['position'] !== null)
      .map((row) => ({
        position: Number(row['position']),
        kind: String(row['kind']),
        atMs: Number(row['at_ms']),
        payload: String(row['payload']),
      }));
  }

  async lastPosition(): Promise<number> {
    const [row] = await this.ask('lastPosition', []);
    return Number(row?.['last_position']);
  }

  async saveSnapshot(snapshot: LogSnapshot): Promise<void> {
    this.checkOpen();
    const bad = badSnapshot(snapshot);
    if (bad !== null) throw this.failure('STORE_LOG_BAD_BATCH', `of a snapshot, ${bad}`);
    const { position, formatVersion, state } = snapshot;
    const held = await this.write('saveSnapshot', [position, formatVersion, state]);
    const last = Number(held['last_position']);
    if (position > last)
      throw this.failure(
        'STORE_LOG_SNAPSHOT_AHEAD',
        `the state is of ${position}, the last record is ${last}`,
      );
  }

  async latestSnapshot(formatVersionMax: number = Number.MAX_SAFE_INTEGER): Promise<LogSnapshot | null> {
    const [row] = await this.ask('latestSnapshot', [formatVersionMax]);
    if (!row) return null;
    const { position, format_version: formatVersion, state } = row;
    return { position: Number(position), formatVersion: Number(formatVersion), state: String(state) };
  }

  async pendingOutbox(limit: number, afterOutboxId: number = 0): Promise<readonly OutboxRow[]> {
    const rows = await this.ask('pending', [afterOutboxId, pageLimit(limit)]);
    return rows.map((row) => ({
      outboxId: Number(row['outbox_id']),
      topic: String(row['topic']),
      key: String(row['key']),
      payload: String(row['payload']),
    }));
  }

  async markSent(outboxIds: readonly number[]): Promise<void> {
    await this.write('markSent', [outboxIds]);
  }

  async outboxCount(): Promise<number> {
    const [row] = await this.ask('outboxCount', []);
    return Number(row?.['count']);
  }

  async prune({ beforePosition }: { readonly beforePosition: number }): Promise<void> {
    let first = 0;
    let covered = 0;
    do {
      const row = await this.write('prune', [beforePosition, PRUNE_ROWS]);
      first = Number(row['first_position']);
      covered = Number(row['covered']);
    } while (first < beforePosition && covered >= beforePosition - 1);
    if (first >= beforePosition) return;
    throw this.failure(
      'STORE_LOG_NOT_COVERED',
      `the latest snapshot is of ${covered}, not of ${beforePosition - 1}`,
    );
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.group.settled();
    await this.connection.close();
  }

  /**
   * Where the connection is lost before the answer came, the lease that the next one takes tells whether the batch was
   * kept: nobody else can have moved the last position, and the lost statement can do so no more.
   */
  private async keep({ records, outbox }: LogBatch): Promise<number> {
    const columns = [
      records.map(({ kind }) => kind),
      records.map(({ atMs }) => atMs),
      records.map(({ payload }) => payload),
      outbox.map(({ topic }) => topic),
      outbox.map(({ key }) => key),
      outbox.map(({ payload }) => payload),
    ];
    let sentAfter: number | null = null;
    return this.connection.run(async (connected) => {
      if (this.seen !== connected) this.last = connected.lease.lastPosition;
      this.seen = connected;
      if (sentAfter !== null && this.last !== sentAfter) {
        assert(this.last === sentAfter + records.length, 'STORE_LOG_TWO_WRITERS', {
          last: this.last,
          sentAfter,
        });
        return sentAfter + 1;
      }
      sentAfter = this.last;
      const [row] = await this.query(connected, 'append', [connected.lease.epoch, ...columns]);
      if (!row) throw this.fenced();
      const firstPosition = Number(row['first_position']);
      this.last = firstPosition + records.length - 1;
      return firstPosition;
    });
  }

  private ask(name: keyof LogStatements, values: readonly unknown[]): Promise<readonly Row[]> {
    this.checkOpen();
    return this.connection.run((connected) => this.query(connected, name, values));
  }

  /** The row of the lease, which must be ours. */
  private async write(name: keyof LogStatements, values: readonly unknown[]): Promise<Row> {
    this.checkOpen();
    return this.connection.run(async (connected) => {
      const [row] = await this.query(connected, name, [connected.lease.epoch, ...values]);
      if (!row) throw this.fenced();
      return row;
    });
  }

  private async query(
    { client }: Connected,
    name: keyof LogStatements,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const text = this.statements[name];
    const { rows } = await client.query<Row>({ name, text, values: [this.place.storeId, ...values] });
    return rows;
  }

  private fenced(): StoreLogFailure {
    const { writerId, epoch } = this.lease;
    return this.failure('STORE_LOG_FENCED', `${writerId} had the lease of epoch ${epoch}`);
  }

  private checkOpen(): void {
    if (this.isClosed) throw this.failure('STORE_LOG_CLOSED', 'it was closed');
  }

  private failure(code: StoreLogProblemCode, what: string): StoreLogFailure {
    return new StoreLogFailure(code, { where: this.connection.where, what });
  }
}
