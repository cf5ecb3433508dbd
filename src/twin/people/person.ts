/** One body in the shop: where it is, what its hands do, what they hold, and what it means to do. */
import type { Random } from '../../base/index.ts';
import type { Point3 } from '../../domain/index.ts';
import type { Unit } from '../stock/index.ts';
import type { Deed, FloorPoint } from '../words/index.ts';
import type { Task } from './task.ts';

/** An arm on its way to a place, there, and back. */
export interface Reach {
  readonly startsTrueMs: number;
  readonly touchesTrueMs: number;
  readonly letsGoTrueMs: number;
  readonly endsTrueMs: number;
  readonly hand: 'left' | 'right';
  readonly wristInStore: Point3;
  readonly isHandHidden: boolean;
}

/** A deed that is under way: at its moment these units change hands. */
export interface PendingDeed {
  readonly deed: Deed;
  readonly gains: readonly Unit[];
  readonly losses: readonly Unit[];
  /** Runs at the moment of the deed, for what else changes then. */
  readonly apply: () => void;
}

export interface Walk {
  readonly to: FloorPoint;
  /** Corners still ahead, the target last. */
  way: FloorPoint[];
  sinceTrueMs: number;
  /** How long hardly any way was made. */
  stuckMs: number;
  /** Pays no heed to others until then: a knot in a narrow place has to be undone by somebody. */
  pushesUntilTrueMs: number;
}

export interface PersonTraits {
  readonly personNumber: number;
  readonly partyNumber: number;
  readonly isAssociate: boolean;
  readonly heightM: number;
  readonly speedMPerS: number;
  /** Pushes a smart cart, if one is free. */
  readonly hasCart: boolean;
  /** Came in where the cameras watch. */
  readonly hasEntered: boolean;
}

export interface Person {
  readonly traits: PersonTraits;
  readonly random: Random;
  readonly enteredAtTrueMs: number;
  here: FloorPoint;
  /** Where they were one tick ago. */
  before: FloorPoint;
  velocityMPerS: FloorPoint;
  /** Unit vector over the floor. */
  facing: FloorPoint;
  readonly tasks: Task[];
  walk: Walk | null;
  /** The task that the walk is for, and the one whose place was reached. */
  walksFor: Task | null;
  arrivedFor: Task | null;
  meetingTries: number;
  /** Since when they wait at the end of their list for the rest of the party. */
  waitsSinceTrueMs: number | null;
  reach: Reach | null;
  /** Nothing new begins before this. */
  busyUntilTrueMs: number;
  readonly pending: PendingDeed[];
  readonly held: Unit[];
  leftAtTrueMs: number | null;
}

export function isIdle(person: Person, nowTrueMs: number): boolean {
  return person.walk === null && nowTrueMs >= person.busyUntilTrueMs && person.pending.length === 0;
}
