/** What `npm run bench` measures, by size; the small one runs inside the tests, so that none of it can rot. */
import { makeCrowd } from './crowd.ts';
import type { CrowdOptions } from './crowd.ts';
import { openNoiseBank } from './noise-bank.ts';
import { memoryNow } from './rounds.ts';
import { noiseContent, sensingOnly, sensingRows } from './sensing-bench.ts';
import type { Content } from './sensing-bench.ts';
import { replayRows } from './replay-bench.ts';
import { megabytes } from './table.ts';
import type { BenchRow } from './table.ts';

export interface BenchSizes {
  readonly rounds: number;
  /** The reference shop: 306 plates, 4 people. */
  readonly shop: CrowdOptions;
  /** The large one: 20,000 plates. */
  readonly hall: CrowdOptions;
  /** Of every content, before the clock starts. */
  readonly warmUpMs: number;
  readonly leanSeconds: number;
  readonly noiseSeconds: number;
  /** Whether real data is used where it is there; figures of the tests must not hang on it. */
  readonly withReal: boolean;
}

export const LARGE: BenchSizes = {
  rounds: 5,
  warmUpMs: 20_000,
  shop: { fixtures: 3, platesPerShelf: 17, people: 4, seconds: 80, secondsPerPick: 10, seed: 1 },
  hall: { fixtures: 278, platesPerShelf: 12, people: 100, seconds: 35, secondsPerPick: 10, seed: 2 },
  leanSeconds: 40,
  noiseSeconds: 300,
  withReal: true,
};

export const SMALL: BenchSizes = {
  rounds: 1,
  warmUpMs: 2000,
  shop: { fixtures: 1, platesPerShelf: 6, people: 1, seconds: 20, secondsPerPick: 5, seed: 1 },
  hall: { fixtures: 2, platesPerShelf: 6, people: 2, seconds: 10, secondsPerPick: 5, seed: 2 },
  leanSeconds: 5,
  noiseSeconds: 60,
  withReal: false,
};

function contentOf(options: CrowdOptions, warmUpMs: number): Content {
  const { store, batches, name } = makeCrowd(options);
  return { name: `scripted: ${name}`, store, batches, warmUpMs };
}

async function* allRows(sizes: BenchSizes): AsyncGenerator<BenchRow> {
  const { rounds, shop, hall, warmUpMs } = sizes;
  yield* await sensingRows(contentOf(shop, warmUpMs), rounds);
  yield* await sensingRows(contentOf(hall, warmUpMs), rounds);
  const bank = await openNoiseBank(!sizes.withReal);
  yield* await sensingRows(noiseContent(bank, { seconds: sizes.noiseSeconds, warmUpMs }), rounds);
  // The two dearest things: hands that never rest, and a body on every shelf.
  yield* await sensingOnly(contentOf({ ...hall, secondsPerPick: 0 }, warmUpMs), rounds);
  yield* await sensingOnly(
    contentOf({ ...shop, seconds: sizes.leanSeconds, isLeanedOn: true }, warmUpMs),
    rounds,
  );
  yield* await replayRows(makeCrowd(shop), rounds, sizes.withReal);
}

export interface Bench {
  readonly rows: readonly BenchRow[];
  readonly memory: { readonly before: string; readonly after: string };
}

function memoryText(): string {
  const { heldBytes, rssBytes } = memoryNow();
  return `held ${megabytes(heldBytes)}, rss ${megabytes(rssBytes)}`;
}

/** Everything, row by row; `tell` hears of each as it is done. */
export async function runBench(sizes: BenchSizes, tell: (row: BenchRow) => void = () => {}): Promise<Bench> {
  const before = memoryText();
  const rows: BenchRow[] = [];
  for await (const row of allRows(sizes)) {
    rows.push(row);
    tell(row);
  }
  return { rows, memory: { before, after: memoryText() } };
}
