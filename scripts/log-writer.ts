/**
 * Appends numbered batches to a log and says each that was acknowledged, until it is killed: the process that the tests
 * of a store's log kill and cut off from power. `--unsynced FILE` also writes the numbers to a file that nobody syncs.
 */
import { appendFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PostgresStoreLog } from '../src/adapters/store-log-postgres/index.ts';
import { SqliteStoreLog } from '../src/adapters/store-log-sqlite/index.ts';
import { storeId } from '../src/domain/index.ts';
import { numberedBatch, readNumbered, SNAPSHOT_EVERY, snapshotAt } from '../test/sim/store-log/index.ts';

/** Appends on their way at once, so that commits hold one batch or several. */
const LANES = 4;
const STDOUT = 1;

const { values } = parseArgs({
  options: {
    sqlite: { type: 'string' },
    postgres: { type: 'string' },
    unsynced: { type: 'string' },
  },
});

const writer = { storeId: storeId('store-1'), writerId: `process-${process.pid}` };
const opened =
  values.postgres === undefined
    ? await SqliteStoreLog.open({ ...writer, path: values.sqlite ?? '' })
    : await PostgresStoreLog.open({ ...writer, url: values.postgres });
if (!opened.ok) throw new Error(opened.problem.what);
const log = opened.value;

const lastPosition = await log.lastPosition();
const lastRecords = lastPosition === 0 ? [] : await log.read({ afterPosition: lastPosition - 1, limit: 1 });
let lastNumber = lastRecords.map(readNumbered).at(-1)?.number ?? 0;

async function writeOn(): Promise<never> {
  for (;;) {
    const number = ++lastNumber;
    const { firstPosition } = await log.append(numberedBatch(number));
    writeSync(STDOUT, `${number} ${firstPosition}\n`);
    if (values.unsynced !== undefined) appendFileSync(values.unsynced, `${number}\n`);
    if (number % SNAPSHOT_EVERY === 0) await log.saveSnapshot(snapshotAt(firstPosition));
  }
}

await Promise.all(Array.from({ length: LANES }, writeOn));
