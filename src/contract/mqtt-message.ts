/**
 * Observations on a broker: plates in compact binary, everything else as the JSON of recordings. A subscriber needs
 * `observationFromMqtt` and nothing more. Nothing that happened is retained: who subscribes later must not take it for
 * news. What a device is, online or not, is a state, and is.
 */
import { epochMs, ok, refused } from '../base/index.ts';
import type { EpochMs, Result } from '../base/index.ts';
import { fixtureId } from '../domain/index.ts';
import type { Observation, ObservationKind, StoreId } from '../domain/index.ts';
import { isWritable } from './finite-numbers.ts';
import { observationFromJson, observationText } from './observation-messages.ts';
import { decodePlateMessage, encodePlateMessage } from './plate-message.ts';
import { parseTopic, subjectOf, topicOf } from './topics.ts';
import type { ReadTopic } from './topics.ts';

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1;
  readonly isRetained: boolean;
}

type Delivery = Pick<MqttMessage, 'qos' | 'isRetained'>;
const STREAM: Delivery = { qos: 0, isRetained: false };
const EVENT: Delivery = { qos: 1, isRetained: false };

/** A sample that comes late is worth nothing, a crossing that is lost costs a shopper fifteen seconds. */
const DELIVERIES: Readonly<Record<ObservationKind, Delivery>> = {
  plates: STREAM,
  tracks: STREAM,
  gate: EVENT,
  tags: EVENT,
  cart: EVENT,
  health: { qos: 1, isRetained: true },
};

const UTF8 = { encode: new TextEncoder(), decode: new TextDecoder('utf-8', { fatal: true }) };

/** The topic filter of everything that a store's sensors say. */
export function storeTopicFilter(store: StoreId): string {
  return `tillfree/${encodeURIComponent(store.toWellFormed())}/#`;
}

/** The message of an observation, or why there can be none. */
export function mqttMessage(store: StoreId, observation: Observation): Result<MqttMessage, string> {
  if (!isWritable(observation)) return refused('the observation has a number that is not finite');
  const about = { topic: topicOf(store, observation), ...DELIVERIES[observation.kind] };
  if (observation.kind !== 'plates')
    return ok({ ...about, payload: UTF8.encode.encode(observationText(observation)) });
  const encoded = encodePlateMessage(observation);
  return encoded.ok ? ok({ ...about, payload: encoded.value }) : encoded;
}

/** The observation of a message that arrived at `receivedAtMs` by our clock; where it is none, what is wrong with it. */
export function observationFromMqtt(
  topic: string,
  payload: Uint8Array,
  receivedAtMs: number,
): Result<Observation, string> {
  const read = parseTopic(topic);
  if (!read.ok) return read;
  const { kind, source, subject } = read.value;
  if (kind !== 'plates') return fromJson(read.value, payload, epochMs(receivedAtMs));
  const setting = { fixtureId: fixtureId(subject ?? ''), source, receivedAtMs: epochMs(receivedAtMs) };
  return decodePlateMessage(payload, setting);
}

function fromJson(topic: ReadTopic, payload: Uint8Array, receivedAtMs: EpochMs): Result<Observation, string> {
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode.decode(payload));
  } catch {
    return refused('the message is not JSON in UTF-8');
  }
  if (typeof value !== 'object' || value === null) return refused('the message is no JSON object');
  // A sensor need not repeat what its topic says, and cannot know when its message arrives.
  const observation = observationFromJson(topic.kind, { source: topic.source, ...value, receivedAtMs });
  if (!observation.ok) return observation;
  const about = subjectOf(observation.value)?.toWellFormed() ?? null;
  if (about === topic.subject) return observation;
  return refused(`the message is about ${about}, its topic about ${topic.subject}`);
}
