/** What Stripe remembers of keys: the first answer, whatever it was, and that a request is on its way. */
import { WireError } from './wire-error.ts';

export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Remembered {
  readonly fingerprint: string;
  readonly answer: WireAnswer;
  readonly atMs: number;
}

const KEY_LENGTH_MAX = 255;

export class KeyMemory {
  private readonly lifeMs: number;
  private readonly remembered = new Map<string, Remembered>();
  private readonly inFlight = new Set<string>();

  constructor(lifeMs: number) {
    this.lifeMs = lifeMs;
  }

  /** The first answer of the key; null where the request is the first, which is then on its way. */
  begin(key: string, fingerprint: string, nowMs: number): WireAnswer | null {
    if (key.length > KEY_LENGTH_MAX) throw new WireError(400, { type: 'invalid_request_error' }, true);
    if (this.inFlight.has(key))
      throw new WireError(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use' }, true);
    const known = this.remembered.get(key);
    if (known !== undefined && nowMs - known.atMs < this.lifeMs) {
      if (known.fingerprint !== fingerprint) throw new WireError(400, { type: 'idempotency_error' }, true);
      return known.answer;
    }
    this.inFlight.add(key);
    return null;
  }

  /** Null where nothing was done: the key is free again. */
  end(key: string, remembered: Remembered | null): void {
    this.inFlight.delete(key);
    if (remembered !== null) this.remembered.set(key, remembered);
  }
}
