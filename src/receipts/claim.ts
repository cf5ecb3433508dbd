/**
 * A claim: a shopper says that a receipt is not right. It is settled at once in their favour where looking at it would
 * cost more than it is worth, and else by a person; nobody is accused, and a claim that is not granted can be looked at
 * once more by another person. A declared table says which phase may follow which. The money moves by the correction
 * that a grant leads to, and by nothing else.
 */
import { epochMs, ok, refused } from '../base/index.ts';
import type { EpochMs, Result } from '../base/index.ts';
import type { CorrectionChange } from './correction.ts';
import type { CorrectionReason } from './reasons.ts';
import type { ReceiptContent, ReceiptLine } from './receipt-content.ts';
import { worthMinor } from './sums.ts';

export type ClaimPhase =
  'none' | 'in-review' | 'in-second-review' | 'granted' | 'partly-granted' | 'receipt-stands' | 'withdrawn';

export const CLAIM_TRANSITIONS: Readonly<Record<ClaimPhase, readonly ClaimPhase[]>> = {
  none: ['granted', 'in-review'],
  'in-review': ['granted', 'partly-granted', 'receipt-stands', 'withdrawn'],
  'receipt-stands': ['in-second-review'],
  'partly-granted': ['in-second-review'],
  'in-second-review': ['granted', 'partly-granted', 'receipt-stands', 'withdrawn'],
  granted: [],
  withdrawn: [],
};

/** What a shopper may say of a receipt; staff have more reasons. */
export type ClaimReason = Extract<CorrectionReason, 'not-taken' | 'other-count'>;

export interface ClaimedUnits {
  readonly lineId: string;
  readonly units: number;
}

export interface Claim {
  readonly claimId: string;
  readonly phase: ClaimPhase;
  readonly openedAtMs: EpochMs;
  readonly reason: ClaimReason;
  readonly lines: readonly ClaimedUnits[];
  /** What the shopper wrote; for the reviewer only. */
  readonly words: string | null;
  /** Granted so far. */
  readonly granted: readonly ClaimedUnits[];
  /** Until when an answer is promised; null once there is one. */
  readonly dueAtMs: EpochMs | null;
  readonly reviewCount: number;
}

export interface ClaimRule {
  /** What it costs to have a person look. */
  readonly reviewCostMinor: number;
  /** After so many granted at once with one token, a person looks; it says nothing about anybody. */
  readonly grantsAtOnceMax: number;
  readonly answerWithinMs: number;
}

export type ClaimEvent =
  | {
      readonly kind: 'opened';
      readonly atMs: EpochMs;
      readonly claimId: string;
      readonly reason: ClaimReason;
      readonly lines: readonly ClaimedUnits[];
      readonly words: string | null;
    }
  | { readonly kind: 'reviewed'; readonly atMs: EpochMs; readonly granted: readonly ClaimedUnits[] }
  | { readonly kind: 'asked-again'; readonly atMs: EpochMs }
  | { readonly kind: 'withdrawn'; readonly atMs: EpochMs };

export const CLAIM_PROBLEM_CODES = {
  CLAIM_LINES_UNKNOWN: 'A claim names lines or units that the receipt does not have any more.',
  CLAIM_OPENED_TWICE: 'A claim of that name is there already.',
  CLAIM_MISSING: 'There is no claim of that name.',
  CLAIM_NOT_IN_REVIEW: 'A review, or a withdrawal, of a claim that nobody is looking at.',
  CLAIM_NOT_ANSWERED: 'A claim is to be looked at once more before it was answered, or for the third time.',
  CLAIM_GRANT_TOO_LARGE: 'A review grants more than was claimed.',
} as const;

export type ClaimProblemCode = keyof typeof CLAIM_PROBLEM_CODES;

export interface ClaimProblem {
  readonly code: ClaimProblemCode;
}

/** The claim after an event, and what is to be corrected because of it. */
export interface ClaimStep {
  readonly claim: Claim;
  readonly correction: Extract<CorrectionChange, { kind: 'give-back' }> | null;
}

interface ClaimContext {
  readonly content: ReceiptContent;
  readonly rule: ClaimRule;
  /** Granted without a look before, with this token. */
  readonly grantedAtOnceCount: number;
}

const problem = (code: ClaimProblemCode): Result<ClaimStep, ClaimProblem> => refused({ code });

function lineOf(content: ReceiptContent, lineId: string): ReceiptLine | undefined {
  return content.lines.find((line) => line.lineId === lineId);
}

function leftOf(line: ReceiptLine | undefined): ReceiptLine['units'] {
  return line?.units.filter(({ givenBackIn }) => givenBackIn === null) ?? [];
}

