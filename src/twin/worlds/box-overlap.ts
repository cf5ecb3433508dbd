/**
 * How deep two cuboids are in each other: the smallest way along which one would have to move to be out, by the
 * separating axis theorem (Gottschalk, Lin and Manocha 1996, 'OBBTree': the faces' normals and the products of the
 * edges are all the axes that can part two boxes).
 */
import { boxCentre, floorDistanceM } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';

const PARALLEL = 1e-6;

function axesOf(box: Box): readonly Point3[] {
  const r = box.storeFromBox.rotation;
  return [0, 1, 2].map((axis) => ({ x: r[axis]!, y: r[axis + 3]!, z: r[axis + 6]! }));
}

const dot = (a: Point3, b: Point3): number => a.x * b.x + a.y * b.y + a.z * b.z;

function cross(a: Point3, b: Point3): Point3 {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

interface Oriented {
  readonly centre: Point3;
  readonly axes: readonly Point3[];
  readonly halves: readonly number[];
}

function oriented(box: Box): Oriented {
  const { x, y, z } = box.sizeM;
  return { centre: boxCentre(box), axes: axesOf(box), halves: [x / 2, y / 2, z / 2] };
}

/** Half the length of the box's shadow on a line. */
function shadowM(box: Oriented, direction: Point3): number {
  return box.axes.reduce((sum, axis, place) => sum + Math.abs(dot(axis, direction)) * box.halves[place]!, 0);
}

function isFarApart(a: Box, b: Box): boolean {
  const radiusM = (box: Box): number => {
    const { x, y, z } = box.sizeM;
    return Math.sqrt(x * x + y * y + z * z) / 2;
  };
  return floorDistanceM(boxCentre(a), boxCentre(b)) > radiusM(a) + radiusM(b);
}

/** Metres; 0 or less where the boxes do not overlap. */
export function overlapDepthM(a: Box, b: Box): number {
  if (isFarApart(a, b)) return 0;
  const [one, other] = [oriented(a), oriented(b)];
  const between = {
    x: other.centre.x - one.centre.x,
    y: other.centre.y - one.centre.y,
    z: other.centre.z - one.centre.z,
  };
  const crossed = one.axes.flatMap((axis) => other.axes.map((each) => cross(axis, each)));
  let depthM = Infinity;
  for (const axis of [...one.axes, ...other.axes, ...crossed]) {
    const length = Math.sqrt(dot(axis, axis));
    if (length < PARALLEL) continue;
    const direction = { x: axis.x / length, y: axis.y / length, z: axis.z / length };
    const apartM = Math.abs(dot(between, direction));
    depthM = Math.min(depthM, shadowM(one, direction) + shadowM(other, direction) - apartM);
    if (depthM <= 0) return depthM;
  }
  return depthM;
}
