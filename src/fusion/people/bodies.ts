/**
 * The anonymous bodies in the shop, followed through the tracker's ids. Nobody is born or vanishes inside a shop, so a
 * new id that appears where a known body was just lost is that body again; an id that came in through a valid
 * entrance of its own is linked only when it continues a lost body almost exactly.
 *
 * No identity outlives the visit: a body is forgotten when its visit ends.
 */
import { RingBuffer } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import { floorDistanceM, visitId } from '../../domain/index.ts';
import { createReachMemory, forgetAllReaches, forgetReaches } from './reach-memory.ts';
import type { ReachMemory } from './reach-memory.ts';
import { createReachSpread } from './reach-spread.ts';
import type { ReachSpread } from './reach-spread.ts';
import { swappedIds } from './swapped-ids.ts';
import type { KnownId } from './swapped-ids.ts';
import { heightCost, heightOfM, motionOf } from './motion.ts';
import type { Gate, Point3, TrackedPerson, TrackFrame, TrackId, VisitId } from '../../domain/index.ts';

/** Where a body was at one moment; what the tracker did not see is null. */
export interface BodySample {
  readonly atMs: EpochMs;
  readonly head: Point3 | null;
  readonly leftWrist: Point3 | null;
  readonly rightWrist: Point3 | null;
  /** Where seen, they tell in which direction the hand reaches beyond the wrist. */
  readonly leftElbow?: Point3 | undefined;
  readonly rightElbow?: Point3 | undefined;
  /** Where seen, they tell where the chest is turned. */
  readonly leftShoulder?: Point3 | undefined;
  readonly rightShoulder?: Point3 | undefined;
  readonly neck?: Point3 | undefined;
}

export interface Body {
  readonly visitId: VisitId;
  readonly trackIds: TrackId[];
  /** The id under which the tracker saw this body come in; null until it has. */
  enteredAs: TrackId | null;
  readonly firstSeenAtMs: EpochMs;
  lastSeenAtMs: EpochMs;
  /** When it had gone for good; null while it may be inside. */
  leftAtMs: EpochMs | null;
  readonly samples: RingBuffer<BodySample>;
}

export interface Bodies {
  readonly byTrack: Map<TrackId, Body>;
  readonly byVisit: Map<VisitId, Body>;
  /** Bodies that have left, as long as something that they may have done is undecided. */
  readonly aside: Map<VisitId, Body>;
  readonly historySamplesMax: number;
  readonly gates: readonly Gate[];
  bodyCount: number;
  /** Ids linked to a body that had been lost, and links undone because both ids were seen at once. */
  linkCount: number;
  undoneLinkCount: number;
  /** Pairs of ids that were found to have been mixed up. */
  swapCount: number;
  /** How closely hands and chests tell where somebody reaches. */
  reachSpread: ReachSpread;
  readonly reaches: ReachMemory;
  /** Sensor time of the newest frame. */
  newestFrameMs: number;
}

/** People walk at up to 2.5 m/s between two sightings, and a head is found again within half a metre. */
const SPEED_MAX_MPS = 2.5;
const FIND_AGAIN_M = 0.5;
/** An id with an entrance of its own continues a lost body only this closely. */
const CONTINUE_WITHIN_MS = 1000;
const CONTINUE_WITHIN_M = 0.35;
/** Behind this a body is no longer looked for. */
const LOST_MS_MAX = 60_000;

export function createBodies(historySamplesMax: number, gates: readonly Gate[] = []): Bodies {
  return {
    byTrack: new Map(),
    byVisit: new Map(),
    aside: new Map(),
    historySamplesMax,
    gates,
    bodyCount: 0,
    linkCount: 0,
    undoneLinkCount: 0,
    swapCount: 0,
    reachSpread: createReachSpread(),
    reaches: createReachMemory(),
    newestFrameMs: -Infinity,
  };
}

/** One frame while it is taken in. */
interface FrameView {
  readonly frame: TrackFrame;
  /** Bodies that this frame has shown so far. */
  readonly seen: Set<Body>;
}

