/**
 * One life of a store's process, for a test that kills it: `node one-life.ts DIRECTORY PROCESSOR SEED FROM_MS`. It plays
 * the recording of the seed from a moment on and says, a line each, how far it is and what was issued.
 */
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { sandboxProcessor } from '../../src/adapters/payment-sandbox/index.ts';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { StoreProcess } from '../../src/app/store/index.ts';
import { storeId } from '../../src/domain/index.ts';
import { NO_FISCAL_DEVICE } from '../../src/receipts/index.ts';
import { booksOf } from '../parties/live-shop.ts';
import { busyStreet, payerOf, streetSettings } from './street.ts';

const [directory = '', url = '', seed = '', from = '0'] = process.argv.slice(2);
const recording = busyStreet(Number(seed));
const opened = await SqliteStoreLog.open({
  path: join(directory, 'store.db'),
  storeId: storeId('store-1'),
  writerId: `process-${process.pid}`,
});
if (!opened.ok) throw new Error(opened.problem.what);

let nowMs = Math.max(Number(from), recording.startsAtMs);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const entered: Parameters<typeof payerOf>[0][] = [];
const shop = await StoreProcess.open({
  log: opened.value,
  store: { model: recording.store, books: booksOf(recording), knowledge: null },
  settings: streetSettings(recording),
  processor: sandboxProcessor({ url, isIncremental: true, timeoutMs: 2000 }),
  fiscal: NO_FISCAL_DEVICE,
  nowMs: () => nowMs,
  told: ({ issued, shopEvents }) => {
    for (const { position, hash } of issued) say(`issued ${position} ${hash}`);
    for (const event of shopEvents) if (event.kind === 'visit-entered') entered.push(event.visit.visitId);
  },
  failed: (reason) => {
    throw reason;
  },
});

let heard = 0;
for (const observation of recording.observations()) {
  if (observation.receivedAtMs <= Number(from)) continue;
  nowMs = Math.max(nowMs, observation.receivedAtMs);
  while (!shop.hear(observation)) await setImmediate();
  for (const visitId of entered.splice(0))
    await shop.tell({ kind: 'payer', payer: payerOf(visitId), isDenied: false });
  if (++heard % 20 === 0) {
    say(`at ${observation.receivedAtMs}`);
    await setTimeout(5);
  }
}
say(`at ${recording.endsAtMs}`);
await shop.closeDay();
// Nobody waits for real minutes here: the clock goes on whenever nothing is on its way.
for (let wake = shop.wakeAtMs(); wake !== null; wake = shop.wakeAtMs()) {
  await setTimeout(20);
  nowMs = Math.max(nowMs, Math.min(wake, shop.wakeAtMs() ?? wake));
  await shop.tick();
}
await shop.end();
say('done');
