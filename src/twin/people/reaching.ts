/** An arm goes to a plate and comes back; what it does there in between is drawn by its owner's chance. */
import { transformPoint } from '../../domain/index.ts';
import type { Plate, Point3 } from '../../domain/index.ts';
import type { HandAtPlates } from '../words/index.ts';
import { minus } from './floor-vectors.ts';
import { drawMs, HUMAN_TIMES } from './human-times.ts';
import type { Person, Reach } from './person.ts';
import { turnTo } from './walking.ts';

/**
 * How far the wrist goes beyond the shelf's edge (−: it stays before it; the fingers are 0.18 m further). The real
 * recording's wrist stays 0.11 m before the edge at a pick.
 */
const WRIST_BEFORE_EDGE_M = 0.12;
const WRIST_BEYOND_EDGE_M = 0.08;
/** What a hand presses or lifts while it grasps. */
const FORCE_MIN_GRAMS = 20;
const FORCE_MAX_GRAMS = 60;
/** Most hands press first; some lift a little before they take, or hold what they put down. */
const PRESSES_SHARE = 0.7;
/** From the first touch of the goods to the moment they move, and from then until the hand is off. */
const GRASP_MIN_MS = 150;
const GRASP_MAX_MS = 700;
const LET_GO_MAX_MS = 250;

/** Where a wrist is when the hand is at the plate. */
export function wristAt(person: Person, plate: Plate): Point3 {
  const { random } = person;
  const { sizeM, storeFromBox } = plate.reach;
  const depthM = random.uniform() * (WRIST_BEFORE_EDGE_M + WRIST_BEYOND_EDGE_M) - WRIST_BEFORE_EDGE_M;
  return transformPoint(storeFromBox, {
    x: sizeM.x * (0.25 + 0.5 * random.uniform()),
    y: depthM,
    z: Math.min(0.25, sizeM.z * 0.5),
  });
}

export interface ReachWish {
  readonly wristInStore: Point3;
  readonly startsTrueMs: number;
  readonly handMs: number;
  readonly isHandHidden?: boolean;
  /** The hand is there not before this. */
  readonly notBeforeTrueMs?: number | undefined;
}

/** Reaches, with the hand that is nearer. */
export function startReach(person: Person, wish: ReachWish): Reach {
  const { random, facing, here } = person;
  const soonestTrueMs = wish.startsTrueMs + drawMs(random, HUMAN_TIMES.reach);
  const touchesTrueMs = Math.max(soonestTrueMs, wish.notBeforeTrueMs ?? -Infinity);
  const letsGoTrueMs = touchesTrueMs + wish.handMs;
  const towards = minus(wish.wristInStore, here);
  const isLeft = facing.x * towards.y - facing.y * towards.x > 0;
  const reach: Reach = {
    startsTrueMs: wish.startsTrueMs,
    touchesTrueMs,
    letsGoTrueMs,
    endsTrueMs: letsGoTrueMs + drawMs(random, HUMAN_TIMES.retract),
    hand: isLeft ? 'left' : 'right',
    wristInStore: wish.wristInStore,
    isHandHidden: wish.isHandHidden ?? false,
  };
  person.reach = reach;
  person.busyUntilTrueMs = reach.endsTrueMs;
  turnTo(person, towards);
  return reach;
}

/**
 * The hand's own force around a transfer. It hovers in the shelf and touches goods only while it grasps: the real
 * recording's plate rises by 40 g in the quarter of a second before the step.
 */
export function handForce(person: Person, reach: Reach, atTrueMs: number): HandAtPlates {
  const { random } = person;
  const sign = random.uniform() < PRESSES_SHARE ? 1 : -1;
  const graspMs = GRASP_MIN_MS + random.uniform() * (GRASP_MAX_MS - GRASP_MIN_MS);
  const letGoMs = random.uniform() * LET_GO_MAX_MS;
  return {
    touchesTrueMs: Math.max(reach.touchesTrueMs, atTrueMs - graspMs),
    leavesTrueMs: Math.min(reach.letsGoTrueMs, atTrueMs + letGoMs),
    forceGrams: sign * (FORCE_MIN_GRAMS + random.uniform() * (FORCE_MAX_GRAMS - FORCE_MIN_GRAMS)),
  };
}
