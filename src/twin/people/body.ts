/** The body of a person at any moment between the last two ticks: where its eight points truly are. */
import type { BodyPart, Point3 } from '../../domain/index.ts';
import type { FloorPoint, PersonMoment, Skeleton } from '../words/index.ts';
import { minus, unitOf } from './floor-vectors.ts';
import type { Person, Reach } from './person.ts';

/** Shares of the body's height and half widths in metres, of adults standing (rounded from anthropometric tables). */
const HEAD_SHARE = 0.95;
const NECK_SHARE = 0.86;
const SHOULDER_SHARE = 0.82;
const HIP_HAND_SHARE = 0.5;
const SHOULDER_HALF_M = 0.19;
const IDLE_HAND_HALF_M = 0.24;
/** Reaching bends the trunk forwards, and down for what lies low. */
const LEAN_M = 0.12;
const STOOP_SHARE = 0.6;
const STOOP_BELOW_M = 0.9;
const ARM_PARTS: Readonly<Record<'left' | 'right', readonly BodyPart[]>> = {
  left: ['leftElbow', 'leftWrist'],
  right: ['rightElbow', 'rightWrist'],
};

/** 0 beside the body, 1 at the place, with a soft start and stop. */
export function extension(reach: Reach, trueMs: number): number {
  const out = (trueMs - reach.startsTrueMs) / (reach.touchesTrueMs - reach.startsTrueMs);
  const back = (reach.endsTrueMs - trueMs) / (reach.endsTrueMs - reach.letsGoTrueMs);
  const linear = Math.min(1, Math.max(0, Math.min(out, back)));
  return linear * linear * (3 - 2 * linear);
}

function mix(a: Point3, b: Point3, share: number): Point3 {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, z: a.z + (b.z - a.z) * share };
}

interface Posture {
  readonly person: Person;
  readonly here: FloorPoint;
  readonly ahead: FloorPoint;
  readonly reach: Reach | null;
  readonly reached: number;
}

function skeletonOf({ person, here, ahead, reach, reached }: Posture): Skeleton {
  const { heightM } = person.traits;
  const stoopM = reach ? reached * Math.max(0, STOOP_BELOW_M - reach.wristInStore.z) * STOOP_SHARE : 0;
  const spine = (heightShare: number): Point3 => ({
    x: here.x + ahead.x * reached * LEAN_M * heightShare,
    y: here.y + ahead.y * reached * LEAN_M * heightShare,
    z: Math.max(0.3, heightM * heightShare - stoopM),
  });
  const sideways = (from: Point3, leftM: number, forwardM: number): Point3 => ({
    x: from.x - ahead.y * leftM + ahead.x * forwardM,
    y: from.y + ahead.x * leftM + ahead.y * forwardM,
    z: from.z,
  });
  const size = heightM / 1.75;
  const leftShoulder = sideways(spine(SHOULDER_SHARE), SHOULDER_HALF_M * size, 0);
  const rightShoulder = sideways(spine(SHOULDER_SHARE), -SHOULDER_HALF_M * size, 0);
  const wrist = (hand: 'left' | 'right'): Point3 => {
    const idle = sideways(spine(HIP_HAND_SHARE), hand === 'left' ? IDLE_HAND_HALF_M : -IDLE_HAND_HALF_M, 0.1);
    return reach?.hand === hand ? mix(idle, reach.wristInStore, reached) : idle;
  };
  const leftWrist = wrist('left');
  const rightWrist = wrist('right');
  const elbow = (shoulder: Point3, hand: Point3): Point3 => {
    const middle = mix(shoulder, hand, 0.5);
    return { x: middle.x, y: middle.y, z: middle.z - 0.06 };
  };
  return {
    head: spine(HEAD_SHARE),
    neck: spine(NECK_SHARE),
    leftShoulder,
    rightShoulder,
    leftElbow: elbow(leftShoulder, leftWrist),
    rightElbow: elbow(rightShoulder, rightWrist),
    leftWrist,
    rightWrist,
  };
}

export interface TickSpan {
  readonly fromTrueMs: number;
  readonly untilTrueMs: number;
}

/** The person at `trueMs`, which lies within the last tick. */
export function momentOf(person: Person, trueMs: number, tick: TickSpan): PersonMoment {
  const span = tick.untilTrueMs - tick.fromTrueMs;
  const share = span > 0 ? Math.min(1, Math.max(0, (trueMs - tick.fromTrueMs) / span)) : 1;
  const here = {
    x: person.before.x + (person.here.x - person.before.x) * share,
    y: person.before.y + (person.here.y - person.before.y) * share,
  };
  const { reach } = person;
  const reached = reach ? extension(reach, trueMs) : 0;
  const ahead = reach ? unitOf(minus(reach.wristInStore, here), person.facing) : person.facing;
  const skeleton = skeletonOf({ person, here, ahead, reach, reached });
  return {
    personNumber: person.traits.personNumber,
    skeleton,
    hiddenParts: reach?.isHandHidden && reached > 0 ? ARM_PARTS[reach.hand] : [],
    hasEntered: person.traits.hasEntered,
  };
}
