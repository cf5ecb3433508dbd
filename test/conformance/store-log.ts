/**
 * What every log of a store has to hold, whatever keeps it. A bench is a place for logs of one implementation; all else
 * goes through the port.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { storeId } from '../../src/domain/index.ts';
import type { StoreId } from '../../src/domain/index.ts';
import type { Result } from '../../src/base/index.ts';
import type {
  LogBatch,
  LogRecord,
  NewOutboxRow,
  NewRecord,
  StoreLog,
  StoreLogProblem,
  StoreLogProblemCode,
} from '../../src/engine/index.ts';

export interface LogBench {
  /** Opens the log of a store; the same one each time. */
  open(storeId: StoreId, writerId: string): Promise<Result<StoreLog, StoreLogProblem>>;
  close(): Promise<void>;
}

export interface LogImplementation {
  readonly name: string;
  /** Why it cannot run on this machine; null where it can. */
  readonly absentReason: string | null;
  readonly bench: () => Promise<LogBench>;
}

const STORE = storeId('store-1');

const record = (n: number, payload: string = JSON.stringify({ n })): NewRecord => ({
  kind: 'counted',
  atMs: 1_700_000_000_000 + n,
  payload,
});
const message = (n: number, key = 'visit-1'): NewOutboxRow => ({
  topic: 'receipts',
  key,
  payload: JSON.stringify({ n }),
});
const batchOf = (...numbers: readonly number[]): LogBatch => ({
  records: numbers.map((n) => record(n)),
  outbox: [],
});

/** The code with which it is refused; null where it is not. */
export async function refusal(asked: Promise<unknown>): Promise<StoreLogProblemCode | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    const { code } = error as { readonly code?: StoreLogProblemCode };
    if (code === undefined) throw error;
    return code;
  }
}

export async function readAll(log: StoreLog, limit = 1000): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (;;) {
    const page = await log.read({ afterPosition: records.at(-1)?.position ?? 0, limit });
    if (page.length === 0) return records;
    expect(page.length).toBeLessThanOrEqual(limit);
    records.push(...page);
  }
}

const positionsOf = (records: readonly LogRecord[]): number[] => records.map(({ position }) => position);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** A bench with its logs, closed when the test ends. */
export class LogDesk {
  private readonly bench: LogBench;
  private readonly opened: StoreLog[] = [];

  private constructor(bench: LogBench) {
    this.bench = bench;
  }

  static async of(implementation: LogImplementation): Promise<LogDesk> {
    const desk = new LogDesk(await implementation.bench());
    onTestFinished(async () => {
      for (const log of desk.opened) await log.close();
      await desk.bench.close();
    });
    return desk;
  }

  async open(writerId = 'writer-1', store: StoreId = STORE): Promise<StoreLog> {
    const opened = await this.bench.open(store, writerId);
    if (!opened.ok) throw new Error(opened.problem.what);
    this.opened.push(opened.value);
    return opened.value;
  }
}

/** Of the context of a test. */
type Skip = (condition: boolean, reason?: string) => void;
type Begin = (skip: Skip) => Promise<{ readonly log: StoreLog; readonly desk: LogDesk }>;

export function testStoreLog(implementation: LogImplementation): void {
  const begin: Begin = async (skip) => {
    const { absentReason } = implementation;
    skip(absentReason !== null, absentReason ?? '');
    const desk = await LogDesk.of(implementation);
    return { log: await desk.open(), desk };
  };
  describe(`a store log in ${implementation.name}`, () => {
    describeRecords(begin);
    describeTexts(begin);
    describeOutbox(begin);
    describeSnapshots(begin);
    describeWriters(begin);
  });
}

