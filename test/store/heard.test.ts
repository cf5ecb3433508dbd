/** From sensors on a broker to charged receipts: a shop's process over MQTT, with a real log and a real processor. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hearObservations, publishObservations } from '../../src/adapters/mqtt/index.ts';
import type { Hearing, MqttHearOptions } from '../../src/adapters/mqtt/index.ts';
import {
  SANDBOX_DEFAULTS,
  sandboxProcessor,
  SandboxServer,
} from '../../src/adapters/payment-sandbox/index.ts';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { StoreProcess } from '../../src/app/store/index.ts';
import { storeId } from '../../src/domain/index.ts';
import type { DataProblem, Observation, VisitId } from '../../src/domain/index.ts';
import { NO_FISCAL_DEVICE } from '../../src/receipts/index.ts';
import type { ReceiptRevision } from '../../src/receipts/index.ts';
import { aedesBroker, isMosquittoAbsent, mosquittoBroker, REASON_MOSQUITTO_ABSENT } from '../e2e/brokers.ts';
import { booksOf } from '../parties/live-shop.ts';
import { busyStreet, payerOf, streetSettings } from './street.ts';

const recording = busyStreet(11);
const { storeId: store } = recording.store.layout;
const retry = { firstMs: 10, longestMs: 100, budgetMs: 20_000 };

const BROKERS = [
  { name: 'aedes', start: aedesBroker, skipReason: null },
  {
    name: 'mosquitto',
    start: mosquittoBroker,
    skipReason: isMosquittoAbsent ? REASON_MOSQUITTO_ABSENT : null,
  },
];

async function hearing(
  url: string,
  options: Pick<MqttHearOptions, 'take'> & Partial<MqttHearOptions>,
): Promise<{ readonly hearing: Hearing; readonly problems: DataProblem[] }> {
  const problems: DataProblem[] = [];
  const heard = await hearObservations({
    url,
    storeId: store,
    clientId: 'shop',
    nowMs: () => recording.endsAtMs,
    report: (problem) => void problems.push(problem),
    retryPauseMs: 20,
    ...options,
  });
  if (!heard.ok) throw new Error(heard.problem.what);
  onTestFinished(() => heard.value.close());
  return { hearing: heard.value, problems };
}

interface OpenedShop {
  readonly shop: StoreProcess;
  readonly sandbox: SandboxServer;
  readonly issued: ReceiptRevision[];
  readonly clock: { nowMs: number };
  /** Whoever has come in since shows a card. */
  readonly paidAtDoor: () => void;
}

async function openedShop(): Promise<OpenedShop> {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-heard-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const sandbox = new SandboxServer(SANDBOX_DEFAULTS);
  const url = await sandbox.listen(0);
  onTestFinished(() => sandbox.close());
  const path = join(directory, 'store.db');
  const log = await SqliteStoreLog.open({ path, storeId: storeId('store-1'), writerId: 'shop' });
  if (!log.ok) throw new Error(log.problem.what);
  const clock = { nowMs: recording.startsAtMs as number };
  const issued: ReceiptRevision[] = [];
  const entered: VisitId[] = [];
  const shop = await StoreProcess.open({
    log: log.value,
    store: { model: recording.store, books: booksOf(recording), knowledge: null },
    settings: streetSettings(recording),
    processor: sandboxProcessor({ url, isIncremental: true, timeoutMs: 2000 }),
    fiscal: NO_FISCAL_DEVICE,
    nowMs: () => clock.nowMs,
    told: (step) => {
      issued.push(...step.issued);
      for (const event of step.shopEvents)
        if (event.kind === 'visit-entered') entered.push(event.visit.visitId);
    },
    failed: (reason) => {
      throw reason;
    },
  });
  onTestFinished(() => shop.end());
  const paidAtDoor = (): void => {
    for (const visitId of entered.splice(0))
      void shop.tell({ kind: 'payer', payer: payerOf(visitId), isDenied: false });
  };
  return { shop, sandbox, issued, clock, paidAtDoor };
}

