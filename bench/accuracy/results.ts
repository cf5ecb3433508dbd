/** What a run of the benchmark leaves behind, as `docs/benchmarks.json` holds it. */
import type { AblationFigures } from './ablation-figures.ts';
import type { HealthyFigures } from './healthy/figures.ts';
import type { SystemMetrics } from './metrics/measure.ts';
import type { StepFigures } from './metrics/step-error.ts';
import type { SeedRange, SeedUse } from './seeds.ts';
import type { TargetFigure } from './targets.ts';

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
  /** Missing in results from before they were worked out. */
  readonly targets?: readonly TargetFigure[];
}

/** How something was measured. */
export interface Origin {
  /** What was typed to get this. */
  readonly command: string;
  readonly commit: string;
  readonly machine: string;
  readonly seeds: SeedRange & { readonly use: SeedUse };
}

/** Parts that are measured apart, each with an origin of its own. */
export interface OtherParts {
  readonly healthyShop?: Origin & { readonly kinds: readonly HealthyFigures[] };
  readonly ablation?: Origin & AblationFigures;
}

export interface BenchmarkResults extends Measured, Origin, OtherParts {
  readonly version: 1;
  /** ISO 4217; the runs' shops have one. */
  readonly currency: string;
}

const DIGITS = 6;

function shortened(value: number): number {
  return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(DIGITS));
}

/** JSON knows no NaN: what could not be measured is null in the file, and NaN again when it is read. */
export function resultsText(results: object): string {
  return JSON.stringify(results, (_, value: unknown) =>
    typeof value === 'number' ? shortened(value) : value,
  );
}

const NULL_IS_MEANT = new Set(['stated', 'delay', 'steps', 'healthySteps', 'threshold', 'visitsNeeded']);

export function parseResults(text: string): BenchmarkResults {
  return JSON.parse(text, (key, value: unknown) =>
    value === null && !NULL_IS_MEANT.has(key) ? Number.NaN : value,
  ) as BenchmarkResults;
}
