/** Inputs of cases of the kind `barcode`: how a code is read or written, and the code. */
import { z } from 'zod';
import { CURRENCY_EXPONENT } from '../domain/index.ts';
import type { Currency } from '../domain/index.ts';
import { strictForm } from './strict-form.ts';

const CODE_LENGTH_MAX = 10_000;
const YEAR_MIN = 1974;
const YEAR_MAX = 9999;

const code = z.string().max(CODE_LENGTH_MAX);
const yearNow = z
  .int()
  .min(YEAR_MIN)
  .max(YEAR_MAX)
  .describe('The year in which the code is read; it settles centuries.');
const decimals = z.int();
const currencies = Object.keys(CURRENCY_EXPONENT) as Currency[];
const elements = z.array(strictForm({ ai: z.string(), value: code }));

const valueSchema = z.discriminatedUnion('kind', [
  strictForm({ kind: z.literal('none') }),
  strictForm({ kind: z.literal('price'), currency: z.enum(currencies), decimals }),
  strictForm({ kind: z.literal('weight'), unit: z.enum(['g', 'kg', 'oz', 'lb']), decimals }),
  strictForm({ kind: z.literal('count') }),
]);

/** A rule for codes with a price or weight in them; src/codes checks what it says. */
export const embeddedRuleSchema = strictForm({
  name: z.string().min(1),
  prefix: z.string(),
  layout: z.string(),
  value: valueSchema,
});

export const barcodeInputSchema = z.discriminatedUnion('read', [
  strictForm({ read: z.literal('gtin'), code }),
  strictForm({ read: z.literal('upc-e'), code }),
  strictForm({ read: z.literal('upc-e-of'), code }),
  strictForm({ read: z.literal('plu'), code }),
  strictForm({
    read: z.literal('restricted'),
    code,
    rules: z.array(embeddedRuleSchema).exactOptional().describe('The example rules where it is missing.'),
  }),
  strictForm({ read: z.literal('element-string'), code, yearNow }),
  strictForm({ read: z.literal('written-elements'), elements, yearNow }),
  strictForm({ read: z.literal('digital-link'), code, yearNow }),
  strictForm({
    read: z.literal('written-digital-link'),
    elements,
    yearNow,
    domain: z.string().exactOptional(),
  }),
  strictForm({ read: z.literal('coupon'), code, yearNow }),
  strictForm({ read: z.literal('paperless-coupon'), code }),
]);

export type BarcodeInput = z.infer<typeof barcodeInputSchema>;
