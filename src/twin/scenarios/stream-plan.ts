/** Parties that come at random through the hours, and associates who fill shelves. */
import type { Random } from '../../base/index.ts';
import type { Task } from '../people/index.ts';
import { drawTraits } from './people-traits.ts';
import type { PlannedArrival } from './planned-arrival.ts';
import type { PeoplePlan } from './scenario.ts';
import { planShopper } from './shopper-plan.ts';
import type { Planning } from './shopper-plan.ts';

const HOUR_S = 3600;
const THIRD_MEMBER_SHARE = 0.35;
const CHILD_SHARE = 0.6;
/** Children give most of what they take to whom they came with. */
const CHILD_GIVES_SHARE = 0.7;
const MEMBER_GAP_MS = 1800;
const RESTOCKED_MIN = 3;
const RESTOCKED_MAX = 8;

type Stream = Extract<PeoplePlan, { kind: 'stream' }>;

/** One draw a second: a chance of λ/3600 each is a Poisson stream for all that a shop can tell, without logarithms. */
function arrivalTimes(plan: Stream, minutes: number, random: Random): number[] {
  const times: number[] = [];
  for (let second = 0; second < minutes * 60; second++) {
    const factor = plan.byHour?.[Math.floor(second / HOUR_S) % 24] ?? 1;
    if (random.uniform() < (plan.perHour * factor) / HOUR_S) times.push((second + random.uniform()) * 1000);
  }
  return times;
}

function childTasks(planning: Planning, parentNumber: number): Task[] {
  const few = { ...planning, habits: { ...planning.habits, itemsMin: 1, itemsMax: 2 } };
  const tasks = planShopper(few);
  return tasks.flatMap((task, index): Task[] => {
    const isPutBack = ['put', 'inspect-product'].includes(tasks[index + 1]?.kind ?? '');
    if (task.kind !== 'take' || isPutBack || planning.random.uniform() >= CHILD_GIVES_SHARE) return [task];
    return [task, { kind: 'hand-over', productId: task.productId, toPersonNumber: parentNumber }];
  });
}

function party(planning: Planning, atTrueMs: number, firstNumber: number): PlannedArrival[] {
  const { random } = planning;
  const { cartShare } = planning.habits;
  const size = random.uniform() < THIRD_MEMBER_SHARE ? 3 : 2;
  return Array.from({ length: size }, (_, index) => {
    const isChild = index > 0 && random.uniform() < CHILD_SHARE;
    return {
      atTrueMs: atTrueMs + index * MEMBER_GAP_MS,
      traits: drawTraits(random, { partyNumber: firstNumber, isChild, cartShare }),
      tasks: isChild ? childTasks(planning, firstNumber) : planShopper(planning),
    };
  });
}

function associate(planning: Planning, atTrueMs: number, personNumber: number): PlannedArrival {
  const { random, shelfware } = planning;
  const facings = RESTOCKED_MIN + random.below(RESTOCKED_MAX - RESTOCKED_MIN + 1);
  const tasks = Array.from({ length: facings }, (): Task => {
    const ware = shelfware.wares[random.below(shelfware.wares.length)]!;
    const { productId, plateIndexes } = ware;
    return { kind: 'restock', productId, count: 1 + random.below(4), plateIndexes };
  });
  return { atTrueMs, traits: drawTraits(random, { partyNumber: personNumber, isAssociate: true }), tasks };
}

/** Everybody of the stream, in order of time; person numbers are the places in this list. */
export function planStream(planning: Planning, plan: Stream, minutes: number): PlannedArrival[] {
  const { random } = planning;
  const shoppers = arrivalTimes(plan, minutes, random).map((atTrueMs) => ({ atTrueMs, isAssociate: false }));
  const associates = Array.from({ length: plan.associates }, () => ({
    atTrueMs: random.uniform() * minutes * 60_000,
    isAssociate: true,
  }));
  const arrivals: PlannedArrival[] = [];
  for (const { atTrueMs, isAssociate } of [...shoppers, ...associates].sort(
    (a, b) => a.atTrueMs - b.atTrueMs,
  )) {
    const personNumber = arrivals.length;
    if (isAssociate) arrivals.push(associate(planning, atTrueMs, personNumber));
    else if (random.uniform() < plan.partyShare) arrivals.push(...party(planning, atTrueMs, personNumber));
    else {
      const traits = drawTraits(random, { partyNumber: personNumber, cartShare: planning.habits.cartShare });
      arrivals.push({ atTrueMs, traits, tasks: planShopper(planning) });
    }
  }
  return arrivals;
}
