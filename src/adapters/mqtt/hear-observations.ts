/**
 * Hears what a store's sensors say, from any MQTT 3.1.1 broker. There is no queue here: a message is handed over before
 * the next one is read, so what piles up waits at the broker, within its own bounds. Where the shop cannot take a
 * message, a sample or frame is dropped and counted, for a late one is worth nothing; an event is offered again until it
 * is taken, and acknowledged only then. Nothing that a message holds can throw through.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { IPublishPacket, MqttClient } from 'mqtt';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { observationFromMqtt, storeTopicFilter } from '../../contract/index.ts';
import type { DataProblem, Observation, ObservationKind, StoreId } from '../../domain/index.ts';
import type { MqttCredentials } from './publish-observations.ts';
import { shownUrlOf } from './shown-url.ts';

export interface MqttHearOptions {
  readonly url: string;
  readonly storeId: StoreId;
  readonly credentials?: MqttCredentials | undefined;
  /** The name under which the broker keeps events while we are away; one process at a time has it. */
  readonly clientId: string;
  readonly nowMs: () => number;
  /** False where it cannot be taken now. */
  readonly take: (observation: Observation) => boolean;
  /** Hears of every message that is none, and of connections. */
  readonly report: (problem: DataProblem) => void;
  readonly retryPauseMs?: number;
}

export interface HeardCounters {
  readonly taken: Record<ObservationKind, number>;
  readonly dropped: Record<'plates' | 'tracks', number>;
  unreadable: number;
  retained: number;
  connections: number;
}

export interface Hearing {
  readonly counters: HeardCounters;
  close(): Promise<void>;
}

/** A frame of a hundred people or a second of a large fixture has some hundred kilobytes. */
const PAYLOAD_BYTES_MAX = 4 << 20;
const KEEPALIVE_S = 5;
const CONNECT_MS_MAX = 5000;
const RETRY_PAUSE_MS = 1000;
/** How long an event waits before it is offered again. */
const OFFER_PAUSE_MS = 20;
/** Lost samples are many: the kinds whose messages may be dropped. */
const STREAMS: ReadonlySet<ObservationKind> = new Set(['plates', 'tracks']);
const REFUSALS = new Set([1, 2, 4, 5]);

class Ear {
  readonly counters: HeardCounters = {
    taken: { plates: 0, tracks: 0, gate: 0, tags: 0, cart: 0, health: 0 },
    dropped: { plates: 0, tracks: 0 },
    unreadable: 0,
    retained: 0,
    connections: 0,
  };
  isClosed = false;
  private readonly options: MqttHearOptions;

  constructor(options: MqttHearOptions) {
    this.options = options;
  }

  /** Resolves when the message is dealt with; only then is it acknowledged. */
  async handle({ topic, payload, retain }: IPublishPacket): Promise<void> {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    if (bytes.length > PAYLOAD_BYTES_MAX) {
      this.refuse(topic, `the message has ${bytes.length} bytes`);
      return;
    }
    const read = observationFromMqtt(topic, bytes, this.options.nowMs());
    if (!read.ok) {
      this.refuse(topic, read.problem);
      return;
    }
    const observation = read.value;
    // The state of a device is kept by the broker; anything else that is kept is no news.
    if (retain && observation.kind !== 'health') {
      this.counters.retained++;
      this.options.report({
        code: 'MQTT_RETAINED',
        where: topic,
        what: 'an event was kept by the broker and came as if it were new; it is left out',
        remedy: 'Have the device publish it without the retain flag, and clear the topic.',
      });
      return;
    }
    await this.offer(observation);
  }

  private async offer(observation: Observation): Promise<void> {
    const { kind } = observation;
    while (!this.options.take(observation)) {
      if (STREAMS.has(kind) || this.isClosed) {
        if (kind === 'plates' || kind === 'tracks') this.counters.dropped[kind]++;
        return;
      }
      await delay(OFFER_PAUSE_MS);
    }
    this.counters.taken[kind]++;
  }

