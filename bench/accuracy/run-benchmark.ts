/** Every system on every run of the chosen families. */
import type { BenchRun, SystemUnderTest } from './benchmark-run.ts';
import { isHealthy } from './families.ts';
import type { Family } from './families.ts';
import { judgeRun } from './metrics/judge-visits.ts';
import type { JudgedRun } from './metrics/judge-visits.ts';
import { measure } from './metrics/measure.ts';
import { stepFigures } from './metrics/step-error.ts';
import type { FamilyResult, Measured } from './results.ts';
import type { SeedRange } from './seeds.ts';

export interface BenchmarkPlan {
  readonly families: readonly Family[];
  /** Ours first: it is what the others stand beside. */
  readonly systems: readonly SystemUnderTest[];
  readonly seeds: SeedRange;
  /** After every run of a family, with how many of all are done. */
  readonly watch?: (done: { readonly family: Family; readonly runs: number; readonly of: number }) => void;
}

/** The families from easy to hard, and all of them together. */
export function runBenchmark(plan: BenchmarkPlan): Measured {
  const { systems, seeds } = plan;
  const families = plan.families.toSorted((a, b) => a.difficulty - b.difficulty);
  const everything = systems.map((): JudgedRun[] => []);
  const healthy: JudgedRun[] = [];
  let done = 0;
  const results = families.map((family): FamilyResult => {
    const judged = systems.map((): JudgedRun[] => []);
    for (let seed = seeds.from; seed < seeds.from + seeds.count; seed++) {
      const run: BenchRun = family.make(seed);
      for (const [index, system] of systems.entries()) judged[index]!.push(judgeRun(run, system.run(run)));
      plan.watch?.({ family, runs: ++done, of: families.length * seeds.count });
    }
    for (const [index, runs] of judged.entries()) everything[index]!.push(...runs);
    if (isHealthy(family)) healthy.push(...judged[0]!);
    const { name, words, difficulty } = family;
    return {
      name,
      words,
      difficulty,
      systems: systems.map((system, index) => measure(system, judged[index]!)),
    };
  });
  return {
    families: results,
    overall: systems.map((system, index) => measure(system, everything[index]!)),
    healthySteps: stepFigures(healthy.map(({ weighed }) => weighed)),
  };
}
