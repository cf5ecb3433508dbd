/**
 * The bodies of a story as a camera tracker would report them: irregular frames, points with noise and confidence,
 * parts missing now and then. SIMULATED, a test builder.
 */
import { seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { BODY_PARTS, trackId } from '../../src/domain/index.ts';
import type { BodyPart, Point3, TrackedPerson, TrackedPoint } from '../../src/domain/index.ts';
import type { FloorPoint } from './scripted-layout.ts';
import type { Knot, PersonStory, Reach } from './story.ts';

export const TRACK_RATE_HZ = 15;
const POINT_NOISE_M = 0.015;
const PART_LOST_SHARE = 0.02;
const HIDDEN_MARGIN_MS = 400;

export interface RawFrame {
  readonly trueMs: number;
  readonly people: readonly TrackedPerson[];
}

function placeAt(knots: readonly Knot[], ms: number): FloorPoint {
  let index = knots.findIndex((knot) => knot.atMs > ms);
  if (index < 0) index = knots.length;
  const before = knots[index - 1] ?? knots[0]!;
  const after = knots[index] ?? before;
  const span = after.atMs - before.atMs;
  const through = span > 0 ? Math.min(1, Math.max(0, (ms - before.atMs) / span)) : 0;
  return { x: before.x + (after.x - before.x) * through, y: before.y + (after.y - before.y) * through };
}

/** 0 beside the body, 1 at the plate, with a soft start and stop. */
function extension(reach: Reach, ms: number): number {
  const out = (ms - reach.startsAtMs) / (reach.touchesAtMs - reach.startsAtMs);
  const back = (reach.endsAtMs - ms) / (reach.endsAtMs - reach.letsGoAtMs);
  const linear = Math.min(1, Math.max(0, Math.min(out, back)));
  return linear * linear * (3 - 2 * linear);
}

/** Unit vector over the floor: towards what is reached for, else the way walked, else north. */
function heading(person: PersonStory, ms: number, reach: Reach | undefined): FloorPoint {
  const here = placeAt(person.knots, ms);
  const ahead = reach ? reach.wristInStore : placeAt(person.knots, ms + 300);
  const x = ahead.x - here.x;
  const y = ahead.y - here.y;
  const length = Math.hypot(x, y);
  return length > 0.02 ? { x: x / length, y: y / length } : { x: 0, y: 1 };
}

function mix(a: Point3, b: Point3, share: number): Point3 {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, z: a.z + (b.z - a.z) * share };
}

/** Where the body's points truly are. */
function skeleton(person: PersonStory, ms: number, reach: Reach | undefined): Record<BodyPart, Point3> {
  const here = placeAt(person.knots, ms);
  const ahead = heading(person, ms, reach);
  const reached = reach ? extension(reach, ms) : 0;
  const wristZ = reach ? reach.wristInStore.z : 1;
  // People bend for a low shelf.
  const stoopM = reached * Math.max(0, 0.9 - wristZ) * 0.6;
  const leanM = reached * 0.12;
  const spine = (heightShare: number): Point3 => ({
    x: here.x + ahead.x * leanM * heightShare,
    y: here.y + ahead.y * leanM * heightShare,
    z: person.heightM * heightShare - stoopM,
  });
  const sideways = (from: Point3, leftM: number, forwardM: number): Point3 => ({
    x: from.x - ahead.y * leftM + ahead.x * forwardM,
    y: from.y + ahead.x * leftM + ahead.y * forwardM,
    z: from.z,
  });
  const shoulder = { left: sideways(spine(0.82), 0.19, 0), right: sideways(spine(0.82), -0.19, 0) };
  const wrist = (hand: 'left' | 'right'): Point3 => {
    const idle = sideways(spine(0.5), hand === 'left' ? 0.24 : -0.24, 0.1);
    return reach?.hand === hand ? mix(idle, reach.wristInStore, reached) : idle;
  };
  const elbow = (hand: 'left' | 'right'): Point3 => {
    const middle = mix(shoulder[hand], wrist(hand), 0.5);
    return { ...middle, z: middle.z - 0.06 };
  };
  return {
    head: spine(0.95),
    neck: spine(0.86),
    leftShoulder: shoulder.left,
    rightShoulder: shoulder.right,
    leftElbow: elbow('left'),
    rightElbow: elbow('right'),
    leftWrist: wrist('left'),
    rightWrist: wrist('right'),
  };
}

function seen(point: Point3, random: Random): TrackedPoint {
  return {
    x: point.x + random.normal() * POINT_NOISE_M,
    y: point.y + random.normal() * POINT_NOISE_M,
    z: point.z + random.normal() * POINT_NOISE_M,
    confidence: Math.min(0.999, 0.7 + random.uniform() * 0.3),
  };
}

function seenPerson(person: PersonStory, ms: number, random: Random): TrackedPerson {
  const nearest = person.reaches.find((each) => each.endsAtMs + HIDDEN_MARGIN_MS > ms);
  const reach = nearest && nearest.startsAtMs - HIDDEN_MARGIN_MS <= ms ? nearest : undefined;
  const truth = skeleton(person, ms, reach);
  const parts: Partial<Record<BodyPart, TrackedPoint>> = {};
  for (const part of BODY_PARTS) {
    const point = seen(truth[part], random);
    const isLost = random.uniform() < PART_LOST_SHARE;
    const isArm = part.endsWith('Wrist') || part.endsWith('Elbow');
    if (!isLost && !(isArm && reach?.isHandHidden)) parts[part] = point;
  }
  const name = person.names.findLast((each) => each.fromMs <= ms) ?? person.names[0]!;
  return { trackId: trackId(name.trackText), hasEntered: name.hasEntered, parts };
}

export interface TrackSignalOptions {
  readonly people: readonly PersonStory[];
  readonly endsAtMs: number;
  readonly seed: number;
}

/** All frames of the tracker, in order of time; frames without anybody too. */
export function* trackSignals(options: TrackSignalOptions): Generator<RawFrame> {
  const random = seededRandom(options.seed);
  const periodMs = 1000 / TRACK_RATE_HZ;
  for (let ms = random.uniform() * periodMs; ms <= options.endsAtMs;) {
    const trueMs = ms;
    const present = options.people.filter((each) => each.enteredAtMs <= trueMs && trueMs < each.leftAtMs);
    yield { trueMs, people: present.map((person) => seenPerson(person, trueMs, random)) };
    ms += periodMs * (0.6 + 0.8 * random.uniform());
  }
}
