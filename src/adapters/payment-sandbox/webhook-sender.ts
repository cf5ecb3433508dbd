/** Sends webhooks until they are taken: at least once, in no order that anybody may count on. */
import { signatureHeader, SIGNATURE_HEADER } from './webhook-signature.ts';
import type { Webhook } from './processor-model.ts';

export interface SenderSettings {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly retryPauseMs: number;
  /** After so many attempts a webhook is dropped, and counted. */
  readonly attemptsMax: number;
}

const ANSWER_MS_MAX = 5000;
/** Beyond it a webhook is dropped, and counted: a receiver that is gone must not fill the memory. */
const WAITING_MAX = 10_000;

export class WebhookSender {
  droppedCount = 0;
  private readonly settings: SenderSettings;
  private readonly timers = new Set<NodeJS.Timeout>();
  private isClosed = false;

  constructor(settings: SenderSettings) {
    this.settings = settings;
  }

  send(webhook: Webhook, delayMs: number): void {
    this.plan(webhook, { delayMs, attempt: 1 });
  }

  close(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private plan(webhook: Webhook, next: { readonly delayMs: number; readonly attempt: number }): void {
    if (this.isClosed) return;
    if (this.timers.size >= WAITING_MAX) {
      this.droppedCount++;
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.attempt(webhook, next.attempt);
    }, next.delayMs);
    this.timers.add(timer);
  }

  private async attempt(webhook: Webhook, attempt: number): Promise<void> {
    if (await this.isTaken(webhook)) return;
    const { attemptsMax, retryPauseMs } = this.settings;
    if (attempt >= attemptsMax) this.droppedCount++;
    else this.plan(webhook, { delayMs: retryPauseMs * 2 ** Math.min(attempt - 1, 6), attempt: attempt + 1 });
  }

  /** Signed anew at each attempt. */
  private async isTaken(webhook: Webhook): Promise<boolean> {
    const body = JSON.stringify(webhook);
    const header = signatureHeader({ atMs: Date.now(), rawBody: Buffer.from(body) }, this.settings.secrets);
    try {
      const response = await fetch(this.settings.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: header },
        body,
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
