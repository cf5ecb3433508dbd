/**
 * One frame of the tracker: everybody it sees, as joints in inches in the axes of the store's geometry. A joint
 * that was not found is absent, `{}`, or has an empty point and no score; zero coordinates are omitted, so a point
 * that has a score is a point. Wrists are `l_wrist` and `r_wrist`; where one is absent, `hands` may still hold it:
 * it lists the right hand first, then the left, and leaves out what was not found.
 */
import { METRES_PER_INCH } from '../../base/index.ts';
import { isIdText, sourceId, trackId } from '../../domain/index.ts';
import type {
  BodyPart,
  DataProblem,
  Point3,
  TrackedPerson,
  TrackedPoint,
  TrackFrame,
} from '../../domain/index.ts';
import { documentTimes, timeMissing } from './document-times.ts';
import type { DocumentTimes } from './document-times.ts';
import { fieldAt, idTextOf, listAt, numberOf } from './export-json.ts';

export type TrackDraft = Omit<TrackFrame, 'sequence' | 'receivedAtMs'> & Pick<DocumentTimes, 'storedAtMs'>;

type Report = (problem: DataProblem) => void;
type Parts = Partial<Record<BodyPart, TrackedPoint>>;

/** The name of each part in the documents. */
export const AIFI_JOINT_NAMES: Readonly<Record<BodyPart, string>> = {
  head: 'head',
  neck: 'neck',
  leftShoulder: 'l_shoulder',
  rightShoulder: 'r_shoulder',
  leftElbow: 'l_elbow',
  rightElbow: 'r_elbow',
  leftWrist: 'l_wrist',
  rightWrist: 'r_wrist',
};

export const AIFI_ENTERED = 'TARGETSTATE_VALID_ENTRANCE';
const TRACKS = sourceId('tracks');
const REMEDY = 'Export the target documents again; what cannot be read is left out.';

/** The store's frame from the tracker's: the same axes, inches to metres. Proven in test/recordings. */
export function storeFromTracker(pointInches: Point3): Point3 {
  return {
    x: pointInches.x * METRES_PER_INCH,
    y: pointInches.y * METRES_PER_INCH,
    z: pointInches.z * METRES_PER_INCH,
  };
}

function readJoint(joint: unknown, where: string, report: Report): TrackedPoint | undefined {
  const point = fieldAt(joint, 'point');
  if (typeof point !== 'object' || point === null) return undefined;
  const score = numberOf(fieldAt(joint, 'score'));
  if (score === 0 && Object.keys(point).length === 0) return undefined;
  const [x, y, z] = [fieldAt(point, 'x'), fieldAt(point, 'y'), fieldAt(point, 'z')].map(numberOf);
  const inStore = storeFromTracker({ x: x!, y: y!, z: z! });
  if (![inStore.x, inStore.y, inStore.z, score].every(Number.isFinite)) {
    const what = `a joint stands at (${x}, ${y}, ${z}) with score ${score}`;
    report({ code: 'AIFI_POINT_NOT_FINITE', where, what, remedy: REMEDY });
    return undefined;
  }
  return { ...inStore, confidence: Math.min(1, Math.max(0, score)) };
}

function isSamePoint(a: TrackedPoint, b: TrackedPoint | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.z === b.z;
}

function wristsFromHands(parts: Parts, hands: readonly TrackedPoint[]): Parts {
  const others = hands.filter(
    (hand) => !isSamePoint(hand, parts.leftWrist) && !isSamePoint(hand, parts.rightWrist),
  );
  const wrists: Parts = {};
  for (const side of ['rightWrist', 'leftWrist'] as const) {
    const hand = parts[side] ? undefined : others.shift();
    if (hand) wrists[side] = hand;
  }
  return wrists;
}

function readParts(target: unknown, where: string, report: Report): Parts {
  const parts: Parts = {};
  for (const [part, name] of Object.entries(AIFI_JOINT_NAMES) as [BodyPart, string][]) {
    const joint = readJoint(fieldAt(target, name), `${where} ${name}`, report);
    if (joint) parts[part] = joint;
  }
  if (parts.leftWrist && parts.rightWrist) return parts;
  const hands = (listAt(target, 'hands') ?? [])
    .map((hand) => readJoint(hand, `${where} hands`, report))
    .filter((hand) => hand !== undefined);
  return { ...parts, ...wristsFromHands(parts, hands) };
}

function readPeople(targets: readonly unknown[], where: string, report: Report): TrackedPerson[] {
  const people: TrackedPerson[] = [];
  for (const target of targets) {
    const name = idTextOf(fieldAt(target, 'target_id', 'id'));
    if (name === null || !isIdText(name)) {
      report({ code: 'AIFI_TARGET_NAMELESS', where, what: 'a target has no usable id', remedy: REMEDY });
      continue;
    }
    if (people.some((person) => person.trackId === name)) {
      const what = `target ${name} appears twice in one frame`;
      report({ code: 'AIFI_TARGET_TWICE', where, what, remedy: REMEDY });
      continue;
    }
    people.push({
      trackId: trackId(name),
      hasEntered: fieldAt(target, 'target_state') === AIFI_ENTERED,
      parts: readParts(target, where, report),
    });
  }
  return people;
}

/** The frame of one document; null where it was reported and left out. */
export function readTargetDocument(document: unknown, where: string, report: Report): TrackDraft | null {
  const times = documentTimes(document);
  if (!times) {
    report(timeMissing(where));
    return null;
  }
  const inner = fieldAt(document, 'document', 'targets');
  const targets = fieldAt(inner, 'targets') ?? [];
  if (typeof inner !== 'object' || inner === null || !Array.isArray(targets)) {
    const what = 'document.targets holds no list of targets';
    report({ code: 'AIFI_TARGETS_MALFORMED', where, what, remedy: REMEDY });
    return null;
  }
  return { kind: 'tracks', source: TRACKS, ...times, people: readPeople(targets, where, report) };
}
