/** One fixture as its plates know it: what waits to happen, what goes on, and where its own clock stands. */
import type { Fixture, SourceId } from '../../domain/index.ts';
import type { FaultyPlate } from './plate-faults.ts';
import type { PlateColumns } from './plate-columns.ts';
import type { Kick, PlateEffect } from './plate-effects.ts';

/** A tone of the fixture at the present sample, as a phasor, and how far it turns per sample. */
export interface Tone {
  cosine: number;
  sine: number;
  readonly turnCosine: number;
  readonly turnSine: number;
}

export interface FixtureState {
  readonly fixture: Fixture;
  readonly source: SourceId;
  /** True time of the first sample ever. */
  readonly phaseMs: number;
  readonly columns: PlateColumns;
  /** State of the generator of this fixture's noise (sfc32). */
  readonly noiseState: Int32Array;
  readonly hum: Tone;
  readonly sway: Tone;
  readonly faulty: readonly FaultyPlate[];
  /** By start; `forces` have not begun, `activeForces` have not ended. */
  readonly forces: PlateEffect[];
  readonly kicks: Kick[];
  activeForces: PlateEffect[];
  /** Batches told so far. */
  batchCount: number;
}

/** Arrays that all fixtures share for the length of one batch, each as wide as the widest fixture. */
export interface BatchScratch {
  readonly humCosine: Float64Array;
  readonly humSine: Float64Array;
  readonly swayCosine: Float64Array;
  readonly swaySine: Float64Array;
  /** `(plates, samples)`: forces and drives; zero between batches. */
  readonly forceGrams: Float64Array;
  readonly drive: Float64Array;
}

export function batchScratch(plateCountMax: number, samplesPerBatch: number): BatchScratch {
  const row = (): Float64Array => new Float64Array(samplesPerBatch);
  const table = (): Float64Array => new Float64Array(plateCountMax * samplesPerBatch);
  return {
    humCosine: row(),
    humSine: row(),
    swayCosine: row(),
    swaySine: row(),
    forceGrams: table(),
    drive: table(),
  };
}
