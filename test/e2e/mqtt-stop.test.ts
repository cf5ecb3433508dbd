/**
 * Publishing that somebody stops. Nobody but the stop ends these: the source has no end, and the broker is waited for far
 * longer than a test may take.
 */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { publishObservations } from '../../src/adapters/mqtt/index.ts';
import type { MqttPublished, MqttPublishOptions } from '../../src/adapters/mqtt/index.ts';
import { epochMs } from '../../src/base/index.ts';
import { fixtureId, sourceId, storeId } from '../../src/domain/index.ts';
import type { DataProblem, Observation } from '../../src/domain/index.ts';
import { aedesBroker, Subscriber } from './brokers.ts';

const STORE = storeId('stopped');
const FOREVER_MS = 1e9;
const FOREVER = { firstMs: FOREVER_MS, longestMs: FOREVER_MS, budgetMs: FOREVER_MS };
const START = epochMs(1_700_000_000_000);
/** 40 KB a message. */
const SAMPLES = 10_000;

/** Batches without end; `then` is called once, after so many. */
function* endless(atCount: number, then: () => void, rateHz = 60): Generator<Observation> {
  for (let sequence = 0; ; sequence++) {
    if (sequence === atCount) then();
    yield {
      kind: 'plates',
      source: sourceId('plates/1'),
      sequence,
      observedAtMs: START,
      receivedAtMs: START,
      fixtureId: fixtureId('1'),
      rateHz,
      sampleCount: SAMPLES,
      samplesGrams: new Float32Array(SAMPLES),
    };
  }
}

async function stopped(
  url: string,
  options: Pick<MqttPublishOptions, 'observations' | 'stop'>,
): Promise<{ readonly published: MqttPublished; readonly codes: readonly string[] }> {
  const codes: string[] = [];
  const report = ({ code }: DataProblem): void => void codes.push(code);
  const result = await publishObservations({ url, storeId: STORE, report, retry: FOREVER, ...options });
  if (!result.ok) throw new Error(result.problem.what);
  return { published: result.value, codes };
}

/** Enough for the socket to be full: the system takes some megabytes, as fast as we can write them. */
async function afterTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

/** Says yes to whoever connects, and then nothing any more; `reads` says whether it at least reads on. */
async function muteBroker({ reads }: { readonly reads: boolean }): Promise<string> {
  const server = createServer((socket) => {
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.from([0x20, 2, 0, 0]));
      if (reads) socket.resume();
      else socket.pause();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('while the broker is away it ends, and nothing was published', async () => {
  const broker = await aedesBroker();
  await broker.kill();
  const controller = new AbortController();
  const { published } = await stopped(broker.url, {
    observations: endless(0, () => void nextTurn().then(() => controller.abort())),
    stop: controller.signal,
  });
  expect(published).toMatchObject({ isStopped: true, connectionCount: 0, lostCountMax: 0 });
  expect(published.publishedCounts.plates).toBe(0);
});

test('while the broker is away again it ends, and says what may be lost', async () => {
  const broker = await aedesBroker();
  const controller = new AbortController();
  const { published, codes } = await stopped(broker.url, {
    observations: endless(3, () => {
      void broker
        .kill()
        .then(() => nextTurn())
        .then(() => controller.abort());
    }),
    stop: controller.signal,
  });
  expect(published).toMatchObject({ isStopped: true, connectionCount: 1 });
  expect(published.publishedCounts.plates).toBeGreaterThanOrEqual(3);
  expect(published.lostCountMax).toBeGreaterThan(0);
  expect(codes.every((code) => code === 'MQTT_CONNECTION_LOST')).toBe(true);
});

test.each([{ reads: false }, { reads: true }])('while the broker says nothing it ends: %o', async (mute) => {
  const controller = new AbortController();
  const { published } = await stopped(await muteBroker(mute), {
    observations: endless(3, () => void afterTurns(1000).then(() => controller.abort())),
    stop: controller.signal,
  });
  expect(published.isStopped).toBe(true);
  // The broker has confirmed nothing, so all of it is in doubt.
  expect(published.lostCountMax).toBeGreaterThanOrEqual(published.publishedCounts.plates);
});

test('where the broker answers, what was published is there when it ends', async () => {
  const broker = await aedesBroker();
  const subscriber = await Subscriber.to(broker.url, STORE);
  const controller = new AbortController();
  const { published, codes } = await stopped(broker.url, {
    observations: endless(5, () => controller.abort()),
    stop: controller.signal,
  });
  expect(codes).toEqual([]);
  expect(published).toMatchObject({ isStopped: true, lostCountMax: 0, publishedCounts: { plates: 5 } });
  await subscriber.until(() =>
    subscriber.heard.some(({ kind, sequence }) => kind === 'health' && sequence === 1),
  );
  expect(subscriber.heard.filter(({ kind }) => kind === 'plates')).toHaveLength(5);
});

test('where nothing can be published a stop is heard too', async () => {
  const broker = await aedesBroker();
  const controller = new AbortController();
  const observations = endless(3, () => void nextTurn().then(() => controller.abort()), Number.NaN);
  const { published, codes } = await stopped(broker.url, { observations, stop: controller.signal });
  expect(published).toMatchObject({ isStopped: true, publishedCounts: { plates: 0 } });
  expect(new Set(codes)).toEqual(new Set(['MQTT_NOT_PUBLISHABLE']));
});

test('what is stopped before it begins publishes nothing', async () => {
  const broker = await aedesBroker();
  const { published } = await stopped(broker.url, {
    observations: endless(0, () => undefined),
    stop: AbortSignal.abort(),
  });
  expect(published).toMatchObject({ isStopped: true, publishedCounts: { plates: 0 } });
});