function describeRecords(begin: Begin): void {
  test('begins empty', async ({ skip }) => {
    const { log } = await begin(skip);
    expect(await log.lastPosition()).toBe(0);
    expect(await log.read({ afterPosition: 0, limit: 10 })).toEqual([]);
    expect(await log.latestSnapshot()).toBeNull();
    expect(await log.pendingOutbox(10)).toEqual([]);
    expect(await log.outboxCount()).toBe(0);
  });

  test('gives back what was appended, in order, from any position', async ({ skip }) => {
    const { log } = await begin(skip);
    expect(await log.append(batchOf(1, 2))).toEqual({ firstPosition: 1 });
    expect(await log.append(batchOf(3))).toEqual({ firstPosition: 3 });
    const whole = [1, 2, 3].map((n) => ({ position: n, ...record(n) }));
    expect(await log.read({ afterPosition: 0, limit: 10 })).toEqual(whole);
    expect(await log.read({ afterPosition: 1, limit: 1 })).toEqual([whole[1]]);
    expect(await log.read({ afterPosition: 3, limit: 10 })).toEqual([]);
    expect(await log.lastPosition()).toBe(3);
  });

  test('has no gap and mixes no batches after 1,000 appends at once', async ({ skip }) => {
    const { log } = await begin(skip);
    const appends = Array.from({ length: 1000 }, (_, n) =>
      log.append({ records: [record(n), record(n, '"second"')], outbox: [message(n)] }),
    );
    const kept = await Promise.all(appends);
    const records = await readAll(log, 700);
    expect(positionsOf(records)).toEqual(upTo(2000));
    kept.forEach(({ firstPosition }, n) => {
      expect(records[firstPosition - 1]).toEqual({ position: firstPosition, ...record(n) });
      expect(records[firstPosition]).toEqual({ position: firstPosition + 1, ...record(n, '"second"') });
    });
    expect(kept.map(({ firstPosition }) => firstPosition)).toEqual(upTo(1000).map((n) => 2 * n - 1));
    expect((await log.pendingOutbox(5000)).map(({ payload }) => payload)).toEqual(
      upTo(1000).map((n) => message(n - 1).payload),
    );
  });

  test('goes on where it was after it was opened again', async ({ skip }) => {
    const { log, desk } = await begin(skip);
    await log.append({ records: [record(1)], outbox: [message(1)] });
    await log.saveSnapshot({ position: 1, formatVersion: 3, state: '{"a":1}' });
    await log.close();
    const again = await desk.open();
    expect(positionsOf(await readAll(again))).toEqual([1]);
    expect(await again.latestSnapshot()).toEqual({ position: 1, formatVersion: 3, state: '{"a":1}' });
    expect(await again.outboxCount()).toBe(1);
    expect(await again.append(batchOf(2))).toEqual({ firstPosition: 2 });
  });
}

function describeTexts(begin: Begin): void {
  test('keeps texts letter by letter', async ({ skip }) => {
    const { log } = await begin(skip);
    const texts = [
      '{"a":"Käse \\u0000 🧀 ‮ עברית"}',
      `{"quotes":"'' \\" \`; DROP TABLE records; --"}`,
      '{"back":"\\\\ \\n {NULL,\\"x\\"} $1 ? :a"}',
      '  {"spaces" : 1.0e2 }\r\n',
      'NULL',
      '',
    ];
    const rows = texts.map((text) => ({ kind: `kind ${text}`, atMs: -1, payload: text }));
    await log.append({
      records: rows,
      outbox: texts.map((text) => ({ topic: text, key: text, payload: text })),
    });
    expect(await readAll(log)).toEqual(rows.map((row, index) => ({ position: index + 1, ...row })));
    const sent = await log.pendingOutbox(100);
    expect(sent.map(({ topic, key, payload }) => [topic, key, payload])).toEqual(
      texts.map((text) => [text, text, text]),
    );
    await log.saveSnapshot({ position: 6, formatVersion: 1, state: texts.join('') });
    expect((await log.latestSnapshot())?.state).toBe(texts.join(''));
  });

  test('refuses what would come back otherwise, and goes on', async ({ skip }) => {
    const { log } = await begin(skip);
    const bad: readonly LogBatch[] = [
      { records: [], outbox: [message(1)] },
      { records: [record(1), record(2, '"\uD800"')], outbox: [] },
      { records: [record(1, 'a\0b')], outbox: [] },
      { records: [record(0.5)], outbox: [] },
      { records: [record(1)], outbox: [message(1, 'a\0')] },
      { records: Array.from({ length: 10_001 }, (_, n) => record(n)), outbox: [] },
    ];
    const codes = await Promise.all(bad.map((batch) => refusal(log.append(batch))));
    expect(codes).toEqual(bad.map(() => 'STORE_LOG_BAD_BATCH'));
    expect(await log.append(batchOf(1))).toEqual({ firstPosition: 1 });
    expect(await log.outboxCount()).toBe(0);
  });

  test('reads large payloads page by page, never all at once', async ({ skip }) => {
    const { log } = await begin(skip);
    const large = JSON.stringify('ü🧀x'.repeat(1 << 19));
    for (let n = 1; n <= 6; n++) await log.append({ records: [record(n, large)], outbox: [message(n)] });
    const page = await log.read({ afterPosition: 0, limit: 6 });
    expect(page.length).toBeGreaterThan(0);
    expect(page.length).toBeLessThan(6);
    expect((await readAll(log)).map(({ payload }) => payload === large)).toEqual(upTo(6).map(() => true));
  });

  test('refuses too much at once rather than queue without bound', async ({ skip }) => {
    const { log } = await begin(skip);
    const text = JSON.stringify('x'.repeat(30 << 20));
    const appends = upTo(6).map((n) => log.append({ records: [record(n, text)], outbox: [] }));
    const codes = await Promise.all(appends.map(refusal));
    expect(codes).toContain('STORE_LOG_BUSY');
    const keptCount = codes.filter((code) => code === null).length;
    expect(keptCount).toBeGreaterThan(0);
    expect(await log.lastPosition()).toBe(keptCount);
    expect(await log.append(batchOf(1))).toEqual({ firstPosition: keptCount + 1 });
  });
}

