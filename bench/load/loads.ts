/** The loads that a shop must carry in real time. SIMULATED: by the twin, from a seed. */
import { present } from '../../src/base/index.ts';
import { planScenario, scenarioNamed } from '../../src/twin/index.ts';
import type { TwinPlan } from '../../src/twin/index.ts';

export interface Load {
  readonly name: string;
  readonly words: string;
  /** The scenario whose shop and habits these are. */
  readonly scenario: string;
  /** Inside at any time: who leaves is followed by the next. */
  readonly people: number;
  /** Store seconds: until the shop is full, and until the load ends; what lies between is told. */
  readonly fromS: number;
  readonly untilS: number;
}

const FULL_HOUR_S = 3600;

export const LOADS: readonly Load[] = [
  {
    name: 'nano-4',
    words: '4 people in 20 m²',
    scenario: 'squeeze-4',
    people: 4,
    fromS: 20,
    untilS: 320,
  },
  {
    name: 'squeeze-16',
    words: '16 people in 20 m²',
    scenario: 'squeeze-16',
    people: 16,
    fromS: 40,
    untilS: 340,
  },
  {
    name: 'crowd-16',
    words: '16 people in 90 m²',
    scenario: 'crowd-16',
    people: 16,
    fromS: 40,
    untilS: 340,
  },
  {
    name: 'supermarket-100',
    words: '100 people in 1,200 m²',
    scenario: 'supermarket',
    people: 100,
    fromS: 90,
    untilS: 270,
  },
  {
    name: 'nano-hour',
    words: '8 people in 20 m² for an hour: does anything grow',
    scenario: 'nano-hour',
    people: 8,
    fromS: 60,
    untilS: FULL_HOUR_S,
  },
];

/** Seconds that run inside the tests. */
export const SMALL_LOAD: Load = {
  name: 'small',
  words: '2 people in 20 m² for a minute and a half',
  scenario: 'squeeze-2',
  people: 2,
  fromS: 5,
  untilS: 95,
};

export function planLoad(load: Load, seed: number): TwinPlan {
  const ready = present(scenarioNamed(load.scenario), 'SCENARIO_UNKNOWN');
  const minutes = Math.ceil(load.untilS / 60);
  const people = { kind: 'steady', count: load.people } as const;
  return planScenario({ scenario: { ...ready, people, minutes }, seed });
}
