/** When the samples of one batch are taken, on the true clock. */
export interface BatchTimes {
  readonly firstMs: number;
  readonly sampleMs: number;
  readonly samples: number;
}

/** The first sample at or after `ms`, counted within the batch; may lie before or beyond it. */
export function sampleAfter(times: BatchTimes, ms: number): number {
  return Math.ceil((ms - times.firstMs) / times.sampleMs);
}

export function lastSampleMs(times: BatchTimes): number {
  return times.firstMs + (times.samples - 1) * times.sampleMs;
}
