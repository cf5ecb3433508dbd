/**
 * Hands where nobody weighs. What a hand took from a plate that does not work leaves no trace on it, so its receipt would
 * be wrong and sure of itself. What tells is the hand: how long it stayed over that plate rather than over another, and
 * whether anything that was weighed meanwhile explains its stay. Each stay becomes an `UnweighedReach` with the
 * probability that something was taken; what it says is in `unweighed-reach.ts`. Here stays are found and waited for.
 */
import { distanceToBoxM } from '../domain/index.ts';
import type {
  Interaction,
  InteractionId,
  Plate,
  PlateCondition,
  PlateReport,
  StoreModel,
  VisitId,
  WeightStep,
} from '../domain/index.ts';
import { FUSION_SETTINGS } from '../fusion/index.ts';
import type { Bodies, Body, BodySample, UnweighedReach } from '../fusion/index.ts';
import { asOneReach, readStay } from './unweighed-reach.ts';
import type { Stay } from './unweighed-reach.ts';

export interface BlindReaches {
  /** Plates that do not work now. */
  readonly plates: Set<Plate>;
  /** What doubt is left of those whose hand was near such a plate, beyond what their reaches say. */
  readonly visits: Map<VisitId, number>;
  /** Stays that go on, or whose steps may still be told; ≤ `STAYS_MAX`. */
  readonly stays: Stay[];
  /** What was weighed lately, by the newest telling of each interaction; ≤ `TOLD_MAX`. */
  readonly told: Map<InteractionId, readonly WeightStep[]>;
  /** Read and not yet taken by `takeUnweighedReaches`; ≤ `STAYS_MAX`. */
  readonly finished: UnweighedReach[];
}

export interface BlindScene {
  readonly store: StoreModel;
  readonly bodies: Bodies;
}

const STAYS_MAX = 256;
const TOLD_MAX = 64;
/** Whoever was near for so long and left nothing that explains it is doubted by as much, whatever their place says. */
const NEAR_MS = 200;
const NEAR_DOUBT = 0.25;
/** A hand that was away for so long has come again for something else. */
const AWAY_MS = 700;
/** A step that explains the stay is told by then, as late as a shelf in contact tells it. */
const TOLD_WITHIN_MS = 2000;
/** How long a plate may have been unwell before it is told, and the contact before that, whose steps it lost. */
const UNTOLD_MS: Readonly<Record<PlateCondition, number>> = {
  working: 0,
  silent: 8000,
  stuck: 13_000,
  saturated: 4000,
};

export function createBlindReaches(): BlindReaches {
  return { plates: new Set(), visits: new Map(), stays: [], told: new Map(), finished: [] };
}

/** Takes in what became of a plate; who was there before it was told may have taken something already. */
export function notePlateReport(blind: BlindReaches, report: PlateReport, scene: BlindScene): void {
  const { layout, planogram } = scene.store;
  const plate = layout.plateById.get(report.plateId);
  // Where nothing is sold nothing can be taken: an empty shelf without sensors casts no doubt.
  if (!plate || !planogram.facingsByPlate.has(report.plateId)) return;
  if (report.condition === 'working') {
    blind.plates.delete(plate);
    return;
  }
  blind.plates.add(plate);
  const sinceMs = report.atMs - UNTOLD_MS[report.condition];
  for (const body of scene.bodies.byVisit.values()) {
    for (let index = 0; index < body.samples.size; index++) {
      const sample = body.samples.at(index)!;
      if (sample.atMs >= sinceMs && isNear(sample, plate))
        keepStay(blind, { body, plate, atMs: sample.atMs });
    }
  }
}

/** Takes in what was weighed: it explains hands that were at the plates beside. */
export function noteWeighed(blind: BlindReaches, { interactionId, steps }: Interaction): void {
  blind.told.delete(interactionId);
  blind.told.set(interactionId, steps);
  const [oldest] = blind.told.keys();
  if (blind.told.size > TOLD_MAX && oldest !== undefined) blind.told.delete(oldest);
}