function areThere(content: ReceiptContent, lines: readonly ClaimedUnits[]): boolean {
  const ids = new Set(lines.map(({ lineId }) => lineId));
  return (
    lines.length > 0 &&
    ids.size === lines.length &&
    lines.every(
      ({ lineId, units }) =>
        Number.isSafeInteger(units) && units > 0 && leftOf(lineOf(content, lineId)).length >= units,
    )
  );
}

/**
 * What it would cost, on average, to grant without a look: the worth of what is claimed times the probability that the
 * line was right after all. A line without a probability was scanned, and counts as right.
 */
export function grantCostMinor(content: ReceiptContent, lines: readonly ClaimedUnits[]): number {
  return lines.reduce((sum, { lineId, units }) => {
    const line = lineOf(content, lineId);
    const worths = leftOf(line)
      .map((unit) => worthMinor(unit, content.includesTax))
      .toSorted((a, b) => b - a)
      .slice(0, units);
    const worth = worths.reduce((total, each) => total + each, 0);
    return sum + worth * (line?.probability ?? 1);
  }, 0);
}

const giveBack = (lines: readonly ClaimedUnits[]): ClaimStep['correction'] =>
  lines.length === 0 ? null : { kind: 'give-back', lines, fees: [] };

function opened(
  event: Extract<ClaimEvent, { kind: 'opened' }>,
  { content, rule, grantedAtOnceCount }: ClaimContext,
): Result<ClaimStep, ClaimProblem> {
  const { claimId, atMs, reason, lines, words } = event;
  if (!areThere(content, lines)) return problem('CLAIM_LINES_UNKNOWN');
  const isCheap = grantCostMinor(content, lines) <= rule.reviewCostMinor;
  const isGranted = isCheap && grantedAtOnceCount < rule.grantsAtOnceMax;
  const claim: Claim = {
    claimId,
    phase: isGranted ? 'granted' : 'in-review',
    openedAtMs: atMs,
    reason,
    lines,
    words,
    granted: isGranted ? lines : [],
    dueAtMs: isGranted ? null : epochMs(atMs + rule.answerWithinMs),
    reviewCount: 0,
  };
  return ok({ claim, correction: isGranted ? giveBack(lines) : null });
}

function unitsIn(lines: readonly ClaimedUnits[]): number {
  return lines.reduce((sum, { units }) => sum + units, 0);
}

function reviewed(
  claim: Claim,
  { granted }: Extract<ClaimEvent, { kind: 'reviewed' }>,
  { content }: ClaimContext,
): Result<ClaimStep, ClaimProblem> {
  const askedFor = new Map(claim.lines.map(({ lineId, units }) => [lineId, units]));
  const already = new Map(claim.granted.map(({ lineId, units }) => [lineId, units]));
  const isWithin = granted.every(
    ({ lineId, units }) => units + (already.get(lineId) ?? 0) <= (askedFor.get(lineId) ?? 0),
  );
  if (!isWithin) return problem('CLAIM_GRANT_TOO_LARGE');
  if (granted.length > 0 && !areThere(content, granted)) return problem('CLAIM_LINES_UNKNOWN');
  const all = claim.lines
    .map(({ lineId }) => ({
      lineId,
      units: (already.get(lineId) ?? 0) + unitsIn(granted.filter((each) => each.lineId === lineId)),
    }))
    .filter(({ units }) => units > 0);
  const isWhole = unitsIn(all) === unitsIn(claim.lines);
  const phase = isWhole ? 'granted' : all.length > 0 ? 'partly-granted' : 'receipt-stands';
  return ok({
    claim: { ...claim, phase, granted: all, dueAtMs: null, reviewCount: claim.reviewCount + 1 },
    correction: giveBack(granted),
  });
}

/** One claim as a fold over its events. */
export function claimStep(
  claim: Claim | null,
  event: ClaimEvent,
  context: ClaimContext,
): Result<ClaimStep, ClaimProblem> {
  if (event.kind === 'opened') return claim === null ? opened(event, context) : problem('CLAIM_OPENED_TWICE');
  if (claim === null) return problem('CLAIM_MISSING');
  const isLookedAt = claim.phase === 'in-review' || claim.phase === 'in-second-review';
  if (event.kind === 'reviewed')
    return isLookedAt ? reviewed(claim, event, context) : problem('CLAIM_NOT_IN_REVIEW');
  if (event.kind === 'withdrawn')
    return isLookedAt
      ? ok({ claim: { ...claim, phase: 'withdrawn', dueAtMs: null }, correction: null })
      : problem('CLAIM_NOT_IN_REVIEW');
  const mayAgain = claim.reviewCount === 1 && CLAIM_TRANSITIONS[claim.phase].includes('in-second-review');
  if (!mayAgain) return problem('CLAIM_NOT_ANSWERED');
  const dueAtMs = epochMs(event.atMs + context.rule.answerWithinMs);
  return ok({ claim: { ...claim, phase: 'in-second-review', dueAtMs }, correction: null });
}
