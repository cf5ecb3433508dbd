/**
 * Recognises, from tracks alone, that one body may have handed something to another. Moments of two bodies that are near
 * each other (`hands-held-out.ts`) are averaged over as long as hands must be together for a thing to change owners, since
 * frames in a row show the same moment; the best such window and how long the hands were together make the meeting's
 * ln-ratio. Who gave is told by who came to whom. A meeting is told once, when the hands have parted.
 *
 * Left out: what the hands held, which no tracker shows; whoever holds something decides that. Rejected: doubting every
 * two people whose hands come near, for hands hang side by side wherever two stand at one shelf.
 *
 * Cost: O(people · log people + pairs within `NEAR_HEADS_M`) a frame. Memory: ≤ `PAIRS_MAX` pairs of ≤ `MOMENTS_MAX`
 * moments; no text is built.
 */
import { logNormal } from '../../kernel/index.ts';
import { distanceM, floorDistanceM } from '../../domain/index.ts';
import type { Point3, StoreLayout, VisitId } from '../../domain/index.ts';
import type { Bodies, Body, BodySample } from './bodies.ts';
import { companyShare } from './company.ts';
import { lookAt } from './hands-held-out.ts';
import type { Moment, WristName } from './hands-held-out.ts';
import { shelfDistanceIn } from './near-shelves.ts';
import type { ShelfDistance } from './near-shelves.ts';

/** Two bodies whose hands met. */
export interface HandMeeting {
  /** When the hands were together most clearly. */
  readonly atMs: number;
  readonly a: VisitId;
  readonly b: VisitId;
  /** ln-odds-ratio that something went from hand to hand, before the prior. */
  readonly logRatio: number;
  /** ln-ratio of a having given to b against b to a; 0 where the tracks say nothing. */
  readonly logGiverIsA: number;
  /** P(the two came in company). */
  readonly companyShare: number;
}

/** Nobody hands anything over from further away, head to head over the floor: two arms held out, less what is bent. */
const NEAR_HEADS_M = 1.3;
/** From when a hand is at the other's until it lets go takes about this long; a hand on its way elsewhere passes sooner. */
const TOGETHER_MS = 800;
/** With fewer looks the evidence is that much weaker; 6 Hz give five. */
const LOOKS_MIN = 5;
/** Hands that are apart for this long have parted: a wrist may be lost for a moment. */
const PARTED_MS = 700;
/** Told as it is after this: two who stand like that for longer do not hand anything over all the time. */
const MEETING_MS_MAX = 10_000;
/** Hands are together for about a second at a hand-over, within a factor of two; otherwise for any time in a range. */
const HANDING_LOG = { mean: Math.log(1200), sigma: 0.7 };
const SHORTEST_MS = 60;
/** A hand-over that takes any time at all. */
const SLOW_SHARE = 0.05;
/** While a thing changes owners both hands rest, to within this; otherwise they do half of the time, or pass. */
const REST_SIGMA_M = 0.07;
const OTHERWISE_RESTS_SHARE = 0.5;
const PASSING_RANGE_M = 0.35;
/** Hand-overs in passing, and wrists that are shown somewhere else for a moment. */
const HANDING_PASSES_SHARE = 0.05;
/**
 * Of people who come near each other one in so many pairs have their hands together just so and give nothing: they show
 * something, shake hands, hold hands. No likeness says more than this allows.
 */
const MET_OTHERWISE_SHARE = 0.001;
/** Below this a meeting is not worth a hypothesis: where one in fifty is a hand-over it would be one with 13 %. */
export const TOLD_LOG_RATIO_MIN = 2;
/** The one who gives has come to the other more often than not: from this long before, by this much. */
const CAME_MS = 2500;
const CAME_SIGMA_M = 0.5;
const CAME_LOG = 1.1;
/** ≤ 1024: 64 people, each with a ring of 32 around, which no floor can hold. */
const PAIRS_MAX = 1024;
const MOMENTS_MAX = 64;
/** Between two frames further apart nobody knows where hands were. */
const FRAME_MS_MAX = 250;

interface TimedMoment extends Moment {
  readonly atMs: number;
}

/** Two bodies near each other, and their meeting while one is under way. */
interface PairWatch {
  readonly a: Body;
  readonly b: Body;
  /** Those of the last `TOGETHER_MS`, oldest first. */
  readonly moments: TimedMoment[];
  lastSeenMs: number;
  meeting: Meeting | null;
}

