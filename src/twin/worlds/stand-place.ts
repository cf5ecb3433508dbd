/** Where a person stands to take something from a plate: in front of its −y edge, an arm's length away. */
import { transformPoint } from '../../domain/index.ts';
import type { Plate } from '../../domain/index.ts';
import type { Floor, FloorPoint } from '../words/index.ts';

const STAND_M = 0.45;
/** Farther from the middle of its front nobody reaches into a plate. */
export const REACH_M_MAX = 0.9;
/** Nearer a body would stand in the shelf. */
const FRONT_M_MIN = 0.25;
const STEP_M = 0.05;
/** What the shelf itself keeps free of bodies: half a body and the accuracy of the floor's cells. */
const OWN_SHELF_M = 0.4;

/** From the middle of a plate's front: `aside` along the shelf, `before` away from it. */
interface StandPlace {
  readonly asideM: number;
  readonly beforeM: number;
}

/** Best first. */
const CANDIDATES: readonly StandPlace[] = (() => {
  const found: { asideM: number; beforeM: number; farM: number }[] = [];
  for (let aside = -16; aside <= 16; aside++) {
    for (let before = 0; before <= 13; before++) {
      const [asideM, beforeM] = [aside * STEP_M, FRONT_M_MIN + before * STEP_M];
      if (asideM * asideM + beforeM * beforeM > REACH_M_MAX * REACH_M_MAX) continue;
      const off = beforeM - STAND_M;
      found.push({ asideM, beforeM, farM: asideM * asideM + off * off });
    }
  }
  return found.sort((a, b) => a.farM - b.farM);
})();

function placeBefore(plate: Plate, at: StandPlace): FloorPoint {
  const { storeFromBox, sizeM } = plate.reach;
  const { x, y } = transformPoint(storeFromBox, { x: sizeM.x / 2 + at.asideM, y: -at.beforeM, z: 0 });
  return { x, y };
}

/**
 * Whether the arm goes over free floor: farther from the front than its own shelf keeps bodies away, nothing else may
 * stand between.
 */
function isArmFree(floor: Floor, plate: Plate, at: StandPlace): boolean {
  for (let beforeM = at.beforeM - STEP_M; beforeM > OWN_SHELF_M; beforeM -= STEP_M) {
    const asideM = (at.asideM * beforeM) / at.beforeM;
    if (!floor.isFree(placeBefore(plate, { asideM, beforeM }))) return false;
  }
  return true;
}

/** The best free place before the plate within reach of it; null where there is none. */
export function reachPlace(floor: Floor, plate: Plate): FloorPoint | null {
  for (const candidate of CANDIDATES) {
    const place = placeBefore(plate, candidate);
    if (floor.isFree(place) && isArmFree(floor, plate, candidate)) return place;
  }
  return null;
}

/** Where one would stand if nothing was in the way. */
export function wishedPlace(plate: Plate): FloorPoint {
  return placeBefore(plate, { asideM: 0, beforeM: STAND_M });
}

/** As `reachPlace`; the nearest free place where nobody can reach the plate. */
export function standPlace(floor: Floor, plate: Plate): FloorPoint {
  return reachPlace(floor, plate) ?? floor.nearestFree(wishedPlace(plate));
}