/** Looks where the hands are by the newest frame; free of cost while every plate works. */
export function noteHands(blind: BlindReaches, scene: BlindScene): void {
  if (blind.plates.size === 0 && blind.stays.length === 0) return;
  let newestMs = -Infinity;
  for (const body of scene.bodies.byVisit.values()) {
    const newest = body.samples.newest();
    if (!newest) continue;
    newestMs = Math.max(newestMs, newest.atMs);
    for (const plate of blind.plates)
      if (isNear(newest, plate)) keepStay(blind, { body, plate, atMs: newest.atMs });
  }
  finishStays(blind, scene, (stay) => newestMs - stay.untilMs > TOLD_WITHIN_MS);
}

/** The reaches that can be judged by now, in order of their end; each is given once. */
export function takeUnweighedReaches(blind: BlindReaches): UnweighedReach[] {
  return blind.finished.splice(0);
}

/**
 * What remains of the probability that the receipt of `visit` is all right, beside what its unweighed reaches say. The
 * visit settles and cannot wait: its stays are judged as they are.
 */
export function unseenFactor(blind: BlindReaches, visit: VisitId, scene: BlindScene): number {
  finishStays(blind, scene, (stay) => stay.visitId === visit);
  return blind.visits.get(visit) ?? 1;
}

function keepStay(blind: BlindReaches, at: { body: Body; plate: Plate; atMs: number }): void {
  const { visitId } = at.body;
  const open = blind.stays.findLast((stay) => stay.visitId === visitId && stay.plate === at.plate);
  if (open && at.atMs - open.untilMs <= AWAY_MS) {
    open.untilMs = Math.max(open.untilMs, at.atMs);
    return;
  }
  blind.stays.push({ visitId, plate: at.plate, fromMs: at.atMs, untilMs: at.atMs });
  if (blind.stays.length > STAYS_MAX) blind.stays.shift();
}

function finishStays(blind: BlindReaches, scene: BlindScene, isOver: (stay: Stay) => boolean): void {
  if (!blind.stays.some(isOver)) return;
  // A hand that is still over another such plate may be the same reach.
  const going = new Set(blind.stays.filter((stay) => !isOver(stay)).map(({ visitId }) => visitId));
  const over = blind.stays.filter(({ visitId }) => !going.has(visitId));
  const left = blind.stays.filter(({ visitId }) => going.has(visitId));
  blind.stays.splice(0, blind.stays.length, ...left);
  for (const together of reachesIn(over)) finishReach(blind, scene, together);
}

/** Stays of one body that overlap in time. */
function reachesIn(stays: readonly Stay[]): Stay[][] {
  const reaches: Stay[][] = [];
  for (const stay of stays.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const same = reaches.find((reach) =>
      reach.some((other) => other.visitId === stay.visitId && stay.fromMs <= other.untilMs),
    );
    if (same) same.push(stay);
    else reaches.push([stay]);
  }
  return reaches;
}

function finishReach(blind: BlindReaches, scene: BlindScene, stays: readonly Stay[]): void {
  const { visitId } = stays[0]!;
  const body = scene.bodies.byVisit.get(visitId);
  if (!body) return;
  const steps = [...blind.told.values()].flat();
  const read = stays.map((stay) => readStay(stay, { body, steps, layout: scene.store.layout }));
  const reach = asOneReach(read.flatMap((each) => each.reach ?? []));
  const nearMs = Math.max(...read.map((each) => each.nearMs));
  const doubt = nearMs < NEAR_MS ? 0 : Math.max(0, NEAR_DOUBT - (reach?.tookShare ?? 0));
  blind.visits.set(visitId, (blind.visits.get(visitId) ?? 1) * (1 - doubt));
  if (!reach) return;
  blind.finished.push(reach);
  if (blind.finished.length > STAYS_MAX) blind.finished.shift();
}

/** True where a wrist is so near that its fingers may be in the space of the plate. */
function isNear({ leftWrist, rightWrist }: BodySample, plate: Plate): boolean {
  return [leftWrist, rightWrist].some(
    (wrist) => wrist !== null && distanceToBoxM(plate.reach, wrist) <= FUSION_SETTINGS.handBeyondWristM,
  );
}
