/**
 * The last half minute of raw plate samples of the whole shop, as they came, so that the trace around an interaction
 * can be cut out when it is told. The oldest batch goes when it is older than that, or when all together hold more
 * than `BYTES_MAX`; what went early is counted.
 */
import type { PlateBatch } from '../../domain/index.ts';

const KEPT_MS = 30_000;
const BYTES_MAX = 64 * 1024 * 1024;
/** How many forgotten slots may stand at the front before the list is moved up. */
const SLACK = 1024;

export class BatchHistory {
  private batches: (PlateBatch | undefined)[] = [];
  private first = 0;
  private bytes = 0;
  private readonly bytesMax: number;

  constructor(bytesMax: number = BYTES_MAX) {
    this.bytesMax = bytesMax;
  }

  get byteCount(): number {
    return this.bytes;
  }

  keep(batch: PlateBatch): void {
    this.batches.push(batch);
    this.bytes += batch.samplesGrams.byteLength;
    const sinceMs = batch.receivedAtMs - KEPT_MS;
    for (;;) {
      const oldest = this.batches[this.first];
      if (!oldest || (oldest.receivedAtMs >= sinceMs && this.bytes <= this.bytesMax)) break;
      this.bytes -= oldest.samplesGrams.byteLength;
      this.batches[this.first++] = undefined;
    }
    if (this.first <= SLACK || this.first * 2 < this.batches.length) return;
    this.batches = this.batches.slice(this.first);
    this.first = 0;
  }

  /** The kept batches of one fixture in the order of their sensor time, each message once. */
  ofFixture(fixture: PlateBatch['fixtureId']): PlateBatch[] {
    const byMessage = new Map<string, PlateBatch>();
    for (let slot = this.first; slot < this.batches.length; slot++) {
      const batch = this.batches[slot];
      if (batch?.fixtureId === fixture)
        byMessage.set(`${batch.source}:${batch.sequence}@${batch.observedAtMs}`, batch);
    }
    return [...byMessage.values()].sort((a, b) => a.observedAtMs - b.observedAtMs);
  }
}
