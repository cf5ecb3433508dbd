/**
 * An interaction is a closed window of contact on a shelf, with the weight steps it left on each plate and how sure
 * they are. A provisional one is told while the contact lasts, for the live basket; the final one replaces it.
 */
import type { EpochMs } from '../base/index.ts';
import type { InteractionId, PlateId, ShelfId } from './ids.ts';

/** A lasting change of one plate. */
export interface WeightStep {
  readonly plateId: PlateId;
  /** The last moment at the old level and the first at the new one (sensor clock). */
  readonly leftAtMs: EpochMs;
  readonly settledAtMs: EpochMs;
  readonly deltaGrams: number;
  /** Standard deviation of `deltaGrams`: noise, wander, ringing and cross-talk together. */
  readonly sigmaGrams: number;
}

/** What one plate did from before the contact to after it, step or not. */
export interface PlateChange {
  readonly plateId: PlateId;
  readonly deltaGrams: number;
  readonly sigmaGrams: number;
}

export interface Interaction {
  readonly interactionId: InteractionId;
  readonly phase: 'provisional' | 'final';
  readonly shelfId: ShelfId;
  readonly startedAtMs: EpochMs;
  readonly endedAtMs: EpochMs;
  /** Lasting changes in order of time; a plate may step more than once. */
  readonly steps: readonly WeightStep[];
  /** All working plates of the shelf, in order; what moved nothing is evidence too. */
  readonly changes: readonly PlateChange[];
}

/** What is wrong with a plate; `working` ends any of them. */
export type PlateCondition = 'working' | 'silent' | 'stuck' | 'saturated';

export interface PlateReport {
  readonly plateId: PlateId;
  readonly condition: PlateCondition;
  readonly atMs: EpochMs;
}
