/**
 * A store's process over a real log and a real processor, killed with SIGKILL again and again while people shop: no
 * acknowledged receipt is lost or changed, nobody is charged twice, and everybody who came in is settled.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { NO_FAULTS, SANDBOX_DEFAULTS, SandboxServer } from '../../src/adapters/payment-sandbox/index.ts';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { seededRandom } from '../../src/base/index.ts';
import { storeId } from '../../src/domain/index.ts';
import { StoreFold } from '../../src/engine/index.ts';
import type { StoreRecord } from '../../src/engine/index.ts';
import { chainChecked, openChainCheck } from '../../src/receipts/index.ts';
import { booksOf } from '../parties/live-shop.ts';
import { busyStreet, streetSettings } from './street.ts';

const LIFE = fileURLToPath(new URL('one-life.ts', import.meta.url));
/** A life is killed after it has said so many lines at most, wherever it is by then. */
const KILL_LINES_MAX = 12;
/** After so many kills a life may run to its end. */
const KILLS_MAX = 12;

interface Life {
  readonly atMs: number;
  readonly isDone: boolean;
  readonly issued: ReadonlyMap<number, string>;
}

function oneLife(args: readonly string[], killAfterLines: number | null): Promise<Life> {
  const child = spawn(process.execPath, [LIFE, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes.toString('utf8');
    if (killAfterLines !== null && text.split('\n').length > killAfterLines) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.once('close', () => {
      const lines = text.split('\n').slice(0, -1);
      const issued = new Map<number, string>();
      let atMs = 0;
      for (const line of lines) {
        const [kind, first = '', hash = ''] = line.split(' ');
        if (kind === 'at') atMs = Number(first);
        if (kind === 'issued') issued.set(Number(first), hash);
      }
      resolve({ atMs, isDone: lines.at(-1) === 'done', issued });
    });
  });
}

test.each([11, 22, 33])(
  'killed while people shop (seed %i), the store settles everybody once',
  async (seed) => {
    const directory = mkdtempSync(join(tmpdir(), 'tillfree-store-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const faults = { ...NO_FAULTS, replyLost: 0.1, replyLate: 0.2, lateMs: 30 };
    const sandbox = new SandboxServer({ ...SANDBOX_DEFAULTS, seed, faults });
    const url = await sandbox.listen(0);
    onTestFinished(() => sandbox.close());
    const random = seededRandom(seed);
    const issued = new Map<number, string>();
    let fromMs = 0;
    let killCount = 0;
    for (let isDone = false; !isDone;) {
      const killAfterLines = killCount < KILLS_MAX ? 1 + random.below(KILL_LINES_MAX) : null;
      const life = await oneLife([directory, url, String(seed), String(fromMs)], killAfterLines);
      fromMs = Math.max(fromMs, life.atMs);
      for (const [position, hash] of life.issued) {
        expect(issued.get(position) ?? hash).toBe(hash);
        issued.set(position, hash);
      }
      isDone = life.isDone;
      if (!isDone) killCount++;
    }
    expect(killCount).toBeGreaterThan(2);
    const recording = busyStreet(seed);
    const store = { model: recording.store, books: booksOf(recording), knowledge: null };
    const fold = new StoreFold(store, streetSettings(recording));
    const log = await SqliteStoreLog.open({
      path: join(directory, 'store.db'),
      storeId: storeId('store-1'),
      writerId: 'auditor',
    });
    if (!log.ok) throw new Error(log.problem.what);
    const records = await log.value.read({ afterPosition: 0, limit: 100_000 });
    for (const { payload } of records) fold.take(JSON.parse(payload) as StoreRecord);
    await log.value.close();
    expect(fold.parties.openCount).toBe(0);
    const accounts = fold.money.accountIds().map((accountId) => fold.money.accountOf(accountId)!);
    expect(accounts.length).toBeGreaterThan(0);
    for (const { accountId, revisions } of accounts) {
      const holds = sandbox.model.holdsOf(accountId);
      const captured = holds.reduce((sum, hold) => sum + hold.capturedMinor, 0);
      expect(
        holds.reduce((sum, hold) => sum + hold.captureCount, 0),
        accountId,
      ).toBeLessThanOrEqual(1);
      expect(
        holds.filter(({ status }) => status === 'open'),
        accountId,
      ).toEqual([]);
      expect(captured, accountId).toBe(revisions.at(-1)?.content.sums.toPayMinor ?? 0);
    }
    let check = openChainCheck();
    const kept = accounts.flatMap(({ revisions }) => revisions).toSorted((a, b) => a.position - b.position);
    for (const revision of kept) {
      const checked = chainChecked(check, revision);
      expect(checked.problems).toEqual([]);
      check = checked.check;
    }
    for (const [position, hash] of issued) expect(kept[position - 1]?.hash).toBe(hash);
  },
  120_000,
);
