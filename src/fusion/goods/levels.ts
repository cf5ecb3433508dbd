/**
 * Levels between two steps of one plate: something lay there or was gone for a while, or a hand only pressed. Which of the
 * two is for the readings to weigh; what comes and goes too briefly to be goods is left out here.
 */
import type { Interaction, PlateId, WeightStep } from '../../domain/index.ts';

export interface Level {
  /** By how much the plate stepped to it, and by how much from it. */
  readonly deltaGrams: number;
  readonly nextGrams: number;
  readonly lastedMs: number;
}

export interface LevelBetween extends Level {
  readonly before: WeightStep;
  readonly after: WeightStep;
}

/** True where one hand may have made both steps: what two people did is never a push that ended. */
export type OneHand = (a: WeightStep, b: WeightStep) => boolean;

/** A hand's pressing is no longer than this, and no heavier; what is lifted and set down is whatever it is. */
const BRIEF_MS = 500;
const BRIEF_GRAMS = 150;
const CANCEL_SIGMAS = 3;
/** What is put back to where it was taken never reads the same to the gram. */
const CANCEL_GRAMS = 4;

/** The levels between following steps of each plate; `steps` in order of time. */
export function levelsBetween(steps: readonly WeightStep[]): LevelBetween[] {
  const levels: LevelBetween[] = [];
  const last = new Map<PlateId, WeightStep>();
  for (const step of steps) {
    const before = last.get(step.plateId);
    if (before) {
      const lastedMs = step.leftAtMs - before.settledAtMs;
      const [deltaGrams, nextGrams] = [before.deltaGrams, step.deltaGrams];
      levels.push({ before, after: step, deltaGrams, nextGrams, lastedMs });
    }
    last.set(step.plateId, step);
  }
  return levels;
}

/** The steps with the two around `level` made one, at the time of the one that changed more. */
export function withoutLevel(
  interaction: Interaction,
  steps: readonly WeightStep[],
  level: LevelBetween,
): WeightStep[] {
  const { plateId } = level.after;
  const at = steps.findIndex(
    (step) => step.plateId === plateId && step.settledAtMs === level.after.settledAtMs,
  );
  const before = steps.findLastIndex((step, index) => index < at && step.plateId === plateId);
  if (at < 0 || before < 0) return [...steps];
  const a = steps[before]!;
  const b = steps[at]!;
  const larger = Math.abs(a.deltaGrams) > Math.abs(b.deltaGrams) ? a : b;
  const isWhole = steps.filter((step) => step.plateId === plateId).length === 2;
  const joined: WeightStep = {
    ...b,
    leftAtMs: larger.leftAtMs,
    deltaGrams: a.deltaGrams + b.deltaGrams,
    sigmaGrams: jointSigma(interaction, { a, b, isWhole }),
  };
  const isNothing = isNearNothing(joined.deltaGrams, joined.sigmaGrams);
  const inPlace = isNothing ? [] : [joined];
  return steps.flatMap((step, index) => (index === before ? [] : index === at ? inPlace : [step]));
}

interface StepPair {
  readonly a: WeightStep;
  readonly b: WeightStep;
  /** True where the two are all that the plate did. */
  readonly isWhole: boolean;
}

/**
 * Spread of two following steps of a plate taken together. The level between them counts once up and once down: its
 * error cancels out, however short and shaken it was. Where the two are all that the plate did, its change says how
 * sure their sum is.
 */
function jointSigma(interaction: Interaction, { a, b, isWhole }: StepPair): number {
  const change = interaction.changes.find(({ plateId }) => plateId === a.plateId);
  return isWhole && change ? change.sigmaGrams : Math.max(a.sigmaGrams, b.sigmaGrams);
}

/** Removes neighbouring pairs on one plate that add up to nothing and are no goods, innermost first. */
export function withoutBrief(interaction: Interaction, isOneHand: OneHand): WeightStep[] {
  const { steps } = interaction;
  const kept: WeightStep[] = [];
  const lastOfPlate = new Map<PlateId, WeightStep[]>();
  for (const step of steps) {
    const stack = lastOfPlate.get(step.plateId) ?? [];
    lastOfPlate.set(step.plateId, stack);
    const before = stack.at(-1);
    const isWhole = stack.length === 1 && steps.findLast(({ plateId }) => plateId === step.plateId) === step;
    const pair = before && { a: before, b: step, isWhole };
    if (pair && isBrief(pair) && cancels(interaction, pair) && isOneHand(pair.a, pair.b)) stack.pop();
    else stack.push(step);
  }
  for (const stack of lastOfPlate.values()) kept.push(...stack);
  return kept.sort((a, b) => a.settledAtMs - b.settledAtMs);
}

function isBrief({ a, b }: StepPair): boolean {
  return b.leftAtMs - a.settledAtMs <= BRIEF_MS && a.deltaGrams <= BRIEF_GRAMS;
}

function cancels(interaction: Interaction, pair: StepPair): boolean {
  const { a, b } = pair;
  if (a.deltaGrams * b.deltaGrams >= 0) return false;
  return isNearNothing(a.deltaGrams + b.deltaGrams, jointSigma(interaction, pair));
}

/** True where a change is within its spread, or what the same thing weighs from time to time. */
export function isNearNothing(deltaGrams: number, sigmaGrams: number): boolean {
  return Math.abs(deltaGrams) < Math.max(CANCEL_SIGMAS * sigmaGrams, CANCEL_GRAMS);
}
