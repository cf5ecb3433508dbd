/**
 * A monotone map of probabilities, learnt from few cases: beta calibration (Kull, Silva Filho and Flach 2017),
 *
 *   logit p′ = belowSlope · ln p − aboveSlope · ln(1 − p) + shift
 *
 * which is the identity at slopes 1 and shift 0, and lets the end near 1, where nearly all receipts lie, bend alone. It is
 * the mode of a logistic likelihood with a normal prior around the identity: nothing changes without cases, and every
 * case counts. The slopes stay above a minimum, so that more certainty never becomes less.
 */
import { assert } from '../base/index.ts';

export interface BetaMap {
  readonly belowSlope: number;
  readonly aboveSlope: number;
  readonly shift: number;
  /** Sum of the weights it was learnt from. */
  readonly cases: number;
}

export const IDENTITY_MAP: BetaMap = { belowSlope: 1, aboveSlope: 1, shift: 0, cases: 0 };

export interface WeightedCase {
  /** As told, before calibration. */
  readonly probability: number;
  readonly isRight: boolean;
  readonly weight: number;
}

type Triple = readonly [number, number, number];

/** Nothing is believed beyond one in 100,000 either way: no shop sees enough visits to learn what lies there. */
export const CERTAINTY_MAX = 1 - 1e-5;
const PRIOR_MEAN: Triple = [1, 1, 0];
/** Slopes between 0.3 and 2 and a shift of ±1 (a factor 2.7 in the odds) are ordinary for posteriors of joint models. */
const PRIOR_PRECISION: Triple = [4, 4, 1];
const SLOPE_MIN = 0.05;
const NEWTON_STEPS_MAX = 50;
const HALVINGS_MAX = 30;
const STEP_DONE = 1e-9;

export function clipped(probability: number): number {
  assert(probability >= 0 && probability <= 1, 'PROBABILITY_OUT_OF_RANGE', { probability });
  return Math.min(CERTAINTY_MAX, Math.max(1 - CERTAINTY_MAX, probability));
}

/** ln p, −ln(1 − p), 1. */
export function featuresOf(probability: number): Triple {
  const p = clipped(probability);
  return [Math.log(p), -Math.log1p(-p), 1];
}

function tripleOf({ belowSlope, aboveSlope, shift }: BetaMap): Triple {
  return [belowSlope, aboveSlope, shift];
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** What a told probability means. Never exactly 0 or 1. */
export function mapped(probability: number, map: BetaMap): number {
  return clipped(sigmoid(dot(tripleOf(map), featuresOf(probability))));
}

interface Prepared {
  readonly features: Triple;
  readonly isRight: boolean;
  readonly weight: number;
}

/** ln posterior, up to a constant. */
function fitOf(cases: readonly Prepared[], at: Triple): number {
  let sum = 0;
  for (const index of [0, 1, 2] as const)
    sum -= 0.5 * PRIOR_PRECISION[index] * (at[index] - PRIOR_MEAN[index]) ** 2;
  for (const { features, isRight, weight } of cases) {
    const against = isRight ? -dot(at, features) : dot(at, features);
    sum -= weight * (against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against)));
  }
  return sum;
}

/** First derivatives and the negated second ones. */
function slopesAt(cases: readonly Prepared[], at: Triple): { gradient: number[]; curvature: number[][] } {
  const gradient = [0, 1, 2].map((i) => -PRIOR_PRECISION[i]! * (at[i]! - PRIOR_MEAN[i]!));
  const curvature = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? PRIOR_PRECISION[i]! : 0)));
  for (const { features, isRight, weight } of cases) {
    const p = sigmoid(dot(at, features));
    const pull = weight * ((isRight ? 1 : 0) - p);
    const spread = weight * p * (1 - p);
    for (let i = 0; i < 3; i++) {
      gradient[i] = gradient[i]! + pull * features[i]!;
      for (let j = 0; j < 3; j++) curvature[i]![j] = curvature[i]![j]! + spread * features[i]! * features[j]!;
    }
  }
  return { gradient, curvature };
}

/** x of A x = b for a positive definite A (Gauss, no pivoting needed). */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let i = 0; i < size; i++)
    for (let below = 0; below < size; below++) {
      if (below === i) continue;
      const factor = rows[below]![i]! / rows[i]![i]!;
      for (let j = i; j <= size; j++) rows[below]![j] = rows[below]![j]! - factor * rows[i]![j]!;
    }
  return rows.map((row, i) => row[size]! / row[i]!);
}

/** The mode over the parameters in `free`, the others held where `start` has them. */
function modeOver(cases: readonly Prepared[], start: Triple, free: readonly number[]): Triple {
  let at = start;
  let value = fitOf(cases, at);
  for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
    const { gradient, curvature } = slopesAt(cases, at);
    const move = solved(
      free.map((i) => free.map((j) => curvature[i]![j]!)),
      free.map((i) => gradient[i]!),
    );
    let share = 1;
    let next = at;
    let nextValue = -Infinity;
    for (let halving = 0; halving < HALVINGS_MAX && nextValue < value; halving++, share /= 2) {
      const moved = [...at] as [number, number, number];
      for (const [nth, i] of free.entries()) moved[i] = at[i]! + share * move[nth]!;
      next = moved;
      nextValue = fitOf(cases, next);
    }
    if (!(nextValue > value)) break;
    const gain = nextValue - value;
    [at, value] = [next, nextValue];
    if (gain < STEP_DONE) break;
  }
  return at;
}

/** The mode under both slopes ≥ `SLOPE_MIN`: the objective is concave, so the best of the four ways to bind them. */
export function learntMap(cases: readonly WeightedCase[]): BetaMap {
  const prepared = cases
    .filter(({ weight }) => weight > 0)
    .map(({ probability, isRight, weight }) => ({ features: featuresOf(probability), isRight, weight }));
  const total = prepared.reduce((sum, { weight }) => sum + weight, 0);
  const ways: readonly (readonly number[])[] = [[0, 1, 2], [0, 2], [1, 2], [2]];
  let best: Triple = PRIOR_MEAN;
  let bestValue = -Infinity;
  for (const free of ways) {
    const start: Triple = [free.includes(0) ? 1 : SLOPE_MIN, free.includes(1) ? 1 : SLOPE_MIN, 0];
    const mode = modeOver(prepared, start, free);
    if (mode[0] < SLOPE_MIN || mode[1] < SLOPE_MIN) continue;
    const value = fitOf(prepared, mode);
    if (value > bestValue) [best, bestValue] = [mode, value];
    // Without a bound that binds, no other way can be better.
    if (free.length === 3) break;
  }
  return { belowSlope: best[0], aboveSlope: best[1], shift: best[2], cases: total };
}

/** Variance of Σ `direction` · parameters under the posterior of a map learnt from `cases` (Laplace). */
export function varianceAlong(
  map: BetaMap,
  cases: readonly WeightedCase[],
  direction: readonly [number, number, number],
): number {
  const prepared = cases.map(({ probability, isRight, weight }) => ({
    features: featuresOf(probability),
    isRight,
    weight,
  }));
  const { curvature } = slopesAt(prepared, tripleOf(map));
  return solved(curvature, direction).reduce((sum, value, i) => sum + value * direction[i]!, 0);
}
