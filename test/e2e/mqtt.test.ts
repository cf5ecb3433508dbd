/** Observations over a real broker: what a subscriber decodes gives the receipts that the recording itself gives. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { publishObservations } from '../../src/adapters/mqtt/index.ts';
import type { MqttPublishOptions } from '../../src/adapters/mqtt/index.ts';
import { present } from '../../src/base/index.ts';
import { mqttMessage } from '../../src/contract/index.ts';
import { deviceId } from '../../src/domain/index.ts';
import type { DataProblem, Observation, PlateBatch, SourceId } from '../../src/domain/index.ts';
import { openShop } from '../../src/engine/index.ts';
import { busyShopScript, scriptedShop, scriptRecording, withDevices } from '../builders/index.ts';
import {
  aedesBroker,
  isMosquittoAbsent,
  mosquittoBroker,
  REASON_MOSQUITTO_ABSENT,
  Subscriber,
} from './brokers.ts';
import { runShop } from './run-shop.ts';

const store = scriptedShop({ seed: 5, fixtures: 2, shelvesPerFixture: 3, hasGate: true });
const { storeId } = store.layout;
const recording = scriptRecording(store, busyShopScript(store, 5), { seed: 5 });
const observations = [...withDevices(recording.observations())];
const retry = { firstMs: 10, longestMs: 100, budgetMs: 20_000 };

const keyOf = ({ source, sequence }: Observation): string => `${source}:${sequence}`;
const originals = new Map(observations.map((observation) => [keyOf(observation), observation]));

/** What was heard, each once, received when the recording received it; the publisher's own health apart. */
function asRecorded(heard: readonly Observation[]): Observation[] {
  const byKey = new Map(heard.map((observation) => [keyOf(observation), observation]));
  return [...byKey]
    .flatMap(([key, observation]) => {
      const original = originals.get(key);
      return original ? [{ ...observation, receivedAtMs: original.receivedAtMs }] : [];
    })
    .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}

function publish(url: string, more: Partial<MqttPublishOptions> = {}) {
  const problems: DataProblem[] = [];
  const report = (problem: DataProblem): void => void problems.push(problem);
  const published = publishObservations({ url, storeId, observations, report, retry, ...more });
  return published.then((result) => ({ result, problems }));
}

/** As a broker in this process tells what it read. */
function textOf(observation: Observation): string {
  const message = mqttMessage(storeId, observation);
  return message.ok ? `${message.value.topic} ${Buffer.from(message.value.payload).toString('base64')}` : '';
}

const isStream = ({ kind }: Observation): boolean => kind === 'plates' || kind === 'tracks';
const isFarewell = (observation: Observation | undefined): boolean =>
  observation?.kind === 'health' && observation.note === 'publishing ended';

const BROKERS = [
  { name: 'aedes', start: aedesBroker, skipReason: null },
  {
    name: 'mosquitto',
    start: mosquittoBroker,
    skipReason: isMosquittoAbsent ? REASON_MOSQUITTO_ABSENT : null,
  },
];

describe.each(BROKERS)('$name', ({ start, skipReason }) => {
  test('the receipts are those of the recording itself', async ({ skip }) => {
    skip(skipReason !== null, skipReason ?? '');
    const broker = await start();
    const subscriber = await Subscriber.to(broker.url, storeId);
    const { result, problems } = await publish(broker.url);
    await subscriber.until(
      () => subscriber.heard.some(isFarewell) && asRecorded(subscriber.heard).length === observations.length,
    );
    expect({ problems, refused: subscriber.refused }).toEqual({ problems: [], refused: [] });
    expect(result).toMatchObject({ ok: true, value: { connectionCount: 1, lostCountMax: 0 } });
    const direct = runShop(openShop(store), observations);
    const distant = runShop(openShop(store), asRecorded(subscriber.heard));
    expect(direct.receipts).toHaveLength(4);
    expect(distant.receipts).toEqual(direct.receipts);
    expect(distant.shop.heardCounts).toEqual(direct.shop.heardCounts);
  });

  test('a broker that is killed and comes back costs what was on its way, and that is counted', async ({
    skip,
  }) => {
    skip(skipReason !== null, skipReason ?? '');
    const broker = await start();
    const subscriber = await Subscriber.to(broker.url, storeId);
    const half = Math.floor(observations.length / 2);
    const withOutage = async function* (): AsyncGenerator<Observation> {
      yield* observations.slice(0, half);
      const { connectionCount } = subscriber;
      await broker.kill();
      await broker.restart();
      await subscriber.listensAfter(connectionCount);
      yield* observations.slice(half);
    };
    const { result, problems } = await publish(broker.url, { observations: withOutage() });
    await subscriber.until(() => subscriber.heard.some(isFarewell));
    const { connectionCount, lostCountMax } = present(result.ok ? result.value : null, 'NOT_PUBLISHED');
    expect(connectionCount).toBe(2);
    expect(problems.map(({ code }) => code)).toEqual(['MQTT_CONNECTION_LOST']);
    // Of what is missing, some the broker had read and was about to hand on: that is not the publisher's to know.
    const unread = observations.filter((each) => broker.read && !broker.read.has(textOf(each)));
    expect(unread.length).toBeLessThanOrEqual(lostCountMax);
    expect(unread.filter((each) => !isStream(each))).toEqual([]);
    // The shop counts what it misses of samples and frames; events may still be on their way to it.
    const heard = asRecorded(subscriber.heard).filter(isStream);
    const run = runShop(openShop(store), heard);
    // What a source lost at its very end nothing later tells of.
    const lastHeard = new Map<SourceId, number>();
    for (const { source, sequence } of heard)
      lastHeard.set(source, Math.max(sequence, lastHeard.get(source) ?? -1));
    const tellable = observations.filter(
      (each) => isStream(each) && each.sequence <= (lastHeard.get(each.source) ?? -1),
    );
    expect(run.shop.door.counts.get('MESSAGES_MISSING') ?? 0).toBe(tellable.length - heard.length);
  });
});

