/**
 * How well plates weigh what moves: true deeds at plates laid beside the steps that were told, before anybody asks who or
 * what it was. A step belongs to a deed on one of its plates, with its sign, whose time lies in the step's window give or
 * take `MARGIN_MS`. Deeds that share a step, and steps that share a deed (a thing on two plates), are one moment; its
 * error is the sum of the steps less the sum of the deeds, in their stated standard deviations too.
 */
import type { Interaction, WeightStep } from '../../../src/domain/index.ts';
import type { TrueDeed } from '../benchmark-run.ts';
import { quantile } from './quantile.ts';

export interface WeighedMoment {
  readonly deedCount: number;
  readonly errorGrams: number;
  readonly sigmaGrams: number;
}

export interface WeighedRun {
  readonly moments: readonly WeighedMoment[];
  /** Deeds at plates that no step tells. */
  readonly unheardCount: number;
}

export interface StepFigures {
  readonly deeds: number;
  readonly unheardShare: number;
  readonly p50Grams: number;
  readonly p95Grams: number;
  /** Share of moments whose error is within one, two and three of their stated standard deviations. */
  readonly within: readonly [number, number, number];
}

/** Sensor clocks of plates, and where a step begins under a hand, are known to about this. */
const MARGIN_MS = 250;

interface Moment {
  readonly deeds: readonly TrueDeed[];
  readonly steps: ReadonlySet<WeightStep>;
}

/** `interactions` as they were told last. */
export function weighRun(deeds: readonly TrueDeed[], interactions: readonly Interaction[]): WeighedRun {
  const steps = interactions.flatMap((interaction) => interaction.steps);
  let moments: Moment[] = [];
  let unheardCount = 0;
  for (const deed of deeds) {
    if (deed.plateIds.length === 0 || deed.deltaGrams === 0) continue;
    const own = new Set(steps.filter((step) => tells(step, deed)));
    if (own.size === 0) {
      unheardCount++;
      continue;
    }
    const shared = moments.filter((moment) => [...own].some((step) => moment.steps.has(step)));
    moments = moments.filter((moment) => !shared.includes(moment));
    moments.push({
      deeds: [...shared.flatMap((moment) => moment.deeds), deed],
      steps: new Set([...shared.flatMap((moment) => [...moment.steps]), ...own]),
    });
  }
  return { moments: moments.map(weigh), unheardCount };
}

function tells(step: WeightStep, deed: TrueDeed): boolean {
  const isThen = step.leftAtMs - MARGIN_MS <= deed.atMs && deed.atMs <= step.settledAtMs + MARGIN_MS;
  return isThen && step.deltaGrams * deed.deltaGrams > 0 && deed.plateIds.includes(step.plateId);
}

function weigh({ deeds, steps }: Moment): WeighedMoment {
  let errorGrams = 0;
  let variance = 0;
  for (const step of steps) {
    errorGrams += step.deltaGrams;
    variance += step.sigmaGrams ** 2;
  }
  for (const deed of deeds) errorGrams -= deed.deltaGrams;
  return { deedCount: deeds.length, errorGrams, sigmaGrams: Math.sqrt(variance) };
}

/** Null where nobody told steps. */
export function stepFigures(runs: readonly (WeighedRun | null)[]): StepFigures | null {
  const weighed = runs.filter((run) => run !== null);
  if (weighed.length === 0) return null;
  const moments = weighed.flatMap((run) => run.moments);
  const unheard = weighed.reduce((sum, run) => sum + run.unheardCount, 0);
  const deeds = unheard + moments.reduce((sum, { deedCount }) => sum + deedCount, 0);
  const errors = moments.map(({ errorGrams }) => Math.abs(errorGrams));
  const within = (sigmas: number): number =>
    moments.filter(({ errorGrams, sigmaGrams }) => Math.abs(errorGrams) <= sigmas * sigmaGrams).length /
    moments.length;
  return {
    deeds,
    unheardShare: unheard / deeds,
    p50Grams: quantile(errors, 0.5),
    p95Grams: quantile(errors, 0.95),
    within: [within(1), within(2), within(3)],
  };
}
