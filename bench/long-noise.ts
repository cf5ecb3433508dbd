/**
 * Endless noise of many plates, made cheaply from a bank of quiet stretches: every plate takes after one of the bank; it
 * plays one of its stretches to and fro, then another one, mirrored by chance, joined where the last left off. The joins make the level wander off slowly,
 * as real ones do over hours.
 */
import { seededRandom } from '../src/base/index.ts';
import type { Random } from '../src/base/index.ts';
import type { NoiseBank } from './noise-bank.ts';

/** Passes over one stretch before the next is taken. */
const PASSES = 3;

/** Samples at an end of a stretch whose mean is joined: joining single ones would make their noise a step. */
const EDGE_SAMPLES = 30;

function edgeMean(stretch: Float32Array, end: number): number {
  const first = end === 0 ? 0 : stretch.length - EDGE_SAMPLES;
  return stretch.subarray(first, first + EDGE_SAMPLES).reduce((sum, grams) => sum + grams, 0) / EDGE_SAMPLES;
}

export class LongNoise {
  /** Grams by plate; adding to one is taking from it or putting on it. */
  readonly levels: Float64Array;
  private readonly random: Random;
  private readonly stretches: Float32Array[];
  private readonly position: Int32Array;
  private readonly direction: Int8Array;
  private readonly passes: Int8Array;
  /** How loud the plate is against the one it takes after, mirrored where negative. */
  private readonly scale: Float64Array;
  private readonly home: readonly (readonly Float32Array[])[];

  constructor(bank: NoiseBank, plateCount: number, seed: number) {
    this.random = seededRandom(seed);
    this.levels = Float64Array.from({ length: plateCount }, () => 500 + 6000 * this.random.uniform());
    this.position = new Int32Array(plateCount);
    this.direction = new Int8Array(plateCount).fill(1);
    this.passes = Int8Array.from({ length: plateCount }, () => this.random.below(PASSES));
    this.scale = Float64Array.from({ length: plateCount }, () => 0.7 + 0.6 * this.random.uniform());
    this.home = Array.from({ length: plateCount }, () => bank.plates[this.random.below(bank.plates.length)]!);
    this.stretches = Array.from({ length: plateCount }, (_, plate) => this.draw(plate));
  }

  private draw(plate: number): Float32Array {
    const own = this.home[plate]!;
    return own[this.random.below(own.length)]!;
  }

  /** Writes `rows` samples of plates [first, first + columns) into `samples`, shape (rows, columns). */
  write(samples: Float32Array, first: number, columns: number): void {
    const rows = samples.length / columns;
    for (let column = 0; column < columns; column++) {
      const plate = first + column;
      for (let row = 0; row < rows;) {
        const stretch = this.stretches[plate]!;
        const step = this.direction[plate]!;
        const level = this.levels[plate]!;
        const scale = this.scale[plate]!;
        let at = this.position[plate]!;
        for (; row < rows && at >= 0 && at < stretch.length; row++, at += step)
          samples[row * columns + column] = level + scale * stretch[at]!;
        this.position[plate] = at;
        if (at < 0 || at >= stretch.length) this.turn(plate);
      }
    }
  }

  /** At an end of its stretch the plate turns round, and now and then takes another one up at the same grams. */
  private turn(plate: number): void {
    const { random } = this;
    const old = this.stretches[plate]!;
    const end = this.direction[plate]! > 0 ? old.length - 1 : 0;
    this.direction[plate] = end === 0 ? 1 : -1;
    this.position[plate] = end;
    if (++this.passes[plate]! < PASSES) return;
    this.passes[plate] = 0;
    const left = this.scale[plate]! * edgeMean(old, end);
    const next = this.draw(plate);
    this.stretches[plate] = next;
    if (random.uniform() < 0.5) this.scale[plate]! *= -1;
    this.direction[plate] = 1;
    this.position[plate] = 0;
    this.levels[plate]! += left - this.scale[plate]! * edgeMean(next, 0);
  }
}
