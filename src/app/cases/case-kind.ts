/**
 * A kind of cases that `tillfree check-cases` can run. To add one: a file beside this with its schema and what it runs,
 * and a row in `kinds.ts`.
 */
import type { z } from 'zod';

export interface CaseKind<Input = unknown> {
  /** The `kind` of the documents. */
  readonly name: string;
  readonly inputSchema: z.ZodType<Input>;
  /** Plain data that JSON could hold; a refusal is a value too. Same input, same value. */
  run(input: Input): unknown;
}
