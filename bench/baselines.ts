/**
 * What a straightforward implementation does: mean and standard deviation of the last second per plate, and an event
 * wherever the deviation stays above 20 g for 30 samples. Once with running sums (float64, the fast way) and once with
 * the window computed anew for every sample, as array libraries do it. Neither knows steps, spreads, cross-talk or
 * broken plates; they show what the cheapest thing that could be called sensing costs.
 */
import type { PlateBatch, StoreLayout } from '../src/domain/index.ts';

const WINDOW_S = 1;
const EVENT_GRAMS = 20;
const EVENT_SAMPLES = 30;

interface Windows {
  /** Ring as [slot][column]. */
  readonly ring: Float32Array;
  readonly slots: number;
  readonly columns: number;
  readonly sum: Float64Array;
  readonly sumSquares: Float64Array;
  readonly disturbed: Int32Array;
  slot: number;
  filled: number;
  events: number;
}

function createWindows(columns: number, rateHz: number): Windows {
  const slots = Math.round(WINDOW_S * rateHz);
  return {
    ring: new Float32Array(slots * columns),
    slots,
    columns,
    sum: new Float64Array(columns),
    sumSquares: new Float64Array(columns),
    disturbed: new Int32Array(columns),
    slot: 0,
    filled: 0,
    events: 0,
  };
}

type Step = (windows: Windows, samples: Float32Array, first: number) => void;

/** One row of samples by running sums. */
function runningRow(windows: Windows, samples: Float32Array, first: number): void {
  const { ring, columns, sum, sumSquares, slots } = windows;
  const isFull = windows.filled === slots;
  const n = isFull ? slots : windows.filled + 1;
  const base = windows.slot * columns;
  for (let column = 0; column < columns; column++) {
    const x = samples[first + column]!;
    const old = isFull ? ring[base + column]! : 0;
    ring[base + column] = x;
    const s = sum[column]! + x - old;
    const q = sumSquares[column]! + x * x - old * old;
    sum[column] = s;
    sumSquares[column] = q;
    const variance = q / n - (s / n) * (s / n);
    follow(windows, column, variance);
  }
}

/** One row with every window summed anew, in two passes. */
function naiveRow(windows: Windows, samples: Float32Array, first: number): void {
  const { ring, columns, slots } = windows;
  const isFull = windows.filled === slots;
  const n = isFull ? slots : windows.filled + 1;
  const base = windows.slot * columns;
  for (let column = 0; column < columns; column++) {
    ring[base + column] = samples[first + column]!;
    let s = 0;
    for (let slot = 0; slot < n; slot++) s += ring[slot * columns + column]!;
    const mean = s / n;
    let q = 0;
    for (let slot = 0; slot < n; slot++) {
      const d = ring[slot * columns + column]! - mean;
      q += d * d;
    }
    follow(windows, column, q / n);
  }
}

function follow(windows: Windows, column: number, variance: number): void {
  const { disturbed } = windows;
  if (variance > EVENT_GRAMS * EVENT_GRAMS) {
    disturbed[column]!++;
    if (disturbed[column] === EVENT_SAMPLES) windows.events++;
  } else disturbed[column] = 0;
}

const STEPS: Readonly<Record<BaselineKind, Step>> = { running: runningRow, naive: naiveRow };

export type BaselineKind = 'running' | 'naive';

/** Events that the baseline finds in all batches. */
export function runBaseline(kind: BaselineKind, layout: StoreLayout, batches: readonly PlateBatch[]): number {
  const byFixture = new Map<string, Windows>();
  const step = STEPS[kind];
  for (const batch of batches) {
    const columns = layout.fixtureById.get(batch.fixtureId)!.plates.length;
    let windows = byFixture.get(batch.fixtureId);
    if (!windows) byFixture.set(batch.fixtureId, (windows = createWindows(columns, batch.rateHz)));
    for (let row = 0; row < batch.sampleCount; row++) {
      step(windows, batch.samplesGrams, row * columns);
      windows.slot = (windows.slot + 1) % windows.slots;
      windows.filled = Math.min(windows.slots, windows.filled + 1);
    }
  }
  return [...byFixture.values()].reduce((sum, windows) => sum + windows.events, 0);
}
