/**
 * A recording of any length, made as it is asked for: endless noise of real plates, visits with picks, frames of a
 * tracker. Nothing of the past is held but the list of true picks.
 */
import { epochMs } from '../src/base/index.ts';
import { sourceId } from '../src/domain/index.ts';
import type { Fixture, Observation, PlateBatch } from '../src/domain/index.ts';
import { LongNoise } from './long-noise.ts';
import { LongVisits } from './long-visits.ts';
import type { TruePick } from './long-visits.ts';
import type { NoiseBank } from './noise-bank.ts';

export const LONG_STARTS_AT_MS = 1_700_000_000_000;
const RATE_HZ = 60;
const ROWS = 12;
const BATCH_MS = (ROWS * 1000) / RATE_HZ;
const SAMPLE_MS = 1000 / RATE_HZ;

export interface LongOptions {
  readonly durationMs: number;
  readonly visitEveryMs: number;
  readonly seed: number;
}

export class LongRecording {
  private readonly bank: NoiseBank;
  private readonly options: LongOptions;
  private readonly noise: LongNoise;
  private readonly visits: LongVisits;

  constructor(bank: NoiseBank, options: LongOptions) {
    this.bank = bank;
    this.options = options;
    this.noise = new LongNoise(bank, bank.store.layout.plates.length, options.seed);
    this.visits = new LongVisits(bank.store, { everyMs: options.visitEveryMs, seed: options.seed + 1 });
  }

  /** Picks that are over. */
  get picks(): readonly TruePick[] {
    return this.visits.picks;
  }

  *observations(): Generator<Observation> {
    const { fixtures } = this.bank.store.layout;
    const rounds = Math.floor(this.options.durationMs / BATCH_MS);
    for (let round = 0; round < rounds; round++) {
      for (const fixture of fixtures) if (fixture.plates.length > 0) yield this.batch(fixture, round);
      yield this.frame(round);
      this.visits.moveOn((round + 1) * BATCH_MS);
    }
  }

  private batch(fixture: Fixture, round: number): PlateBatch {
    const columns = fixture.plates.length;
    const samplesGrams = new Float32Array(ROWS * columns);
    this.noise.write(samplesGrams, fixture.plates[0]!.plateIndex, columns);
    this.touch(fixture, samplesGrams, round * BATCH_MS);
    const observedAtMs = LONG_STARTS_AT_MS + (round + 1) * BATCH_MS - SAMPLE_MS;
    return {
      kind: 'plates',
      source: sourceId(`plates/${fixture.fixtureId}`),
      sequence: round,
      observedAtMs: epochMs(observedAtMs),
      receivedAtMs: epochMs(observedAtMs + 25),
      fixtureId: fixture.fixtureId,
      rateHz: RATE_HZ,
      sampleCount: ROWS,
      samplesGrams,
    };
  }

  /** Adds what a hand does to the plates of `fixture` in the batch that begins at `fromMs`. */
  private touch(fixture: Fixture, samplesGrams: Float32Array, fromMs: number): void {
    const { visits } = this;
    const touched = visits.touchedBy(fromMs, fromMs + BATCH_MS);
    if (!touched) return;
    for (const plate of touched) {
      if (fixture.plates[plate.columnIndex] !== plate) continue;
      const isStepping = visits.stepAtMs >= fromMs && visits.stepAtMs < fromMs + BATCH_MS;
      for (let row = 0; row < ROWS; row++) {
        const ms = fromMs + row * SAMPLE_MS;
        const step = isStepping && ms >= visits.stepAtMs ? visits.stepGrams(plate) : 0;
        samplesGrams[row * fixture.plates.length + plate.columnIndex]! += step + visits.burst(plate, ms);
      }
      if (isStepping) this.noise.levels[plate.plateIndex]! += visits.stepGrams(plate);
    }
  }

  private frame(round: number): Observation {
    const ms = round * BATCH_MS + BATCH_MS / 2;
    return {
      kind: 'tracks',
      source: sourceId('tracks'),
      sequence: round,
      observedAtMs: epochMs(LONG_STARTS_AT_MS + ms),
      receivedAtMs: epochMs(LONG_STARTS_AT_MS + ms + 120),
      people: this.visits.peopleAt(ms),
    };
  }
}
