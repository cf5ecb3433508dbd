/**
 * Shadows of the furniture on the floor: convex polygons, going round. A tilted box casts the shadow of its foot; goods
 * lie on it, nobody walks under it.
 */
import { boxFootprint } from '../../domain/index.ts';
import type { Box, Fixture, StoreLayout } from '../../domain/index.ts';
import type { FloorPoint } from '../words/index.ts';

export type Polygon = readonly FloorPoint[];

export interface FloorBounds {
  readonly min: FloorPoint;
  readonly max: FloorPoint;
}

/** The fixture's body, then its shelves: every volume that it takes up. */
export function fixtureBoxes(fixture: Fixture): readonly Box[] {
  return [fixture.body, ...fixture.shelves.map((shelf) => shelf.space)];
}

/** Footprints of all fixtures' bodies and shelves; shelves straight above each other have one. */
export function layoutFootprints(layout: StoreLayout): readonly Polygon[] {
  return layout.fixtures.flatMap((fixture) => {
    const polygons = fixtureBoxes(fixture).map((box) => boxFootprint(box).map(({ x, y }) => ({ x, y })));
    return [...new Map(polygons.map((polygon) => [JSON.stringify(polygon), polygon])).values()];
  });
}

/** The upright rectangle around all of `polygons`; a point at the origin where there are none. */
export function boundsOf(polygons: readonly Polygon[]): FloorBounds {
  const corners = polygons.flat();
  if (corners.length === 0) return { min: { x: 0, y: 0 }, max: { x: 0, y: 0 } };
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of corners) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { min: { x: minX, y: minY }, max: { x: maxX, y: maxY } };
}

export function widened({ min, max }: FloorBounds, byM: number): FloorBounds {
  return { min: { x: min.x - byM, y: min.y - byM }, max: { x: max.x + byM, y: max.y + byM } };
}

export function gapM(a: FloorPoint, b: FloorPoint): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}

function distanceToEdgeM(point: FloorPoint, from: FloorPoint, to: FloorPoint): number {
  const [ex, ey] = [to.x - from.x, to.y - from.y];
  const square = ex * ex + ey * ey;
  const along = square === 0 ? 0 : ((point.x - from.x) * ex + (point.y - from.y) * ey) / square;
  const kept = Math.min(1, Math.max(0, along));
  return gapM(point, { x: from.x + kept * ex, y: from.y + kept * ey });
}

/** Metres from `point` to the convex `polygon`; 0 inside, whichever way round its corners go. */
export function distanceToPolygonM(polygon: Polygon, point: FloorPoint): number {
  let [left, right] = [false, false];
  let nearest = Infinity;
  for (let corner = 0; corner < polygon.length; corner++) {
    const from = polygon[corner]!;
    const to = polygon[(corner + 1) % polygon.length]!;
    const side = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
    if (side > 0) left = true;
    if (side < 0) right = true;
    nearest = Math.min(nearest, distanceToEdgeM(point, from, to));
  }
  return left && right ? nearest : 0;
}
