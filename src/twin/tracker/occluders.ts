/**
 * Furniture that hides hands, found by a grid over the floor so that a shop of thousands of shelves costs no more than
 * one of twenty.
 */
import { boxFootprint, distanceToBoxM } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';

const CELL_M = 0.5;
/** Cells north of one another differ by 1, east by this: shops are smaller than 16 km. */
const COLUMN = 65_536;

export interface Occluders {
  readonly cells: ReadonlyMap<number, readonly Box[]>;
  readonly marginM: number;
}

/** Boxes by the cells that they, or the margin around them, touch. */
export function createOccluders(boxes: readonly Box[], marginM: number): Occluders {
  const cells = new Map<number, Box[]>();
  for (const box of boxes) {
    const corners = boxFootprint(box);
    const xs = corners.map(({ x }) => x);
    const ys = corners.map(({ y }) => y);
    const cellOf = (valueM: number): number => Math.floor(valueM / CELL_M);
    const lastX = cellOf(Math.max(...xs) + marginM);
    const lastY = cellOf(Math.max(...ys) + marginM);
    for (let x = cellOf(Math.min(...xs) - marginM); x <= lastX; x++) {
      for (let y = cellOf(Math.min(...ys) - marginM); y <= lastY; y++) {
        const there = cells.get(x * COLUMN + y);
        if (there) there.push(box);
        else cells.set(x * COLUMN + y, [box]);
      }
    }
  }
  return { cells, marginM };
}

/** Where the point is along an axis of the box, from 0 to the box's size inside. */
function alongAxis(box: Box, axis: 0 | 1 | 2, point: Point3): number {
  const { rotation: r, translation: t } = box.storeFromBox;
  return r[axis]! * (point.x - t.x) + r[3 + axis]! * (point.y - t.y) + r[6 + axis]! * (point.z - t.z);
}

/** Metres of the straight line from `wrist`, which is inside, back to `shoulder` that are inside the box. */
function depthInBoxM(box: Box, arm: Arm): number {
  const { shoulder, wrist } = arm;
  const sizes = [box.sizeM.x, box.sizeM.y, box.sizeM.z];
  let leavesAt = 1;
  for (const axis of [0, 1, 2] as const) {
    const inside = alongAxis(box, axis, wrist);
    const step = alongAxis(box, axis, shoulder) - inside;
    if (step > 0) leavesAt = Math.min(leavesAt, (sizes[axis]! - inside) / step);
    else if (step < 0) leavesAt = Math.min(leavesAt, inside / -step);
  }
  const x = shoulder.x - wrist.x;
  const y = shoulder.y - wrist.y;
  const z = shoulder.z - wrist.z;
  return leavesAt * Math.sqrt(x * x + y * y + z * z);
}

export interface Arm {
  readonly shoulder: Point3;
  readonly wrist: Point3;
}

/** Metres that the arm reaches into furniture; negative the distance to it; −Infinity beyond the margin. */
export function armDepthM(occluders: Occluders, arm: Arm): number {
  const { x, y } = arm.wrist;
  const boxes = occluders.cells.get(Math.floor(x / CELL_M) * COLUMN + Math.floor(y / CELL_M));
  let deepestM = -Infinity;
  for (const box of boxes ?? []) {
    const gapM = distanceToBoxM(box, arm.wrist);
    if (gapM > occluders.marginM) continue;
    deepestM = Math.max(deepestM, gapM > 0 ? -gapM : depthInBoxM(box, arm));
  }
  return deepestM;
}
