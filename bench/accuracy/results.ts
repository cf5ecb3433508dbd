/** What a run of the benchmark leaves behind, as `docs/benchmarks.json` holds it. */
import type { SystemMetrics } from './metrics/measure.ts';
import type { StepFigures } from './metrics/step-error.ts';
import type { SeedRange, SeedUse } from './seeds.ts';

export interface FamilyResult {
  readonly name: string;
  readonly words: string;
  readonly difficulty: number;
  /** Ours first. */
  readonly systems: readonly SystemMetrics[];
}

export interface Measured {
  /** From easy to hard. */
  readonly families: readonly FamilyResult[];
  /** All runs of all families together. */
  readonly overall: readonly SystemMetrics[];
  /** Ours, of all families in which nothing is at fault; missing in results from before steps were measured. */
  readonly healthySteps?: StepFigures | null;
}

export interface BenchmarkResults extends Measured {
  readonly version: 1;
  /** What was typed to get this. */
  readonly command: string;
  readonly commit: string;
  readonly machine: string;
  readonly seeds: SeedRange & { readonly use: SeedUse };
  /** ISO 4217; the runs' shops have one. */
  readonly currency: string;
}

const DIGITS = 6;

function shortened(value: number): number {
  return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(DIGITS));
}

/** JSON knows no NaN: what could not be measured is null in the file, and NaN again when it is read. */
export function resultsText(results: BenchmarkResults): string {
  return JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? shortened(value) : value,
  );
}

const NULL_IS_MEANT = new Set(['stated', 'delay', 'steps', 'healthySteps']);

export function parseResults(text: string): BenchmarkResults {
  return JSON.parse(text, (key, value: unknown) =>
    value === null && !NULL_IS_MEANT.has(key) ? Number.NaN : value,
  ) as BenchmarkResults;
}
