/**
 * Walking: a social-force model (Helbing and Molnár 1995: a pull towards the next corner, a push away from others)
 * with the push a polynomial of bounded range instead of an exponential, so that every step has the same bits
 * everywhere. Shelves and walls are hard: a step into them slides along or does not happen.
 */
import type { Floor, FloorPoint } from '../words/index.ts';
import { along, apartM, lengthOf, minus, unitOf } from './floor-vectors.ts';
import type { Person, Walk } from './person.ts';

const RELAXATION_S = 0.35;
/** Others are felt from here on (centre to centre), and push with up to this. */
const PUSH_RANGE_M = 0.8;
const PUSH_M_PER_S2 = 7;
/** A part of the push goes to the right, so that two who meet pass each other. */
const SIDESTEP_SHARE = 0.5;
const SPEED_MAX_M_PER_S = 1.7;
const CORNER_M = 0.25;
const ARRIVAL_M = 0.1;
/** Slows down from here on. */
const BRAKING_M = 0.4;
/** Bodies do not come closer than this: somebody stands in the way. */
const BODIES_APART_M = 0.28;
const STUCK_M_PER_S = 0.08;
const PUSHES_AFTER_MS = 2500;
const PUSHES_FOR_MS = 1500;
/** Who is stuck this near to the goal has arrived. */
const NEAR_ENOUGH_M = 0.55;
const NEAR_AFTER_MS = 1500;
const GIVES_UP_MS = 60_000;

export interface Ground {
  readonly floor: Floor;
  /** Everybody else. */
  readonly others: readonly Person[];
  readonly nowTrueMs: number;
  readonly tickMs: number;
}

export function startWalk(person: Person, to: FloorPoint, ground: Pick<Ground, 'floor' | 'nowTrueMs'>): Walk {
  const target = ground.floor.nearestFree(to);
  const way = [...ground.floor.route(person.here, target)];
  return {
    to: target,
    way: way.length > 0 ? way : [target],
    sinceTrueMs: ground.nowTrueMs,
    stuckMs: 0,
    pushesUntilTrueMs: -1,
  };
}

function pushOf(person: Person, others: readonly Person[], heading: FloorPoint): FloorPoint {
  let x = 0;
  let y = 0;
  for (const other of others) {
    const away = minus(person.here, other.here);
    const distance = lengthOf(away);
    if (distance >= PUSH_RANGE_M) continue;
    const direction = unitOf(away, { x: heading.y, y: -heading.x });
    // Who is behind does not push.
    const isAhead = direction.x * heading.x + direction.y * heading.y < 0.3;
    if (!isAhead) continue;
    const closeness = 1 - distance / PUSH_RANGE_M;
    const force = PUSH_M_PER_S2 * closeness * closeness;
    x += force * (direction.x + SIDESTEP_SHARE * heading.y);
    y += force * (direction.y - SIDESTEP_SHARE * heading.x);
  }
  return { x, y };
}

function isBlocked(person: Person, to: FloorPoint, ground: Ground): boolean {
  if (!ground.floor.isFree(to)) return true;
  if (ground.nowTrueMs < (person.walk?.pushesUntilTrueMs ?? -1)) return false;
  return ground.others.some((other) => {
    const distance = apartM(to, other.here);
    return distance < BODIES_APART_M && distance < apartM(person.here, other.here);
  });
}

/** The step, else its part along one axis, else none. */
function stepTo(person: Person, to: FloorPoint, ground: Ground): FloorPoint {
  const { here } = person;
  const choices = [to, { x: to.x, y: here.y }, { x: here.x, y: to.y }];
  return choices.find((choice) => !isBlocked(person, choice, ground)) ?? here;
}

function passCorners(person: Person, walk: Walk): void {
  while (walk.way.length > 1 && apartM(person.here, walk.way[0]!) < CORNER_M) walk.way.shift();
}

/** Undoes knots: after a while without way a new route is taken, and others are pushed aside. */
function noteProgress(
  walk: Walk,
  ground: Ground,
  { here, movedM }: { readonly here: FloorPoint; readonly movedM: number },
): void {
  const isStuck = movedM < (STUCK_M_PER_S * ground.tickMs) / 1000;
  walk.stuckMs = isStuck ? walk.stuckMs + ground.tickMs : Math.max(0, walk.stuckMs - ground.tickMs);
  if (walk.stuckMs < PUSHES_AFTER_MS) return;
  walk.stuckMs = 0;
  walk.pushesUntilTrueMs = ground.nowTrueMs + PUSHES_FOR_MS;
  const way = [...ground.floor.route(here, walk.to)];
  walk.way = way.length > 0 ? way : [walk.to];
}

export type WalkOutcome = 'walking' | 'arrived' | 'given-up';

/** One tick of the person's walk. */
export function walkOn(person: Person, walk: Walk, ground: Ground): WalkOutcome {
  passCorners(person, walk);
  const corner = walk.way[0]!;
  const restM = apartM(person.here, corner);
  const isLast = walk.way.length === 1;
  const isNear = isLast && restM < NEAR_ENOUGH_M && walk.stuckMs > NEAR_AFTER_MS;
  if ((isLast && restM < ARRIVAL_M) || isNear) return stop(person, 'arrived');
  if (ground.nowTrueMs - walk.sinceTrueMs > GIVES_UP_MS) return stop(person, 'given-up');
  const tickS = ground.tickMs / 1000;
  const heading = unitOf(minus(corner, person.here), person.facing);
  const speed = person.traits.speedMPerS * (isLast ? Math.min(1, Math.max(0.25, restM / BRAKING_M)) : 1);
  const isPushing = ground.nowTrueMs < walk.pushesUntilTrueMs;
  const push = isPushing ? { x: 0, y: 0 } : pushOf(person, ground.others, heading);
  const v = person.velocityMPerS;
  const wanted = {
    x: v.x + ((heading.x * speed - v.x) / RELAXATION_S + push.x) * tickS,
    y: v.y + ((heading.y * speed - v.y) / RELAXATION_S + push.y) * tickS,
  };
  const wantedSpeed = lengthOf(wanted);
  const limited =
    wantedSpeed > SPEED_MAX_M_PER_S
      ? along({ x: 0, y: 0 }, unitOf(wanted, heading), SPEED_MAX_M_PER_S)
      : wanted;
  const next = stepTo(person, along(person.here, limited, tickS), ground);
  const moved = minus(next, person.here);
  person.velocityMPerS = { x: moved.x / tickS, y: moved.y / tickS };
  person.here = next;
  turnTo(person, lengthOf(moved) > 0.003 ? unitOf(moved, heading) : heading);
  noteProgress(walk, ground, { here: next, movedM: lengthOf(moved) });
  return 'walking';
}

function stop(person: Person, outcome: WalkOutcome): WalkOutcome {
  person.velocityMPerS = { x: 0, y: 0 };
  return outcome;
}

/** Turns a third of the way to `direction` each tick. */
export function turnTo(person: Person, direction: FloorPoint): void {
  const { facing } = person;
  const mixed = { x: facing.x * 2 + direction.x, y: facing.y * 2 + direction.y };
  person.facing = unitOf(mixed, direction);
}
