/** What can be typed behind `npm run bench:accuracy --`, read and checked. */
import { parseArgs } from 'node:util';
import { TEST_SEEDS_FROM, useOfSeeds } from './seeds.ts';
import type { SeedRange, SeedUse } from './seeds.ts';

/** The families beside the winner's rules; the healthy shop that has learnt; what each ingredient is worth. */
export type Part = 'families' | 'healthy' | 'ablation';

export interface BenchmarkOptions {
  readonly parts: readonly Part[];
  /** Null: all. */
  readonly families: readonly string[] | null;
  readonly seeds: SeedRange;
  readonly use: SeedUse;
  readonly isSmall: boolean;
  readonly workers: number;
  readonly data: string;
  readonly out: string | null;
  readonly isWritten: boolean;
}

const SMALL_RUNS = 2;
const ABLATION_RUNS = 8;
const WORKERS = 2;

function typed(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    options: {
      families: { type: 'string' },
      data: { type: 'string', default: '../shared/data' },
      runs: { type: 'string', default: '20' },
      from: { type: 'string', default: String(TEST_SEEDS_FROM) },
      workers: { type: 'string', default: String(WORKERS) },
      small: { type: 'boolean', default: false },
      healthy: { type: 'boolean', default: false },
      ablation: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      out: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  }).values;
}

function partsOf({ all, healthy, ablation }: ReturnType<typeof typed>): Part[] {
  if (all) return ['families', 'healthy', 'ablation'];
  const named: Part[] = [];
  if (healthy) named.push('healthy');
  if (ablation) named.push('ablation');
  return named.length > 0 ? named : ['families'];
}

/** @returns a refusal in words where something cannot be. */
export function readOptions(words: readonly string[]): BenchmarkOptions | { readonly refusal: string } {
  const values = typed(words);
  const seeds = { from: Number(values.from), count: values.small ? SMALL_RUNS : Number(values.runs) };
  const use = useOfSeeds(seeds);
  if (typeof use !== 'string') return use;
  const workers = Number(values.workers);
  if (!Number.isSafeInteger(workers) || workers < 1) return { refusal: '--workers is a whole number ≥ 1' };
  if (values.write && use !== 'test')
    return { refusal: `--write publishes: it takes seeds from ${TEST_SEEDS_FROM} upwards` };
  return {
    parts: partsOf(values),
    families: values.families?.split(',').map((name) => name.trim()) ?? null,
    seeds,
    use,
    isSmall: values.small,
    workers,
    data: values.data,
    out: values.out ?? null,
    isWritten: values.write,
  };
}

/** What is typed to get one part again. */
export function commandText(part: Part, { families, seeds }: BenchmarkOptions): string {
  const named = families === null ? '' : ` --families ${families.join(',')}`;
  const flag = part === 'families' ? '' : ` --${part}`;
  return `npm run bench:accuracy --${flag}${named} --from ${seeds.from} --runs ${seeds.count} --write`;
}

/** Ablations need fewer runs: each is a pair with itself. */
export function ablationSeeds({ from, count }: SeedRange): SeedRange {
  return { from, count: Math.min(count, ABLATION_RUNS) };
}
