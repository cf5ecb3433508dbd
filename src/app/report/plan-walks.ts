/** A person's way over the floor as a smooth line: jitter averaged out, gaps left open, dots at round times. */
import { floorDistanceM } from '../../domain/index.ts';
import type { Point3 } from '../../domain/index.ts';
import { onPlan, pathOf } from './plan-frame.ts';
import type { FloorPoint } from './plan-frame.ts';
import type { Person, View } from './view.ts';
import type { Walk, WalkPoint } from './walks.ts';

/** Unseen for this long, or this far apart at once: the line is broken, and what lies between is not made up. */
const GAP_MS = 1500;
const GAP_M = 1.2;
/** Points closer than this add nothing to a line on a plan. */
const DRAWN_STEP_M = 0.06;
/** Points of one drawn run; a longer one is drawn more coarsely. */
const DRAWN_POINTS_MAX = 500;

function smoothed(points: readonly WalkPoint[]): Point3[] {
  return points.map((_, index) => {
    const near = points.slice(Math.max(0, index - 2), index + 3);
    const mean = (axis: 'x' | 'y'): number =>
      near.reduce((sum, point) => sum + point.head[axis], 0) / near.length;
    return { x: mean('x'), y: mean('y'), z: 0 };
  });
}

function runsOf(walk: Walk): WalkPoint[][] {
  const runs: WalkPoint[][] = [];
  let last: WalkPoint | null = null;
  for (const point of walk.points) {
    const isJump = last !== null && floorDistanceM(last.head, point.head) > GAP_M;
    if (last === null || isJump || point.atMs - last.atMs > Math.max(GAP_MS, 3 * walk.stepMs)) runs.push([]);
    runs.at(-1)!.push(point);
    last = point;
  }
  return runs;
}

function sparse(points: readonly Point3[]): FloorPoint[] {
  const kept: Point3[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || floorDistanceM(last, point) >= DRAWN_STEP_M) kept.push(point);
  }
  const every = Math.ceil(kept.length / DRAWN_POINTS_MAX);
  return kept.filter((_, index) => index % every === 0 || index === kept.length - 1).map(onPlan);
}

/** A curve through all points (Catmull–Rom, written as cubic Béziers). */
function curveThrough(points: readonly FloorPoint[]): string {
  if (points.length < 3) return pathOf(points);
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  let path = `M${points[0]!.x} ${points[0]!.y}`;
  for (let index = 0; index < points.length - 1; index++) {
    const p0 = points[Math.max(0, index - 1)]!;
    const p1 = points[index]!;
    const p2 = points[index + 1]!;
    const p3 = points[Math.min(points.length - 1, index + 2)]!;
    const c1 = [p1.x + (p2.x - p0.x) / 6, p1.y + (p2.y - p0.y) / 6].map(tenth);
    const c2 = [p2.x - (p3.x - p1.x) / 6, p2.y - (p3.y - p1.y) / 6].map(tenth);
    path += `C${c1.join(' ')} ${c2.join(' ')} ${p2.x} ${p2.y}`;
  }
  return path;
}

export function walkPath(walk: Walk): string {
  return runsOf(walk)
    .map((run) => curveThrough(sparse(smoothed(run))))
    .join('');
}

const DOT_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
/** Dots on the longest walk: one walk has room for more than several that cross. */
const DOTS_MAX_ALONE = 10;
const DOTS_MAX = 5;

/** The time between two dots: round, and few enough to be told apart. */
export function dotEveryMs(view: View): number {
  const longestMs = Math.max(0, ...view.people.map((person) => spanMs(person)));
  const most = view.people.length === 1 ? DOTS_MAX_ALONE : DOTS_MAX;
  const seconds = DOT_SECONDS.find((each) => longestMs / (each * 1000) <= most) ?? 7200;
  return seconds * 1000;
}

function spanMs(person: Person): number {
  const first = person.walks[0]?.firstAtMs ?? 0;
  return Math.max(0, ...person.walks.map((walk) => walk.lastAtMs - first));
}

export interface TimeDot extends FloorPoint {
  readonly sinceStartMs: number;
}

/** Where the person was at round times since the start. */
export function timeDots(view: View, person: Person): TimeDot[] {
  const everyMs = dotEveryMs(view);
  const dots: TimeDot[] = [];
  let nextMs = Number.NEGATIVE_INFINITY;
  for (const walk of person.walks) {
    for (const point of walk.points) {
      const sinceStartMs = view.sinceStart(point.atMs);
      if (sinceStartMs < nextMs) continue;
      const dueMs = Math.floor(sinceStartMs / everyMs) * everyMs;
      if (nextMs !== Number.NEGATIVE_INFINITY) dots.push({ ...onPlan(point.head), sinceStartMs: dueMs });
      nextMs = dueMs + everyMs;
    }
  }
  return dots;
}

/** Points close enough together on the way along `corners` that a label on the line meets one. */
export function linePoints(corners: readonly FloorPoint[]): FloorPoint[] {
  const APART_UNITS = 6;
  return corners.flatMap((to, index) => {
    const from = corners[index - 1] ?? to;
    const count = Math.min(
      50,
      Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / APART_UNITS)),
    );
    return Array.from({ length: count }, (_, step) => {
      const share = (step + 1) / count;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    });
  });
}
