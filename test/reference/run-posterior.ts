/**
 * The run-length posterior of one plate (Adams and MacKay 2007), written as it stands in the textbook: a list of
 * hypotheses, each a run that began at one block, each with the Student t that a normal segment of unknown mean and
 * variance predicts. Nothing is dropped before it is e⁻²⁰⁰ of the best, and there is no limit to their number.
 */
import { logGamma } from '../../src/kernel/index.ts';

export interface Run {
  logProb: number;
  /** Blocks seen in the run, at most 40, and blocks since it began. */
  count: number;
  age: number;
  mean: number;
  sumSquares: number;
}

export interface Posterior {
  runs: Run[];
  /** Scale of the variance's prior, grams², and where new levels are expected. */
  readonly variancePrior: number;
  readonly levelPrior: number;
}

const COUNT_MAX = 40;
const SHAPE_PRIOR = 1;
const LEVEL_SPREAD_GRAMS = 300;
const HAZARD = 1 / 50;
const LOG_KEEP = 200;

interface StudentT {
  readonly degrees: number;
  readonly centre: number;
  readonly scaleSquared: number;
}

/** ln of the density of Student's t at x. */
export function logStudentT(x: number, t: StudentT): number {
  const standard = (x - t.centre) ** 2 / t.scaleSquared;
  return (
    logGamma((t.degrees + 1) / 2) -
    logGamma(t.degrees / 2) -
    0.5 * Math.log(t.degrees * Math.PI * t.scaleSquared) -
    ((t.degrees + 1) / 2) * Math.log1p(standard / t.degrees)
  );
}

function predictionOf(run: Run, variancePrior: number): StudentT {
  const shape = SHAPE_PRIOR + run.count / 2;
  const scale = variancePrior + run.sumSquares / 2;
  const scaleSquared = (scale * (run.count + 1)) / (shape * run.count);
  return { degrees: 2 * shape, centre: run.mean, scaleSquared };
}

function longer(run: Run, x: number, logProb: number): Run {
  const off = x - run.mean;
  const age = run.age + 1;
  if (run.count < COUNT_MAX) {
    const count = run.count + 1;
    const sumSquares = run.sumSquares + (off * off * run.count) / count;
    return { logProb, count, age, mean: run.mean + off / count, sumSquares };
  }
  const sumSquares = (run.sumSquares + off * off) * (1 - 1 / COUNT_MAX);
  return { logProb, count: COUNT_MAX, age, mean: run.mean + off / COUNT_MAX, sumSquares };
}

/** The posterior after one more block with the mean x. */
export function observe(posterior: Posterior, x: number): Posterior {
  const { variancePrior, levelPrior } = posterior;
  const continued = posterior.runs.map((run) => {
    const logLikelihood = logStudentT(x, predictionOf(run, variancePrior));
    return longer(run, x, run.logProb + Math.log(1 - HAZARD) + logLikelihood);
  });
  const anyLevel: StudentT = {
    degrees: 2 * SHAPE_PRIOR,
    centre: levelPrior,
    scaleSquared: LEVEL_SPREAD_GRAMS ** 2 + variancePrior,
  };
  const begun: Run = {
    logProb: Math.log(HAZARD) + logStudentT(x, anyLevel),
    count: 1,
    age: 1,
    mean: x,
    sumSquares: 0,
  };
  return { ...posterior, runs: normalised([...continued, begun]) };
}

function normalised(runs: readonly Run[]): Run[] {
  const best = Math.max(...runs.map((run) => run.logProb));
  const kept = runs.filter((run) => run.logProb > best - LOG_KEEP);
  const logTotal = best + Math.log(kept.reduce((sum, run) => sum + Math.exp(run.logProb - best), 0));
  return kept.map((run) => ({ ...run, logProb: run.logProb - logTotal }));
}

export function mostProbable(posterior: Posterior): Run {
  return posterior.runs.reduce((best, run) => (run.logProb > best.logProb ? run : best));
}

/** Variance of one block around the run's level; the prior counts as two degrees of freedom. */
export function varianceOf(run: Run, posterior: Posterior): number {
  return (2 * posterior.variancePrior + run.sumSquares) / (run.count + 2);
}

/** Blocks that nobody saw make every run older. */
export function aged(posterior: Posterior, blocks: number): Posterior {
  return { ...posterior, runs: posterior.runs.map((run) => ({ ...run, age: run.age + blocks })) };
}