interface Meeting {
  readonly sinceMs: number;
  untilMs: number;
  togetherMs: number;
  bestLog: number;
  bestAtMs: number;
  isTold: boolean;
}

export interface HandWatch {
  readonly shelfM: ShelfDistance;
  readonly handBeyondWristM: number;
  /** By the earlier body and then the later, in the order in which they came in. */
  readonly pairs: Map<Body, Map<Body, PairWatch>>;
  pairCount: number;
  /** Pairs that were not watched because there were too many. */
  overflowCount: number;
}

export function createHandWatch(
  layout: Pick<StoreLayout, 'fixtures'>,
  settings: { readonly handBeyondWristM: number },
): HandWatch {
  return {
    shelfM: shelfDistanceIn(layout),
    handBeyondWristM: settings.handBeyondWristM,
    pairs: new Map(),
    pairCount: 0,
    overflowCount: 0,
  };
}

interface Present {
  readonly body: Body;
  readonly order: number;
  readonly sample: BodySample & { readonly head: Point3 };
}

/** Takes in where everybody is by the frame of `atMs`; gives the meetings that have ended by then. */
export function watchHands(watch: HandWatch, bodies: Bodies, atMs: number): HandMeeting[] {
  forEachNearPair(presentAt(bodies, atMs), (a, b) => {
    const pair = pairOf(watch, a.body, b.body);
    if (!pair) return;
    takeMoment(pair, atMs, lookAt({ a: a.sample, b: b.sample }, watch.shelfM, watch.handBeyondWristM));
  });
  return partedMeetings(watch, atMs);
}

function presentAt(bodies: Bodies, atMs: number): Present[] {
  const present: Present[] = [];
  let order = 0;
  for (const body of bodies.byVisit.values()) {
    const sample = body.samples.newest();
    if (sample?.atMs === atMs && sample.head)
      present.push({ body, order: order++, sample: { ...sample, head: sample.head } });
  }
  return present;
}

/** Each two who stand near, the one who came in first as the first. */
function forEachNearPair(present: readonly Present[], take: (a: Present, b: Present) => void): void {
  const sorted = present.toSorted((one, other) => one.sample.head.x - other.sample.head.x);
  sorted.forEach((one, index) => {
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next]!;
      if (other.sample.head.x - one.sample.head.x > NEAR_HEADS_M) break;
      if (floorDistanceM(one.sample.head, other.sample.head) > NEAR_HEADS_M) continue;
      if (one.order < other.order) take(one, other);
      else take(other, one);
    }
  });
}

function pairOf(watch: HandWatch, a: Body, b: Body): PairWatch | null {
  const known = watch.pairs.get(a)?.get(b);
  if (known) return known;
  if (watch.pairCount >= PAIRS_MAX) {
    watch.overflowCount++;
    return null;
  }
  const pair: PairWatch = { a, b, moments: [], lastSeenMs: -Infinity, meeting: null };
  const ofA = watch.pairs.get(a) ?? new Map<Body, PairWatch>();
  watch.pairs.set(a, ofA.set(b, pair));
  watch.pairCount++;
  return pair;
}

function takeMoment(pair: PairWatch, atMs: number, moment: Moment): void {
  const { moments } = pair;
  const sinceLastMs = Math.max(0, Math.min(atMs - pair.lastSeenMs, FRAME_MS_MAX));
  pair.lastSeenMs = atMs;
  moments.push({ ...moment, atMs });
  while (moments.length > MOMENTS_MAX || moments[0]!.atMs < atMs - TOGETHER_MS) moments.shift();
  const mean = meanLog(moments);
  if (mean <= 0) return;
  const log = mean + restLog(pair);
  const meeting = (pair.meeting ??= {
    sinceMs: atMs,
    untilMs: atMs,
    togetherMs: 0,
    bestLog: -Infinity,
    bestAtMs: atMs,
    isTold: false,
  });
  meeting.untilMs = atMs;
  meeting.togetherMs += sinceLastMs;
  if (log <= meeting.bestLog) return;
  meeting.bestLog = log;
  meeting.bestAtMs = (moments[0]!.atMs + atMs) / 2;
}

/** The mean of the last moments; where frames are few the rest counts as saying nothing. */
function meanLog(moments: readonly TimedMoment[]): number {
  let sum = 0;
  for (const { log } of moments) sum += log;
  return sum / Math.max(moments.length, LOOKS_MIN);
}

