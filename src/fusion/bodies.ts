/**
 * The anonymous bodies in the shop, followed through the tracker's ids. Nobody is born or vanishes inside a shop, so a
 * new id that appears where a known body was just lost is that body again; an id that came in through a valid
 * entrance of its own is linked only when it continues a lost body almost exactly.
 *
 * No identity outlives the visit: a body is forgotten when its visit ends.
 */
import { RingBuffer } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { floorDistanceM, visitId } from '../domain/index.ts';
import type { Point3, TrackedPerson, TrackFrame, TrackId, VisitId } from '../domain/index.ts';

/** Where a body was at one moment; what the tracker did not see is null. */
export interface BodySample {
  readonly atMs: EpochMs;
  readonly head: Point3 | null;
  readonly leftWrist: Point3 | null;
  readonly rightWrist: Point3 | null;
}

export interface Body {
  readonly visitId: VisitId;
  readonly trackIds: TrackId[];
  hasEntered: boolean;
  readonly firstSeenAtMs: EpochMs;
  lastSeenAtMs: EpochMs;
  readonly samples: RingBuffer<BodySample>;
}

export interface Bodies {
  readonly byTrack: Map<TrackId, Body>;
  readonly byVisit: Map<VisitId, Body>;
  readonly historySamplesMax: number;
  bodyCount: number;
  /** Ids linked to a body that had been lost, and links undone because both ids were seen at once. */
  linkCount: number;
  undoneLinkCount: number;
}

/** People walk at up to 2.5 m/s between two sightings, and a head is found again within half a metre. */
const SPEED_MAX_MPS = 2.5;
const FIND_AGAIN_M = 0.5;
/** An id with an entrance of its own continues a lost body only this closely. */
const CONTINUE_WITHIN_MS = 1000;
const CONTINUE_WITHIN_M = 0.35;
/** Behind this a body is no longer looked for. */
const LOST_MS_MAX = 60_000;

export function createBodies(historySamplesMax: number): Bodies {
  return {
    byTrack: new Map(),
    byVisit: new Map(),
    historySamplesMax,
    bodyCount: 0,
    linkCount: 0,
    undoneLinkCount: 0,
  };
}

/** Takes one frame in: every person in it moves a known body or is found to be one. */
export function followFrame(bodies: Bodies, frame: TrackFrame): void {
  const seen = new Set<Body>();
  for (const person of frame.people) {
    const known = bodies.byTrack.get(person.trackId);
    if (known && !seen.has(known)) {
      seen.add(known);
      moveBody(known, person, frame.observedAtMs);
    }
  }
  for (const person of frame.people) {
    const known = bodies.byTrack.get(person.trackId);
    if (known && isCurrent(known, person.trackId, seen, frame)) continue;
    const body = known ? undoLink(bodies, person, frame) : findOrAddBody(bodies, person, frame, seen);
    seen.add(body);
    moveBody(body, person, frame.observedAtMs);
  }
}

/** False where two ids of one body appear in the same frame: then the link was wrong for the later one. */
function isCurrent(body: Body, track: TrackId, seen: ReadonlySet<Body>, frame: TrackFrame): boolean {
  if (!seen.has(body)) return false;
  const first = frame.people.find((person) => body.trackIds.includes(person.trackId));
  return first?.trackId === track;
}

function undoLink(bodies: Bodies, person: TrackedPerson, frame: TrackFrame): Body {
  bodies.undoneLinkCount++;
  const wrong = bodies.byTrack.get(person.trackId);
  if (wrong) wrong.trackIds.splice(wrong.trackIds.indexOf(person.trackId), 1);
  return addBody(bodies, person, frame);
}

function findOrAddBody(
  bodies: Bodies,
  person: TrackedPerson,
  frame: TrackFrame,
  seen: ReadonlySet<Body>,
): Body {
  const lost = findLostBody(bodies, person, frame, seen);
  if (!lost) return addBody(bodies, person, frame);
  bodies.linkCount++;
  lost.trackIds.push(person.trackId);
  bodies.byTrack.set(person.trackId, lost);
  return lost;
}

/** The lost body that this person most probably is, by place and time; null where none can be. */
function findLostBody(
  bodies: Bodies,
  person: TrackedPerson,
  frame: TrackFrame,
  seen: ReadonlySet<Body>,
): Body | null {
  const here = placeOf(person);
  if (!here) return null;
  let best: Body | null = null;
  let bestMisfit = 1;
  for (const body of bodies.byVisit.values()) {
    if (seen.has(body)) continue;
    const misfit = misfitOf(body, here, frame.observedAtMs, person.hasEntered);
    if (misfit < bestMisfit) {
      bestMisfit = misfit;
      best = body;
    }
  }
  return best;
}

/** Distance against what the body could have walked meanwhile: below 1 it is possible, 0 is a perfect continuation. */
function misfitOf(body: Body, here: Point3, atMs: EpochMs, hasEntered: boolean): number {
  const last = lastPlace(body);
  const lostMs = atMs - body.lastSeenAtMs;
  if (!last || lostMs < 0 || lostMs > LOST_MS_MAX) return Infinity;
  const distance = floorDistanceM(last, here);
  if (hasEntered) {
    if (lostMs > CONTINUE_WITHIN_MS) return Infinity;
    return distance / (CONTINUE_WITHIN_M + (SPEED_MAX_MPS / 2) * (lostMs / 1000));
  }
  return distance / (FIND_AGAIN_M + SPEED_MAX_MPS * (lostMs / 1000));
}

function addBody(bodies: Bodies, person: TrackedPerson, frame: TrackFrame): Body {
  bodies.bodyCount++;
  const body: Body = {
    visitId: visitId(`visit-${bodies.bodyCount}`),
    trackIds: [person.trackId],
    hasEntered: false,
    firstSeenAtMs: frame.observedAtMs,
    lastSeenAtMs: frame.observedAtMs,
    samples: new RingBuffer(bodies.historySamplesMax),
  };
  bodies.byTrack.set(person.trackId, body);
  bodies.byVisit.set(body.visitId, body);
  return body;
}

function moveBody(body: Body, person: TrackedPerson, atMs: EpochMs): void {
  body.hasEntered ||= person.hasEntered;
  body.lastSeenAtMs = atMs > body.lastSeenAtMs ? atMs : body.lastSeenAtMs;
  const { head, neck, leftWrist, rightWrist } = person.parts;
  body.samples.push({
    atMs,
    head: head ?? neck ?? placeOf(person),
    leftWrist: leftWrist ?? null,
    rightWrist: rightWrist ?? null,
  });
}

/** The person's head, or whatever else of them is seen. */
function placeOf(person: TrackedPerson): Point3 | null {
  const { head, neck, leftShoulder, rightShoulder } = person.parts;
  return head ?? neck ?? leftShoulder ?? rightShoulder ?? Object.values(person.parts)[0] ?? null;
}

function lastPlace(body: Body): Point3 | null {
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const head = body.samples.at(index)?.head;
    if (head) return head;
  }
  return null;
}

/** Forgets a body: its positions and its ids are gone with it. */
export function forgetBody(bodies: Bodies, visit: VisitId): void {
  const body = bodies.byVisit.get(visit);
  if (!body) return;
  bodies.byVisit.delete(visit);
  for (const track of body.trackIds) bodies.byTrack.delete(track);
}
