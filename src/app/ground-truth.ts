/**
 * What really happened, as people or a simulation wrote it down: `ground_truth.json` beside the recording, or
 * `NAME.ground_truth.json` beside `NAME.mcap`.
 *
 *     { "format": "tillfree-ground-truth", "version": 1,
 *       "receipts": [ { "targetId": "3325…", "products": [ { "barcode": "0711…", "quantity": 1 } ] } ] }
 *
 * Everybody who entered has a receipt, an empty list of products where they took nothing. Other fields are left to
 * whoever writes the file.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { isIdText } from '../domain/index.ts';
import type { DataProblem } from '../domain/index.ts';

/** The codes that reading the truth can report, with what each means. */
export const TRUTH_PROBLEM_CODES = {
  TRUTH_MISSING: 'There is no ground_truth.json beside the recording.',
  TRUTH_OF_ANOTHER_RECORDING: 'The ground truth knows nobody of the recording; nothing is learnt from it.',
  TRUTH_UNREADABLE: 'The ground truth is no JSON, or not of the documented form.',
} as const;

const barcodeSchema = z.string().refine(isIdText, 'must have 1 to 128 printable characters');

const truthSchema = z.object({
  format: z.literal('tillfree-ground-truth').optional(),
  version: z.literal(1).optional(),
  receipts: z.array(
    z.object({
      targetId: z.string().min(1),
      products: z.array(z.object({ barcode: barcodeSchema, quantity: z.int().positive() })),
    }),
  ),
});

export type GroundTruth = z.infer<typeof truthSchema>;

function truthPath(recordingPath: string): string {
  const isDirectory = existsSync(recordingPath) && statSync(recordingPath).isDirectory();
  if (isDirectory) return join(recordingPath, 'ground_truth.json');
  const own = recordingPath.replace(/\.mcap$/i, '.ground_truth.json');
  return own !== recordingPath && existsSync(own) ? own : join(dirname(recordingPath), 'ground_truth.json');
}

/** The truth beside the recording at `recordingPath`, or the one in `truthFile` where it is given. */
export function readGroundTruth(recordingPath: string, truthFile?: string): Result<GroundTruth, DataProblem> {
  const path = truthFile ?? truthPath(recordingPath);
  const remedy = 'docs/reference/ground-truth.md shows the form; --truth FILE names another file.';
  if (!existsSync(path)) {
    return refused({ code: 'TRUTH_MISSING', where: path, what: 'there is no ground truth', remedy });
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return refused({ code: 'TRUTH_UNREADABLE', where: path, what: String(error), remedy });
  }
  const parsed = truthSchema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const what = issue ? `${issue.path.join('.')}: ${issue.message}` : 'not of the documented form';
  return refused({ code: 'TRUTH_UNREADABLE', where: path, what, remedy });
}