/** Takes one frame in: every person in it moves a known body or is found to be one. */
export function followFrame(bodies: Bodies, frame: TrackFrame): void {
  if (frame.observedAtMs < bodies.newestFrameMs) forgetAllReaches(bodies.reaches);
  bodies.newestFrameMs = Math.max(bodies.newestFrameMs, frame.observedAtMs);
  exchangeIds(bodies, frame);
  const view: FrameView = { frame, seen: new Set() };
  const strangers: TrackedPerson[] = [];
  for (const person of firstIdsFirst(bodies, frame)) {
    const known = bodies.byTrack.get(person.trackId);
    if (!known) strangers.push(person);
    else if (view.seen.has(known)) moveBody(splitBody(bodies, known, person), person, view);
    else moveBody(known, person, view);
  }
  for (const { person, body } of foundAgain(bodies, strangers, view)) {
    bodies.linkCount++;
    body.trackIds.push(person.trackId);
    bodies.byTrack.set(person.trackId, body);
    moveBody(body, person, view);
  }
  for (const person of strangers)
    if (!bodies.byTrack.has(person.trackId))
      moveBody(addBody(bodies, person, frame.observedAtMs), person, view);
}

/** Ids that the tracker has mixed up go on with the body that they belong to now. */
function exchangeIds(bodies: Bodies, frame: TrackFrame): void {
  const known = frame.people.flatMap((person) => knownId(bodies, person, frame.observedAtMs) ?? []);
  for (const [first, second] of swappedIds(known)) {
    const [a, b] = [bodies.byTrack.get(first)!, bodies.byTrack.get(second)!];
    if (a === b) continue;
    bodies.swapCount++;
    replaceId(bodies, a, { old: first, next: second });
    replaceId(bodies, b, { old: second, next: first });
  }
}

/** The person under a known id, with how its body moved; null where the id is new or nothing of it is seen. */
function knownId(bodies: Bodies, person: TrackedPerson, atMs: EpochMs): KnownId | null {
  const body = bodies.byTrack.get(person.trackId);
  const here = placeOf(person);
  const motion = body && motionOf(body.samples);
  if (!motion || !here) return null;
  return {
    trackId: person.trackId,
    lastPlace: motion.place,
    velocity: motion.velocity,
    here,
    sinceMs: atMs - motion.atMs,
    isHeightSeen: person.parts.head !== undefined && motion.isHead,
  };
}

function replaceId(bodies: Bodies, body: Body, ids: { readonly old: TrackId; readonly next: TrackId }): void {
  body.trackIds.splice(body.trackIds.indexOf(ids.old), 1, ids.next);
  bodies.byTrack.set(ids.next, body);
}

/**
 * Everybody in the frame, each id once (a tracker that repeats an id must not make two bodies of one), and of the ids
 * of one body the one that came in before the one that was seen first before those that were linked to it later.
 */
function firstIdsFirst(bodies: Bodies, frame: TrackFrame): TrackedPerson[] {
  const people = new Map<TrackId, TrackedPerson>();
  for (const person of frame.people) if (!people.has(person.trackId)) people.set(person.trackId, person);
  const rank = ({ trackId }: TrackedPerson): number => {
    const body = bodies.byTrack.get(trackId);
    return !body || body.enteredAs === trackId ? -1 : body.trackIds.indexOf(trackId);
  };
  return [...people.values()].sort((a, b) => rank(a) - rank(b));
}

/** Two ids of one body in the same frame: the link was wrong, the later one is somebody else from now on. */
function splitBody(bodies: Bodies, wrong: Body, person: TrackedPerson): Body {
  bodies.undoneLinkCount++;
  wrong.trackIds.splice(wrong.trackIds.indexOf(person.trackId), 1);
  return addBody(bodies, person, wrong.lastSeenAtMs);
}

interface Found {
  readonly person: TrackedPerson;
  readonly body: Body;
}

/**
 * Which lost bodies these people are, by place, time and height; people and bodies each at most once, the best fit first:
 * where several come back at once, whom one fits badly another may fit well.
 */
function foundAgain(bodies: Bodies, strangers: readonly TrackedPerson[], view: FrameView): Found[] {
  if (strangers.length === 0) return [];
  const lost = [...bodies.byVisit.values()].filter((body) => !view.seen.has(body));
  const fits = strangers.flatMap((person) => {
    const here = placeOf(person);
    if (!here || isNewcomer(bodies, person, here)) return [];
    return lost.flatMap((body) => {
      const lostMs = view.frame.observedAtMs - body.lastSeenAtMs;
      const misfit = misfitOf(body, here, { lostMs, hasEntered: person.hasEntered });
      return misfit < 1 ? [{ person, body, cost: costOf(body, person, lostMs) }] : [];
    });
  });
  const taken = new Set<TrackedPerson | Body>();
  return fits
    .sort((a, b) => a.cost - b.cost)
    .filter(({ person, body }) => {
      if (taken.has(person) || taken.has(body)) return false;
      taken.add(person).add(body);
      return true;
    });
}

