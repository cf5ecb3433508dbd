/**
 * The cameras' tracker of the twin: what it says of everybody who is truly there. A body keeps its id until the
 * tracker loses it: by itself now and then, in another body that stands too close, or after a darkness. What comes
 * back under a new id was not seen to enter.
 *
 * Chance is drawn frame by frame, never by how far a caller reads at once; each body has its own.
 */
import { assert } from '../../base/index.ts';
import { BODY_PARTS, floorDistanceM, sourceId } from '../../domain/index.ts';
import type { BodyPart, Box, Point3, TrackedPerson, TrackedPoint, TrackId } from '../../domain/index.ts';
import { drawBetweenMs, isInForce } from '../words/index.ts';
import type { Crowd, PersonMoment, ReadingOf, TrackerFault } from '../words/index.ts';
import { advance, chanceSince, createFrameTimes } from './frame-times.ts';
import type { Frame, FrameTimes } from './frame-times.ts';
import { createGhosts, followGhosts } from './ghosts.ts';
import type { Ghost, Ghosts } from './ghosts.ts';
import { createMeetings, followMeetings } from './meetings.ts';
import type { MeetingRule, Meetings } from './meetings.ts';
import { createOccluders } from './occluders.ts';
import type { Occluders } from './occluders.ts';
import { clarityOf, hardPlaceOf } from './see-part.ts';
import { keepSince, seePoint } from './see-point.ts';
import type { KeepByPart } from './see-point.ts';
import { TRACKER_SETTINGS } from './settings.ts';
import type { TrackerSettings } from './settings.ts';
import { createTrackIds, nextTrackId } from './track-ids.ts';
import type { TrackIds } from './track-ids.ts';
import { createBody, noteTold } from './watched-body.ts';
import type { WatchedBody } from './watched-body.ts';

const TRACKS = sourceId('tracks');
/** Nobody further away than this, head to neck, can stand before a part: arm, lean and torso. */
const NEAR_M = 1.6;
const MERGE_RULE = 0;

export interface TrackerOptions {
  readonly seed: number;
  readonly settings?: TrackerSettings;
  readonly faults?: readonly TrackerFault[];
  /** Bodies of fixtures and spaces of shelves. */
  readonly occluders?: readonly Box[];
}

export interface Tracker {
  readonly seed: number;
  readonly settings: TrackerSettings;
  readonly faults: readonly TrackerFault[];
  readonly occluders: Occluders;
  readonly ids: TrackIds;
  readonly times: FrameTimes;
  readonly meetings: Meetings;
  readonly ghosts: Ghosts;
  /** Everybody who was ever inside and is not yet forgotten. */
  readonly bodies: Map<number, WatchedBody>;
  lastFrameTrueMs: number;
  readTrueMs: number;
}

/** A merge as a rule of meetings, and each swapping fault as another. */
function meetingRules(settings: TrackerSettings, faults: readonly TrackerFault[]): MeetingRule[] {
  const { mergeWithinM: withinM, mergeShare: share } = settings;
  const swaps = faults.flatMap((fault): MeetingRule[] =>
    fault.kind === 'track-ids-swapped'
      ? [{ ...fault, moment: 'as-they-part', isInForce: (trueMs) => isInForce(fault, trueMs) }]
      : [],
  );
  return [{ withinM, share, moment: 'as-they-meet', isInForce: () => true }, ...swaps];
}

export function createTracker(options: TrackerOptions): Tracker {
  const { seed, settings = TRACKER_SETTINGS, faults = [], occluders = [] } = options;
  return {
    seed,
    settings,
    faults,
    occluders: createOccluders(occluders, settings.nearShelfM),
    ids: createTrackIds(seed),
    times: createFrameTimes(seed, settings),
    meetings: createMeetings(seed, meetingRules(settings, faults)),
    ghosts: createGhosts(seed),
    bodies: new Map(),
    lastFrameTrueMs: 0,
    readTrueMs: 0,
  };
}

