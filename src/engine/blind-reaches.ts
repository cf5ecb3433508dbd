/**
 * Hands where nobody weighs. What a hand took from a plate that does not work leaves no trace, so its receipt would be
 * wrong and sure of itself. A visit whose hand stayed in the space of such a plate is remembered as blind, and its
 * receipt is only as probable as that nothing was taken there. Rejected: charging as if nothing could be missing.
 */
import { boxCentre, distanceToBoxM, floorDistanceM } from '../domain/index.ts';
import type { Plate, PlateCondition, PlateReport, StoreModel, VisitId } from '../domain/index.ts';
import { FUSION_SETTINGS } from '../fusion/index.ts';
import type { Bodies, Body, BodySample } from '../fusion/index.ts';

export interface BlindReaches {
  /** Plates that do not work now. */
  readonly plates: Set<Plate>;
  /** Bodies in the shop that may have taken something unweighed. */
  readonly visits: Set<VisitId>;
}

/** P(something was moved) for a hand that stayed in the space of a plate: many only touch, or mean the next plate. */
const MOVED_SHARE = 0.3;
/** A hand that passes by is shorter than this in the space of a plate. */
const STAYED_MS = 200;
/** How long a plate may have been unwell before it is told, and the contact before that, whose steps it lost. */
const UNTOLD_MS: Readonly<Record<PlateCondition, number>> = {
  working: 0,
  silent: 8000,
  stuck: 13_000,
  saturated: 4000,
};

export function createBlindReaches(): BlindReaches {
  return { plates: new Set(), visits: new Set() };
}

/** Takes in what became of a plate; who was there before it was told may have taken something already. */
export function notePlateReport(
  blind: BlindReaches,
  report: PlateReport,
  shop: { readonly store: StoreModel; readonly bodies: Bodies },
): void {
  const { layout, planogram } = shop.store;
  const plate = layout.plateById.get(report.plateId);
  // Where nothing is sold nothing can be taken: an empty shelf without sensors casts no doubt.
  if (!plate || !planogram.facingsByPlate.has(report.plateId)) return;
  if (report.condition === 'working') {
    blind.plates.delete(plate);
    return;
  }
  blind.plates.add(plate);
  const sinceMs = report.atMs - UNTOLD_MS[report.condition];
  for (const body of shop.bodies.byVisit.values())
    if (hasStayed(body, plate, sinceMs)) blind.visits.add(body.visitId);
}

/** Looks where the hands are by the newest frame; free of cost while every plate works. */
export function noteHands(blind: BlindReaches, bodies: Bodies): void {
  if (blind.plates.size === 0) return;
  for (const body of bodies.byVisit.values()) {
    const newest = body.samples.newest();
    if (!newest || blind.visits.has(body.visitId)) continue;
    const sinceMs = newest.atMs - 2 * STAYED_MS;
    for (const plate of blind.plates)
      if (isIn(newest, plate) && hasStayed(body, plate, sinceMs)) blind.visits.add(body.visitId);
  }
}

/** What remains of the probability that the receipt of `visit` is all right. */
export function unseenFactor(blind: BlindReaches, visit: VisitId): number {
  return blind.visits.has(visit) ? 1 - MOVED_SHARE : 1;
}

/** True where a hand of the body was in the space of the plate without a break for long enough. */
function hasStayed(body: Body, plate: Plate, sinceMs: number): boolean {
  let endMs: number | null = null;
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const sample = body.samples.at(index)!;
    if (sample.atMs < sinceMs) return false;
    if (!isIn(sample, plate)) endMs = null;
    else if ((endMs ??= sample.atMs) - sample.atMs >= STAYED_MS) return true;
  }
  return false;
}

function isIn(sample: BodySample, plate: Plate): boolean {
  const { head } = sample;
  return [sample.leftWrist, sample.rightWrist].some((wrist) => {
    if (wrist) return distanceToBoxM(plate.reach, wrist) <= FUSION_SETTINGS.handBeyondWristM;
    return head !== null && floorDistanceM(head, boxCentre(plate.reach)) <= FUSION_SETTINGS.armReachM;
  });
}