/** ln-ratio of how still the hands were that most probably met: a hand on its way elsewhere passes. */
function restLog({ a, b, moments }: PairWatch): number {
  const clearest = moments.reduce((one, moment) => (moment.log > one.log ? moment : one));
  const sinceMs = moments[0]!.atMs;
  return spreadLog(a, clearest.handA, sinceMs) + spreadLog(b, clearest.handB, sinceMs);
}

function spreadLog({ samples }: Body, name: WristName | null, sinceMs: number): number {
  if (!name) return 0;
  const places: Point3[] = [];
  for (let index = samples.size - 1; index >= 0; index--) {
    const sample = samples.at(index)!;
    if (sample.atMs < sinceMs) break;
    const wrist = sample[name];
    if (wrist) places.push(wrist);
  }
  if (places.length < 2) return 0;
  const rests = 2 * Math.exp(logNormal(spreadM(places), 0, REST_SIGMA_M ** 2));
  const passes = 1 / PASSING_RANGE_M;
  const handing = (1 - HANDING_PASSES_SHARE) * rests + HANDING_PASSES_SHARE * passes;
  return Math.log(handing / (OTHERWISE_RESTS_SHARE * rests + (1 - OTHERWISE_RESTS_SHARE) * passes));
}

/** Root of the mean square distance from the middle of `places`. */
function spreadM(places: readonly Point3[]): number {
  const sum = { x: 0, y: 0, z: 0 };
  for (const { x, y, z } of places) {
    sum.x += x;
    sum.y += y;
    sum.z += z;
  }
  const middle = { x: sum.x / places.length, y: sum.y / places.length, z: sum.z / places.length };
  const square = places.reduce((total, place) => total + distanceM(place, middle) ** 2, 0);
  return Math.sqrt(square / places.length);
}

function partedMeetings(watch: HandWatch, atMs: number): HandMeeting[] {
  const told: HandMeeting[] = [];
  for (const [a, ofA] of watch.pairs) {
    for (const [b, pair] of ofA) {
      const { meeting } = pair;
      const isOver = meeting && atMs - meeting.untilMs > PARTED_MS;
      const isLong = meeting && atMs - meeting.sinceMs > MEETING_MS_MAX;
      if (meeting && !meeting.isTold && (isOver || isLong)) {
        meeting.isTold = true;
        const toldNow = tell(pair, meeting);
        if (toldNow.logRatio > TOLD_LOG_RATIO_MIN) told.push(toldNow);
      }
      if (isOver) pair.meeting = null;
      if (pair.meeting || atMs - pair.lastSeenMs <= PARTED_MS) continue;
      ofA.delete(b);
      watch.pairCount--;
    }
    if (ofA.size === 0) watch.pairs.delete(a);
  }
  return told;
}

function tell(pair: PairWatch, meeting: Meeting): HandMeeting {
  const log = meeting.bestLog + durationLog(meeting.togetherMs);
  return {
    atMs: meeting.bestAtMs,
    a: pair.a.visitId,
    b: pair.b.visitId,
    logRatio: -Math.log(Math.exp(-log) + MET_OTHERWISE_SHARE),
    logGiverIsA: cameLog(pair, meeting),
    companyShare: companyShare(pair.a, pair.b),
  };
}

/** ln-ratio of the time for which hands were together: log-normal where something is given, else any length alike. */
function durationLog(togetherMs: number): number {
  const log = Math.log(Math.max(togetherMs, SHORTEST_MS));
  const anything = 1 / Math.log(MEETING_MS_MAX / SHORTEST_MS);
  const handing = Math.exp(logNormal(log, HANDING_LOG.mean, HANDING_LOG.sigma ** 2));
  return Math.log(((1 - SLOW_SHARE) * handing + SLOW_SHARE * anything) / anything);
}

/** Who walked further before they met. */
function cameLog({ a, b }: PairWatch, { sinceMs }: Meeting): number {
  const further = (walkedM(a, sinceMs) - walkedM(b, sinceMs)) / CAME_SIGMA_M;
  return CAME_LOG * Math.max(-1, Math.min(1, further));
}

/** Metres over the floor between where the head was `CAME_MS` before `untilMs` and at that time. */
function walkedM({ samples }: Body, untilMs: number): number {
  let last: Point3 | null = null;
  let first: Point3 | null = null;
  for (let index = samples.size - 1; index >= 0; index--) {
    const { atMs, head } = samples.at(index)!;
    if (atMs < untilMs - CAME_MS) break;
    if (atMs > untilMs || !head) continue;
    last ??= head;
    first = head;
  }
  return last && first ? floorDistanceM(last, first) : 0;
}
