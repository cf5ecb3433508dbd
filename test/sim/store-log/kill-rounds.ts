/** A writer is killed in the midst of its work, the log is opened and checked, and the next writer goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../../src/base/index.ts';
import type { Result } from '../../../src/base/index.ts';
import type { StoreLog, StoreLogProblem } from '../../../src/engine/index.ts';
import { checkLog, NOTHING_CHECKED } from './check-log.ts';
import { LogWriter } from './log-writer.ts';

/** One of so many is killed wherever it is while it starts. */
const EARLY_ONE_OF = 5;
const EARLY_MS_MAX = 300;
const ACKNOWLEDGED_MAX = 60;
const LATE_MS_MAX = 6;

export interface KilledLog {
  /** What tells the writer's script which log it is. */
  readonly options: readonly string[];
  open(): Promise<Result<StoreLog, StoreLogProblem>>;
}

export interface KillRounds {
  readonly found: readonly string[];
  readonly batchCount: number;
  readonly acknowledgedCount: number;
}

/** Ends at the first round in which something is wrong. */
export async function killRounds(
  killed: KilledLog,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Promise<KillRounds> {
  const random = seededRandom(seed);
  let acknowledgedCount = 0;
  let checked = NOTHING_CHECKED;
  for (let round = 1; round <= rounds; round++) {
    const writer = new LogWriter(killed.options);
    const isEarly = random.below(EARLY_ONE_OF) === 0;
    if (!isEarly) await writer.says(1 + random.below(ACKNOWLEDGED_MAX));
    await delay(random.uniform() * (isEarly ? EARLY_MS_MAX : LATE_MS_MAX));
    const acknowledged = await writer.kill();
    acknowledgedCount += acknowledged.length;
    const opened = await killed.open();
    if (!opened.ok) return { found: [opened.problem.what], batchCount: checked.number, acknowledgedCount };
    const after = await checkLog(opened.value, acknowledged, checked);
    await opened.value.close();
    ({ checked } = after);
    const found = after.found.map((what) => `seed ${seed}, round ${round}: ${what}`);
    if (found.length > 0) return { found, batchCount: checked.number, acknowledgedCount };
  }
  return { found: [], batchCount: checked.number, acknowledgedCount };
}
