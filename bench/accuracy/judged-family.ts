/** What judging gathers before anything is worked out of it. */
import type { Family } from './families.ts';
import type { JudgedRun } from './metrics/judge-visits.ts';

/** All runs of a family, for each system in order of the seeds. */
export interface JudgedFamily {
  readonly family: Family;
  readonly bySystem: readonly (readonly JudgedRun[])[];
}
