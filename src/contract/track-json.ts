/** Track frames as JSON: everybody whom the tracker sees, metres in the store frame. */
import { z } from 'zod';
import { ok } from '../base/index.ts';
import { trackId } from '../domain/index.ts';
import type { TrackedPerson } from '../domain/index.ts';
import { idSchema, parsedBy, sentFields, sentFrom, sentJson } from './message-form.ts';
import type { MessageForm } from './message-form.ts';

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

export const TRACK_JSON: MessageForm<'tracks'> = {
  schema: trackFrameSchema,
  json: (frame) => ({
    ...sentJson(frame),
    people: frame.people.map(({ trackId: track, hasEntered, parts }) => ({
      trackId: track,
      hasEntered,
      parts: Object.fromEntries(Object.entries(parts).map(([part, point]) => [part, { ...point }])),
    })),
  }),
  parse: (value) => {
    const parsed = parsedBy(trackFrameSchema, value);
    if (!parsed.ok) return parsed;
    const people = parsed.value.people.map((person) => ({
      ...person,
      trackId: trackId(person.trackId),
      // An absent optional field is absent in the parsed object too, so the two types hold the same values.
      parts: person.parts as TrackedPerson['parts'],
    }));
    return ok({ kind: 'tracks', ...sentFrom(parsed.value), people });
  },
};