  private refuse(topic: string, what: string): void {
    this.counters.unreadable++;
    const remedy = 'Correct the device; docs/reference says what its messages look like.';
    this.options.report({ code: 'MQTT_MESSAGE', where: topic, what, remedy });
  }
}

/** Resolves once it is subscribed. A broker that does not answer is told once, and waited for without end. */
export async function hearObservations(options: MqttHearOptions): Promise<Result<Hearing, DataProblem>> {
  const shownUrl = shownUrlOf(options.url);
  if (shownUrl === null) {
    const remedy = 'Write the address as mqtt://host:1883, or mqtts://host:8883 for TLS.';
    return refused({ code: 'MQTT_URL', where: 'broker', what: 'the address names no MQTT broker', remedy });
  }
  const { connect } = await import('mqtt');
  const client = connect(options.url, {
    ...options.credentials,
    clientId: options.clientId,
    clean: false,
    keepalive: KEEPALIVE_S,
    reschedulePings: false,
    connectTimeout: CONNECT_MS_MAX,
    reconnectPeriod: options.retryPauseMs ?? RETRY_PAUSE_MS,
  });
  const ear = new Ear(options);
  const deal = async (packet: IPublishPacket, done: (error?: Error) => void): Promise<void> => {
    let failure: Error | undefined;
    try {
      await ear.handle(packet);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    done(failure);
  };
  client.handleMessage = (packet, done) => void deal(packet, done);
  const failure = await subscribed(client, { ear, options, shownUrl });
  if (failure !== null) {
    await client.endAsync(true);
    return refused(failure);
  }
  return ok({
    counters: ear.counters,
    close: async () => {
      ear.isClosed = true;
      await client.endAsync(!client.connected);
    },
  });
}

interface Subscribing {
  readonly ear: Ear;
  readonly options: MqttHearOptions;
  readonly shownUrl: string;
}

/** Null once we are subscribed; what is wrong where the broker refuses us. */
function subscribed(
  client: MqttClient,
  { ear, options, shownUrl }: Subscribing,
): Promise<DataProblem | null> {
  return new Promise((resolve) => {
    client.on('connect', () => {
      ear.counters.connections++;
      const { stream } = client;
      // Without this an acknowledgement waits some 30 ms for company.
      if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
      client.subscribe(storeTopicFilter(options.storeId), { qos: 1 }, (error, granted) => {
        const isGranted = error === null && (granted ?? []).every(({ qos }) => qos <= 2);
        resolve(isGranted ? null : refusal(shownUrl, 'it does not let us listen to the store'));
      });
    });
    let isTold = false;
    client.on('close', () => {
      if (ear.isClosed) return;
      if (ear.counters.connections === 0) {
        if (!isTold) options.report(unreachable(shownUrl));
        isTold = true;
        return;
      }
      options.report({
        code: 'MQTT_CONNECTION_LOST',
        where: shownUrl,
        what: 'the connection broke; samples and frames are missed until it is back, events are not',
        remedy: 'Nothing to do where the broker was restarted; else look at the network between.',
      });
    });
    client.on('error', (error: Error & { readonly code?: unknown }) => {
      if (typeof error.code === 'number' && REFUSALS.has(error.code))
        resolve(refusal(shownUrl, error.message));
    });
  });
}

function unreachable(shownUrl: string): DataProblem {
  return {
    code: 'MQTT_UNREACHABLE',
    where: shownUrl,
    what: 'nobody answers there; it is tried again until somebody does',
    remedy:
      'Check that the broker runs, that the address and port are right, and that no firewall is between.',
  };
}

function refusal(shownUrl: string, what: string): DataProblem {
  return {
    code: 'MQTT_REFUSED',
    where: shownUrl,
    what: `the broker refuses us: ${what}`,
    remedy: 'Check user name and password, and what the broker lets this user do.',
  };
}
