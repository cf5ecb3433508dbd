/**
 * `npm run bench:accuracy`: how right receipts are, family by family, ours beside the winner's rules. Options:
 * --families a,b (all), --runs N per family (20), --from SEED (70000), --small (two runs each), --workers N processes (2),
 * --data DIR where the labelled visits lie, --out FILE for the results as JSON, --write for docs/benchmarks.json, its
 * page and its plots (test seeds only). Instead of the families: --healthy, a shop that has learnt; --ablation, what each
 * ingredient is worth; --all, everything. With --write a part replaces its own figures and leaves the others.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { format } from 'prettier';
import { ablate } from './ablation.ts';
import type { Family } from './families.ts';
import { runHealthy } from './healthy/run-healthy.ts';
import { ablationSeeds, commandText, readOptions } from './options.ts';
import type { Part } from './options.ts';
import { progressOn } from './progress.ts';
import { parseResults, resultsText } from './results.ts';
import type { BenchmarkResults, Measured, Origin, OtherParts } from './results.ts';
import { runBenchmark } from './run-benchmark.ts';
import { ablationSummary, healthySummary, summaryTable } from './summary.ts';
import { familiesIn } from './tasks.ts';
import { TILLFREE } from './tillfree-system.ts';
import { WINNER_RULES } from './winner-rules/index.ts';
import { RESULTS_PATH, writeReport } from './write-report.ts';

function stop(message: string): never {
  console.error(`bench:accuracy: ${message}`);
  process.exit(2);
}

const read = readOptions(process.argv.slice(2));
const options = 'refusal' in read ? stop(read.refusal) : read;

async function chosenFamilies(): Promise<readonly Family[]> {
  const { data, families: names } = options;
  const families = await familiesIn(data);
  const known = families.map(({ name }) => name);
  if (!known.includes('labelled-visits'))
    console.error(`no labelled visits in ${data}: that family is left out`);
  if (names === null) return families;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) stop(`there is no family ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return families.filter(({ name }) => names.includes(name));
}

/** The commit, with a word where files differ from it. */
function commitText(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--', 'src', 'bench', 'test/builders') !== '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${isChanged ? ' with changes' : ''}`;
}

const commit = commitText();

function originOf(part: Part): Origin {
  return {
    command: commandText(part, options),
    commit,
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, node ${process.versions.node}`,
    seeds: { ...options.seeds, use: options.use },
  };
}

const { parts, seeds, workers, data } = options;
const families = await chosenFamilies();
const progress = progressOn(process.stderr);
const watch = ({ family, runs, of }: { family: string; runs: number; of: number }): void =>
  progress.tell({ doing: family, done: runs, of });

async function measureFamilies(): Promise<Measured & Origin> {
  const systems = [TILLFREE, WINNER_RULES];
  const measured = await runBenchmark({ families, systems, seeds, data, workers, watch });
  return { ...originOf('families'), ...measured };
}

async function measureOthers(): Promise<OtherParts> {
  const healthy = parts.includes('healthy') ? await runHealthy({ seeds, workers, watch }) : null;
  const plan = { families, seeds: ablationSeeds(seeds), data, workers, watch };
  const ablation = parts.includes('ablation') ? await ablate(plan) : null;
  const ablationOrigin = { ...originOf('ablation'), seeds: { ...plan.seeds, use: options.use } };
  return {
    ...(healthy ? { healthyShop: { ...originOf('healthy'), kinds: healthy } } : {}),
    ...(ablation ? { ablation: { ...ablationOrigin, ...ablation } } : {}),
  };
}

async function textOf(value: object): Promise<string> {
  return format(resultsText(value), { parser: 'json', printWidth: 110 });
}

const measured = parts.includes('families') ? await measureFamilies() : null;
const others = await measureOthers();
progress.end();
if (measured) console.log(summaryTable(measured));
if (others.healthyShop) console.log(healthySummary(others.healthyShop.kinds));
if (others.ablation) console.log(ablationSummary(others.ablation));
if (options.out !== null) writeFileSync(options.out, await textOf({ ...measured, ...others }));
if (options.isWritten) {
  const before = parseResults(readFileSync(RESULTS_PATH, 'utf8'));
  const results: BenchmarkResults = { ...before, version: 1, currency: 'USD', ...measured, ...others };
  const text = await textOf(results);
  writeFileSync(RESULTS_PATH, text);
  // From the file's own figures, which are rounded: so the page can be made again from the file alone.
  await writeReport(parseResults(text));
  console.log('written: docs/benchmarks.json, docs/benchmarks.md, docs/images/benchmark-*.svg');
}
