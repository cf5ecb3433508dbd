/** From a scenario, or a script of visits, and a seed to everything that a run needs. */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { generateStore } from '../worlds/index.ts';
import { ownRandom } from '../words/index.ts';
import type { TwinFault, TwinStore } from '../words/index.ts';
import { givenArrivals, planArrivals } from './arrivals.ts';
import type { Arrivals } from './arrivals.ts';
import { OVERTIME_MINUTES, PLAIN_HABITS } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { shelfwareOf } from './shelfware.ts';
import { readVisitScript } from './visit-script.ts';
import type { VisitScript } from './visit-script.ts';

/** Everything about a run but its sensors. */
export interface TwinPlan {
  readonly store: TwinStore;
  readonly seed: number;
  readonly arrivals: Arrivals;
  readonly faults: readonly TwinFault[];
  readonly trackLatency: Scenario['trackLatency'];
  readonly cartCount: number;
  readonly durationMsMax: number;
  readonly startsAtMs: EpochMs;
}

/** A Monday at nine; the day means nothing, and is the same for every run so that a run is its seed. */
export const TWIN_STARTS_AT_MS = epochMs(Date.UTC(2026, 0, 5, 9));

export interface ScenarioSeed {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Given where the shop is not to be generated. */
  readonly store?: TwinStore;
}

export function planScenario({ scenario, seed, store: given }: ScenarioSeed): TwinPlan {
  const store = given ?? generateStore({ ...scenario.store, seed });
  const random = ownRandom(seed, 'plan');
  const planning = { store, shelfware: shelfwareOf(store, random), habits: scenario.habits, random };
  return {
    store,
    seed,
    arrivals: planArrivals(scenario, planning),
    faults: scenario.faults,
    trackLatency: scenario.trackLatency,
    cartCount: scenario.cartCount,
    durationMsMax: (scenario.minutes + OVERTIME_MINUTES) * 60_000,
    startsAtMs: TWIN_STARTS_AT_MS,
  };
}

export interface ScriptSeed {
  readonly script: VisitScript;
  readonly store: TwinStore;
  readonly seed: number;
  readonly faults?: readonly TwinFault[];
  readonly trackLatency?: Scenario['trackLatency'];
}

/** The plan of a script, with what is wrong in it: a script with problems must not be run. */
export function planScript(from: ScriptSeed): {
  readonly plan: TwinPlan;
  readonly problems: readonly DataProblem[];
} {
  const { script, store, seed, faults = [], trackLatency = 'usual' } = from;
  const { arrivals, problems } = readVisitScript(script, store, seed);
  const random = ownRandom(seed, 'plan');
  const planning = { store, shelfware: shelfwareOf(store, random), habits: PLAIN_HABITS, random };
  const lastS = Math.max(0, ...script.visits.flatMap(({ actions }) => actions.map(({ atS }) => atS)));
  const plan: TwinPlan = {
    store,
    seed,
    arrivals: givenArrivals(arrivals, planning),
    faults,
    trackLatency,
    cartCount: 0,
    durationMsMax: lastS * 1000 + OVERTIME_MINUTES * 60_000,
    startsAtMs: TWIN_STARTS_AT_MS,
  };
  return { plan, problems };
}
