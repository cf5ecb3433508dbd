/** Sends events as Stripe does: signed on the bytes, again until they are taken, in no order anybody may count on. */
import { createHmac } from 'node:crypto';
import type { WireEvent } from './stripe-state.ts';

export interface DeliverySettings {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly retryPauseMs: number;
  readonly attemptsMax: number;
}

/** The header for a body, as Stripe documents it: seconds, and one `v1` for each secret. */
export function stripeSignature(
  signed: { readonly atMs: number; readonly body: string },
  secrets: readonly string[],
): string {
  const atS = Math.floor(signed.atMs / 1000);
  const signatures = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${atS}.${signed.body}`).digest('hex'),
  );
  return [`t=${atS}`, ...signatures.map((signature) => `v1=${signature}`)].join(',');
}

export class WebhookDelivery {
  private readonly settings: DeliverySettings;
  private readonly timers = new Set<NodeJS.Timeout>();
  private isClosed = false;

  constructor(settings: DeliverySettings) {
    this.settings = settings;
  }

  send(event: WireEvent, atMs: number): void {
    void this.attempt(event, { atMs, count: 1 });
  }

  close(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async attempt(
    event: WireEvent,
    at: { readonly atMs: number; readonly count: number },
  ): Promise<void> {
    if (this.isClosed || (await this.isTaken(event, at.atMs)) || at.count >= this.settings.attemptsMax)
      return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.attempt(event, { ...at, count: at.count + 1 });
    }, this.settings.retryPauseMs);
    this.timers.add(timer);
  }

  private async isTaken(event: WireEvent, atMs: number): Promise<boolean> {
    const body = JSON.stringify(event);
    const signature = stripeSignature({ atMs, body }, this.settings.secrets);
    try {
      const response = await fetch(this.settings.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': signature },
        body,
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
