/**
 * The tables of all logs of a database, in a schema of their own, as a row of steps. What version they have stands in a
 * table; the steps they lack bring them up to date in one transaction, after the rows were copied into a schema beside.
 */
import type { ClientBase } from 'pg';
import { StoreLogFailure } from '../../engine/index.ts';

export const STEPS: readonly string[] = [
  `CREATE TABLE lease (
    store_id text PRIMARY KEY,
    writer_id text NOT NULL,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    last_position bigint NOT NULL,
    last_outbox_id bigint NOT NULL,
    first_position bigint NOT NULL
  );
  CREATE TABLE records (
    store_id text NOT NULL,
    position bigint NOT NULL,
    kind text NOT NULL,
    at_ms bigint NOT NULL,
    payload text NOT NULL,
    PRIMARY KEY (store_id, position)
  );
  CREATE TABLE outbox (
    store_id text NOT NULL,
    outbox_id bigint NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    payload text NOT NULL,
    PRIMARY KEY (store_id, outbox_id)
  );
  CREATE TABLE snapshots (
    store_id text NOT NULL,
    position bigint NOT NULL,
    format_version bigint NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (store_id, position)
  );`,
];
const TABLES = ['lease', 'records', 'outbox', 'snapshots'];

/** Any number will do that nothing else in the database locks. */
const MIGRATION_LOCK = 0x54_46_4c_47;

export interface SchemaPlace {
  /** In front of a dot in every statement: letters, digits and underscores. */
  readonly schema: string;
  readonly where: string;
}

/** @throws StoreLogFailure where fsync is off, or the texts would not come back. */
export async function checkDurable(client: ClientBase, where: string): Promise<void> {
  // What a role or a database may have switched off for its connections.
  await client.query(`SET synchronous_commit = on`);
  const asked = await client.query<Readonly<Record<string, string>>>(
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
      current_setting('server_encoding') AS server_encoding`,
  );
  const { fsync, full_page_writes: pages, server_encoding: encoding } = asked.rows[0]!;
  if (fsync === 'on' && pages === 'on' && encoding === 'UTF8') return;
  const what = `fsync ${fsync}, full_page_writes ${pages}, server_encoding ${encoding}`;
  throw new StoreLogFailure('STORE_LOG_UNFIT', { where, what });
}

async function copyRows(client: ClientBase, { schema }: SchemaPlace, version: number): Promise<void> {
  const beside = `${schema}_version_${version}`;
  await client.query(`CREATE SCHEMA ${beside}`);
  for (const table of TABLES)
    await client.query(`CREATE TABLE ${beside}.${table} AS TABLE ${schema}.${table}`);
}

async function versionOf(client: ClientBase, schema: string): Promise<number> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await client.query(`CREATE TABLE IF NOT EXISTS ${schema}.version (version integer NOT NULL)`);
  const found = await client.query<{ readonly version: number }>(`SELECT version FROM ${schema}.version`);
  return found.rows[0]?.version ?? 0;
}

/** @throws StoreLogFailure where the tables are of a newer version; nothing is changed then. */
export async function bringUpToDate(
  client: ClientBase,
  place: SchemaPlace,
  steps: readonly string[] = STEPS,
): Promise<void> {
  const { schema, where } = place;
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const before = await versionOf(client, schema);
    if (before > steps.length) {
      const what = `it has version ${before}, this program knows ${steps.length}`;
      throw new StoreLogFailure('STORE_LOG_NEWER', { where, what });
    }
    if (before < steps.length) {
      if (before > 0) await copyRows(client, place, before);
      await client.query(`SET LOCAL search_path TO ${schema}`);
      for (const step of steps.slice(before)) await client.query(step);
      await client.query(`DELETE FROM ${schema}.version`);
      await client.query(`INSERT INTO ${schema}.version VALUES ($1)`, [steps.length]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
