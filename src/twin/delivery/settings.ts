/** How long messages take, and how wrong the clocks of their senders are, while nothing is at fault. */
import type { Reading } from '../words/index.ts';

/** Uniform between the two; a share takes up to `tailMsMax` longer. */
export interface Latency {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly tailShare: number;
  readonly tailMsMax: number;
}

export interface DeliverySettings {
  readonly latencyByKind: Readonly<Record<Reading['kind'], Latency>>;
  /** Every source's clock is off by its own amount within ± this. */
  readonly clockOffsetMsMaxByKind: Readonly<Record<Reading['kind'], number>>;
}

const NEARBY: Latency = { fromMs: 5, untilMs: 40, tailShare: 0.05, tailMsMax: 60 };

/**
 * Weights pass a broker and a network in the shop; the public recording "benchmark-1" of the AutoCheckout competition
 * has a median of 1 ms on one machine, and the tail that is assumed here: 38 ms in one of twenty, 80 ms at most.
 * Tracks pass through the tracker first.
 */
export const DELIVERY_SETTINGS: DeliverySettings = {
  latencyByKind: {
    plates: { fromMs: 10, untilMs: 40, tailShare: 0.05, tailMsMax: 80 },
    tracks: { fromMs: 210, untilMs: 290, tailShare: 0.02, tailMsMax: 120 },
    gate: NEARBY,
    tags: NEARBY,
    cart: { fromMs: 20, untilMs: 120, tailShare: 0.05, tailMsMax: 400 },
    health: NEARBY,
  },
  clockOffsetMsMaxByKind: { plates: 2, tracks: 20, gate: 20, tags: 20, cart: 50, health: 100 },
};

/** Tracks as late as in that recording: 2235–2435 ms, 2313 ms on average. */
export const RECORDED_TRACK_LATENCY: Latency = {
  fromMs: 2242,
  untilMs: 2382,
  tailShare: 0.02,
  tailMsMax: 60,
};