function describeOutbox(begin: Begin): void {
  test('gives outbox rows in order until they are marked, again and again', async ({ skip }) => {
    const { log, desk } = await begin(skip);
    for (const n of upTo(4))
      await log.append({ records: [record(n)], outbox: [message(n, `visit-${n % 2}`)] });
    const rows = await log.pendingOutbox(3);
    expect(rows.map(({ payload }) => payload)).toEqual([1, 2, 3].map((n) => message(n).payload));
    expect(rows.map(({ key }) => key)).toEqual(['visit-1', 'visit-0', 'visit-1']);
    expect(await log.pendingOutbox(3)).toEqual(rows);
    expect((await log.pendingOutbox(3, rows[1]!.outboxId)).map(({ payload }) => payload)).toEqual(
      [3, 4].map((n) => message(n).payload),
    );
    await log.close();
    const again = await desk.open();
    expect(await again.pendingOutbox(3)).toEqual(rows);
    await again.markSent([rows[1]!.outboxId]);
    await again.markSent([rows[1]!.outboxId, 999_999]);
    expect((await again.pendingOutbox(10)).map(({ payload }) => payload)).toEqual(
      [1, 3, 4].map((n) => message(n).payload),
    );
    expect(await again.outboxCount()).toBe(3);
  });

  test('never gives a message the number of one that is gone', async ({ skip }) => {
    const { log, desk } = await begin(skip);
    await log.append({ records: [record(1)], outbox: [message(1), message(2)] });
    const before = await log.pendingOutbox(10);
    await log.markSent(before.map(({ outboxId }) => outboxId));
    await log.close();
    const again = await desk.open();
    await again.append({ records: [record(2)], outbox: [message(3)] });
    const [after] = await again.pendingOutbox(10);
    expect(after!.outboxId).toBeGreaterThan(before[1]!.outboxId);
  });
}

function describeSnapshots(begin: Begin): void {
  test('gives the latest snapshot, or the one before where that is too new to read', async ({ skip }) => {
    const { log } = await begin(skip);
    await log.append(batchOf(1, 2, 3));
    for (const position of [1, 2, 3])
      await log.saveSnapshot({ position, formatVersion: 10 * position, state: `"at ${position}"` });
    expect(await log.latestSnapshot()).toEqual({ position: 3, formatVersion: 30, state: '"at 3"' });
    expect(await log.latestSnapshot(29)).toEqual({ position: 2, formatVersion: 20, state: '"at 2"' });
    expect(await log.latestSnapshot(19)).toBeNull();
    await log.saveSnapshot({ position: 3, formatVersion: 31, state: '"anew"' });
    expect((await log.latestSnapshot())?.state).toBe('"anew"');
    expect(await log.latestSnapshot(29)).toEqual({ position: 2, formatVersion: 20, state: '"at 2"' });
  });

  test('refuses a snapshot of what is not kept', async ({ skip }) => {
    const { log } = await begin(skip);
    await log.append(batchOf(1));
    const ahead = { position: 2, formatVersion: 1, state: '{}' };
    expect(await refusal(log.saveSnapshot(ahead))).toBe('STORE_LOG_SNAPSHOT_AHEAD');
    expect(await refusal(log.saveSnapshot({ ...ahead, position: 1, state: 'a\0' }))).toBe(
      'STORE_LOG_BAD_BATCH',
    );
    expect(await refusal(log.saveSnapshot({ ...ahead, position: -1 }))).toBe('STORE_LOG_BAD_BATCH');
    expect(await log.latestSnapshot()).toBeNull();
  });

  test('forgets more than one step of it holds', async ({ skip }) => {
    const { log } = await begin(skip);
    for (let done = 0; done < 25_000; done += 5000)
      await log.append({ records: Array.from({ length: 5000 }, (_, n) => record(done + n)), outbox: [] });
    await log.saveSnapshot({ position: 25_000, formatVersion: 1, state: '{}' });
    await log.prune({ beforePosition: 24_999 });
    expect(positionsOf(await log.read({ afterPosition: 24_998, limit: 10 }))).toEqual([24_999, 25_000]);
    expect(await refusal(log.read({ afterPosition: 24_997, limit: 10 }))).toBe('STORE_LOG_PRUNED');
  });

  test('forgets only what the latest snapshot covers, and never reads over the gap', async ({ skip }) => {
    const { log, desk } = await begin(skip);
    await log.append(batchOf(...upTo(10)));
    expect(await refusal(log.prune({ beforePosition: 2 }))).toBe('STORE_LOG_NOT_COVERED');
    await log.saveSnapshot({ position: 6, formatVersion: 1, state: '{}' });
    expect(await refusal(log.prune({ beforePosition: 8 }))).toBe('STORE_LOG_NOT_COVERED');
    expect(positionsOf(await readAll(log))).toEqual(upTo(10));
    await log.prune({ beforePosition: 7 });
    await log.prune({ beforePosition: 3 });
    expect(await refusal(log.read({ afterPosition: 5, limit: 10 }))).toBe('STORE_LOG_PRUNED');
    expect(positionsOf(await log.read({ afterPosition: 6, limit: 10 }))).toEqual([7, 8, 9, 10]);
    await log.saveSnapshot({ position: 10, formatVersion: 1, state: '{}' });
    await log.prune({ beforePosition: 11 });
    await log.close();
    const again = await desk.open();
    expect(await again.lastPosition()).toBe(10);
    expect(await refusal(again.read({ afterPosition: 9, limit: 10 }))).toBe('STORE_LOG_PRUNED');
    expect(await again.append(batchOf(11))).toEqual({ firstPosition: 11 });
    expect(positionsOf(await again.read({ afterPosition: 10, limit: 10 }))).toEqual([11]);
  });
}

