/**
 * Bayesian online change-point detection (Adams and MacKay 2007, arXiv:0710.3742) for many channels: for each, a
 * distribution over how long the present level has lasted, and the level's mean and spread under every such run
 * length. A segment is normal with unknown mean and variance (normal-inverse-gamma prior), so its predictive is
 * Student's t: ringing widens a segment instead of shattering it.
 *
 * Letters: n observations in a run, m their mean, s their sum of squared deviations, a0 and b0 shape and scale of the
 * variance's prior, k0 the prior's weight on the mean; predictive t with 2a = 2·a0 + n degrees of freedom and squared
 * scale b(k+1)/(ak), b = b0 + s/2, k = k0 + n, k0 → 0. With c = d²n/(2(n+1)) for an observation d away from the mean
 * the log density is C(n) + a·ln b − (a + ½)·ln(b + c), and b + c is the run's next b: one logarithm a run.
 *
 * Bounds: ≤ `RUNS_MAX` run lengths a channel (older ones that fall `LOG_KEEP` behind the best are dropped, then the
 * least probable); n stops at `COUNT_MAX`, behind which the segment forgets exponentially and so follows slow drift.
 * Rejected: slopes of fitted lines as a sign of stability (patented), and a plain CUSUM (no spread of its own).
 * Cost: O(runs) per update, about 25 floating-point operations and one logarithm each; no allocation.
 */
import { logGamma } from './special.ts';

/** 16 were too few once: a light hand in a very quiet plate, bumped, had more beginnings than that (test/reference). */
export const RUNS_MAX = 24;
export const COUNT_MAX = 40;
/**
 * Runs at e⁻¹⁶ of the best one do not come back. Some at e⁻⁹ did: under a swaying arm 16 of 600 drawn signals were
 * then cut otherwise than without any dropping, at 16 none (test/reference).
 */
const LOG_KEEP = 16;
const SHAPE_PRIOR = 1;
/** A new level may lie some 300 g from the last one; t with 2 degrees of freedom reaches kilograms. */
const LEVEL_SPREAD_GRAMS = 300;
/** A level lasts 5 s on average while hands are in a shelf, at 10 blocks a second. */
const HAZARD = 1 / 50;
const LOG_HAZARD = Math.log(HAZARD);
const LOG_STAY = Math.log(1 - HAZARD);

/** Struct of arrays; channel c owns the slots [c · RUNS_MAX, (c + 1) · RUNS_MAX). */
export interface RunLengths {
  /** ln P(run), normalised; in no order. */
  readonly logProb: Float64Array;
  /** Observations in the run, ≤ COUNT_MAX. */
  readonly count: Float64Array;
  /** Observations since the run began, missing ones too, not capped. */
  readonly age: Float64Array;
  readonly mean: Float64Array;
  readonly sumSquares: Float64Array;
  /** ln b. */
  readonly logScale: Float64Array;
  /** Runs in use per channel. */
  readonly runCount: Int32Array;
  /** Prior scale b0 of the variance per channel, grams². */
  readonly variancePrior: Float64Array;
  /** Centre of the prior of new levels per channel, grams. */
  readonly levelPrior: Float64Array;
  /** Slot of the most probable run per channel. */
  readonly best: Int32Array;
}

/** ln of the t density's constant by n: lnΓ((ν+1)/2) − lnΓ(ν/2) − ½ln(νπ), ν = 2·a0 + n. */
const LOG_T_CONSTANT = Float64Array.from({ length: COUNT_MAX + 1 }, (_, n) => {
  const nu = 2 * SHAPE_PRIOR + n;
  return logGamma((nu + 1) / 2) - logGamma(nu / 2) - 0.5 * Math.log(nu * Math.PI);
});

/** C(n) of the predictive, n ≥ 1: the constant of t, and what ½·ln((n + 1)/(a·n)) takes from it. */
const LOG_RUN_CONSTANT = LOG_T_CONSTANT.map(
  (constant, n) => constant - 0.5 * Math.log((n + 1) / ((SHAPE_PRIOR + 0.5 * n) * n)),
);

export function createRunLengths(channelCount: number): RunLengths {
  const slots = channelCount * RUNS_MAX;
  return {
    logProb: new Float64Array(slots),
    count: new Float64Array(slots),
    age: new Float64Array(slots),
    mean: new Float64Array(slots),
    sumSquares: new Float64Array(slots),
    logScale: new Float64Array(slots),
    runCount: new Int32Array(channelCount),
    variancePrior: new Float64Array(channelCount),
    levelPrior: new Float64Array(channelCount),
    best: new Int32Array(channelCount),
  };
}

/**
 * Starts `channel` with one run: `count` past observations of mean `level` and variance `variance` (grams²).
 * `variancePrior` (> 0) is the block variance expected of a new segment.
 */
export function startRuns(
  runs: RunLengths,
  channel: number,
  count: number,
  level: number,
  variance: number,
  variancePrior: number,
): void {
  const slot = channel * RUNS_MAX;
  runs.logProb[slot] = 0;
  runs.count[slot] = Math.min(count, COUNT_MAX);
  runs.age[slot] = count;
  runs.mean[slot] = level;
  runs.sumSquares[slot] = variance * runs.count[slot]!;
  runs.logScale[slot] = Math.log(variancePrior + 0.5 * runs.sumSquares[slot]!);
  runs.runCount[channel] = 1;
  runs.variancePrior[channel] = variancePrior;
  runs.levelPrior[channel] = level;
  runs.best[channel] = slot;
}

