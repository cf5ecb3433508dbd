/**
 * Token buckets by name, as a fold over the times that are told. Memory is bounded: a bucket that is full again is
 * forgotten without loss; where there is none, the overflow policy `forget-least-spent` drops, of the buckets that were
 * not used for longest, the one that spent least. Many new names therefore push each other out and not the name that is
 * under attack; `forgottenCount` says how often it came to that. Forgetting the oldest was rejected: it is a way to be
 * forgotten.
 */
import { assert } from '../base/index.ts';

export interface RateSettings {
  /** So many at once. */
  readonly burst: number;
  /** One more after each of these. */
  readonly refillMs: number;
  /** So many names at most. */
  readonly capacity: number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** How many of the buckets that were not used for longest are looked at to make room. */
const LOOKED_AT = 32;

export class RateLimit {
  readonly settings: RateSettings;
  forgottenCount = 0;
  private readonly buckets = new Map<string, Bucket>();

  constructor(settings: RateSettings) {
    const isSound = settings.burst >= 1 && settings.refillMs > 0 && settings.capacity >= 1;
    assert(isSound, 'RATE_SETTINGS', { ...settings });
    this.settings = settings;
  }

  get nameCount(): number {
    return this.buckets.size;
  }

  /** 0 where one is left for `name`; else how long until one is. Changes nothing. */
  waitMs(name: string, atMs: number): number {
    const tokens = this.tokensOf(this.buckets.get(name), atMs);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * this.settings.refillMs);
  }

  /** Takes one where there is one, and says as `waitMs` does whether it did. */
  take(name: string, atMs: number): number {
    const waitMs = this.waitMs(name, atMs);
    if (waitMs === 0) this.put(name, this.tokensOf(this.buckets.get(name), atMs) - 1, atMs);
    return waitMs;
  }

  /** Gives one back: what was taken for turned out to be well. */
  giveBack(name: string, atMs: number): void {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) return;
    this.put(name, Math.min(this.settings.burst, this.tokensOf(bucket, atMs) + 1), atMs);
  }

  private put(name: string, tokens: number, atMs: number): void {
    const last = this.buckets.get(name);
    this.buckets.delete(name);
    if (tokens >= this.settings.burst) return;
    if (this.buckets.size >= this.settings.capacity) this.makeRoom(atMs);
    this.buckets.set(name, { tokens, atMs: Math.max(atMs, last?.atMs ?? 0) });
  }

  /** A clock that steps back refills nothing. */
  private tokensOf(bucket: Bucket | undefined, atMs: number): number {
    const { burst, refillMs } = this.settings;
    if (bucket === undefined) return burst;
    return Math.min(burst, bucket.tokens + Math.max(0, atMs - bucket.atMs) / refillMs);
  }

  private makeRoom(atMs: number): void {
    let [least, leastTokens, lookedAt] = ['', -1, 0];
    for (const [name, bucket] of this.buckets) {
      if (lookedAt++ >= LOOKED_AT) break;
      const tokens = this.tokensOf(bucket, atMs);
      if (tokens > leastTokens) [least, leastTokens] = [name, tokens];
    }
    this.buckets.delete(least);
    if (leastTokens < this.settings.burst) this.forgottenCount++;
  }
}
