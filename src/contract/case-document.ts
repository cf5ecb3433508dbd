/**
 * Cases for `tillfree check-cases`: inputs, and what must come of them, for one kind of reckoning a document. What an
 * input looks like, the kind says; `expected` is any JSON value. `formatVersion` goes up when a reader of the old
 * version would misunderstand the new.
 */
import { z } from 'zod';
import { strictForm } from './strict-form.ts';

export const CASES_FORMAT_VERSION = 1;

const CASES_MAX = 100_000;

/** Any JSON value, but there: the text it comes from was JSON. */
const present = z.unknown().refine((value) => value !== undefined, 'received undefined');

const caseSchema = strictForm({
  name: z.string().min(1).max(200),
  note: z.string().exactOptional().describe('For people: where the case is from, why it matters.'),
  input: present,
  expected: present,
});

export const caseDocumentSchema = strictForm({
  formatVersion: z.literal(CASES_FORMAT_VERSION),
  kind: z.string().min(1),
  cases: z.array(caseSchema).min(1).max(CASES_MAX),
});

export type CaseDocument = z.infer<typeof caseDocumentSchema>;
