/**
 * `npm run bench:accuracy`: how right receipts are, family by family, ours beside the winner's rules. Options:
 * --families a,b (all), --runs N per family (20), --from SEED (70000), --small (two runs each), --data DIR where the
 * labelled visits lie, --out FILE for the results as JSON, --write for docs/benchmarks.json, its page and its plots (test
 * seeds only).
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { FAMILIES } from './families.ts';
import type { Family } from './families.ts';
import { labelledFamily } from './labelled-family.ts';
import { progressOn } from './progress.ts';
import { parseResults, resultsText } from './results.ts';
import type { BenchmarkResults } from './results.ts';
import { runBenchmark } from './run-benchmark.ts';
import { TEST_SEEDS_FROM, useOfSeeds } from './seeds.ts';
import type { SeedRange, SeedUse } from './seeds.ts';
import { summaryTable } from './summary.ts';
import { TILLFREE } from './tillfree-system.ts';
import { WINNER_RULES } from './winner-rules/index.ts';
import { RESULTS_PATH, writeReport } from './write-report.ts';

const SMALL_RUNS = 2;
const SYSTEMS = [TILLFREE, WINNER_RULES];

const { values } = parseArgs({
  options: {
    families: { type: 'string' },
    data: { type: 'string', default: '../shared/data' },
    runs: { type: 'string', default: '20' },
    from: { type: 'string', default: String(TEST_SEEDS_FROM) },
    small: { type: 'boolean', default: false },
    out: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

function stop(message: string): never {
  console.error(`bench:accuracy: ${message}`);
  process.exit(2);
}

async function chosenFamilies(): Promise<readonly Family[]> {
  const labelled = await labelledFamily(values.data);
  if (!labelled) console.error(`no labelled visits in ${values.data}: that family is left out`);
  const families = labelled ? [labelled, ...FAMILIES] : FAMILIES;
  if (values.families === undefined) return families;
  const names = values.families.split(',').map((name) => name.trim());
  const known = families.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) stop(`there is no family ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return families.filter(({ name }) => names.includes(name));
}

function checkedUse(seeds: SeedRange): SeedUse {
  const use = useOfSeeds(seeds);
  if (typeof use !== 'string') return stop(use.refusal);
  if (values.write && use !== 'test')
    stop(`--write publishes: it takes seeds from ${TEST_SEEDS_FROM} upwards`);
  return use;
}

function commandText(seeds: SeedRange): string {
  const families = values.families === undefined ? '' : ` --families ${values.families}`;
  return `npm run bench:accuracy --${families} --from ${seeds.from} --runs ${seeds.count} --write`;
}

/** The commit, with a word where files differ from it. */
function commitText(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--', 'src', 'bench', 'test/builders') !== '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${isChanged ? ' with changes' : ''}`;
}

const seeds = { from: Number(values.from), count: values.small ? SMALL_RUNS : Number(values.runs) };
const use = checkedUse(seeds);
const families = await chosenFamilies();
const progress = progressOn(process.stderr);
const measured = runBenchmark({
  families,
  systems: SYSTEMS,
  seeds,
  watch: ({ family, runs, of }) => progress.tell({ doing: family.name, done: runs, of }),
});
progress.end();
const results: BenchmarkResults = {
  version: 1,
  command: commandText(seeds),
  commit: commitText(),
  machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, node ${process.versions.node}`,
  seeds: { ...seeds, use },
  currency: 'USD',
  ...measured,
};
console.log(summaryTable(results));
const text = await format(resultsText(results), { parser: 'json', printWidth: 110 });
if (values.out !== undefined) writeFileSync(values.out, text);
if (values.write) {
  writeFileSync(RESULTS_PATH, text);
  // From the file's own figures, which are rounded: so the page can be made again from the file alone.
  await writeReport(parseResults(text));
  console.log('written: docs/benchmarks.json, docs/benchmarks.md, docs/images/benchmark-*.svg');
}
