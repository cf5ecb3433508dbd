/**
 * Where a shelf's weight changed: the plates of the shelf are summed, a window of one second moves over the sum, and
 * an event lasts while the window's standard deviation is above 20 g. It counts from 30 samples (at 60 Hz) and from
 * 10 g between the means before and after. The description leaves open which windows those means are taken from;
 * here they are the last whole window before anything moved and the first after, which serves the rules best.
 */
import type { PlateBatch, Shelf } from '../../../src/domain/index.ts';

export const SHELF_RULES = { windowS: 1, deviationGrams: 20, lastsS: 0.5, changeGrams: 10 } as const;

export interface ShelfEvent {
  readonly shelf: Shelf;
  readonly startedAtMs: number;
  /** Where the window's deviation was largest. */
  readonly peakAtMs: number;
  /** Of each plate of the shelf, in order: mean after − mean before. */
  readonly deltaGrams: readonly number[];
}

interface OpenEvent {
  readonly first: number;
  last: number;
  isOver: boolean;
  readonly beforeGrams: readonly number[];
  readonly startedAtMs: number;
  peakAtMs: number;
  peakDeviation: number;
}

const RING_WINDOWS = 4;

/** Positions count samples of this shelf from its first; a ring keeps the last four windows. */
export class ShelfWatch {
  private readonly shelf: Shelf;
  private readonly window: number;
  private readonly ring: Float64Array;
  private readonly sums: Float64Array;
  private readonly held: Float64Array;
  private position = -1;
  private originGrams = 0;
  private windowSum = 0;
  private windowSquares = 0;
  private open: OpenEvent | null = null;
  /** The last position of the event before, −1 at the start. */
  private lastEnd = -1;

  constructor(shelf: Shelf, rateHz: number) {
    this.shelf = shelf;
    this.window = Math.max(2, Math.round(rateHz * SHELF_RULES.windowS));
    this.ring = new Float64Array(this.window * RING_WINDOWS * shelf.plates.length);
    this.sums = new Float64Array(this.window * RING_WINDOWS);
    this.held = new Float64Array(shelf.plates.length);
  }

  /** Takes all samples of a batch of the shelf's fixture; `columns` is how many plates that fixture has. */
  take(batch: PlateBatch, columns: number): ShelfEvent[] {
    const found: ShelfEvent[] = [];
    for (let sample = 0; sample < batch.sampleCount; sample++) {
      const atMs = batch.observedAtMs - ((batch.sampleCount - 1 - sample) * 1000) / batch.rateHz;
      this.keep(batch.samplesGrams, sample * columns);
      const event = this.step(atMs);
      if (event) found.push(event);
    }
    return found;
  }

  /** The recording ends: an event that waits for its window after is told with what there is. */
  end(): ShelfEvent[] {
    const event = this.open ? this.close(this.open, false) : null;
    return event ? [event] : [];
  }

  /** A plate that sends nothing keeps its last value. */
  private keep(samplesGrams: Float32Array, row: number): void {
    const { plates } = this.shelf;
    this.position++;
    const slot = this.position % this.sums.length;
    const leaves = this.position - this.window;
    const left = leaves >= 0 ? this.sums[leaves % this.sums.length]! : null;
    let sum = 0;
    for (let index = 0; index < plates.length; index++) {
      const grams = samplesGrams[row + plates[index]!.columnIndex]!;
      if (Number.isFinite(grams)) this.held[index] = grams;
      this.ring[slot * plates.length + index] = this.held[index]!;
      sum += this.held[index]!;
    }
    if (this.position === 0) this.originGrams = sum;
    const entering = sum - this.originGrams;
    this.sums[slot] = entering;
    this.windowSum += entering - (left ?? 0);
    this.windowSquares += entering * entering - (left ?? 0) * (left ?? 0);
    // Running sums gather rounding errors: they start anew once a round.
    if (slot === 0) this.sumAgain();
  }

  private sumAgain(): void {
    this.windowSum = 0;
    this.windowSquares = 0;
    for (let at = Math.max(0, this.position - this.window + 1); at <= this.position; at++) {
      const value = this.sums[at % this.sums.length]!;
      this.windowSum += value;
      this.windowSquares += value * value;
    }
  }

  private step(atMs: number): ShelfEvent | null {
    if (this.position < this.window - 1) return null;
    const mean = this.windowSum / this.window;
    const deviation = Math.sqrt(Math.max(0, this.windowSquares / this.window - mean * mean));
    const isLoud = deviation > SHELF_RULES.deviationGrams;
    const { open } = this;
    if (open && !open.isOver) {
      if (deviation > open.peakDeviation) Object.assign(open, { peakDeviation: deviation, peakAtMs: atMs });
      if (isLoud) open.last = this.position;
      else open.isOver = true;
      return null;
    }
    const isDue = open !== null && (isLoud || this.position >= open.last + this.window);
    const event = open && isDue ? this.close(open, isLoud) : null;
    if (isLoud) this.start(deviation, atMs);
    return event;
  }

  private start(deviation: number, atMs: number): void {
    const until = this.position - this.window;
    const from = Math.max(until - this.window + 1, this.lastEnd + 1);
    // Right after another event there is no whole window: then what lies between the two.
    const isRoomy = until - from >= this.window / 4;
    const beforeGrams = isRoomy ? this.means(from, until) : this.means(this.lastEnd + 1, this.beforeLoud());
    this.open = {
      first: this.position,
      last: this.position,
      isOver: false,
      beforeGrams,
      startedAtMs: atMs,
      peakAtMs: atMs,
      peakDeviation: deviation,
    };
  }

  /** The window is loud only once an eighth of it may lie beyond the change. */
  private beforeLoud(): number {
    return this.position - Math.ceil(this.window / 8);
  }

  private close(open: OpenEvent, isLoud: boolean): ShelfEvent | null {
    this.open = null;
    this.lastEnd = open.last;
    const until = isLoud ? this.beforeLoud() : this.position;
    const afterGrams = this.means(open.last + 1, Math.min(open.last + this.window, until));
    const deltaGrams = afterGrams.map((grams, index) => grams - open.beforeGrams[index]!);
    const changeGrams = deltaGrams.reduce((sum, grams) => sum + grams, 0);
    const isLong = open.last - open.first + 1 >= this.window * SHELF_RULES.lastsS;
    if (!isLong || Math.abs(changeGrams) <= SHELF_RULES.changeGrams) return null;
    return { shelf: this.shelf, startedAtMs: open.startedAtMs, peakAtMs: open.peakAtMs, deltaGrams };
  }

  /** Mean grams of each plate over positions `from` … `until`, at least one of them and as old as the ring. */
  private means(from: number, until: number): number[] {
    const last = Math.min(Math.max(until, 0), this.position);
    const first = Math.max(0, this.position - this.sums.length + 1, Math.min(from, last));
    return this.shelf.plates.map((_, index) => {
      let sum = 0;
      for (let at = first; at <= last; at++)
        sum += this.ring[(at % this.sums.length) * this.shelf.plates.length + index]!;
      return sum / (last - first + 1);
    });
  }
}
