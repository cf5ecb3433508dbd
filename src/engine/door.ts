/**
 * The door: what sensors say comes in late, twice, out of order, with clocks that jump, or broken. Per source,
 * messages are put in the order of their sequence within a small window, repeats are dropped, holes and jumps are
 * counted, and times are mended so that they go on. Nothing that comes in here can throw through the loop.
 */
import { epochMs } from '../base/index.ts';
import type { DataProblem, GateId, Observation, SourceId } from '../domain/index.ts';
import { checkContent } from './door-content.ts';
import type { DoorStore } from './door-content.ts';
import type { EngineProblemCode } from './problem-codes.ts';

/** ≤ 8 messages of a source wait for a missing one, and at most this long by our clock. */
const WAITING_MAX = 8;
const WAITING_MS_MAX = 600;
/** A sequence this far behind is a sensor that restarted, not a late message. */
const RESTART_BEHIND = 64;
/** A shop has one source per fixture, camera or reader: ≤ 4096 keeps a babbling bus from filling the memory. */
const SOURCES_MAX = 4096;
/** Jitter of stamps; more than this backwards is a clock that stepped. */
const JITTER_MS = 50;
/** A stamp this far ahead of our clock, against the source's usual lag, is a clock that stepped. */
const AHEAD_MS_MAX = 5000;
/** A source whose first stamp is this far from our clock never had its clock set. */
const UNSET_MS = 60_000;

interface SourceState {
  nextSequence: number;
  readonly waiting: Map<number, Observation>;
  /** Sequences that were given up, newest last, ≤ `RESTART_BEHIND`: one that still comes is late, not repeated. */
  readonly givenUp: Set<number>;
  waitingSinceMs: number;
  lastObservedAtMs: number;
  /** Smallest receive minus sensor time seen, after mending: the source's usual lag. */
  lagMs: number;
  /** Added to the source's stamps since its clock stepped. */
  shiftMs: number;
}

export interface Door {
  readonly store: DoorStore;
  readonly gateIds: ReadonlySet<GateId>;
  readonly sources: Map<SourceId, SourceState>;
  /** How often each problem was met. */
  readonly counts: Map<EngineProblemCode, number>;
  /** Problems met since they were last taken out. */
  readonly problems: DataProblem[];
}

export function createDoor(store: DoorStore): Door {
  const gateIds = new Set(store.gates.map((gate) => gate.gateId));
  return { store, gateIds, sources: new Map(), counts: new Map(), problems: [] };
}

/** The observations that may pass now, in order: none, this one, or it with those that waited for it. */
export function admit(door: Door, observation: Observation): Observation[] {
  const scene = {
    store: door.store,
    gateIds: door.gateIds,
    tell: (code: EngineProblemCode, told: Observation) => tell(door, code, told),
  };
  const checked = checkContent(scene, observation.kind, observation);
  if (!checked) return [];
  const source = sourceOf(door, checked);
  if (!source) return [];
  const { sequence } = checked;
  const before: Observation[] = [];
  if (sequence < source.nextSequence) {
    if (!isRestart(source, checked)) {
      const isLate = source.givenUp.delete(sequence) || source.nextSequence - sequence > RESTART_BEHIND;
      tell(door, isLate ? 'MESSAGE_LATE' : 'MESSAGE_REPEATED', checked);
      return [];
    }
    before.push(...releaseAll(door, source));
    restart(door, source, checked);
  }
  if (source.waiting.has(sequence)) {
    tell(door, 'MESSAGE_REPEATED', checked);
    return [];
  }
  if (source.waiting.size === 0) source.waitingSinceMs = checked.receivedAtMs;
  source.waiting.set(sequence, checked);
  return [...before, ...release(door, source, checked.receivedAtMs)];
}

/** Lets everything out that still waits: the recording has ended. */
export function admitRest(door: Door): Observation[] {
  const rest: Observation[] = [];
  for (const source of door.sources.values()) rest.push(...releaseAll(door, source));
  return rest.sort((a, b) => a.receivedAtMs - b.receivedAtMs);
}

/** Everything of the source that waits, whatever is missing between. */
function releaseAll(door: Door, source: SourceState): Observation[] {
  const rest: Observation[] = [];
  while (source.waiting.size > 0) {
    skipHole(door, source);
    rest.push(...inSequence(door, source));
  }
  return rest;
}

function release(door: Door, source: SourceState, nowMs: number): Observation[] {
  const ready = inSequence(door, source);
  const isOverdue = nowMs - source.waitingSinceMs > WAITING_MS_MAX;
  if (source.waiting.size > WAITING_MAX || (source.waiting.size > 0 && isOverdue)) {
    skipHole(door, source);
    ready.push(...inSequence(door, source));
  }
  return ready;
}

/** Takes out the run of waiting messages that begins at the next sequence. */
function inSequence(door: Door, source: SourceState): Observation[] {
  const ready: Observation[] = [];
  for (;;) {
    const next = source.waiting.get(source.nextSequence);
    if (!next) break;
    source.waiting.delete(source.nextSequence);
    source.nextSequence++;
    ready.push(mendTime(door, source, next));
  }
  if (ready.length > 0) source.waitingSinceMs = ready.at(-1)!.receivedAtMs;
  return ready;
}