/**
 * Every frame up to and with `untilTrueMs` that was not yet read. The crowd is asked in order of time, only for
 * moments behind the `untilTrueMs` before.
 */
export function readTracks(
  tracker: Tracker,
  crowd: Crowd,
  {
    untilTrueMs,
    emit,
  }: { readonly untilTrueMs: number; readonly emit: (reading: ReadingOf<'tracks'>) => void },
): void {
  assert(untilTrueMs >= tracker.readTrueMs, 'TRACKS_READ_BACKWARDS', { untilTrueMs });
  const { times, settings, faults } = tracker;
  for (; times.nextTrueMs <= untilTrueMs; advance(times, settings)) {
    const trueMs = times.nextTrueMs;
    if (faults.some((fault) => fault.kind === 'camera-dark' && isInForce(fault, trueMs))) continue;
    const frame = { trueMs, sinceMs: trueMs - tracker.lastFrameTrueMs };
    tracker.lastFrameTrueMs = trueMs;
    emit({
      kind: 'tracks',
      source: TRACKS,
      trueMs,
      people: seeFrame(tracker, crowd.presentAt(trueMs), frame),
    });
  }
  tracker.readTrueMs = untilTrueMs;
}

/**
 * The ids under which somebody was told so far, each once, the first first: a receipt is somebody's by their first
 * id. Where two people's ids were swapped, each has the other's among theirs; still the first one tells whose.
 * Empty where they were never told.
 */
export function trackIdsOf(tracker: Tracker, personNumber: number): readonly TrackId[] {
  return tracker.bodies.get(personNumber)?.toldIds ?? [];
}

/** Somebody has left for good, and their ids were asked for: the tracker keeps nothing of them. */
export function forgetPerson(tracker: Tracker, personNumber: number): void {
  tracker.bodies.delete(personNumber);
}

function seeFrame(tracker: Tracker, people: readonly PersonMoment[], frame: Frame): TrackedPerson[] {
  const { settings, ghosts } = tracker;
  const isAfterDarkness = frame.sinceMs > settings.rememberedMs;
  const bodies = people.map((moment) => followBody(tracker, moment, isAfterDarkness));
  decideFates(tracker, bodies, frame);
  confuse(tracker, people, frame);
  followGhosts(ghosts, { frame, people, settings, newTrackId: () => nextTrackId(tracker.ids) });
  const keep = keepSince(frame, settings);
  const seen = people.flatMap((moment, index): TrackedPerson[] => {
    const body = bodies[index]!;
    if (frame.trueMs < body.absentUntilTrueMs) return [];
    noteTold(body);
    const { trackId, hasEntered } = body;
    return [{ trackId, hasEntered, parts: seeParts({ tracker, body, frame, keep }, moment, people) }];
  });
  return [...seen, ...ghosts.present.map((ghost) => seeGhost({ tracker, frame, keep }, ghost))];
}

/** The body of this person, as it was known before, new, or found again after a darkness. */
function followBody(tracker: Tracker, moment: PersonMoment, isAfterDarkness: boolean): WatchedBody {
  const { personNumber } = moment;
  const known = tracker.bodies.get(personNumber);
  if (known) {
    if (isAfterDarkness) renew(tracker, known);
    return known;
  }
  const hasEntered = moment.hasEntered && !isAfterDarkness;
  const trackId = nextTrackId(tracker.ids);
  const body = createBody({ seed: tracker.seed, personNumber, trackId, hasEntered });
  tracker.bodies.set(personNumber, body);
  return body;
}

function renew(tracker: Tracker, body: WatchedBody): void {
  body.trackId = nextTrackId(tracker.ids);
  body.hasEntered = false;
}

