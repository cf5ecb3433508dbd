/**
 * Observations as JSON messages: what a recording holds, one message each, with the JSON schemas that tools such as
 * Foxglove need to show them. Times are doubles in milliseconds; plate samples are base64 of float32.
 *
 * `meanGrams` repeats what `samplesGrams` says, one number per plate for plotting (the mean of the batch to 0.01 g, null
 * where a plate sent nothing); it is never read back. Its JSON schema says `number` although null occurs, because
 * Foxglove refuses a channel whose schema has a type it does not know, and nullable numbers are such a type.
 *
 * Messages are checked by their schemas, plates too: 10 µs for a batch of 12 × 72 samples, of which JSON alone takes a
 * third, so a check by hand would gain nothing that a replay could feel.
 */
import { z } from 'zod';
import { epochMs, ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { fixtureId, isIdText, sourceId, trackId } from '../domain/index.ts';
import type { Observation, PlateBatch, TrackedPerson, TrackFrame } from '../domain/index.ts';
import { base64FromFloat32, float32FromBase64 } from './float32-text.ts';
import { exactJsonText } from './json-text.ts';

/** The last moment that a Date can hold. */
const TIME_MS_MAX = 8.64e15;

const idSchema = z.string().refine(isIdText, 'must have 1 to 128 printable characters');
const sentFields = {
  source: idSchema.describe('Which sensor or gateway sent this.'),
  sequence: z.int().describe('Counts the messages of the source.'),
  observedAtMs: z
    .number()
    .nonnegative()
    .max(TIME_MS_MAX)
    .describe('Sensor clock, milliseconds since 1970 UTC.'),
  receivedAtMs: z.number().nonnegative().max(TIME_MS_MAX).describe('Our clock, milliseconds since 1970 UTC.'),
};

export const plateBatchSchema = z.object({
  ...sentFields,
  fixtureId: idSchema,
  rateHz: z.number(),
  sampleCount: z.int().nonnegative(),
  plateCount: z.int().nonnegative(),
  samplesGrams: z.base64().describe('Float32, little-endian, sampleCount × plateCount, row by row.'),
  meanGrams: z
    .array(z.number().nullable())
    .optional()
    .meta({ description: 'Derived: the mean of each plate in grams; null where it sent nothing.' }),
});

const pointSchema = z
  .object({ x: z.number(), y: z.number(), z: z.number(), confidence: z.number() })
  .optional();

export const trackFrameSchema = z.object({
  ...sentFields,
  people: z.array(
    z.object({
      trackId: idSchema,
      hasEntered: z.boolean(),
      parts: z
        .object({
          head: pointSchema,
          neck: pointSchema,
          leftShoulder: pointSchema,
          rightShoulder: pointSchema,
          leftElbow: pointSchema,
          rightElbow: pointSchema,
          leftWrist: pointSchema,
          rightWrist: pointSchema,
        })
        .describe('Metres in the store frame.'),
    }),
  ),
});

/** The JSON schema of a kind of message, as text. */
export function messageSchemaText(kind: Observation['kind']): string {
  const schema = z.toJSONSchema(kind === 'plates' ? plateBatchSchema : trackFrameSchema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      const items = jsonSchema.items;
      if (typeof items === 'object' && !Array.isArray(items) && items.anyOf)
        jsonSchema.items = { type: 'number' };
    },
  });
  return JSON.stringify(schema);
}

function meansOf(batch: PlateBatch, plateCount: number): (number | null)[] {
  const means: (number | null)[] = [];
  for (let plate = 0; plate < plateCount; plate++) {
    let sum = 0;
    for (let sample = 0; sample < batch.sampleCount; sample++)
      sum += batch.samplesGrams[sample * plateCount + plate]!;
    const mean = Math.round((sum / batch.sampleCount) * 100) / 100;
    means.push(Number.isFinite(mean) ? mean : null);
  }
  return means;
}

function plateText(batch: PlateBatch): string {
  const plateCount = batch.sampleCount > 0 ? batch.samplesGrams.length / batch.sampleCount : 0;
  return exactJsonText({
    source: batch.source,
    sequence: batch.sequence,
    observedAtMs: batch.observedAtMs,
    receivedAtMs: batch.receivedAtMs,
    fixtureId: batch.fixtureId,
    rateHz: batch.rateHz,
    sampleCount: batch.sampleCount,
    plateCount,
    meanGrams: meansOf(batch, plateCount),
    samplesGrams: base64FromFloat32(batch.samplesGrams),
  });
}

function trackText(frame: TrackFrame): string {
  const people = frame.people.map((person) => ({
    trackId: person.trackId,
    hasEntered: person.hasEntered,
    parts: Object.fromEntries(Object.entries(person.parts).map(([part, point]) => [part, { ...point }])),
  }));
  return exactJsonText({
    source: frame.source,
    sequence: frame.sequence,
    observedAtMs: frame.observedAtMs,
    receivedAtMs: frame.receivedAtMs,
    people,
  });
}

/** The message of an observation. Its numbers outside `samplesGrams` must be finite. */
export function observationText(observation: Observation): string {
  return observation.kind === 'plates' ? plateText(observation) : trackText(observation);
}

function parsePlates(value: unknown): Result<PlateBatch, string> {
  const parsed = plateBatchSchema.safeParse(value);
  if (!parsed.success) return refused(z.prettifyError(parsed.error));
  const { source, sequence, observedAtMs, receivedAtMs, rateHz, sampleCount, plateCount } = parsed.data;
  const samplesGrams = float32FromBase64(parsed.data.samplesGrams, sampleCount * plateCount);
  if (!samplesGrams) return refused(`samplesGrams does not hold ${sampleCount} × ${plateCount} samples`);
  return ok({
    kind: 'plates',
    source: sourceId(source),
    sequence,
    observedAtMs: epochMs(observedAtMs),
    receivedAtMs: epochMs(receivedAtMs),
    fixtureId: fixtureId(parsed.data.fixtureId),
    rateHz,
    sampleCount,
    samplesGrams,
  });
}

function parseTracks(value: unknown): Result<TrackFrame, string> {
  const parsed = trackFrameSchema.safeParse(value);
  if (!parsed.success) return refused(z.prettifyError(parsed.error));
  const { source, sequence, observedAtMs, receivedAtMs } = parsed.data;
  const people = parsed.data.people.map((person) => ({
    ...person,
    trackId: trackId(person.trackId),
    // An absent optional field is absent in the parsed object too, so the two types hold the same values.
    parts: person.parts as TrackedPerson['parts'],
  }));
  return ok({
    kind: 'tracks',
    source: sourceId(source),
    sequence,
    observedAtMs: epochMs(observedAtMs),
    receivedAtMs: epochMs(receivedAtMs),
    people,
  });
}

/** The observation of a message; where it is none, what is wrong with it. */
export function parseObservation(kind: Observation['kind'], text: string): Result<Observation, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('the message is not JSON');
  }
  return kind === 'plates' ? parsePlates(value) : parseTracks(value);
}
