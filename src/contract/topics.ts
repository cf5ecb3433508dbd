/**
 * Topics, the same on a broker and in a recording: `tillfree/{store}/plates/{fixture}`, `…/tracks`, `…/gates/{gate}`,
 * `…/tags/{reader}`, `…/carts/{cart}/weight`, `…/health/{device}`, and below it the source where that has a name of
 * its own. Characters that mean something in a topic are written as in a URL.
 */
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { isIdText, sourceId, storeId } from '../domain/index.ts';
import type { Observation, ObservationByKind, ObservationKind, SourceId, StoreId } from '../domain/index.ts';

const ROOT = 'tillfree';

interface TopicForm<Observed> {
  /** The word behind the store. */
  readonly word: string;
  /** What the message is about; null where there is one such thing in a store. */
  readonly subject: (observation: Observed) => string | null;
  /** Words behind the subject. */
  readonly tail: readonly string[];
}

const FORMS: { readonly [Kind in ObservationKind]: TopicForm<ObservationByKind[Kind]> } = {
  plates: { word: 'plates', subject: (batch) => batch.fixtureId, tail: [] },
  tracks: { word: 'tracks', subject: () => null, tail: [] },
  gate: { word: 'gates', subject: (crossing) => crossing.gateId, tail: [] },
  tags: { word: 'tags', subject: (told) => told.readerId, tail: [] },
  cart: { word: 'carts', subject: (told) => told.cartId, tail: ['weight'] },
  health: { word: 'health', subject: (told) => told.deviceId, tail: [] },
};

function subjectByKind<Kind extends ObservationKind>(
  kind: Kind,
  observation: ObservationByKind[Kind],
): string | null {
  return FORMS[kind].subject(observation);
}

/** The fixture, gate, reader, cart or device that the observation is about; null for tracks. */
export function subjectOf(observation: Observation): string | null {
  return subjectByKind(observation.kind, observation);
}

function placeOf(observation: Observation): string[] {
  const { word, tail } = FORMS[observation.kind];
  const about = subjectOf(observation);
  return [word, ...(about === null ? [] : [about]), ...tail];
}

const written = (word: string): string => encodeURIComponent(word.toWellFormed());

/** The topic of an observation of `store`. */
export function topicOf(store: StoreId, observation: Observation): string {
  const place = placeOf(observation);
  const own = observation.source === place.join('/') ? [] : [observation.source];
  return [ROOT, store, ...place, ...own].map(written).join('/');
}

export interface ReadTopic {
  readonly kind: ObservationKind;
  readonly storeId: StoreId;
  /** What the message is about, as the topic names it; null for tracks. */
  readonly subject: string | null;
  readonly source: SourceId;
}

const KIND_BY_WORD = new Map(
  (Object.entries(FORMS) as [ObservationKind, TopicForm<never>][]).map(([kind, { word }]) => [word, kind]),
);

function readWords(topic: string): string[] | null {
  try {
    return topic.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** What a topic says; refuses one that `topicOf` cannot have made. */
export function parseTopic(topic: string): Result<ReadTopic, string> {
  const words = readWords(topic);
  if (!words?.every(isIdText)) return refused('the topic has a word that is no id');
  const [root, store = '', word = '', ...rest] = words;
  const kind = KIND_BY_WORD.get(word);
  if (root !== ROOT || !kind) return refused(`the topic is none of ${ROOT}/{store}/…`);
  const { tail } = FORMS[kind];
  const subject = kind === 'tracks' ? null : (rest.shift() ?? null);
  const isWhole = (subject === null) === (kind === 'tracks') && tail.every((name) => rest.shift() === name);
  if (!isWhole || rest.length > 1) return refused(`the topic is not as those of ${kind} are`);
  const usual = [word, ...(subject === null ? [] : [subject]), ...tail].join('/');
  return ok({ kind, storeId: storeId(store), subject, source: sourceId(rest[0] ?? usual) });
}
