/**
 * Publishes what sensors say to any MQTT 3.1.1 broker. Observations are taken one at a time, and only while the broker
 * takes them: a slow broker slows the source, a broker that restarts is waited for. Samples and frames go out without
 * acknowledgement; everything else is sent until the broker has it, so it may come twice.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { mqttMessage } from '../../contract/index.ts';
import { deviceId } from '../../domain/index.ts';
import type { DataProblem, DeviceId, Observation, ObservationKind, StoreId } from '../../domain/index.ts';
import { BrokerLink, willOf } from './broker-link.ts';
import type { RetrySettings } from './broker-link.ts';
import { Gateway } from './gateway.ts';
import { shownUrlOf } from './shown-url.ts';

export interface MqttCredentials {
  readonly username: string;
  readonly password: string;
}

export interface MqttPublishOptions {
  /** `mqtt://host:1883`, or `mqtts://…` over TLS. */
  readonly url: string;
  readonly storeId: StoreId;
  readonly observations: AsyncIterable<Observation> | Iterable<Observation>;
  readonly credentials?: MqttCredentials | undefined;
  /** Hears of every observation that could not be published and of every connection that broke. */
  readonly report: (problem: DataProblem) => void;
  /** How this device calls itself in `health/{device}`; `gateway` where it is missing. */
  readonly gatewayId?: DeviceId | undefined;
  readonly retry?: RetrySettings | undefined;
  /**
   * Ends publishing early: a broker that is away or slow is waited for no longer. It is looked at between observations,
   * so a source that waits itself has to end by itself.
   */
  readonly stop?: AbortSignal | undefined;
}

export interface MqttPublished {
  /** Whether `stop` came before the end. */
  readonly isStopped: boolean;
  readonly publishedCounts: Readonly<Record<ObservationKind, number>>;
  readonly connectionCount: number;
  /** What was on its way when a connection broke, or when we were stopped: at most so many are lost. */
  readonly lostCountMax: number;
}

export const RETRY_SETTINGS: RetrySettings = { firstMs: 100, longestMs: 5000, budgetMs: 60_000 };

const KEEPALIVE_S = 5;
const CONNECT_MS_MAX = 5000;
/** MQTT.js counts its own pauses; ours grow, so its are as long as a timer can be. */
const NEVER_MS = 2 ** 31 - 1;
/** After this many observations the loop lets others have a turn. */
const OBSERVATIONS_PER_TURN = 32;

async function openLink(
  options: MqttPublishOptions,
  gateway: Gateway,
  shownUrl: string,
): Promise<BrokerLink> {
  const { connect } = await import('mqtt');
  const client = connect(options.url, {
    ...options.credentials,
    will: willOf(gateway.lastWill()),
    keepalive: KEEPALIVE_S,
    reschedulePings: false,
    connectTimeout: CONNECT_MS_MAX,
    reconnectPeriod: NEVER_MS,
    queueQoSZero: false,
  });
  return new BrokerLink(client, {
    shownUrl,
    retry: options.retry ?? RETRY_SETTINGS,
    report: options.report,
    lastWill: () => gateway.lastWill(),
    greeting: () => gateway.greeting(),
  });
}

async function publishAll(
  options: MqttPublishOptions,
  link: BrokerLink,
): Promise<MqttPublished['publishedCounts']> {
  const publishedCounts = { plates: 0, tracks: 0, gate: 0, tags: 0, cart: 0, health: 0 };
  let observationCount = 0;
  for await (const observation of options.observations) {
    if (link.isStopped) break;
    // Also where nothing can be published: an end is to be heard in any case.
    if (++observationCount % OBSERVATIONS_PER_TURN === 0) await nextTurn();
    const message = mqttMessage(options.storeId, observation);
    if (!message.ok) {
      options.report({
        code: 'MQTT_NOT_PUBLISHABLE',
        where: `${observation.source}:${observation.sequence}`,
        what: message.problem,
        remedy: 'Correct the observation at its source; it is not published.',
      });
      continue;
    }
    if (!(await link.room())) break;
    link.send(message.value);
    publishedCounts[observation.kind]++;
  }
  return publishedCounts;
}

/** Once the farewell is acknowledged the broker has read all that went before it. */
async function sayFarewell(link: BrokerLink, gateway: Gateway): Promise<void> {
  const mayBeSent = link.isStopped ? link.hasRoom() : await link.room();
  if (mayBeSent) link.send(gateway.farewell());
  const isHeard = mayBeSent && (await link.acknowledged());
  if (!isHeard) link.abandon();
}

/**
 * Publishes until the observations end and the broker has them all, or until it is stopped. Refuses where the address is
 * none, the broker refuses us, or it cannot be reached for as long as `retry` allows.
 */
export async function publishObservations(
  options: MqttPublishOptions,
): Promise<Result<MqttPublished, DataProblem>> {
  const shownUrl = shownUrlOf(options.url);
  if (shownUrl === null) {
    const remedy = 'Write the address as mqtt://host:1883, or mqtts://host:8883 for TLS.';
    return refused({ code: 'MQTT_URL', where: 'broker', what: 'the address names no MQTT broker', remedy });
  }
  const gateway = new Gateway(options.storeId, options.gatewayId ?? deviceId('gateway'));
  const link = await openLink(options, gateway, shownUrl);
  const stop = (): void => link.stop();
  options.stop?.addEventListener('abort', stop, { once: true });
  if (options.stop?.aborted) stop();
  try {
    const publishedCounts = await publishAll(options, link);
    await sayFarewell(link, gateway);
    const { failure, isStopped, connectionCount, lostCountMax } = link;
    return failure ? refused(failure) : ok({ isStopped, publishedCounts, connectionCount, lostCountMax });
  } finally {
    options.stop?.removeEventListener('abort', stop);
    await link.close();
  }
}
