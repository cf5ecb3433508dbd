/**
 * The forms of a scenario file (docs/reference/scenario-file.md). Every field is known or refused: a slip in a name
 * would otherwise run a scenario that nobody meant.
 */
import { z } from 'zod';
import { strictForm as form } from '../../contract/index.ts';

const share = z.number().min(0).max(1);
const count = (min: number, max: number): z.ZodInt => z.int().min(min).max(max);
const text = z.string().min(1);

const PEOPLE_MAX = 500;
/** At most one party a second can be drawn. */
const PER_HOUR_MAX = 3600;
const MINUTES_MAX = 1440;
const HOURS = 24;

const storeSchema = form({
  kind: z.enum(['nano', 'convenience', 'stadium', 'supermarket']),
  areaM2: z.number().positive().exactOptional(),
  productCount: z.int().positive().exactOptional(),
  currency: z.enum(['USD', 'GBP', 'AUD', 'CAD']).exactOptional(),
  sameWeightShare: share.exactOptional(),
  catalogueWrongShare: share.exactOptional(),
  catalogueWeightlessShare: share.exactOptional(),
  emptyPlateShare: share.exactOptional(),
  hasTagReader: z.boolean().exactOptional(),
});

const peopleSchema = z.discriminatedUnion('kind', [
  form({ kind: z.literal('crowd'), count: count(1, PEOPLE_MAX) }),
  form({ kind: z.literal('steady'), count: count(1, PEOPLE_MAX) }),
  form({
    kind: z.literal('stream'),
    perHour: z.number().positive().max(PER_HOUR_MAX),
    byHour: z.array(z.number().min(0)).length(HOURS).exactOptional(),
    partyShare: share,
    associates: count(0, PEOPLE_MAX),
  }),
  form({
    kind: z.literal('pairs'),
    difficulty: z.enum(['same-shelf', 'misplaced-then-bought', 'hand-over', 'long-hold', 'side-by-side']),
    rounds: count(1, 100),
  }),
]);

const ITEMS_MAX = 200;

const habitsSchema = form({
  itemsMin: count(0, ITEMS_MAX).exactOptional(),
  itemsMax: count(0, ITEMS_MAX).exactOptional(),
  adversarialShare: share.exactOptional(),
  lookAndPutBackShare: share.exactOptional(),
  browseShare: share.exactOptional(),
  misplaceShare: share.exactOptional(),
  leanShare: share.exactOptional(),
  bumpShare: share.exactOptional(),
  ownThingShare: share.exactOptional(),
  hiddenHandShare: share.exactOptional(),
  cartShare: share.exactOptional(),
  isSameWeightOnly: z.boolean().exactOptional(),
}).refine(({ itemsMin = 0, itemsMax = ITEMS_MAX }) => itemsMin <= itemsMax, {
  error: 'itemsMin is more than itemsMax',
});

const during = { fromS: z.number(), untilS: z.number().exactOptional() };

/** Times of other faults, and all targets, are checked where the faults are made. */
function plateFault<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  const targets = { plateIds: z.array(text).min(1).exactOptional(), share: share.exactOptional() };
  const fromS = z.number().min(0);
  return form({ kind: z.literal(kind), ...during, fromS, ...targets, ...shape });
}

function otherFault<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return form({ kind: z.literal(kind), ...during, ...shape });
}

const faultSchema = z.discriminatedUnion('kind', [
  plateFault('plate-dead', {}),
  plateFault('plate-stuck', {}),
  plateFault('plate-drifting', { gramsPerHour: z.number() }),
  plateFault('plate-miscalibrated', { factor: z.number().positive() }),
  otherFault('camera-dark', {}),
  otherFault('track-ids-renewed', { perMinute: z.number() }),
  otherFault('track-ids-swapped', { withinM: z.number(), share: z.number() }),
  otherFault('fixture-offline', {
    fixtureIds: z.array(text).min(1).exactOptional(),
    share: z.number().exactOptional(),
  }),
  otherFault('batches-late', { share: z.number(), lateMsMax: z.number() }),
  otherFault('batches-lost', { share: z.number() }),
  otherFault('batches-duplicated', { share: z.number() }),
  otherFault('batches-shuffled', { withinMs: z.number() }),
  otherFault('clock-skew', { offsetMsMax: z.number(), ppmMax: z.number() }),
  otherFault('clock-step', { stepMs: z.number(), share: z.number() }),
  otherFault('broker-restart', {}),
  otherFault('process-killed', {}),
]);

const goods = {
  atS: z.number(),
  productId: text,
  count: z.number().exactOptional(),
  plateIds: z.array(text).min(1).exactOptional(),
};

const actionSchema = z.discriminatedUnion('kind', [
  form({ kind: z.literal('take'), ...goods }),
  form({ kind: z.literal('put-back'), ...goods }),
  form({
    kind: z.literal('lean'),
    atS: z.number(),
    plateId: text,
    grams: z.number(),
    forS: z.number().positive(),
  }),
  form({ kind: z.literal('bump'), atS: z.number(), plateId: text, peakGrams: z.number() }),
  form({ kind: z.literal('give'), atS: z.number(), productId: text, to: text }),
]);

const visitSchema = form({ person: text, entersAtS: z.number(), actions: z.array(actionSchema) });

/** Becomes the name of files. */
const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/i, {
  error: 'a name is letters, digits, dots, hyphens and underscores, 80 at most',
});

const head = {
  format: z.literal('tillfree-scenario'),
  version: z.literal(1),
  name: nameSchema,
  words: text.exactOptional(),
  extends: text.exactOptional(),
  store: storeSchema.exactOptional(),
  faults: z.array(faultSchema).exactOptional(),
  trackLatency: z.enum(['usual', 'recorded']).exactOptional(),
  recording: text.exactOptional(),
};

/** People who shop as chance and habits say. */
export const drawnScenarioSchema = form({
  ...head,
  people: peopleSchema.exactOptional(),
  habits: habitsSchema.exactOptional(),
  minutes: z.number().positive().max(MINUTES_MAX).exactOptional(),
  cartCount: count(0, PEOPLE_MAX).exactOptional(),
});

/** People who do what is written. */
export const scriptedScenarioSchema = form({ ...head, visits: z.array(visitSchema).min(1) });

/** Labels of real visits; fields that acting them out does not need are passed over. */
export const labelledVisitsSchema = z.object({
  visits: z
    .array(
      z.object({
        visit: nameSchema,
        events: z.array(
          z.object({
            time: z.string(),
            targetId: z.string(),
            putBack: z.boolean(),
            position: z.object({ gondola: z.number(), shelf: z.number(), plates: z.array(z.number()) }),
            products: z.array(z.object({ barcode: z.string(), weightGrams: z.number() })),
          }),
        ),
      }),
    )
    .min(1),
});

export type DrawnScenarioFile = z.infer<typeof drawnScenarioSchema>;
export type ScriptedScenarioFile = z.infer<typeof scriptedScenarioSchema>;
