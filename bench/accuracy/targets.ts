/** What was aimed at before anything was measured, and what came out, on the families that each aim speaks of. */
import type { SystemUnderTest } from './benchmark-run.ts';
import type { JudgedFamily } from './run-benchmark.ts';
import type { Count } from './metrics/intervals.ts';
import { wilsonInterval } from './metrics/intervals.ts';
import type { JudgedRun, JudgedVisit } from './metrics/judge-visits.ts';
import { calibrationOf } from './metrics/calibration.ts';
import { estimateMean, estimateRatio } from './metrics/ratio.ts';
import type { Estimate } from './metrics/ratio.ts';
import { isHealthy } from './families.ts';

type Measure = 'f1' | 'exact' | 'precision' | 'recall' | 'nearby' | 'rebought' | 'line-ece';

export interface Target {
  readonly words: string;
  readonly measure: Measure;
  readonly aim: number;
  /** `healthy`: all without faults; null: all there are. */
  readonly families: readonly string[] | 'healthy' | null;
}

export interface TargetFigure {
  readonly words: string;
  readonly aim: number;
  readonly isAtMost: boolean;
  readonly families: string;
  /** Ours first; NaN where a system states no such thing. */
  readonly systems: readonly Estimate[];
}

function target(words: string, measure: Measure, aim: number, families: Target['families']): Target {
  return { words, measure, aim, families };
}

const SEVERAL = ['plain', 'crowd-2', 'crowd-4'];

export const TARGETS: readonly Target[] = [
  target('labelled visits acted out: mean F1', 'f1', 0.97, ['labelled-visits']),
  target('labelled visits acted out: exactly right', 'exact', 0.9, ['labelled-visits']),
  target('two to four shoppers: mean F1', 'f1', 0.95, SEVERAL),
  target('8 at once, room enough: exactly right before any look', 'exact', 0.93, ['crowd-8']),
  target('16 at once, room enough: exactly right before any look', 'exact', 0.85, ['crowd-16']),
  target('8 at once in 20 m²: mean F1', 'f1', 0.95, ['squeeze-8']),
  target('16 at once in 20 m²: mean F1', 'f1', 0.85, ['squeeze-16']),
  target('40 % adversarial actions: precision', 'precision', 0.95, ['adversarial']),
  target('40 % adversarial actions: recall', 'recall', 0.95, ['adversarial']),
  target('taken with another within 0.5 m: right person', 'nearby', 0.95, 'healthy'),
  target('the same, side by side and at one shelf', 'nearby', 0.95, ['side-by-side', 'same-shelf']),
  target('misplaced, then bought by another: billed right', 'rebought', 0.95, 'healthy'),
  target('two at one shelf at the same moment: mean F1', 'f1', 0.92, ['same-shelf']),
  target('long hold, then take: mean F1', 'f1', 0.97, ['long-hold']),
  target('hand-off: mean F1', 'f1', 0.85, ['hand-over']),
  target('track ids renewed every minute: mean F1', 'f1', 0.95, ['fault-ids-renewed']),
  target('track ids swapped where two meet: mean F1', 'f1', 0.95, ['fault-ids-swapped']),
  target('8 % of plates dead: mean F1', 'f1', 0.95, ['fault-plates-dead']),
  target('8 % of plates stuck: mean F1', 'f1', 0.95, ['fault-plates-stuck']),
  target('calibration error per line, nothing learnt', 'line-ece', 0.02, null),
];

const VALUE_OF: Readonly<Record<'f1' | 'precision' | 'recall', (visit: JudgedVisit) => number>> = {
  f1: ({ f1 }) => f1,
  precision: ({ precision }) => precision,
  recall: ({ recall }) => recall,
};

function counted(runs: readonly JudgedRun[], countOf: (run: JudgedRun) => Count): Estimate {
  return estimateRatio(runs, (run) => ({ part: countOf(run).hits, whole: countOf(run).trials }));
}

function exactShare(runs: readonly JudgedRun[]): Estimate {
  const real = runs.flatMap(({ visits }) => visits).filter(({ isReal }) => isReal);
  const count = { hits: real.filter(({ isExact }) => isExact).length, trials: real.length };
  return { value: count.hits / count.trials, ...wilsonInterval(count) };
}

/** Without an interval: bins make it biased upwards in small samples, and drawing runs again does so once more. */
function lineError(runs: readonly JudgedRun[]): Estimate {
  const { error } = calibrationOf(runs.flatMap(({ visits }) => visits.flatMap(({ lines }) => lines)));
  return { value: error, low: Number.NaN, high: Number.NaN };
}

export function estimateOf(measure: Measure, runs: readonly JudgedRun[]): Estimate {
  if (measure === 'exact') return exactShare(runs);
  if (measure === 'nearby') return counted(runs, ({ nearby }) => nearby);
  if (measure === 'rebought') return counted(runs, ({ rebought }) => rebought);
  if (measure === 'line-ece') return lineError(runs);
  return estimateMean(runs, VALUE_OF[measure]);
}

function chosenFamilies(judged: readonly JudgedFamily[], families: Target['families']): JudgedFamily[] {
  return judged.filter(({ family }) => {
    if (families === null) return true;
    return families === 'healthy' ? isHealthy(family) : families.includes(family.name);
  });
}

const ALL_WORDS = { healthy: 'all without faults', all: 'all' } as const;

const NOT_STATED: Estimate = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/** Those of which a family was run. */
export function targetFigures(
  judged: readonly JudgedFamily[],
  of: readonly Pick<SystemUnderTest, 'statesProbabilities'>[],
): TargetFigure[] {
  return TARGETS.flatMap(({ words, measure, aim, families }) => {
    const chosen = chosenFamilies(judged, families);
    if (chosen.length === 0) return [];
    const isNamed = families !== null && families !== 'healthy';
    const names = isNamed ? chosen.map(({ family }) => family.name).join(', ') : ALL_WORDS[families ?? 'all'];
    const systems = of.map(({ statesProbabilities }, system) => {
      const runs = chosen.flatMap(({ bySystem }) => bySystem[system]!);
      return measure === 'line-ece' && !statesProbabilities ? NOT_STATED : estimateOf(measure, runs);
    });
    return [{ words, aim, isAtMost: measure === 'line-ece', families: names, systems }];
  });
}
