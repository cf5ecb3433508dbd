/**
 * Which seeds may be looked at while something is tuned, and which only judge. Nobody tunes on what is published:
 * settings, thresholds and priors come from seeds below 10 000, figures in `docs/benchmarks.md` from 70 000 upwards.
 */
export const TUNING_SEEDS_BELOW = 10_000;
export const TEST_SEEDS_FROM = 70_000;

export type SeedUse = 'tuning' | 'test';

export interface SeedRange {
  readonly from: number;
  readonly count: number;
}

/** What the seeds are for, or in words why they cannot be used. */
export function useOfSeeds({ from, count }: SeedRange): SeedUse | { readonly refusal: string } {
  const isWhole = Number.isSafeInteger(from) && Number.isSafeInteger(count) && from >= 0 && count >= 1;
  if (!isWhole) return { refusal: '--from and --runs are whole numbers, --runs at least 1' };
  const last = from + count - 1;
  if (from >= TEST_SEEDS_FROM) return 'test';
  if (last < TUNING_SEEDS_BELOW) return 'tuning';
  return {
    refusal:
      `seeds ${from} to ${last} belong neither to tuning (0 to ${TUNING_SEEDS_BELOW - 1}) nor to testing ` +
      `(${TEST_SEEDS_FROM} upwards); a figure from both would be worth nothing. Choose --from and --runs so that ` +
      'all seeds lie on one side.',
  };
}
