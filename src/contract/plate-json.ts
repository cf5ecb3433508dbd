/**
 * Plate batches as JSON. Samples are base64 of float32, exact to the bit.
 *
 * `meanGrams` repeats what `samplesGrams` says, one number per plate for plotting (the mean of the batch to 0.01 g, null
 * where a plate sent nothing); it is never read back.
 */
import { z } from 'zod';
import { ok, refused } from '../base/index.ts';
import { fixtureId } from '../domain/index.ts';
import type { PlateBatch } from '../domain/index.ts';
import { base64FromFloat32, float32FromBase64 } from './float32-text.ts';
import { idSchema, parsedBy, sentFields, sentFrom, sentJson } from './message-form.ts';
import type { MessageForm } from './message-form.ts';

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

/** Plates of the fixture, as the shape of the batch says. */
export function plateCountOf(batch: PlateBatch): number {
  return batch.sampleCount > 0 ? batch.samplesGrams.length / batch.sampleCount : 0;
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

export const PLATE_JSON: MessageForm<'plates'> = {
  schema: plateBatchSchema,
  json: (batch) => ({
    ...sentJson(batch),
    fixtureId: batch.fixtureId,
    rateHz: batch.rateHz,
    sampleCount: batch.sampleCount,
    plateCount: plateCountOf(batch),
    meanGrams: meansOf(batch, plateCountOf(batch)),
    samplesGrams: base64FromFloat32(batch.samplesGrams),
  }),
  parse: (value) => {
    const parsed = parsedBy(plateBatchSchema, value);
    if (!parsed.ok) return parsed;
    const { rateHz, sampleCount, plateCount } = parsed.value;
    const samplesGrams = float32FromBase64(parsed.value.samplesGrams, sampleCount * plateCount);
    if (!samplesGrams) return refused(`samplesGrams does not hold ${sampleCount} × ${plateCount} samples`);
    const batch = { fixtureId: fixtureId(parsed.value.fixtureId), rateHz, sampleCount, samplesGrams };
    return ok({ kind: 'plates', ...sentFrom(parsed.value), ...batch });
  },
};
