/**
 * One connection of one writer, made anew when it is lost. Every connection takes the lease with a new epoch, also that
 * of the same writer: a statement of the lost one that is still on its way finds an old epoch and does nothing. So what
 * the lease says after it was taken is final, and whether a statement without an answer was done can be told.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { StoreLogFailure } from '../../engine/index.ts';
import { asLogFailure, isLost } from './postgres-failure.ts';
import { bringUpToDate, checkDurable } from './schema.ts';

export interface PostgresLogPlace {
  /** `postgres://user@host/database`, or whatever else `pg` understands. */
  readonly url: string;
  /** The schema of the tables; all stores of a chain may share it. */
  readonly schema?: string;
  readonly storeId: string;
  readonly writerId: string;
  /** How long a lost connection is tried again before what waits for it is refused; 5 s where it is not said. */
  readonly patienceMs?: number;
}

export interface HeldLease {
  readonly epoch: number;
  readonly lastPosition: number;
}

export interface Connected {
  readonly client: pg.Client;
  readonly lease: HeldLease;
}

const PATIENCE_MS = 5000;
const CONNECT_MS = 5000;
/** Of one statement; a server that is silent for longer is taken for gone. */
const ANSWER_MS = 30_000;
const GOODBYE_MS = 500;
const FIRST_WAIT_MS = 20;
const WAIT_MAX_MS = 1000;

/** A connection is told that it is lost when it is next used; nobody waits for this event. */
const IGNORED = (): void => undefined;

/** A server that is gone answers no goodbye. */
async function endSoon(client: pg.Client): Promise<void> {
  await Promise.race([client.end().catch(IGNORED), delay(GOODBYE_MS, undefined, { ref: false })]);
}

export class LogConnection {
  readonly where: string;
  readonly schema: string;
  private readonly place: PostgresLogPlace;
  /** Of this opening of the log: the lease is ours while it names it. */
  private readonly holder = randomUUID();
  private current: Connected | null = null;
  private hasHeld = false;
  private latestEpoch = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(place: PostgresLogPlace) {
    this.place = place;
    this.schema = place.schema ?? 'tillfree_log';
    this.where = `the log of ${place.storeId} in ${this.schema}`;
  }

  /** The last one that was held. */
  get epoch(): number {
    return this.latestEpoch;
  }

  /**
   * One piece of work after the other, each again on a new connection while the old one is lost under it and patience
   * lasts; so it must be one statement or one transaction, and may be done twice. @throws StoreLogFailure
   */
  run<Value>(work: (connected: Connected) => Promise<Value>): Promise<Value> {
    const turn = this.last.then(() => this.withPatience(work));
    this.last = turn.catch(IGNORED);
    return turn;
  }

  async close(): Promise<void> {
    await this.last;
    await this.drop();
  }

  private async withPatience<Value>(work: (connected: Connected) => Promise<Value>): Promise<Value> {
    const untilMs = performance.now() + (this.place.patienceMs ?? PATIENCE_MS);
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, WAIT_MAX_MS)) {
      try {
        this.current ??= await this.connect();
        return await work(this.current);
      } catch (error) {
        if (!isLost(error)) throw asLogFailure(error, this.where);
        await this.drop();
        // Whoever lost the server together should not come back together.
        const jitteredMs = waitMs * (0.5 + Math.random() / 2);
        if (performance.now() + jitteredMs > untilMs) throw asLogFailure(error, this.where);
        await delay(jitteredMs);
      }
    }
  }

  private async connect(): Promise<Connected> {
    const client = new pg.Client({
      connectionString: this.place.url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      application_name: `tillfree ${this.place.writerId}`,
    });
    client.on('error', IGNORED);
    try {
      await client.connect();
      await checkDurable(client, this.where);
      if (!this.hasHeld) await bringUpToDate(client, { schema: this.schema, where: this.where });
      const lease = await this.takeLease(client);
      this.hasHeld = true;
      this.latestEpoch = lease.epoch;
      return { client, lease };
    } catch (error) {
      await endSoon(client);
      throw error;
    }
  }

  private async takeLease(client: pg.Client): Promise<HeldLease> {
    const { storeId, writerId } = this.place;
    const first = `INSERT INTO ${this.schema}.lease AS lease VALUES ($1, $2, $3, 1, 0, 0, 1)
      ON CONFLICT (store_id) DO UPDATE SET epoch = lease.epoch + 1, writer_id = $2, holder = $3
      RETURNING epoch, last_position`;
    const again = `UPDATE ${this.schema}.lease SET epoch = epoch + 1, writer_id = $2
      WHERE store_id = $1 AND holder = $3 RETURNING epoch, last_position`;
    const taken = await client.query<{ epoch: string; last_position: string }>(this.hasHeld ? again : first, [
      storeId,
      writerId,
      this.holder,
    ]);
    const row = taken.rows[0];
    if (row) return { epoch: Number(row.epoch), lastPosition: Number(row.last_position) };
    const what = `${writerId} had the lease of epoch ${this.latestEpoch}`;
    throw new StoreLogFailure('STORE_LOG_FENCED', { where: this.where, what });
  }

  private async drop(): Promise<void> {
    const lost = this.current;
    this.current = null;
    if (lost !== null) await endSoon(lost.client);
  }
}
