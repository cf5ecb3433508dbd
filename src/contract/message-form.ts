/** What every observation message has in common, and what a table by kind must say of each. */
import { z } from 'zod';
import { epochMs, ok, refused } from '../base/index.ts';
import type { EpochMs, Result } from '../base/index.ts';
import { isIdText, sourceId } from '../domain/index.ts';
import type { Observation, ObservationByKind, ObservationKind, SourceId } from '../domain/index.ts';
import type { JsonValue } from './json-text.ts';

/** How one kind of observation is written as JSON and read back. */
export interface MessageForm<Kind extends ObservationKind> {
  readonly schema: z.ZodType;
  /** The message; its numbers must be finite. */
  readonly json: (observation: ObservationByKind[Kind]) => JsonValue;
  /** The observation; where the value is none, what is wrong with it. */
  readonly parse: (value: unknown) => Result<ObservationByKind[Kind], string>;
}

/** The last moment that a Date can hold. */
const TIME_MS_MAX = 8.64e15;

/** True for a moment that a message may name. */
export function isTimeMs(value: number): boolean {
  return value >= 0 && value <= TIME_MS_MAX;
}

export const idSchema = z.string().refine(isIdText, 'must have 1 to 128 printable characters');

export const sentFields = {
  source: idSchema.describe('Which sensor or gateway sent this.'),
  sequence: z.int().describe('Counts the messages of the source.'),
  observedAtMs: z
    .number()
    .nonnegative()
    .max(TIME_MS_MAX)
    .describe('Sensor clock, milliseconds since 1970 UTC.'),
  receivedAtMs: z.number().nonnegative().max(TIME_MS_MAX).describe('Our clock, milliseconds since 1970 UTC.'),
};

interface Sent {
  readonly source: SourceId;
  readonly sequence: number;
  readonly observedAtMs: EpochMs;
  readonly receivedAtMs: EpochMs;
}

export function sentJson(observation: Observation): Sent {
  const { source, sequence, observedAtMs, receivedAtMs } = observation;
  return { source, sequence, observedAtMs, receivedAtMs };
}

/** The fields of `sentFields`, in their brands. */
export function sentFrom(parsed: {
  readonly source: string;
  readonly sequence: number;
  readonly observedAtMs: number;
  readonly receivedAtMs: number;
}): Sent {
  return {
    source: sourceId(parsed.source),
    sequence: parsed.sequence,
    observedAtMs: epochMs(parsed.observedAtMs),
    receivedAtMs: epochMs(parsed.receivedAtMs),
  };
}

/** The value as the schema has it, or what is wrong with it in words. */
export function parsedBy<Parsed>(schema: z.ZodType<Parsed>, value: unknown): Result<Parsed, string> {
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : refused(z.prettifyError(parsed.error));
}