function skipHole(door: Door, source: SourceState): void {
  const first = Math.min(...source.waiting.keys());
  const missing = first - source.nextSequence;
  if (missing > 0) {
    tell(door, 'MESSAGES_MISSING', source.waiting.get(first)!);
    count(door, 'MESSAGES_MISSING', missing - 1);
  }
  for (const given of sequencesBefore(first, Math.min(missing, RESTART_BEHIND))) source.givenUp.add(given);
  for (const oldest of source.givenUp) {
    if (source.givenUp.size <= RESTART_BEHIND) break;
    source.givenUp.delete(oldest);
  }
  source.nextSequence = first;
}

/** The `howMany` sequences before `first`, in order. */
function sequencesBefore(first: number, howMany: number): number[] {
  const sequences: number[] = [];
  for (let sequence = first - howMany; sequence < first; sequence++) sequences.push(sequence);
  return sequences;
}

function sourceOf(door: Door, observation: Observation): SourceState | null {
  const known = door.sources.get(observation.source);
  if (known) return known;
  if (door.sources.size >= SOURCES_MAX) {
    tell(door, 'SOURCES_TOO_MANY', observation);
    return null;
  }
  const source: SourceState = {
    nextSequence: observation.sequence,
    waiting: new Map(),
    givenUp: new Set(sequencesBefore(observation.sequence, WAITING_MAX)),
    waitingSinceMs: observation.receivedAtMs,
    lastObservedAtMs: -Infinity,
    lagMs: Infinity,
    shiftMs: 0,
  };
  door.sources.set(observation.source, source);
  return source;
}

/** A sensor that restarted counts from the start but its time goes on. */
function isRestart(source: SourceState, observation: Observation): boolean {
  const isFarBehind = source.nextSequence - observation.sequence > RESTART_BEHIND;
  const isLaterInTime = observation.observedAtMs + source.shiftMs > source.lastObservedAtMs;
  return isLaterInTime && (isFarBehind || observation.sequence <= 1);
}

function restart(door: Door, source: SourceState, observation: Observation): void {
  tell(door, 'SEQUENCE_RESTARTED', observation);
  source.givenUp.clear();
  source.nextSequence = observation.sequence;
}

/** The observation with its time going on from the source's last one, whatever its clock did. */
function mendTime(door: Door, source: SourceState, observation: Observation): Observation {
  let observedAtMs = observation.observedAtMs + source.shiftMs;
  const lagMs = observation.receivedAtMs - observedAtMs;
  const isFirst = source.lagMs === Infinity;
  const isUnset = isFirst && Math.abs(lagMs) > UNSET_MS;
  const isBackwards = observedAtMs < source.lastObservedAtMs - JITTER_MS;
  const isAhead = !isFirst && lagMs < source.lagMs - AHEAD_MS_MAX;
  if (isUnset || isBackwards || isAhead) {
    tell(door, 'CLOCK_STEPPED', observation);
    observedAtMs = isUnset
      ? observation.receivedAtMs
      : Math.max(observation.receivedAtMs - source.lagMs, source.lastObservedAtMs + durationMs(observation));
    source.shiftMs = observedAtMs - observation.observedAtMs;
  }
  source.lagMs = Math.min(source.lagMs, observation.receivedAtMs - observedAtMs);
  source.lastObservedAtMs = Math.max(source.lastObservedAtMs, observedAtMs);
  return observedAtMs === observation.observedAtMs
    ? observation
    : { ...observation, observedAtMs: epochMs(observedAtMs) };
}

function durationMs(observation: Observation): number {
  return observation.kind === 'plates' ? (observation.sampleCount * 1000) / observation.rateHz : 1;
}

const WHAT: Readonly<Record<EngineProblemCode, [what: string, remedy: string]>> = {
  FIXTURE_UNKNOWN: [
    'names a fixture that the layout lacks',
    'Add the fixture to the layout, or silence the sensor.',
  ],
  BATCH_SHAPE: [
    'does not hold samples × plates of its fixture',
    'Match the number of columns to the fixture in the layout.',
  ],
  BATCH_RATE: ['states an impossible sample rate', 'Send the rate in hertz, from 0.1 to 10,000.'],
  GATE_UNKNOWN: [
    'names a gate that the store lacks',
    'Add the gate to the store with its place and width, or silence the sensor.',
  ],
  TAG_SIGNAL: ['has a tag without a signal strength', 'Send the received strength of every read in dBm.'],
  CART_WEIGHT: ['has a weight that is no number', 'Send nothing while the scale has no reading.'],
  TRACK_POINT: ['has a point that is no finite place', 'Leave a body part out where it was not seen.'],
  SOURCES_TOO_MANY: [
    'is from one source too many',
    'Look for a device that changes its name with every message.',
  ],
  MESSAGE_REPEATED: ['came twice', 'Nothing to do unless it happens all the time.'],
  MESSAGE_LATE: ['came after later ones had been used', 'Look at the network between sensor and shop.'],
  MESSAGES_MISSING: ['follows messages that never came', 'Look at the network and the power of the sensor.'],
  SEQUENCE_RESTARTED: ['begins to count anew', 'Nothing to do if the sensor was restarted.'],
  CLOCK_STEPPED: [
    'has a time that jumped or is far from ours',
    "Let the sensor's clock follow the shop's time server.",
  ],
};

function tell(door: Door, code: EngineProblemCode, observation: Observation): void {
  count(door, code, 1);
  const [what, remedy] = WHAT[code];
  const where = `${observation.source}:${observation.sequence}`;
  door.problems.push({ code, where, what: `the message ${what}`, remedy });
}

function count(door: Door, code: EngineProblemCode, times: number): void {
  door.counts.set(code, (door.counts.get(code) ?? 0) + times);
}
