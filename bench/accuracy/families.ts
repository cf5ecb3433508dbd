/** The families of runs that systems are judged on, from easy to hard: scenarios of the twin. */
import { planScenario, SCENARIOS } from '../../src/twin/index.ts';
import type { BenchRun } from './benchmark-run.ts';
import { twinRun } from './twin-run.ts';

export interface Family {
  /** Kebab-case, for the command line. */
  readonly name: string;
  /** What happens in it, for a table. */
  readonly words: string;
  /** Lowest first in every table: how hard it was meant to be, not how it turned out. */
  readonly difficulty: number;
  make(seed: number): BenchRun;
}

/** True where nothing is at fault: nothing is to be excused by broken sensors or a broken network. */
export function isHealthy({ name }: Pick<Family, 'name'>): boolean {
  return !name.startsWith('fault-') || name === 'fault-none';
}

/** In the order of their difficulty as it was meant. */
const FAMILY_SCENARIOS: readonly string[] = [
  'plain',
  'crowd-1',
  'crowd-2',
  'crowd-4',
  'long-hold',
  'side-by-side',
  'same-weight',
  'misplaced-then-bought',
  'same-shelf',
  'hand-over',
  'families',
  'crowd-8',
  'late-cameras',
  'hidden-hands',
  'adversarial',
  'crowd-16',
  'squeeze-4',
  'squeeze-8',
  'squeeze-16',
  'fault-none',
  'fault-network',
  'fault-clocks',
  'fault-plates-drifting',
  'fault-plates-miscalibrated',
  'fault-ids-renewed',
  'fault-ids-swapped',
  'fault-broker-restart',
  'fault-plates-dead',
  'fault-plates-stuck',
  'fault-fixture-offline',
  'fault-camera-dark',
  'fault-process-killed',
];

export const FAMILIES: readonly Family[] = FAMILY_SCENARIOS.flatMap((name, index): Family[] => {
  const scenario = SCENARIOS.find((each) => each.name === name);
  if (!scenario) return [];
  const make = (seed: number): BenchRun => twinRun(name, planScenario({ scenario, seed }));
  return [{ name, words: scenario.words, difficulty: 10 + index, make }];
});