/** People who are not seen for t seconds are about σ₀ + t / (1 + t / τ) metres from where they were: they walk and stop. */
const STRAYS_M = 0.15;
const STOPS_AFTER_S = 3;

/** −ln p of this person being that body, up to a constant: how far they are from where it was, and how tall they are. */
function costOf(body: Body, person: TrackedPerson, lostMs: number): number {
  const here = placeOf(person);
  const last = lastPlace(body);
  if (!here || !last) return Infinity;
  const lostS = lostMs / 1000;
  const z = floorDistanceM(last, here) / (STRAYS_M + lostS / (1 + lostS / STOPS_AFTER_S));
  return 0.5 * z * z + heightCost(heightOfM(body.samples), person.parts.head?.z);
}

/** Metres beyond its posts within which a body at a gate has just come in. */
const AT_GATE_M = 1;

/** Where there is a gate somebody leaves as the next comes in: an id that begins there with an entrance is the next. */
function isNewcomer(bodies: Bodies, person: TrackedPerson, here: Point3): boolean {
  return (
    person.hasEntered &&
    bodies.gates.some((gate) => floorDistanceM(gate.placeInStore, here) <= gate.widthM / 2 + AT_GATE_M)
  );
}

/** Distance against what the body could have walked meanwhile: below 1 it is possible, 0 is a perfect continuation. */
function misfitOf(
  body: Body,
  here: Point3,
  found: { readonly lostMs: number; readonly hasEntered: boolean },
): number {
  const { lostMs } = found;
  const last = lastPlace(body);
  if (!last || lostMs < 0 || lostMs > LOST_MS_MAX) return Infinity;
  const distance = floorDistanceM(last, here);
  if (found.hasEntered) {
    if (lostMs > CONTINUE_WITHIN_MS) return Infinity;
    return distance / (CONTINUE_WITHIN_M + (SPEED_MAX_MPS / 2) * (lostMs / 1000));
  }
  return distance / (FIND_AGAIN_M + SPEED_MAX_MPS * (lostMs / 1000));
}

function addBody(bodies: Bodies, person: TrackedPerson, atMs: EpochMs): Body {
  bodies.bodyCount++;
  const body: Body = {
    visitId: visitId(`visit-${bodies.bodyCount}`),
    trackIds: [person.trackId],
    enteredAs: null,
    firstSeenAtMs: atMs,
    lastSeenAtMs: atMs,
    leftAtMs: null,
    samples: new RingBuffer(bodies.historySamplesMax),
  };
  bodies.byTrack.set(person.trackId, body);
  bodies.byVisit.set(body.visitId, body);
  return body;
}

function moveBody(body: Body, person: TrackedPerson, view: FrameView): void {
  const atMs = view.frame.observedAtMs;
  view.seen.add(body);
  if (person.hasEntered) body.enteredAs ??= person.trackId;
  body.lastSeenAtMs = atMs > body.lastSeenAtMs ? atMs : body.lastSeenAtMs;
  const { head, neck, leftWrist, rightWrist, leftElbow, rightElbow } = person.parts;
  const { leftShoulder, rightShoulder } = person.parts;
  body.samples.push({
    atMs,
    head: head ?? neck ?? placeOf(person),
    leftWrist: leftWrist ?? null,
    rightWrist: rightWrist ?? null,
    leftElbow,
    rightElbow,
    leftShoulder,
    rightShoulder,
    neck,
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

/** The body has left: nothing that is seen from now on is it, and its ids are free; where it was is still known. */
export function setAside(bodies: Bodies, visit: VisitId): void {
  const body = bodies.byVisit.get(visit);
  if (!body) return;
  body.leftAtMs = body.lastSeenAtMs;
  bodies.byVisit.delete(visit);
  bodies.aside.set(visit, body);
  for (const track of body.trackIds) bodies.byTrack.delete(track);
}

/** Forgets a body: its positions and its ids are gone with it. */
export function forgetBody(bodies: Bodies, visit: VisitId): void {
  setAside(bodies, visit);
  const body = bodies.aside.get(visit);
  if (!body) return;
  bodies.aside.delete(visit);
  forgetReaches(bodies.reaches, body);
}

/** Everybody inside, and those who have left and may have done what is still undecided. */
export function* everybody({ byVisit, aside }: Bodies): Generator<Body> {
  yield* byVisit.values();
  yield* aside.values();
}

/** The body of a visit, inside or set aside; null for nobody. */
export function bodyOf({ byVisit, aside }: Bodies, visit: VisitId | null): Body | null {
  return visit === null ? null : (byVisit.get(visit) ?? aside.get(visit) ?? null);
}