/** Lets `missing` observations of `channel` pass that nobody saw: its runs grow older, not surer. O(runs). */
export function ageRuns(runs: RunLengths, channel: number, missing: number): void {
  const start = channel * RUNS_MAX;
  const end = start + runs.runCount[channel]!;
  for (let slot = start; slot < end; slot++) runs.age[slot]! += missing;
}

/** Adds the observation x (grams) to `channel`, which `startRuns` has started. */
export function updateRuns(runs: RunLengths, channel: number, x: number): void {
  const { logProb, count, age, mean, sumSquares, logScale } = runs;
  const start = channel * RUNS_MAX;
  const end = start + runs.runCount[channel]!;
  const b0 = runs.variancePrior[channel]!;
  for (let slot = start; slot < end; slot++) {
    const n = count[slot]!;
    const m = mean[slot]!;
    const a = SHAPE_PRIOR + 0.5 * n;
    const d = x - m;
    const next = sumSquares[slot]! + (d * d * n) / (n + 1);
    const logNext = Math.log(b0 + 0.5 * next);
    logProb[slot]! += LOG_STAY + LOG_RUN_CONSTANT[n]! + a * logScale[slot]! - (a + 0.5) * logNext;
    age[slot]!++;
    if (n < COUNT_MAX) {
      count[slot] = n + 1;
      mean[slot] = m + d / (n + 1);
      sumSquares[slot] = next;
      logScale[slot] = logNext;
    } else {
      mean[slot] = m + d / COUNT_MAX;
      sumSquares[slot] = (sumSquares[slot]! + d * d) * (1 - 1 / COUNT_MAX);
      logScale[slot] = Math.log(b0 + 0.5 * sumSquares[slot]!);
    }
  }
  addNewRun(runs, channel, x);
}

/** The run that begins with x; its mass is the hazard's share of all mass so far (normalised to 1). */
function addNewRun(runs: RunLengths, channel: number, x: number): void {
  const { logProb } = runs;
  const scaleSquared = LEVEL_SPREAD_GRAMS * LEVEL_SPREAD_GRAMS + runs.variancePrior[channel]!;
  const d = x - runs.levelPrior[channel]!;
  const logPrior =
    LOG_T_CONSTANT[0]! -
    0.5 * Math.log(scaleSquared) -
    (SHAPE_PRIOR + 0.5) * Math.log1p((d * d) / (2 * SHAPE_PRIOR * scaleSquared));
  const start = channel * RUNS_MAX;
  const kept = dropWeakRuns(runs, channel, LOG_HAZARD + logPrior);
  const slot = start + kept;
  logProb[slot] = LOG_HAZARD + logPrior;
  runs.count[slot] = 1;
  runs.age[slot] = 1;
  runs.mean[slot] = x;
  runs.sumSquares[slot] = 0;
  runs.logScale[slot] = Math.log(runs.variancePrior[channel]!);
  runs.runCount[channel] = kept + 1;
  normaliseRuns(runs, channel);
}

/** Drops runs far behind the best and, where all slots are full, the weakest. Returns how many are left. */
function dropWeakRuns(runs: RunLengths, channel: number, logProbNew: number): number {
  const { logProb, count, age, mean, sumSquares, logScale } = runs;
  const start = channel * RUNS_MAX;
  const end = start + runs.runCount[channel]!;
  let best = logProbNew;
  for (let slot = start; slot < end; slot++) if (logProb[slot]! > best) best = logProb[slot]!;
  let floor = best - LOG_KEEP;
  if (end - start === RUNS_MAX) {
    let weakest = Infinity;
    for (let slot = start; slot < end; slot++) if (logProb[slot]! < weakest) weakest = logProb[slot]!;
    if (weakest >= floor) floor = nextAbove(weakest);
  }
  // A hole is filled with the last run: their order means nothing.
  let last = end - 1;
  for (let slot = start; slot <= last; slot++) {
    while (last >= slot && logProb[slot]! < floor) {
      if (last !== slot) {
        logProb[slot] = logProb[last]!;
        count[slot] = count[last]!;
        age[slot] = age[last]!;
        mean[slot] = mean[last]!;
        sumSquares[slot] = sumSquares[last]!;
        logScale[slot] = logScale[last]!;
      }
      last--;
    }
  }
  return last - start + 1;
}

function nextAbove(value: number): number {
  return value + Math.abs(value) * Number.EPSILON * 2 + Number.MIN_VALUE;
}

function normaliseRuns(runs: RunLengths, channel: number): void {
  const { logProb } = runs;
  const start = channel * RUNS_MAX;
  const end = start + runs.runCount[channel]!;
  let best = start;
  for (let slot = start + 1; slot < end; slot++) if (logProb[slot]! > logProb[best]!) best = slot;
  const max = logProb[best]!;
  let sum = 0;
  for (let slot = start; slot < end; slot++) sum += Math.exp(logProb[slot]! - max);
  const total = max + Math.log(sum);
  for (let slot = start; slot < end; slot++) logProb[slot]! -= total;
  runs.best[channel] = best;
}

/** Variance of one observation around the level of the run in `slot`: the prior scale counts as one observation. */
export function runVariance(runs: RunLengths, slot: number): number {
  const channel = Math.floor(slot / RUNS_MAX);
  return (2 * runs.variancePrior[channel]! + runs.sumSquares[slot]!) / (runs.count[slot]! + 2);
}
