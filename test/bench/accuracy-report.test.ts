/** The benchmark in small, what its systems do when the process is killed, and the page that is written from it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../bench/accuracy/families.ts';
import { benchmarkPage, worstFamilies } from '../../bench/accuracy/report/index.ts';
import { parseResults, resultsText } from '../../bench/accuracy/results.ts';
import type { BenchmarkResults, Measured } from '../../bench/accuracy/results.ts';
import { runBenchmark } from '../../bench/accuracy/run-benchmark.ts';
import { TEST_SEEDS_FROM, TUNING_SEEDS_BELOW, useOfSeeds } from '../../bench/accuracy/seeds.ts';
import { summaryTable } from '../../bench/accuracy/summary.ts';
import { TILLFREE } from '../../bench/accuracy/tillfree-system.ts';
import { WINNER_RULES } from '../../bench/accuracy/winner-rules/index.ts';
import { reportFiles, RESULTS_PATH } from '../../bench/accuracy/write-report.ts';
import { epochMs, present } from '../../src/base/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function withoutCost(measured: Measured): string {
  return JSON.stringify(measured, (key, value: unknown) =>
    key === 'cpuSecondsPerStoreHour' ? undefined : value,
  );
}

async function smallBenchmark(workers: number): Promise<Measured> {
  const told: number[] = [];
  const measured = await runBenchmark({
    families: FAMILIES.filter(({ name }) => name === 'crowd-1' || name === 'crowd-2'),
    systems: [TILLFREE, WINNER_RULES],
    seeds: { from: 1000, count: 1 },
    data: 'none',
    workers,
    watch: ({ runs, of }) => told.push(runs / of),
  });
  expect(told.at(-1)).toBe(1);
  return measured;
}

test('the same seeds give the same figures, in one process or two, and a page and a table can be made of them', async () => {
  const measured = await smallBenchmark(1);
  expect(withoutCost(await smallBenchmark(2))).toBe(withoutCost(measured));
  const [ours, winner] = measured.overall;
  expect(ours!.visits).toBeGreaterThan(0);
  expect(ours!.f1.value).toBeGreaterThan(0.8);
  expect(winner!.stated).toBeNull();
  const results: BenchmarkResults = {
    version: 1,
    command: 'npm run bench:accuracy -- --from 1000 --runs 1',
    commit: '0123456789ab',
    machine: 'a test',
    seeds: { from: 1000, count: 1, use: 'tuning' },
    currency: 'USD',
    ...measured,
  };
  const read = parseResults(resultsText(results));
  const page = await benchmarkPage(read, 'images');
  expect(page).toContain('they are from tuning seeds');
  expect(page).toContain('## Weight steps');
  expect(page).toContain('| two to four shoppers: mean F1 ');
  expect(measured.healthySteps!.p50Grams).toBeLessThan(2);
  expect(page).toContain('0123456789ab');
  for (const { words } of measured.families) expect(page).toContain(words);
  expect(page).not.toMatch(/NaN|undefined/);
  expect(summaryTable(read).split('\n')).toHaveLength(1 + 2 * (measured.families.length + 1));
  const worst = worstFamilies(read).map(({ systems }) => systems[0]!.f1.value);
  expect(worst).toEqual(worst.toSorted((a, b) => a - b));
});

describe('docs/benchmarks.md and its plots', () => {
  test('are what the generator makes of docs/benchmarks.json; else run bench/accuracy/write-report.ts', async () => {
    const results = parseResults(readFileSync(RESULTS_PATH, 'utf8'));
    expect(results.seeds.use).toBe('test');
    const files = await reportFiles(results);
    expect(files.map(({ path }) => path)).toHaveLength(results.healthyShop ? 5 : 4);
    for (const { path, text } of files) expect(readFileSync(`${root}/${path}`, 'utf8'), path).toBe(text);
  });
});

test('every aim that is missed says why, and no other does', async () => {
  const results = parseResults(readFileSync(RESULTS_PATH, 'utf8'));
  const missed = results.targets!.filter(({ words }) => words === 'hand-off: mean F1');
  const page = (targets: typeof missed) => benchmarkPage({ ...results, targets }, 'images');
  const told = await page(missed.map((target) => ({ ...target, aim: 2 })));
  expect(told).toContain('- **hand-off: mean F1**: nothing that plates or cameras see');
  expect(await page(missed.map((target) => ({ ...target, aim: 0 })))).not.toContain('- **hand-off');
  const unknown = await page(missed.map((target) => ({ ...target, words: 'something new', aim: 2 })));
  expect(unknown).toContain('- **something new**: not explained yet.');
  const whole = await benchmarkPage(results, 'images');
  const rows = whole.split('\n').filter((line) => line.includes('| **no** |'));
  for (const row of rows) expect(whole).toContain(`- **${row.split('|')[1]!.trim()}**: `);
  expect(whole).not.toContain('not explained yet');
});

describe('a process that is killed', () => {
  const alone = present(
    FAMILIES.find(({ name }) => name === 'crowd-1'),
    'NO_FAMILY',
  );
  const run = alone.make(1000);
  const { enteredAtMs, leftAtMs, trackId } = run.truth.visits[0]!;

  test('forgets what it knew, and is charged nothing for what it was never told', () => {
    const whole = TILLFREE.run(run);
    const [before] = whole.receipts;
    expect(before!.receipt.trackIds[0]).toBe(trackId);
    expect(before!.receipt.lines.length).toBeGreaterThan(0);
    const killed = TILLFREE.run({ ...run, restarts: [{ atMs: epochMs(leftAtMs - 200) }] });
    expect(killed.receipts.flatMap(({ receipt }) => receipt.lines)).toEqual([]);
    expect(killed.cost.observationCount).toBe(whole.cost.observationCount);
  });

  test('hears nothing until it is back', () => {
    const deaf = { atMs: enteredAtMs, backAtMs: epochMs(leftAtMs + 600_000) };
    expect(TILLFREE.run({ ...run, restarts: [deaf] }).receipts).toEqual([]);
  });
});

test('seeds for tuning and for testing never mix', () => {
  expect(useOfSeeds({ from: 0, count: TUNING_SEEDS_BELOW })).toBe('tuning');
  expect(useOfSeeds({ from: TEST_SEEDS_FROM, count: 1000 })).toBe('test');
  for (const [from, count] of [
    [TUNING_SEEDS_BELOW - 1, 2],
    [TEST_SEEDS_FROM - 1, 2],
    [20_000, 1],
    [0, 0],
    [Number.NaN, 1],
  ] as const)
    expect(useOfSeeds({ from, count })).toHaveProperty('refusal');
});
