/**
 * The floor plan's frame: which part of the store is drawn, and how metres become drawing units. One unit is a
 * centimetre, x to the right, y upwards as in the store frame (drawings count downwards, so it is mirrored here).
 */
import { boxFootprint, floorDistanceM, invertPose, shelfFront, transformPoint } from '../../domain/index.ts';
import type { Fixture, Point3 } from '../../domain/index.ts';
import type { View } from './view.ts';

export interface FloorPoint {
  readonly x: number;
  readonly y: number;
}

export interface PlanFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** People further than this from all furniture are off the plan: a tracker's stray point must not shrink the shop. */
const AROUND_M = 4;
const MARGIN_M = 0.45;
/** Below the furniture and the walks there is room for the scale bar. */
const SCALE_ROOM_M = 0.3;
const UNITS_PER_M = 100;

export function onPlan(point: FloorPoint): FloorPoint {
  return { x: round(point.x * UNITS_PER_M), y: round(-point.y * UNITS_PER_M) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

export function pathOf(points: readonly FloorPoint[]): string {
  return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('');
}

interface Bounds {
  left: number;
  right: number;
  low: number;
  high: number;
}

function include(bounds: Bounds, point: FloorPoint): void {
  bounds.left = Math.min(bounds.left, point.x);
  bounds.right = Math.max(bounds.right, point.x);
  bounds.low = Math.min(bounds.low, point.y);
  bounds.high = Math.max(bounds.high, point.y);
}

/** The part of the floor with all furniture, and the people around it. */
export function planFrame(view: View): PlanFrame {
  const furniture: Bounds = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (const fixture of view.story.store.layout.fixtures)
    for (const corner of fixtureOutline(fixture).corners) include(furniture, corner);
  const bounds = { ...furniture };
  const isFurnished = Number.isFinite(furniture.left);
  for (const walk of view.story.walks.byTrack.values()) {
    for (const { head } of walk.points) {
      const isNear =
        head.x > furniture.left - AROUND_M &&
        head.x < furniture.right + AROUND_M &&
        head.y > furniture.low - AROUND_M &&
        head.y < furniture.high + AROUND_M;
      if (isNear || !isFurnished) include(bounds, head);
    }
  }
  if (!Number.isFinite(bounds.left)) Object.assign(bounds, { left: 0, right: 1, low: 0, high: 1 });
  const corner = onPlan({ x: bounds.left - MARGIN_M, y: bounds.high + MARGIN_M });
  return {
    left: corner.x,
    top: corner.y,
    width: round((bounds.right - bounds.left + 2 * MARGIN_M) * UNITS_PER_M),
    height: round((bounds.high - bounds.low + 2 * MARGIN_M + SCALE_ROOM_M) * UNITS_PER_M),
  };
}

export interface FixtureOutline {
  /** Going round; the edge from the first to the second is the open front. */
  readonly corners: readonly Point3[];
  readonly centre: FloorPoint;
}

/** The smallest rectangle, along the fixture's own axes, around its body and its shelves. */
export function fixtureOutline(fixture: Fixture): FixtureOutline {
  const storeFromFixture = fixture.body.storeFromBox;
  const fixtureFromStore = invertPose(storeFromFixture);
  const bounds: Bounds = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (const box of [fixture.body, ...fixture.shelves.map((shelf) => shelf.space)])
    for (const corner of boxFootprint(box)) include(bounds, transformPoint(fixtureFromStore, corner));
  const corners = [
    { x: bounds.left, y: bounds.low, z: 0 },
    { x: bounds.right, y: bounds.low, z: 0 },
    { x: bounds.right, y: bounds.high, z: 0 },
    { x: bounds.left, y: bounds.high, z: 0 },
  ].map((corner) => transformPoint(storeFromFixture, corner));
  return { corners: frontFirst(corners, fixture), centre: middle(corners[0]!, corners[2]!) };
}

function middle(a: Point3, b: Point3): Point3 {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, z: 0 };
}

/** Turns the list so that it begins with the edge in front of which the shelves open. */
function frontFirst(corners: readonly Point3[], fixture: Fixture): Point3[] {
  const fronts = fixture.shelves.map(shelfFront);
  let first = 0;
  let nearestM = Infinity;
  corners.forEach((corner, index) => {
    const edge = middle(corner, corners[(index + 1) % corners.length]!);
    const awayM = fronts.reduce((sum, front) => sum + floorDistanceM(front, edge), 0);
    if (awayM >= nearestM) return;
    nearestM = awayM;
    first = index;
  });
  return [...corners.slice(first), ...corners.slice(0, first)];
}
