/** What was aimed at before anything was measured, and what came out, on the families that each aim speaks of. */
import type { SystemUnderTest } from './benchmark-run.ts';
import type { JudgedFamily } from './judged-family.ts';
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

const SEVERAL = ['plain', 'crowd-2', 'crowd-4'];

export const TARGETS: readonly Target[] = [
  { words: 'labelled visits acted out: mean F1', measure: 'f1', aim: 0.97, families: ['labelled-visits'] },
  {
    words: 'labelled visits acted out: exactly right',
    measure: 'exact',
    aim: 0.9,
    families: ['labelled-visits'],
  },
  { words: 'two to four shoppers: mean F1', measure: 'f1', aim: 0.95, families: SEVERAL },
  {
    words: '8 at once, room enough: exactly right before any look',
    measure: 'exact',
    aim: 0.93,
    families: ['crowd-8'],
  },
  {
    words: '16 at once, room enough: exactly right before any look',
    measure: 'exact',
    aim: 0.85,
    families: ['crowd-16'],
  },
  { words: '8 at once in 20 m²: mean F1', measure: 'f1', aim: 0.95, families: ['squeeze-8'] },
  { words: '16 at once in 20 m²: mean F1', measure: 'f1', aim: 0.85, families: ['squeeze-16'] },
  {
    words: '40 % adversarial actions: precision',
    measure: 'precision',
    aim: 0.95,
    families: ['adversarial'],
  },
  { words: '40 % adversarial actions: recall', measure: 'recall', aim: 0.95, families: ['adversarial'] },
  {
    words: 'taken with another within 0.5 m: right person',
    measure: 'nearby',
    aim: 0.95,
    families: 'healthy',
  },
  {
    words: 'the same, side by side and at one shelf',
    measure: 'nearby',
    aim: 0.95,
    families: ['side-by-side', 'same-shelf'],
  },
  {
    words: 'misplaced, then bought by another: billed right',
    measure: 'rebought',
    aim: 0.95,
    families: 'healthy',
  },
  {
    words: 'two at one shelf at the same moment: mean F1',
    measure: 'f1',
    aim: 0.92,
    families: ['same-shelf'],
  },
  { words: 'long hold, then take: mean F1', measure: 'f1', aim: 0.97, families: ['long-hold'] },
  { words: 'hand-off: mean F1', measure: 'f1', aim: 0.85, families: ['hand-over'] },
  {
    words: 'track ids renewed every minute: mean F1',
    measure: 'f1',
    aim: 0.95,
    families: ['fault-ids-renewed'],
  },
  {
    words: 'track ids swapped where two meet: mean F1',
    measure: 'f1',
    aim: 0.95,
    families: ['fault-ids-swapped'],
  },
  { words: '8 % of plates dead: mean F1', measure: 'f1', aim: 0.95, families: ['fault-plates-dead'] },
  { words: '8 % of plates stuck: mean F1', measure: 'f1', aim: 0.95, families: ['fault-plates-stuck'] },
  { words: 'calibration error per line, nothing learnt', measure: 'line-ece', aim: 0.02, families: null },
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
