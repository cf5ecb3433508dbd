import type { Arrival } from '../people/index.ts';

/** Somebody who will come in at a time, or as soon after it as the entrance is free. */
export interface PlannedArrival extends Arrival {
  readonly atTrueMs: number;
}
