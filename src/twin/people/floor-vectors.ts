/** Vectors over the floor; square roots only, so that a step falls on the same place on every machine. */
import type { FloorPoint } from '../words/index.ts';

export function minus(a: FloorPoint, b: FloorPoint): FloorPoint {
  return { x: a.x - b.x, y: a.y - b.y };
}

export function lengthOf(v: FloorPoint): number {
  return Math.sqrt(v.x * v.x + v.y * v.y);
}

export function apartM(a: FloorPoint, b: FloorPoint): number {
  return lengthOf(minus(a, b));
}

/** The unit vector; `fallback` where there is no direction. */
export function unitOf(v: FloorPoint, fallback: FloorPoint): FloorPoint {
  const length = lengthOf(v);
  return length > 1e-6 ? { x: v.x / length, y: v.y / length } : fallback;
}

export function along(from: FloorPoint, direction: FloorPoint, distanceM: number): FloorPoint {
  return { x: from.x + direction.x * distanceM, y: from.y + direction.y * distanceM };
}
