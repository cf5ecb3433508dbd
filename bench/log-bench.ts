/**
 * How fast a store's log keeps records, one by one and by many, beside the least that durability can cost: lines
 * appended to a plain file that is synced each time. What is read back at the end is hashed, the same for all.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresStoreLog } from '../src/adapters/store-log-postgres/index.ts';
import { SqliteStoreLog } from '../src/adapters/store-log-sqlite/index.ts';
import type { Result } from '../src/base/index.ts';
import { storeId } from '../src/domain/index.ts';
import type { LogRecord, NewRecord, StoreLog, StoreLogProblem } from '../src/engine/index.ts';
import { resultHash } from './result-hash.ts';

export interface LogSizes {
  readonly records: number;
  /** Records of one append. */
  readonly by: number;
  /** Appends on their way together. */
  readonly atOnce: number;
  readonly rounds: number;
}

export interface LogWay {
  readonly name: string;
  readonly recordsPerSecond: number;
  readonly slowest: number;
  readonly fastest: number;
  readonly hash: string;
}

interface Keeper {
  append(records: readonly NewRecord[]): Promise<void>;
  /** What was kept, in order; closes it. */
  end(): Promise<readonly NewRecord[]>;
}

interface Kind {
  readonly name: string;
  readonly open: (directory: string) => Promise<Keeper>;
}

const PAYLOAD = 'x'.repeat(150);
const PAGE = 5000;
const WRITER = { storeId: storeId('store-1'), writerId: 'bench' };

const recordOf = (n: number): NewRecord => ({
  kind: 'measured',
  atMs: n,
  payload: JSON.stringify({ n, text: PAYLOAD }),
});

/** Without a detour over other threads, which would cost more than some disks take to sync. */
async function openPlainFile(directory: string): Promise<Keeper> {
  const path = join(directory, 'plain.ndjson');
  const file = openSync(path, 'a');
  return {
    append: async (records) => {
      writeSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      fdatasyncSync(file);
    },
    end: async () => {
      closeSync(file);
      const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line) as NewRecord);
    },
  };
}

function keeperOf(opened: Result<StoreLog, StoreLogProblem>): Keeper {
  if (!opened.ok) throw new Error(opened.problem.what);
  const log = opened.value;
  return {
    append: async (records) => void (await log.append({ records, outbox: [] })),
    end: async () => {
      const found: LogRecord[] = [];
      for (let isMore = true; isMore;) {
        const page = await log.read({ afterPosition: found.length, limit: PAGE });
        found.push(...page);
        isMore = page.length > 0;
      }
      await log.close();
      return found.map(({ kind, atMs, payload }) => ({ kind, atMs, payload }));
    },
  };
}

/** One round: records a second, and a hash of what is there afterwards. */
async function measure(
  kind: Kind,
  { records, by, atOnce }: LogSizes,
): Promise<{ perSecond: number; hash: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-bench-log-'));
  try {
    const batches = Array.from({ length: Math.ceil(records / by) }, (_, batch) =>
      Array.from({ length: Math.min(by, records - batch * by) }, (_each, n) => recordOf(batch * by + n)),
    );
    const keeper = await kind.open(directory);
    const beganMs = performance.now();
    for (let done = 0; done < batches.length; done += atOnce)
      await Promise.all(batches.slice(done, done + atOnce).map((batch) => keeper.append(batch)));
    const perSecond = (records / (performance.now() - beganMs)) * 1000;
    return { perSecond, hash: resultHash(await keeper.end()) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** @param postgresUrl of a server of the bench's own; null where there is none. */
export async function runLogBench(sizes: LogSizes, postgresUrl: string | null): Promise<LogWay[]> {
  let schemaCount = 0;
  const kinds: Kind[] = [
    { name: 'plain file', open: openPlainFile },
    {
      name: 'SQLite',
      open: async (directory) =>
        keeperOf(await SqliteStoreLog.open({ ...WRITER, path: join(directory, 'log.db') })),
    },
  ];
  if (postgresUrl !== null) {
    const schemaOf = (): string => `by_${sizes.by}_${sizes.atOnce}_${++schemaCount}`;
    kinds.push({
      name: 'PostgreSQL',
      open: async () =>
        keeperOf(await PostgresStoreLog.open({ ...WRITER, url: postgresUrl, schema: schemaOf() })),
    });
  }
  const speeds = new Map<string, number[]>();
  const hashes = new Set<string>();
  for (let round = 0; round < sizes.rounds; round++) {
    // Whoever goes first meets an idle disk.
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
      const { perSecond, hash } = await measure(kind, sizes);
      speeds.set(kind.name, [...(speeds.get(kind.name) ?? []), perSecond]);
      hashes.add(hash);
      if (hashes.size > 1) throw new Error(`${kind.name} kept something else`);
    }
  }
  return kinds.map(({ name }) => {
    const sorted = speeds.get(name)!.toSorted((a, b) => a - b);
    const recordsPerSecond = sorted[Math.floor(sorted.length / 2)]!;
    return { name, recordsPerSecond, slowest: sorted[0]!, fastest: sorted.at(-1)!, hash: [...hashes][0]! };
  });
}