/** Bodies that the tracker loses by itself, and those that a fault renames. */
function decideFates(tracker: Tracker, bodies: readonly WatchedBody[], frame: Frame): void {
  const { settings, faults } = tracker;
  let renewalsPerMinute = 0;
  for (const fault of faults)
    if (fault.kind === 'track-ids-renewed' && isInForce(fault, frame.trueMs))
      renewalsPerMinute += fault.perMinute;
  for (const body of bodies) {
    const isLost = body.fate.uniform() < chanceSince(frame, settings.idSwitchesPerMinute / 60);
    const isRenamed = body.fate.uniform() < chanceSince(frame, renewalsPerMinute / 60);
    if (frame.trueMs < body.absentUntilTrueMs || !(isLost || isRenamed)) continue;
    renew(tracker, body);
    if (isLost) body.absentUntilTrueMs = frame.trueMs + drawBetweenMs(body.fate, settings.idSwitchMs);
  }
}

/** What befalls those who meet: one vanishes in the other, or they change ids. */
function confuse(tracker: Tracker, people: readonly PersonMoment[], frame: Frame): void {
  const { meetings, settings, bodies } = tracker;
  for (const { ruleIndex, first, second } of followMeetings(meetings, people, frame.trueMs)) {
    const a = bodies.get(first.personNumber)!;
    const b = bodies.get(second.personNumber)!;
    if (ruleIndex !== MERGE_RULE) {
      swap(a, b);
      continue;
    }
    const lost = meetings.random.uniform() < 0.5 ? a : b;
    const comesBackTrueMs = frame.trueMs + drawBetweenMs(meetings.random, settings.mergeMs);
    lost.absentUntilTrueMs = Math.max(lost.absentUntilTrueMs, comesBackTrueMs);
    if (meetings.random.uniform() < settings.mergeRenewsShare) renew(tracker, lost);
  }
}

function swap(a: WatchedBody, b: WatchedBody): void {
  [a.trackId, b.trackId] = [b.trackId, a.trackId];
  [a.hasEntered, b.hasEntered] = [b.hasEntered, a.hasEntered];
}

interface View {
  readonly tracker: Tracker;
  readonly frame: Frame;
  readonly keep: KeepByPart;
}

type Parts = Partial<Record<BodyPart, TrackedPoint>>;

function seeParts(
  view: View & { readonly body: WatchedBody },
  moment: PersonMoment,
  people: readonly PersonMoment[],
): Parts {
  const { tracker, body, frame, keep } = view;
  const { settings, occluders } = tracker;
  const othersNecks = necksNear(moment, people);
  const parts: Parts = {};
  for (const part of BODY_PARTS) {
    const noise = settings.noiseByPart[part];
    const { burstsPerSecond } = noise;
    const place = hardPlaceOf(moment, part, { settings, occluders, othersNecks });
    const clarity = clarityOf(body.parts[part], place, {
      frame,
      settings,
      burstsPerSecond,
      random: body.noise,
    });
    // Drawn where it is lost, too: it wanders on behind what hides it.
    const point = seePoint(
      body.parts[part],
      { truth: moment.skeleton[part], clarity },
      { frame, settings, noise, keep: keep[part], random: body.noise },
    );
    if (clarity > 0 && !moment.hiddenParts.includes(part)) parts[part] = point;
  }
  return parts;
}

function necksNear(moment: PersonMoment, people: readonly PersonMoment[]): Point3[] {
  const necks: Point3[] = [];
  for (const other of people) {
    if (other.personNumber === moment.personNumber) continue;
    if (floorDistanceM(other.skeleton.neck, moment.skeleton.head) < NEAR_M) necks.push(other.skeleton.neck);
  }
  return necks;
}

function seeGhost({ tracker, frame, keep }: View, ghost: Ghost): TrackedPerson {
  const { settings, ghosts } = tracker;
  const parts: Parts = {};
  for (const part of BODY_PARTS) {
    const noise = settings.noiseByPart[part];
    const truth = ghost.skeleton[part];
    const view = { frame, settings, noise, keep: keep[part], random: ghosts.random };
    parts[part] = seePoint(ghost.parts[part], { truth, clarity: 0.8 }, view);
  }
  return { trackId: ghost.trackId, hasEntered: false, parts };
}
