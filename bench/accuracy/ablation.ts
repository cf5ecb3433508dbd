/** What each ingredient is worth: Tillfree beside itself without it, on the same runs, pair by pair. */
import type { AblationFigures, AblationRow, Change } from './ablation-figures.ts';
import { ABLATIONS } from './ablations.ts';
import { bootstrapInterval } from './metrics/bootstrap.ts';
import type { JudgedRun, JudgedVisit } from './metrics/judge-visits.ts';
import { measure } from './metrics/measure.ts';
import type { Estimate } from './metrics/ratio.ts';
import { judgeFamilies } from './run-benchmark.ts';
import type { BenchmarkPlan } from './run-benchmark.ts';
import type { JudgedFamily } from './judged-family.ts';
import { TILLFREE } from './tillfree-system.ts';

export const ABLATION_FAMILIES: readonly string[] = [
  'plain',
  'crowd-8',
  'same-shelf',
  'hand-over',
  'misplaced-then-bought',
  'fault-ids-renewed',
];

interface Pair {
  readonly whole: JudgedRun;
  readonly without: JudgedRun;
}

function meanOf(runs: readonly JudgedRun[], valueOf: (visit: JudgedVisit) => number): number {
  const values = runs.flatMap(({ visits }) => visits.map(valueOf));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function changeOf(pairs: readonly Pair[], valueOf: (visit: JudgedVisit) => number): Estimate {
  const sums = pairs.map(({ whole, without }) => ({
    whole: meanOf([whole], valueOf) * whole.visits.length,
    wholeVisits: whole.visits.length,
    without: meanOf([without], valueOf) * without.visits.length,
    withoutVisits: without.visits.length,
  }));
  const change = (drawn: typeof sums): number => {
    const total = (key: keyof (typeof sums)[number]): number =>
      drawn.reduce((sum, each) => sum + each[key], 0);
    return total('without') / total('withoutVisits') - total('whole') / total('wholeVisits');
  };
  return { value: change(sums), ...bootstrapInterval(sums, (drawn) => change([...drawn])) };
}

export function changesOf(pairs: readonly Pair[]): Change {
  return {
    f1: changeOf(pairs, ({ f1 }) => f1),
    exact: changeOf(pairs, ({ isExact }) => (isExact ? 1 : 0)),
  };
}

function pairsOf({ bySystem }: JudgedFamily, index: number): Pair[] {
  return bySystem[0]!.map((whole, run) => ({ whole, without: bySystem[index]![run]! }));
}

export async function ablate(plan: Omit<BenchmarkPlan, 'systems'>): Promise<AblationFigures> {
  const families = plan.families.filter(({ name }) => ABLATION_FAMILIES.includes(name));
  const judged = await judgeFamilies({ ...plan, families, systems: [TILLFREE, ...ABLATIONS] });
  const whole = measure(
    TILLFREE,
    judged.flatMap(({ bySystem }) => bySystem[0]!),
  );
  const rows = ABLATIONS.map(({ name }, index): AblationRow => {
    const all = changesOf(judged.flatMap((family) => pairsOf(family, index + 1)));
    const each = judged.map((family) => {
      return { family: family.family.name, ...changesOf(pairsOf(family, index + 1)) };
    });
    return { name, all, families: each };
  });
  const { runs, visits, f1, exact } = whole;
  const names = judged.map(({ family }) => family.name);
  return { families: names, runs, visits, whole: { f1, exact }, rows };
}
