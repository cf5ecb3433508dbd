/**
 * What a log says to PostgreSQL. Whatever writes is one statement: it is all or nothing without a transaction around
 * it, and checks the epoch in the row that it locks.
 */
import { PAGE_CHARACTERS_MAX } from '../../engine/index.ts';

/** The row of the lease, if it is still ours; nobody can take it until the statement is done. */
function heldIn(schema: string): string {
  return `SELECT * FROM ${schema}.lease WHERE store_id = $1 AND epoch = $2 FOR UPDATE`;
}

/** $1 is the store in all of them, $2 the epoch in those that write. */
function recordStatements(schema: string) {
  const lease = `${schema}.lease`;
  const held = heldIn(schema);
  return {
    /** $3–$5 are the columns of the records, $6–$8 those of the outbox rows. */
    append: `WITH counted AS (
        UPDATE ${lease} SET last_position = last_position + cardinality($3::text[]),
          last_outbox_id = last_outbox_id + cardinality($6::text[])
        WHERE store_id = $1 AND epoch = $2 RETURNING last_position, last_outbox_id
      ), starts AS (
        SELECT last_position - cardinality($3::text[]) AS position, last_outbox_id - cardinality($6::text[]) AS outbox_id
        FROM counted
      ), kept AS (
        INSERT INTO ${schema}.records (store_id, position, kind, at_ms, payload)
        SELECT $1, starts.position + n, kind, at_ms, payload FROM starts,
          unnest($3::text[], $4::bigint[], $5::text[]) WITH ORDINALITY AS record (kind, at_ms, payload, n)
      ), sending AS (
        INSERT INTO ${schema}.outbox (store_id, outbox_id, topic, key, payload)
        SELECT $1, starts.outbox_id + n, topic, key, payload FROM starts,
          unnest($6::text[], $7::text[], $8::text[]) WITH ORDINALITY AS message (topic, key, payload, n)
      ) SELECT position + 1 AS first_position FROM starts`,
    /** No row where it is pruned: the bytes before a row say whether the page is full. */
    read: `WITH page AS (
        SELECT position, kind, at_ms, payload FROM ${schema}.records
        WHERE store_id = $1 AND position > $2 ORDER BY position LIMIT $3
      ), sized AS (
        SELECT *, sum(octet_length(payload)) OVER (ORDER BY position) AS bytes,
          row_number() OVER (ORDER BY position) AS n FROM page
      ) SELECT first_position, sized.position, kind, at_ms, payload FROM ${lease}
        LEFT JOIN sized ON bytes <= ${PAGE_CHARACTERS_MAX} OR n = 1
        WHERE store_id = $1 ORDER BY sized.position`,
    lastPosition: `SELECT last_position FROM ${lease} WHERE store_id = $1`,
    /** $3 is the position before which all may go, $4 how many at most; the first position is that afterwards. */
    prune: `WITH held AS (${held}), latest AS (
        SELECT coalesce(max(position), 0) AS covered FROM ${schema}.snapshots WHERE store_id = $1
      ), allowed AS (
        SELECT store_id, least($3::bigint, first_position + $4::bigint) AS until FROM held, latest
        WHERE covered >= $3::bigint - 1 AND first_position < $3::bigint
      ), moved AS (
        UPDATE ${lease} AS moving SET first_position = until FROM allowed WHERE moving.store_id = allowed.store_id
      ), gone AS (
        DELETE FROM ${schema}.records AS record USING allowed
        WHERE record.store_id = allowed.store_id AND record.position < until
      ) SELECT covered, coalesce((SELECT until FROM allowed), first_position) AS first_position FROM held, latest`,
  } as const;
}

function snapshotStatements(schema: string) {
  const held = heldIn(schema);
  return {
    /** The new one is not yet there for the statement that adds it, so it is counted beside those that are. */
    saveSnapshot: `WITH held AS (${held}), kept AS (
        INSERT INTO ${schema}.snapshots (store_id, position, format_version, state)
        SELECT $1, $3, $4, $5 FROM held WHERE $3::bigint <= last_position
        ON CONFLICT (store_id, position) DO UPDATE SET format_version = $4, state = $5
        RETURNING store_id
      ), gone AS (
        DELETE FROM ${schema}.snapshots WHERE store_id = (SELECT store_id FROM kept) AND position < (
          SELECT min(position) FROM (
            SELECT position FROM ${schema}.snapshots WHERE store_id = $1 UNION SELECT $3::bigint
            ORDER BY position DESC LIMIT 2) AS two)
      ) SELECT last_position FROM held`,
    latestSnapshot: `SELECT position, format_version, state FROM ${schema}.snapshots
      WHERE store_id = $1 AND format_version <= $2 ORDER BY position DESC LIMIT 1`,
  } as const;
}

function outboxStatements(schema: string) {
  const held = heldIn(schema);
  return {
    pending: `WITH page AS (
        SELECT outbox_id, topic, key, payload FROM ${schema}.outbox
        WHERE store_id = $1 AND outbox_id > $2 ORDER BY outbox_id LIMIT $3
      ), sized AS (
        SELECT *, sum(octet_length(payload)) OVER (ORDER BY outbox_id) AS bytes,
          row_number() OVER (ORDER BY outbox_id) AS n FROM page
      ) SELECT outbox_id, topic, key, payload FROM sized
        WHERE bytes <= ${PAGE_CHARACTERS_MAX} OR n = 1 ORDER BY outbox_id`,
    markSent: `WITH held AS (${held}), gone AS (
        DELETE FROM ${schema}.outbox WHERE store_id = (SELECT store_id FROM held) AND outbox_id = ANY ($3::bigint[])
      ) SELECT epoch FROM held`,
    outboxCount: `SELECT count(*) AS count FROM ${schema}.outbox WHERE store_id = $1`,
  } as const;
}

function sqlOf(schema: string) {
  return { ...recordStatements(schema), ...snapshotStatements(schema), ...outboxStatements(schema) };
}

export type LogStatements = ReturnType<typeof sqlOf>;

const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,40}$/;

/** Null where the name of the schema could not stand in a statement. */
export function statementsFor(schema: string): LogStatements | null {
  return SCHEMA_NAME.test(schema) ? sqlOf(schema) : null;
}
