/**
 * Observations as JSON messages: what a recording holds, one message each, with the JSON schemas that tools such as
 * Foxglove need to show them. Times are doubles in milliseconds.
 *
 * The JSON schema of a nullable field says only what it is where it is not null, because Foxglove refuses a channel
 * whose schema has a type it does not know, and nullable numbers and texts are such types.
 *
 * Messages are checked by their schemas, plates too: 10 µs for a batch of 12 × 72 samples, of which JSON alone takes a
 * third, so a check by hand would gain nothing that a replay could feel.
 */
import { z } from 'zod';
import { refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { Observation, ObservationByKind, ObservationKind } from '../domain/index.ts';
import { CART_JSON, GATE_JSON, HEALTH_JSON, TAGS_JSON } from './device-json.ts';
import { exactJsonText } from './json-text.ts';
import type { MessageForm } from './message-form.ts';
import { PLATE_JSON } from './plate-json.ts';
import { TRACK_JSON } from './track-json.ts';

const FORMS: { readonly [Kind in ObservationKind]: MessageForm<Kind> } = {
  plates: PLATE_JSON,
  tracks: TRACK_JSON,
  gate: GATE_JSON,
  tags: TAGS_JSON,
  cart: CART_JSON,
  health: HEALTH_JSON,
};

export const OBSERVATION_KINDS = Object.keys(FORMS) as readonly ObservationKind[];

/** The JSON schema of a kind of message, as text. */
export function messageSchemaText(kind: ObservationKind): string {
  const schema = z.toJSONSchema(FORMS[kind].schema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      const [first, second] = jsonSchema.anyOf ?? [];
      if (typeof first !== 'object' || typeof second !== 'object' || second.type !== 'null') return;
      delete jsonSchema.anyOf;
      Object.assign(jsonSchema, first);
    },
  });
  return JSON.stringify(schema);
}

function textOf<Kind extends ObservationKind>(kind: Kind, observation: ObservationByKind[Kind]): string {
  return exactJsonText(FORMS[kind].json(observation));
}

/** The message of an observation. Its numbers outside `samplesGrams` must be finite. */
export function observationText(observation: Observation): string {
  return textOf(observation.kind, observation);
}

/** The observation that a JSON value is; where it is none, what is wrong with it. */
export function observationFromJson(kind: ObservationKind, value: unknown): Result<Observation, string> {
  return FORMS[kind].parse(value);
}

/** The observation of a message; where it is none, what is wrong with it. */
export function parseObservation(kind: ObservationKind, text: string): Result<Observation, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('the message is not JSON');
  }
  return observationFromJson(kind, value);
}
