/**
 * Gates: who went through. A gate says that somebody passed, not who; the tracker says where bodies are, and its
 * frames may come seconds after the gate's message. A crossing therefore waits, bounded, until the frames have passed
 * it. Out went the open visit whose body was at the gate and has not been seen since; in came a body at the gate that
 * is new there. Where nobody fits, or two fit equally, the crossing is counted and nothing follows: cameras alone then
 * decide, as in a shop without gates.
 */
import type { EpochMs } from '../base/index.ts';
import { floorDistanceM } from '../domain/index.ts';
import type { Gate, GateCrossing, GateId, Point3, Visit, VisitId } from '../domain/index.ts';
import type { Bodies, Body } from '../fusion/index.ts';

/** A body that the frames have not shown for this long is gone: trackers blink for a few frames. */
const GONE_MS = 400;
/** A crossing waits at most this long by our clock for the frames: trackers lag by up to 2.5 s. */
const WAIT_MS_MAX = 3000;
/** A head in the passage is at most this far beyond its posts: clocks differ by a few tenths of a second. */
const BESIDE_M = 1;
/** A place that is a second older or younger than the crossing counts as this much further away. */
const METRES_PER_SECOND = 0.5;
/** Nearer than the next by less than this is not clearly nearer. */
const CLEARLY_M = 0.5;
/** Crossings of a gate within this time of each other are those of people who walk together. */
const TOGETHER_MS = 2000;
/** Who came in is first seen this long before or after the gate says so. */
const NEW_MS = 3000;
const WAITING_MAX = 256;

export interface GateCounters {
  crossings: number;
  matched: number;
  /** Crossings that nobody fits. */
  nobody: number;
  /** Crossings that two fit equally. */
  unclear: number;
  /** Bodies seen again after they had gone out. */
  cameBack: number;
  /** Crossings that could not wait because too many did. */
  dropped: number;
}

export interface GateExit {
  readonly leftAtMs: EpochMs;
  /** Receive time at which it was clear who it was. */
  readonly decidedAtMs: number;
  /** When the body had last been seen by then. */
  readonly seenUntilMs: EpochMs;
}

export interface GateWatch {
  readonly gates: ReadonlyMap<GateId, Gate>;
  /** Crossings that wait for the frames, ≤ `WAITING_MAX`. */
  readonly waiting: GateCrossing[];
  /** By visit, forgotten with it. */
  readonly exits: Map<VisitId, GateExit>;
  readonly entries: Map<VisitId, EpochMs>;
  readonly counters: GateCounters;
}

/** What the shop knows when crossings are decided. */
export interface GateScene {
  readonly bodies: Bodies;
  readonly visits: ReadonlyMap<VisitId, Visit>;
  readonly trackTimeMs: number;
  readonly nowMs: number;
}

export function createGateWatch(gates: readonly Gate[]): GateWatch {
  return {
    gates: new Map(gates.map((gate) => [gate.gateId, gate])),
    waiting: [],
    exits: new Map(),
    entries: new Map(),
    counters: { crossings: 0, matched: 0, nobody: 0, unclear: 0, cameBack: 0, dropped: 0 },
  };
}

export function noteCrossing(watch: GateWatch, crossing: GateCrossing): void {
  watch.counters.crossings++;
  watch.waiting.push(crossing);
  if (watch.waiting.length <= WAITING_MAX) return;
  watch.waiting.shift();
  watch.counters.dropped++;
}

/** Decides the crossings that can be decided by now. */
export function decideCrossings(watch: GateWatch, scene: GateScene): void {
  for (const crossing of [...watch.waiting]) {
    const choice = choose(watch, scene, crossing);
    if (typeof choice !== 'string') note(watch, crossing, { body: choice, nowMs: scene.nowMs });
    else if (scene.nowMs - crossing.receivedAtMs <= WAIT_MS_MAX) continue;
    else watch.counters[choice]++;
    watch.waiting.splice(watch.waiting.indexOf(crossing), 1);
  }
}

/** The body is seen again after it had gone out: it has not. */
export function noteCameBack(watch: GateWatch, visit: VisitId): void {
  watch.exits.delete(visit);
  watch.counters.cameBack++;
}