function describeWriters(begin: Begin): void {
  test('fences off the older writer, whatever it wants to write', async ({ skip }) => {
    const { log: older, desk } = await begin(skip);
    await older.append({ records: [record(1)], outbox: [message(1)] });
    const newer = await desk.open('writer-2');
    expect(newer.lease.epoch).toBeGreaterThan(older.lease.epoch);
    expect(newer.lease.writerId).toBe('writer-2');
    const codes = [
      await refusal(older.append({ records: [record(2)], outbox: [message(2)] })),
      await refusal(older.saveSnapshot({ position: 1, formatVersion: 1, state: '{}' })),
      await refusal(older.markSent([1])),
      await refusal(older.prune({ beforePosition: 1 })),
    ];
    expect(codes).toEqual(codes.map(() => 'STORE_LOG_FENCED'));
    expect(await newer.lastPosition()).toBe(1);
    expect(await newer.outboxCount()).toBe(1);
    expect(await newer.latestSnapshot()).toBeNull();
    expect(await newer.append(batchOf(2))).toEqual({ firstPosition: 2 });
  });

  test('has one order when the lease is taken in the midst of appends', async ({ skip }) => {
    const { log: older, desk } = await begin(skip);
    const before = upTo(200).map((n) => older.append(batchOf(n)));
    const newer = await desk.open('writer-2');
    const after = upTo(200).map((n) => newer.append(batchOf(1000 + n)));
    const outcomes = await Promise.allSettled(before);
    const keptCount = outcomes.filter(({ status }) => status === 'fulfilled').length;
    await Promise.all(after);
    const records = await readAll(newer);
    expect(positionsOf(records)).toEqual(upTo(keptCount + 200));
    const numbers = records.map(({ atMs }) => atMs - record(0).atMs);
    expect(numbers).toEqual([...upTo(keptCount), ...upTo(200).map((n) => 1000 + n)]);
    expect(await refusal(older.append(batchOf(1)))).toBe('STORE_LOG_FENCED');
  });

  test('keeps what waits when it is closed, and then refuses everything', async ({ skip }) => {
    const { log, desk } = await begin(skip);
    const appends = upTo(50).map((n) => log.append(batchOf(n)));
    await log.close();
    await log.close();
    expect((await Promise.all(appends)).map(({ firstPosition }) => firstPosition)).toEqual(upTo(50));
    const asked = [
      () => log.append(batchOf(1)),
      () => log.read({ afterPosition: 0, limit: 1 }),
      () => log.lastPosition(),
      () => log.saveSnapshot({ position: 1, formatVersion: 1, state: '{}' }),
      () => log.latestSnapshot(),
      () => log.pendingOutbox(1),
      () => log.markSent([1]),
      () => log.outboxCount(),
      () => log.prune({ beforePosition: 1 }),
    ];
    for (const ask of asked) expect(await refusal(ask()), String(ask)).toBe('STORE_LOG_CLOSED');
    const again = await desk.open();
    expect(await again.lastPosition()).toBe(50);
  });
}
