/** Rate packs as files: read, checked for form, then for sense. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { strictForm } from '../../contract/index.ts';
import { refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { CURRENCY_EXPONENT } from '../../domain/index.ts';
import type { Currency, DataProblem } from '../../domain/index.ts';
import { buildTaxPack } from '../../pricing/index.ts';
import type { TaxPack } from '../../pricing/index.ts';

const FOLDER = new URL('../../pricing/tax/packs/', import.meta.url);
const ENDING = '.json';

const range = {
  fromDate: z.string().nullable().default(null),
  untilDate: z.string().nullable().default(null),
};
const tie = z.enum(['half-up', 'half-down', 'half-even', 'down', 'up']);

const packSchema = strictForm({
  version: z.literal(1),
  place: z.string(),
  currency: z.enum(Object.keys(CURRENCY_EXPONENT) as [Currency, ...Currency[]]),
  includesTax: z.boolean(),
  asOf: z.string(),
  sources: z.array(z.string()).min(1),
  notice: z.string().min(1),
  classes: z.array(z.string()),
  authorities: z.record(z.string(), z.string()),
  rates: z.array(strictForm({ taxClass: z.string(), authority: z.string(), perMillion: z.int(), ...range })),
  rules: z.array(
    strictForm({
      taxClass: z.string(),
      use: z.string(),
      when: strictForm({
        isHot: z.boolean().optional(),
        volumeMlBelow: z.int().optional(),
        piecesBelow: z.int().optional(),
        unitPriceMinorBelow: z.int().optional(),
        classSumMinorMax: z.int().optional(),
        tender: z.string().optional(),
      }),
    }),
  ),
  fees: z.array(
    strictForm({
      fee: z.string(),
      name: z.string(),
      kind: z.enum(['deposit', 'levy', 'charge']),
      authority: z.string().nullable().default(null),
      per: z.enum(['product', 'bag', 'litre', 'ounce']),
      minor: z.int(),
      taxClass: z.string(),
      ...range,
    }),
  ),
  disclosures: z.array(strictForm({ text: z.string(), ...range })).default([]),
  lowersBase: strictForm({ store: z.boolean(), manufacturer: z.boolean(), 'third-party': z.boolean() }),
  rounding: strictForm({
    basis: z.enum(['line', 'receipt']),
    tie,
    carriedDecimals: z.int().nullable().default(null),
  }),
  cashRounding: strictForm({ stepMinor: z.int(), tie }).nullable().default(null),
});

/** The packs that come along, by name. */
export function taxPackNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .toSorted();
}

/** @param text a pack as JSON; `where` names it in problems. */
export function parseTaxPack(text: string, where: string): Result<TaxPack, readonly DataProblem[]> {
  const remedy = 'Correct the file by docs/guide/pricing.md, or take a pack that comes along as a pattern.';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused([{ code: 'TAX_PACK_INVALID', where, what: 'the rates are no JSON', remedy }]);
  }
  const parsed = packSchema.safeParse(json);
  if (parsed.success) return buildTaxPack(parsed.data, where);
  return refused(
    parsed.error.issues.map(({ path, message }) => ({
      code: 'TAX_PACK_INVALID',
      where,
      what: `${path.join('.')}: ${message}`,
      remedy,
    })),
  );
}

/** Every case names its pack; the file is read once. */
const packs = new Map<string, Result<TaxPack, readonly DataProblem[]>>();

/** @param name one of `taxPackNames`. */
export function readTaxPack(name: string): Result<TaxPack, readonly DataProblem[]> {
  const known = packs.get(name);
  if (known) return known;
  const where = `${name}${ENDING}`;
  if (taxPackNames().includes(name)) {
    const read = parseTaxPack(readFileSync(new URL(where, FOLDER), 'utf8'), where);
    packs.set(name, read);
    return read;
  }
  const remedy = `Name one of ${taxPackNames().join(', ')}.`;
  return refused([{ code: 'TAX_PACK_INVALID', where, what: `there are no rates called ${name}`, remedy }]);
}
