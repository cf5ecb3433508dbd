/** Who comes in when. People enter one by one, in the order planned, when nobody stands in the doorway. */
import { apartM, enter } from '../people/index.ts';
import type { Scene } from '../people/index.ts';
import { planPairs } from './pair-plans.ts';
import { drawTraits } from './people-traits.ts';
import type { PlannedArrival } from './planned-arrival.ts';
import type { Scenario } from './scenario.ts';
import { planShopper } from './shopper-plan.ts';
import type { Planning } from './shopper-plan.ts';
import { planStream } from './stream-plan.ts';

const DOORWAY_M = 0.5;
const CROWD_GAP_MS = 1700;

export interface Arrivals {
  readonly planned: readonly PlannedArrival[];
  /** Place in `planned` of who comes next. */
  next: number;
  /** Keeps the shop at this many people with newly planned shoppers; 0 where only the planned ones come. */
  readonly steadyCount: number;
  readonly planning: Planning;
  readonly lastEntryTrueMs: number;
}

function plannedFor(scenario: Scenario, planning: Planning): PlannedArrival[] {
  const { people } = scenario;
  switch (people.kind) {
    case 'crowd':
      return Array.from({ length: people.count }, (_, partyNumber) => ({
        atTrueMs: 1500 + partyNumber * CROWD_GAP_MS,
        traits: drawTraits(planning.random, { partyNumber, cartShare: planning.habits.cartShare }),
        tasks: planShopper(planning),
      }));
    case 'stream':
      return planStream(planning, people, scenario.minutes);
    case 'pairs':
      return planPairs(planning, people.difficulty, people.rounds);
    case 'steady':
      return [];
  }
}

export function planArrivals(scenario: Scenario, planning: Planning): Arrivals {
  const steadyCount = scenario.people.kind === 'steady' ? scenario.people.count : 0;
  const lastEntryTrueMs = scenario.minutes * 60_000;
  return { planned: plannedFor(scenario, planning), next: 0, steadyCount, planning, lastEntryTrueMs };
}

/** Those of a list who come in, as it says. */
export function givenArrivals(planned: readonly PlannedArrival[], planning: Planning): Arrivals {
  return { planned, next: 0, steadyCount: 0, planning, lastEntryTrueMs: Infinity };
}

function isDoorwayFree(scene: Scene, arrival: PlannedArrival): boolean {
  const place = arrival.at ?? scene.store.entrance;
  return [...scene.people.values()].every((person) => apartM(person.here, place) > DOORWAY_M);
}

/** Lets in who is due. */
export function letIn(arrivals: Arrivals, scene: Scene): void {
  const due = nextArrival(arrivals, scene);
  if (!due || !isDoorwayFree(scene, due)) return;
  if (arrivals.next < arrivals.planned.length) arrivals.next++;
  enter(scene, due);
}

function nextArrival(arrivals: Arrivals, scene: Scene): PlannedArrival | null {
  const { nowTrueMs } = scene;
  const planned = arrivals.planned[arrivals.next];
  if (planned) return planned.atTrueMs <= nowTrueMs ? planned : null;
  const isShort = scene.people.size < arrivals.steadyCount;
  if (!isShort || nowTrueMs > arrivals.lastEntryTrueMs) return null;
  const { planning } = arrivals;
  const { cartShare } = planning.habits;
  const traits = drawTraits(planning.random, { partyNumber: scene.peopleCount, cartShare });
  return { atTrueMs: nowTrueMs, traits, tasks: planShopper(planning) };
}

/** True when nobody will come any more and nobody is inside. */
export function isOver(arrivals: Arrivals, scene: Scene): boolean {
  const isSteadyOver = arrivals.steadyCount === 0 || scene.nowTrueMs > arrivals.lastEntryTrueMs;
  return arrivals.next >= arrivals.planned.length && isSteadyOver && scene.people.size === 0;
}