/** Resolves once it is so; a test that waits for ever is ended by its own limit. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}

describe.each(BROKERS)('over $name', ({ start, skipReason }) => {
  test('people who shop are charged what their receipts say', async ({ skip }) => {
    skip(skipReason !== null, skipReason ?? '');
    const { shop, sandbox, issued, clock, paidAtDoor } = await openedShop();
    const broker = await start();
    // Messages come faster than they happened; each counts as received when it was.
    const receivedAtMs = new Map(
      [...recording.observations()].map((each) => [`${each.source}:${each.sequence}`, each.receivedAtMs]),
    );
    const take = (observation: Observation): boolean => {
      const atMs = receivedAtMs.get(`${observation.source}:${observation.sequence}`);
      if (atMs === undefined) return true;
      clock.nowMs = Math.max(clock.nowMs, atMs);
      const isTaken = shop.hear({ ...observation, receivedAtMs: atMs });
      paidAtDoor();
      return isTaken;
    };
    const { hearing: heard, problems } = await hearing(broker.url, { take });
    const published = await publishObservations({
      url: broker.url,
      storeId: store,
      observations: recording.observations(),
      report: () => undefined,
      retry,
    });
    if (!published.ok) throw new Error(published.problem.what);
    const { plates, tracks } = published.value.publishedCounts;
    await until(() => heard.counters.taken.plates === plates && heard.counters.taken.tracks === tracks);
    await shop.closeDay();
    // Whoever is asked does not answer here, and the clock stands still unless it is moved.
    for (let wake = shop.wakeAtMs(); wake !== null; wake = shop.wakeAtMs()) {
      await delay(20);
      clock.nowMs = Math.max(clock.nowMs, Math.min(wake, shop.wakeAtMs() ?? wake));
      await shop.tick();
    }
    expect(problems).toEqual([]);
    expect(issued.length).toBeGreaterThan(1);
    for (const { content } of issued) {
      const holds = sandbox.model.holdsOf(content.paymentId);
      expect(holds.reduce((sum, hold) => sum + hold.capturedMinor, 0)).toBe(content.sums.toPayMinor);
    }
  });
});

const TOPIC = `tillfree/${store}/gates/door`;

test('what is kept by the broker is no news, what cannot be read is counted, and neither stops anything', async () => {
  const broker = await aedesBroker();
  const device = await connectAsync(broker.url);
  onTestFinished(() => device.endAsync(true));
  await device.publishAsync(`${TOPIC}/door`, '{"old":true}', { qos: 1, retain: true });
  const taken: Observation[] = [];
  const { hearing: heard, problems } = await hearing(broker.url, {
    take: (observation) => {
      taken.push(observation);
      return true;
    },
  });
  const garbage = ['', '{', 'null', '[]', '{"kind":1}', '\u0000', 'x'.repeat(5000)];
  for (const text of garbage) await device.publishAsync(`${TOPIC}/door`, text, { qos: 1 });
  await device.publishAsync(`tillfree/${store}/nothing/of/the/kind`, '{}', { qos: 1 });
  await until(() => heard.counters.unreadable >= garbage.length);
  expect(taken).toEqual([]);
  expect(problems.length).toBe(heard.counters.unreadable + heard.counters.retained);
  for (const { code, where, remedy } of problems) {
    expect(['MQTT_MESSAGE', 'MQTT_RETAINED']).toContain(code);
    expect(where).toContain('tillfree/');
    expect(remedy).toMatch(/\.$/);
  }
});

test('a shop that cannot keep up loses frames, counted, but no event', async () => {
  const broker = await aedesBroker();
  let busy = 40;
  const taken: Observation[] = [];
  const { hearing: heard } = await hearing(broker.url, {
    take: (observation) => {
      if (busy-- > 0) return false;
      taken.push(observation);
      return true;
    },
  });
  const frames = [...recording.observations()].filter(({ kind }) => kind === 'tracks').slice(0, 60);
  const device = await connectAsync(broker.url);
  onTestFinished(() => device.endAsync(true));
  const published = await publishObservations({
    url: broker.url,
    storeId: store,
    observations: frames,
    report: () => undefined,
    retry,
  });
  expect(published.ok).toBe(true);
  await until(() => heard.counters.taken.tracks + heard.counters.dropped.tracks === frames.length);
  expect(heard.counters.dropped.tracks).toBeGreaterThan(0);
  // Being online is said with acknowledgement: it waits until it is taken.
  expect(heard.counters.taken.health).toBeGreaterThan(0);
});

test('a broker that restarts is waited for, and what was said meanwhile with acknowledgement is heard', async () => {
  const broker = await aedesBroker();
  const taken: Observation[] = [];
  const { hearing: heard, problems } = await hearing(broker.url, {
    take: (observation) => {
      taken.push(observation);
      return true;
    },
  });
  await broker.kill();
  await broker.restart();
  await until(() => heard.counters.connections >= 2);
  const published = await publishObservations({
    url: broker.url,
    storeId: store,
    observations: [...recording.observations()].slice(0, 20),
    report: () => undefined,
    retry,
  });
  expect(published.ok).toBe(true);
  await until(() => taken.filter(({ kind }) => kind !== 'health').length === 20);
  expect(problems.map(({ code }) => code)).toContain('MQTT_CONNECTION_LOST');
});

test('a broker that is not there yet is told once, and heard when it comes; a wrong password is refused', async () => {
  const broker = await aedesBroker('secret');
  await broker.kill();
  const problems: DataProblem[] = [];
  const options: MqttHearOptions = {
    url: broker.url,
    storeId: store,
    clientId: 'shop',
    credentials: { username: 'shop', password: 'secret' },
    nowMs: () => recording.endsAtMs,
    take: () => true,
    report: (problem) => void problems.push(problem),
    retryPauseMs: 10,
  };
  const waiting = hearObservations(options);
  await until(() => problems.length > 0);
  await delay(60);
  expect(problems.map(({ code }) => code)).toEqual(['MQTT_UNREACHABLE']);
  await broker.restart();
  const heard = await waiting;
  expect(heard.ok).toBe(true);
  if (heard.ok) await heard.value.close();
  const wrong = { ...options, credentials: { username: 'shop', password: 'guess' } };
  expect(await hearObservations(wrong)).toMatchObject({ ok: false, problem: { code: 'MQTT_REFUSED' } });
});

test('an address that is none is refused', async () => {
  const heard = await hearObservations({
    url: 'http://127.0.0.1:1',
    storeId: store,
    clientId: 'shop',
    nowMs: () => 0,
    take: () => true,
    report: () => undefined,
  });
  expect(heard).toMatchObject({ ok: false, problem: { code: 'MQTT_URL' } });
});
