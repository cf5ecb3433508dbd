/** Reads what the payment sandbox is to do wrong, and how often. A fault that the file does not name never happens. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { NO_FAULTS } from '../../adapters/payment-sandbox/index.ts';
import type { SandboxFaults } from '../../adapters/payment-sandbox/index.ts';
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { strictForm } from '../../contract/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { formProblems } from '../form-problems.ts';
import type { FormWords } from '../form-problems.ts';
import type { FaultFileProblemCode } from './problem-codes.ts';

const PAGE = 'docs/guide/payment.md';
const FORM = {
  formCode: 'FAULT_FILE_FORM',
  keyUnknownCode: 'FAULT_FILE_KEY_UNKNOWN',
  page: PAGE,
} as const satisfies FormWords & Record<'formCode' | 'keyUnknownCode', FaultFileProblemCode>;

/** A minute: longer than any client waits. */
const LATE_MS_MAX = 60_000;
const share = z.number().min(0).max(1).optional();

const FAULT_FILE = strictForm({
  formatVersion: z.literal(1),
  isDown: z.boolean().optional(),
  replyLost: share,
  replyLate: share,
  lateMs: z.int().min(0).max(LATE_MS_MAX).optional(),
  requestTwice: share,
  holdDeclined: share,
  increaseRefused: share,
  capturedPartly: share,
  holdExpired: share,
  webhookTwice: share,
  webhookLate: share,
} satisfies Record<keyof SandboxFaults | 'formatVersion', z.ZodType>);

export function readFaultFile(file: string): Result<SandboxFaults, readonly DataProblem[]> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code: FaultFileProblemCode = 'FAULT_FILE_UNREADABLE';
    const what = error instanceof Error ? error.message : String(error);
    const remedy = `Name a file with one JSON document; ${PAGE} shows the form.`;
    return refused([{ code, where: file, what, remedy }]);
  }
  const read = FAULT_FILE.safeParse(content);
  if (!read.success) return refused(formProblems(read.error.issues, file, FORM));
  const { formatVersion: _, ...named } = read.data;
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  return ok({ ...NO_FAULTS, ...given });
}
