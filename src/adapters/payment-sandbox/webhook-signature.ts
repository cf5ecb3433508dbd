/**
 * Signed webhooks. The signature is HMAC-SHA256 over `timestamp.rawBody`, in hexadecimal: `t=1700000000000,v1=…`; a
 * sender that changes its secret signs with both, so there may be several `v1`. It is checked on the bytes as they
 * came, before anything reads them, in constant time. A signature that was here before is a replay; a sender that
 * tries again signs anew, so a webhook that we could not keep is never refused for it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { WebhookProblemCode } from '../../payment/index.ts';
import { parseWebhook } from './wire.ts';
import type { SandboxWebhook } from './wire.ts';

export const SIGNATURE_HEADER = 'sandbox-signature';
/** ≥ all that can come within the tolerance; beyond it the oldest are forgotten, and counted. */
const SEEN_MAX = 10_000;
const SIGNATURES_MAX = 8;

interface Signed {
  readonly atMs: number;
  readonly rawBody: Uint8Array;
}

function hmacOf({ atMs, rawBody }: Signed, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${atMs}.`).update(rawBody).digest();
}

/** The header for a body, signed with each of the secrets. */
export function signatureHeader(signed: Signed, secrets: readonly string[]): string {
  return [
    `t=${signed.atMs}`,
    ...secrets.map((secret) => `v1=${hmacOf(signed, secret).toString('hex')}`),
  ].join(',');
}

export interface WebhookGateSettings {
  /** Any of them will do, so that a secret can be changed without losing webhooks. */
  readonly secrets: readonly string[];
  readonly toleranceMs: number;
}

export class WebhookGate {
  forgottenCount = 0;
  private readonly settings: WebhookGateSettings;
  /** When each signature that was let in was signed; in order of coming. */
  private readonly seen = new Map<string, number>();

  constructor(settings: WebhookGateSettings) {
    this.settings = settings;
  }

  /** The webhook, where its sender is who it should be, it is fresh, and it has not been here. */
  admit(came: {
    readonly header: string | undefined;
    readonly rawBody: Uint8Array;
    readonly nowMs: number;
  }): Result<SandboxWebhook, { readonly code: WebhookProblemCode }> {
    const parts = (came.header ?? '').split(',').map((part) => part.trim());
    const stated = /^t=(\d{1,15})$/.exec(parts.find((part) => part.startsWith('t=')) ?? '')?.[1];
    if (stated === undefined) return refused({ code: 'PAYMENT_WEBHOOK_SIGNATURE' });
    const atMs = Number(stated);
    const given = parts
      .flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1] ?? [])
      .slice(0, SIGNATURES_MAX);
    const signature = this.signedBy({ atMs, rawBody: came.rawBody }, given);
    if (signature === null) return refused({ code: 'PAYMENT_WEBHOOK_SIGNATURE' });
    if (Math.abs(came.nowMs - atMs) > this.settings.toleranceMs)
      return refused({ code: 'PAYMENT_WEBHOOK_TIME' });
    if (this.seen.has(signature)) return refused({ code: 'PAYMENT_WEBHOOK_REPLAYED' });
    this.note(signature, atMs, came.nowMs);
    const webhook = parseWebhook(came.rawBody);
    return webhook === null ? refused({ code: 'PAYMENT_WEBHOOK_UNREADABLE' }) : ok(webhook);
  }

  /** The signature by one of our secrets; all are compared, so the time tells nothing. */
  private signedBy(signed: Signed, given: readonly string[]): string | null {
    let found: string | null = null;
    for (const secret of this.settings.secrets) {
      const right = hmacOf(signed, secret);
      for (const text of given) if (timingSafeEqual(right, Buffer.from(text, 'hex'))) found = text;
    }
    return found;
  }

  private note(signature: string, atMs: number, nowMs: number): void {
    for (const [old, signedAtMs] of this.seen) {
      // What is too old would be refused for its time.
      const isOver = nowMs - signedAtMs > this.settings.toleranceMs;
      if (!isOver && this.seen.size < SEEN_MAX) break;
      if (!isOver) this.forgottenCount++;
      this.seen.delete(old);
    }
    this.seen.set(signature, atMs);
  }
}