test('the device says that it is there, and the broker that it is gone', async () => {
  const broker = await aedesBroker();
  const subscriber = await Subscriber.to(broker.url, storeId);
  const states = (): string[] =>
    subscriber.heard.flatMap((each) =>
      each.kind === 'health' && each.source === 'health/gate way' ? [`${each.state} ${each.sequence}`] : [],
    );
  const source = async function* (): AsyncGenerator<Observation> {
    yield observations[0]!;
    await subscriber.until(() => states().length === 1);
    [...broker.sockets!].at(-1)!.destroy();
    await subscriber.until(() => states().length === 3);
    yield observations[1]!;
  };
  await publish(broker.url, { observations: source(), gatewayId: deviceId('gate way') });
  await subscriber.until(() => subscriber.heard.some(isFarewell));
  expect(states()).toEqual(['online 0', 'offline 1', 'online 2', 'offline 3']);
  const late = await Subscriber.to(broker.url, storeId);
  await late.until(() => late.heard.length > 0);
  expect(late.heard.filter(({ kind }) => kind !== 'health')).toEqual([]);
});

describe('what keeps us from publishing is said with a remedy', () => {
  test.each(['nonsense', 'http://localhost', 'mqtt://'])('the address %s', async (url) => {
    const { result } = await publish(url);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'MQTT_URL', remedy: expect.stringContaining('mqtt://') },
    });
  });

  test('a broker that is not there', async () => {
    const broker = await aedesBroker();
    await broker.kill();
    const url = broker.url.replace('mqtt://', 'mqtt://user:secret@');
    const { result } = await publish(url, { retry: { firstMs: 1, longestMs: 10, budgetMs: 50 } });
    expect(result).toMatchObject({ ok: false, problem: { code: 'MQTT_UNREACHABLE', where: broker.url } });
    expect(JSON.stringify(result)).toContain('ECONNREFUSED');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  test('a broker that does not know us', async () => {
    const broker = await aedesBroker('right');
    const wrong = await publish(broker.url, { credentials: { username: 'u', password: 'wrong' } });
    expect(wrong.result).toMatchObject({ ok: false, problem: { code: 'MQTT_REFUSED' } });
    const some = observations.slice(0, 20);
    const right = await publish(broker.url, {
      observations: some,
      credentials: { username: 'u', password: 'right' },
    });
    expect(right.result).toMatchObject({ ok: true, value: { connectionCount: 1 } });
  });

  test('an observation that cannot be a message is left out', async () => {
    const broker = await aedesBroker();
    const batch = present(
      observations.find(({ kind }) => kind === 'plates'),
      'NO_BATCH',
    ) as PlateBatch;
    const { result, problems } = await publish(broker.url, {
      observations: [{ ...batch, rateHz: Number.NaN }, batch],
    });
    expect(problems).toMatchObject([{ code: 'MQTT_NOT_PUBLISHABLE', where: 'plates/1:0' }]);
    expect(result).toMatchObject({ ok: true, value: { publishedCounts: { plates: 1 } } });
  });
});

test('a broker that reads slowly slows the source: nothing piles up', async () => {
  const batch = present(
    observations.find(({ kind }) => kind === 'plates'),
    'NO_BATCH',
  ) as PlateBatch;
  const large = { ...batch, sampleCount: 1000, samplesGrams: new Float32Array(72_000) };
  const largeBytes = large.samplesGrams.byteLength;
  let readBytes = 0;
  const server = createServer((socket) => {
    socket.once('data', () => {
      // The answer to CONNECT; from then on one chunk a turn, and never an acknowledgement.
      socket.write(Buffer.from([0x20, 2, 0, 0]));
      socket.on('data', (chunk) => {
        readBytes += chunk.length;
        socket.pause();
        setImmediate(() => socket.resume());
      });
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let outstandingMax = 0;
  const source = function* (): Generator<Observation> {
    for (let sequence = 0; sequence < 300; sequence++) {
      outstandingMax = Math.max(outstandingMax, sequence * largeBytes - readBytes);
      yield { ...large, sequence };
    }
    server.close();
    throw new Error('the source ends');
  };
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(publish(url, { observations: source() })).rejects.toThrow('the source ends');
  // 86 MB were sent; what is under way is our megabyte and what the kernel buffers.
  expect(outstandingMax).toBeLessThan(20_000_000);
});