export function forgetGateVisit(watch: GateWatch, visit: VisitId): void {
  watch.exits.delete(visit);
  watch.entries.delete(visit);
}

function note(
  watch: GateWatch,
  crossing: GateCrossing,
  chosen: { readonly body: Body; readonly nowMs: number },
): void {
  const { body, nowMs } = chosen;
  const atMs = crossing.observedAtMs;
  watch.counters.matched++;
  if (crossing.direction === 'out') {
    watch.exits.set(body.visitId, { leftAtMs: atMs, decidedAtMs: nowMs, seenUntilMs: body.lastSeenAtMs });
    return;
  }
  body.enteredAs ??= body.trackIds[0] ?? null;
  watch.entries.set(body.visitId, atMs);
}

/** Who went through, or why that cannot be said. */
function choose(watch: GateWatch, scene: GateScene, crossing: GateCrossing): Body | 'nobody' | 'unclear' {
  const gate = watch.gates.get(crossing.gateId);
  if (!gate || scene.trackTimeMs < crossing.observedAtMs + GONE_MS) return 'nobody';
  const reachM = gate.widthM / 2 + BESIDE_M;
  const fitting: { readonly body: Body; readonly misfitM: number }[] = [];
  for (const body of scene.bodies.byVisit.values()) {
    if (!mayHaveCrossed(watch, { body, scene, crossing })) continue;
    const misfitM = misfitOf(body, crossing, gate.placeInStore);
    if (misfitM <= reachM && lastDistanceM(body, crossing, gate.placeInStore) <= reachM)
      fitting.push({ body, misfitM });
  }
  fitting.sort((a, b) => a.misfitM - b.misfitM);
  const [first, second] = fitting;
  if (!first) return 'nobody';
  const isClear = !second || second.misfitM - first.misfitM >= CLEARLY_M;
  return isClear || fitting.length <= togetherCount(watch, crossing) ? first.body : 'unclear';
}

interface Suspect {
  readonly body: Body;
  readonly scene: GateScene;
  readonly crossing: GateCrossing;
}

function mayHaveCrossed(watch: GateWatch, { body, scene, crossing }: Suspect): boolean {
  if (crossing.direction === 'out') {
    const isOpen = scene.visits.get(body.visitId)?.state === 'shopping' && !watch.exits.has(body.visitId);
    return isOpen && scene.trackTimeMs - body.lastSeenAtMs >= GONE_MS;
  }
  const isNew = Math.abs(body.firstSeenAtMs - crossing.observedAtMs) <= NEW_MS;
  return (isNew || body.enteredAs === null) && !watch.entries.has(body.visitId);
}

/** Metres between the gate and where the body was then; older and younger places count as further away. */
function misfitOf(body: Body, crossing: GateCrossing, gatePlace: Point3): number {
  let misfitM = Infinity;
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const sample = body.samples.at(index);
    if (!sample?.head) continue;
    const apartMs = crossing.observedAtMs - sample.atMs;
    misfitM = floorDistanceM(sample.head, gatePlace) + (Math.abs(apartMs) / 1000) * METRES_PER_SECOND;
    if (apartMs >= 0) break;
  }
  return misfitM;
}

/** True where the body is, or was when it was lost, at a gate. */
export function isLastSeenAtGate(watch: GateWatch, body: Body): boolean {
  for (const gate of watch.gates.values())
    if (lastApartM(body, gate.placeInStore) <= gate.widthM / 2 + BESIDE_M) return true;
  return false;
}

/** Who went out was last seen at the gate too; who came in walks on. */
function lastDistanceM(body: Body, crossing: GateCrossing, gatePlace: Point3): number {
  return crossing.direction === 'in' ? 0 : lastApartM(body, gatePlace);
}

function lastApartM(body: Body, gatePlace: Point3): number {
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const head = body.samples.at(index)?.head;
    if (head) return floorDistanceM(head, gatePlace);
  }
  return Infinity;
}

/** Crossings of the same gate and direction that wait and belong together with this one, itself included. */
function togetherCount(watch: GateWatch, crossing: GateCrossing): number {
  return watch.waiting.filter(
    (other) =>
      other.gateId === crossing.gateId &&
      other.direction === crossing.direction &&
      Math.abs(other.observedAtMs - crossing.observedAtMs) <= TOGETHER_MS,
  ).length;
}
