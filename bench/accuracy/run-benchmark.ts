/** Every system on every run of the chosen families. */
import { isHealthy } from './families.ts';
import type { Family } from './families.ts';
import { measure } from './metrics/measure.ts';
import { stepFigures } from './metrics/step-error.ts';
import { performAll } from './pool.ts';
import type { JudgedFamily } from './judged-family.ts';
import type { FamilyResult, Measured } from './results.ts';
import type { SeedRange } from './seeds.ts';
import type { SystemUnderTest } from './benchmark-run.ts';
import { targetFigures } from './targets.ts';
import type { RunTask } from './tasks.ts';

export interface BenchmarkPlan {
  readonly families: readonly Family[];
  /** Ours first: it is what the others stand beside. */
  readonly systems: readonly SystemUnderTest[];
  readonly seeds: SeedRange;
  /** Where the labelled visits lie. */
  readonly data: string;
  readonly workers: number;
  /** After every run of a family, with how many of all are done. */
  readonly watch?: (done: { readonly family: string; readonly runs: number; readonly of: number }) => void;
}

/** The families from easy to hard; the dearest, which are the hard ones, are begun first. */
export async function judgeFamilies(plan: BenchmarkPlan): Promise<JudgedFamily[]> {
  const { systems, seeds, data, workers, watch } = plan;
  const families = plan.families.toSorted((a, b) => b.difficulty - a.difficulty);
  const names = systems.map(({ name }) => name);
  const tasks = families.flatMap((family) =>
    Array.from({ length: seeds.count }, (_, index): RunTask => {
      return { kind: 'run', family: family.name, seed: seeds.from + index, systems: names, data };
    }),
  );
  const judged = await performAll(tasks, {
    workers,
    watch: (runs, index) => watch?.({ family: tasks[index]!.family, runs, of: tasks.length }),
  });
  const judgedFamilies = families.map((family, index): JudgedFamily => {
    const runs = judged.slice(index * seeds.count, (index + 1) * seeds.count);
    return { family, bySystem: systems.map((_, system) => runs.map((run) => run[system]!)) };
  });
  return judgedFamilies.toReversed();
}

function resultOf({ family, bySystem }: JudgedFamily, systems: readonly SystemUnderTest[]): FamilyResult {
  const { name, words, difficulty } = family;
  const measured = systems.map((system, index) => measure(system, bySystem[index]!));
  return { name, words, difficulty, systems: measured };
}

/** The families from easy to hard, and all of them together. */
export async function runBenchmark(plan: BenchmarkPlan): Promise<Measured> {
  const { systems } = plan;
  const judged = await judgeFamilies(plan);
  const healthy = judged.filter(({ family }) => isHealthy(family)).flatMap(({ bySystem }) => bySystem[0]!);
  return {
    families: judged.map((family) => resultOf(family, systems)),
    overall: systems.map((system, index) =>
      measure(
        system,
        judged.flatMap(({ bySystem }) => bySystem[index]!),
      ),
    ),
    healthySteps: stepFigures(healthy.map(({ weighed }) => weighed)),
    targets: targetFigures(judged, systems),
  };
}
