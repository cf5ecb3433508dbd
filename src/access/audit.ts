/**
 * Who did what, where, and whether they might: entries of flat texts in one chain per retailer. An entry's hash is SHA-256
 * over the JSON list of its fields and the hash before it. Receipts have a chain of the same kind over nested documents,
 * which needs canonical JSON; a list of texts in a stated order does not, so nothing is shared but the idea.
 */
import { createHash } from 'node:crypto';
import type { StoreId } from '../domain/index.ts';
import type { RetailerId } from './names.ts';
import { accessProblem } from './problem-codes.ts';
import type { AccessProblem } from './problem-codes.ts';
import { redacted } from './secret.ts';

export type AuditAction =
  | 'user.added'
  | 'user.changed'
  | 'user.disabled'
  | 'user.signed-in'
  | 'user.sign-in-refused'
  | 'user.signed-out'
  | 'key.added'
  | 'key.rotated'
  | 'key.revoked'
  | 'key.refused'
  | 'access.denied'
  | 'thing.read'
  | 'thing.changed';

export interface AuditDraft {
  readonly atMs: number;
  readonly retailerId: RetailerId;
  readonly storeId: StoreId | null;
  /** `principalName`, or `nobody` for who could not be told. */
  readonly by: string;
  readonly action: AuditAction;
  /** What it was done to, such as `key:3f…` or `receipt:12`. */
  readonly subject: string;
  readonly facts: Readonly<Record<string, string>>;
}

export interface AuditEntry extends AuditDraft {
  readonly position: number;
  readonly previousHash: string | null;
  readonly hash: string;
}

type OpenEntry = Omit<AuditEntry, 'hash'>;

function hashOf(entry: OpenEntry): string {
  const { position, previousHash, atMs, retailerId, storeId, by, action, subject, facts } = entry;
  const sorted = Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const fields = [position, previousHash, atMs, retailerId, storeId, by, action, subject, sorted];
  return createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex');
}

/** The next entry, without secrets. @param last the retailer's entry before; null for its first. */
export function auditEntry(draft: AuditDraft, last: AuditEntry | null): AuditEntry {
  const facts = redacted(draft.facts) as Readonly<Record<string, string>>;
  const open: OpenEntry = {
    atMs: draft.atMs,
    retailerId: draft.retailerId,
    storeId: draft.storeId,
    by: String(redacted(draft.by)),
    action: draft.action,
    subject: String(redacted(draft.subject)),
    facts,
    position: (last?.position ?? 0) + 1,
    previousHash: last?.hash ?? null,
  };
  return { ...open, hash: hashOf(open) };
}

/** The first entry that is not what was written or does not follow; the chain of one retailer, from its first. */
export function auditProblem(entries: readonly AuditEntry[]): AccessProblem | null {
  let last: AuditEntry | null = null;
  for (const entry of entries) {
    const follows =
      entry.position === (last?.position ?? 0) + 1 && entry.previousHash === (last?.hash ?? null);
    const isOne = last === null || entry.retailerId === last.retailerId;
    if (!follows || !isOne || hashOf(entry) !== entry.hash)
      return accessProblem('AUDIT_BROKEN', `entry ${entry.position}`, 'it is not what was written there');
    last = entry;
  }
  return null;
}
