/**
 * What a store has learnt, in one document that is kept from run to run. Numbers come back to the last bit, so that a
 * run that begins with it is the run that would have gone on. `formatVersion` goes up when a reader of the old version
 * would misunderstand the new.
 */
import { z } from 'zod';
import { epochMs, ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { isIdText, productId, storeId } from '../domain/index.ts';
import type { DataProblem, ProductWeight, StoreKnowledge } from '../domain/index.ts';
import { exactJsonText } from './json-text.ts';
import type { JsonValue } from './json-text.ts';

export const KNOWLEDGE_FORMAT_VERSION = 1;

const REMEDY =
  'Put back the copy you kept, or move the file away: the store then starts from the catalogue and learns anew.';

const idSchema = z.string().refine(isIdText, 'must have 1 to 128 printable characters');
const spreadSchema = z.object({ sigma: z.number().positive(), weight: z.number().positive() });
const productIdSchema = idSchema.transform(productId);
const gramsSchema = z.number().positive();
const shareSchema = z.number().min(0).max(1);
const countSchema = z.number().min(0);

const unitWeightShape = {
  meanGrams: gramsSchema,
  meanVariance: z.number().positive(),
  unitVariance: z.number().positive(),
  observations: countSchema,
  picks: z.object({ single: countSchema, several: countSchema }).exactOptional(),
};

/** Sums of shares end a rounding beside 1. */
const SUM_ERROR_MAX = 1e-6;

const isWhole = ({ listed, listedShare, anyShare, others }: ProductWeight): boolean => {
  const sum = others.reduce((total, { share }) => total + share, listedShare + anyShare);
  return Math.abs(sum - 1) <= SUM_ERROR_MAX && (listed !== null || listedShare === 0);
};

const productWeightSchema = z
  .object({
    listed: z.object(unitWeightShape).nullable(),
    listedShare: shareSchema,
    anyShare: shareSchema,
    others: z.array(z.object({ ...unitWeightShape, share: shareSchema })),
    swappedShare: shareSchema,
  })
  .refine(isWhole, 'the shares of what the product may weigh must sum to 1');

export const knowledgeDocumentSchema = z.object({
  formatVersion: z.literal(KNOWLEDGE_FORMAT_VERSION),
  storeId: idSchema.transform(storeId),
  learntFromVisits: countSchema,
  untilMs: z.number().min(0).transform(epochMs).nullable(),
  weights: z.array(
    z.object({
      productId: productIdSchema,
      name: z.string(),
      catalogueGrams: gramsSchema.nullable(),
      weight: productWeightSchema,
    }),
  ),
  swaps: z.array(z.object({ productIds: z.tuple([productIdSchema, productIdSchema]), logOdds: z.number() })),
  placePicks: z.object({ own: countSchema, neighbour: countSchema, elsewhere: countSchema }),
  notices: z.array(
    z.object({
      kind: z.enum(['weight-established', 'weight-taken-back']),
      productId: productIdSchema,
      catalogueGrams: gramsSchema.nullable(),
      learntGrams: gramsSchema,
      sigmaGrams: countSchema,
      picks: countSchema,
      probabilityWrong: shareSchema,
    }),
  ),
  reviewers: z.array(
    z.object({
      reviewerId: idSchema,
      right: countSchema,
      wrong: countSchema,
      moved: z.array(z.object({ productId: productIdSchema, share: shareSchema })),
    }),
  ),
  plateNoise: z
    .array(
      z.object({
        plateId: idSchema,
        noiseGrams: gramsSchema,
        wanderGrams: gramsSchema,
      }),
    )
    .optional(),
  reachSpread: z.object({ alongM: spreadSchema, facingRad: spreadSchema }).optional(),
  decision: z.unknown().optional(),
});

export function knowledgeDocumentText(knowledge: StoreKnowledge): string {
  const document = { formatVersion: KNOWLEDGE_FORMAT_VERSION, ...knowledge };
  return `${exactJsonText(document as unknown as JsonValue)}\n`;
}

/** `weights.3.weight.listedShare: Too big`: the first thing wrong, and how many more there are. */
function firstIssue(error: z.ZodError): { readonly at: string; readonly what: string } {
  const [first, ...rest] = error.issues;
  const at = (first?.path ?? []).map(String).join('.');
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
  return { at, what: `${first?.message ?? 'not understood'}${more}` };
}

/** What `text` says a store has learnt; `where` is the file. */
export function parseKnowledgeDocument(text: string, where: string): Result<StoreKnowledge, DataProblem> {
  const refuse = (at: string, what: string): Result<StoreKnowledge, DataProblem> =>
    refused({
      code: 'KNOWLEDGE_UNREADABLE',
      where: at === '' ? where : `${where}:${at}`,
      what,
      remedy: REMEDY,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('', 'the file is not JSON');
  }
  const version = z.object({ formatVersion: z.number() }).safeParse(value);
  if (version.success && version.data.formatVersion !== KNOWLEDGE_FORMAT_VERSION)
    return refuse(
      'formatVersion',
      `version ${version.data.formatVersion} was written by another version of Tillfree; this one reads ${KNOWLEDGE_FORMAT_VERSION}`,
    );
  const parsed = knowledgeDocumentSchema.safeParse(value);
  if (!parsed.success) {
    const { at, what } = firstIssue(parsed.error);
    return refuse(at, what);
  }
  const { formatVersion: _, plateNoise, reachSpread, decision, ...knowledge } = parsed.data;
  return ok({
    ...knowledge,
    ...(plateNoise && { plateNoise }),
    ...(reachSpread && { reachSpread }),
    ...(decision !== undefined && { decision }),
  });
}
