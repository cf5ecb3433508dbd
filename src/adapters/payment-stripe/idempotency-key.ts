import { createHash } from 'node:crypto';

/** Printable ASCII without spaces goes through a header as it is. */
const HEADER_SAFE = /^[!-~]+$/;

/** The key of a command: its id, or, where a header would not carry that unchanged, its hash. */
export function idempotencyKeyOf(commandId: string): string {
  return HEADER_SAFE.test(commandId)
    ? commandId
    : createHash('sha256').update(commandId, 'utf8').digest('hex');
}
