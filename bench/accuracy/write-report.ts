/**
 * `docs/benchmarks.md` and its plots from `docs/benchmarks.json`: `node bench/accuracy/write-report.ts`. Nothing in
 * them depends on when or where they are written.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchmarkPage, benchmarkPlots, drawPlot } from './report/index.ts';
import { parseResults } from './results.ts';
import type { BenchmarkResults } from './results.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const RESULTS_PATH = join(ROOT, 'docs/benchmarks.json');

export interface ReportFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export async function reportFiles(results: BenchmarkResults): Promise<ReportFile[]> {
  const page = { path: 'docs/benchmarks.md', text: await benchmarkPage(results, 'images') };
  const plots = benchmarkPlots(results).map(async (plot) => ({
    path: `docs/images/${plot.fileName}`,
    text: await drawPlot(plot),
  }));
  return [page, ...(await Promise.all(plots))];
}

export async function writeReport(results: BenchmarkResults): Promise<void> {
  for (const { path, text } of await reportFiles(results)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

if (import.meta.main) await writeReport(parseResults(readFileSync(RESULTS_PATH, 'utf8')));
