/**
 * What decisions have learnt, as it stands in the field `decision` of a knowledge file: checked before anything relies on
 * it, for a bound that was not proven here, or a map that bends the wrong way, would be believed for months.
 */
import { z } from 'zod';
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import type { DecisionKnowledge } from '../decision/index.ts';
import { CURRENCY_EXPONENT, isIdText, reviewerId, visitId } from '../domain/index.ts';
import type { Currency, DataProblem, JudgedBy } from '../domain/index.ts';

/** The codes that reading it can report, with what each means. */
export const DECISION_PROBLEM_CODES = {
  KNOWLEDGE_DECISION_UNREADABLE:
    'What decisions have learnt, in a knowledge file, cannot be read; nothing is replayed, the file stays.',
} as const;

/** As kept in a file, with the currency of its amounts, so that they can be shown without the store. */
export interface KeptDecision extends DecisionKnowledge {
  readonly currency?: Currency | undefined;
}

const VERSION = 1;

const REMEDY =
  'Put back the copy you kept, or take the field "decision" out of the file: calibration and proof then begin anew.';

const shareSchema = z.number().min(0).max(1);
const chanceSchema = z.number().gt(0).max(1);
const amountSchema = z.number().min(0);
const countSchema = z.int().nonnegative();
const visitNumberSchema = z.int().positive();
const visitIdSchema = z
  .string()
  .refine(isIdText, 'must have 1 to 128 printable characters')
  .transform(visitId);

const judgeSchema = z
  .string()
  .refine(isIdText, 'must have 1 to 128 printable characters')
  .transform((text): JudgedBy => (text === 'audit' || text === 'shopper' ? text : reviewerId(text)));

const mapSchema = z.object({
  belowSlope: z.number().positive(),
  aboveSlope: z.number().positive(),
  shift: z.number(),
  cases: amountSchema,
});

const rising = (visits: readonly { readonly visitNumber: number }[]): boolean =>
  visits.every(({ visitNumber }, index) => index === 0 || visitNumber > visits[index - 1]!.visitNumber);
const RISING = 'the numbers of visits must rise';

const thresholdSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('proven'),
    probabilityAllRight: shareSchema,
    wrongAtMost: shareSchema,
    overchargedAtMost: shareSchema,
    confidence: shareSchema,
    visits: countSchema,
    judged: countSchema,
    lookShare: shareSchema,
  }),
  z.object({
    kind: z.literal('too-few-visits'),
    visits: countSchema,
    visitsNeeded: countSchema.nullable(),
  }),
  z.object({ kind: z.literal('not-provable'), visits: countSchema, judged: countSchema }),
]);

const judgedVisitSchema = z.object({
  visitId: visitIdSchema,
  judgedBy: judgeSchema,
  probabilityAllRight: shareSchema,
  isAllRight: z.boolean(),
  isOvercharged: z.boolean(),
  lines: z.array(z.object({ probability: shareSchema, isRight: z.boolean() })),
});

const decisionSchema = z.object({
  version: z.literal(VERSION),
  currency: z.enum(Object.keys(CURRENCY_EXPONENT) as Currency[]).optional(),
  visits: countSchema,
  forgottenTo: countSchema,
  leastShares: z
    .array(z.object({ visitNumber: visitNumberSchema, share: shareSchema }))
    .refine(rising, RISING),
  chosen: z
    .array(
      z.object({
        visitId: visitIdSchema,
        visitNumber: visitNumberSchema,
        chosenShare: chanceSchema,
        probabilityAllRight: shareSchema,
      }),
    )
    .refine(rising, RISING),
  verdicts: z.array(judgedVisitSchema),
  lines: mapSchema,
  receipts: mapSchema,
  judges: z.array(
    z.object({
      judgedBy: judgeSchema,
      verdicts: countSchema,
      audited: countSchema,
      differences: countSchema,
      pValue: amountSchema,
      weight: shareSchema,
    }),
  ),
  shopperTrust: shareSchema,
  threshold: thresholdSchema,
  looks: z.object({
    recentGains: z.array(amountSchema),
    minuteMinor: amountSchema,
    allowance: amountSchema,
  }),
  counts: z.object({
    charged: countSchema,
    asked: countSchema,
    reviewed: countSchema,
    waived: countSchema,
    waivedMinor: countSchema,
  }),
});

/** `value` as knowledge about deciding; `path` is the file it stands in. */
export function checkedDecision(value: unknown, path: string): Result<KeptDecision, DataProblem> {
  const refuse = (at: string, what: string): Result<KeptDecision, DataProblem> =>
    refused({
      code: 'KNOWLEDGE_DECISION_UNREADABLE',
      where: `${path}:${['decision', at].filter((part) => part !== '').join('.')}`,
      what,
      remedy: REMEDY,
    });
  const versioned = z.object({ version: z.number() }).safeParse(value);
  if (versioned.success && versioned.data.version !== VERSION)
    return refuse(
      'version',
      `version ${versioned.data.version} was written by another version of Tillfree; this one reads ${VERSION}`,
    );
  const parsed = decisionSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [first, ...rest] = parsed.error.issues;
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
  return refuse((first?.path ?? []).map(String).join('.'), `${first?.message ?? 'not understood'}${more}`);
}
