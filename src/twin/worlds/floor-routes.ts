/**
 * Shortest ways over the floor. A shortest way around cells that are blocked bends only where a blocked cell sticks out:
 * in the free cell across its corner. So ways are searched among these few bends and not among all cells: a supermarket
 * has 50,000 cells and some hundred bends. From the cells' centres no bend is ever missing: the shortest way that keeps
 * half a cell from everything blocked goes by these bends alone.
 *
 * What bends see of each other is found when first asked for and kept: at most O(bends²) numbers. A search is O(bends²)
 * by plain scans, which beats a heap at this size; equal ways go to the bend with the lower number.
 */
import type { FloorPoint } from '../words/index.ts';
import { cellCentre, columnOf, isWalkable, rowOf } from './floor-grid.ts';
import type { FloorGrid } from './floor-grid.ts';
import { sightOver } from './floor-sight.ts';
import type { Sight } from './floor-sight.ts';
import { gapM } from './footprints.ts';

/** Corners of a shortest way between two points on walkable cells, without `from`, with `to`. */
export type RouteFinder = (from: FloorPoint, to: FloorPoint) => readonly FloorPoint[];

const DIAGONALS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

function isBend(grid: FloorGrid, column: number, row: number): boolean {
  if (!isWalkable(grid, column, row)) return false;
  return DIAGONALS.some(
    ([dx, dy]) =>
      !isWalkable(grid, column + dx, row + dy) &&
      isWalkable(grid, column + dx, row) &&
      isWalkable(grid, column, row + dy),
  );
}

function bendsOf(grid: FloorGrid): FloorPoint[] {
  const bends: FloorPoint[] = [];
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++)
      if (isBend(grid, column, row)) bends.push(cellCentre(grid, column, row));
  }
  return bends;
}

interface Seen {
  readonly bend: number;
  readonly distanceM: number;
}

function seenFrom(place: FloorPoint, bends: readonly FloorPoint[], sees: Sight): Seen[] {
  const seen: Seen[] = [];
  for (const [bend, at] of bends.entries())
    if (sees(place, at)) seen.push({ bend, distanceM: gapM(place, at) });
  return seen;
}

interface Search {
  /** Shortest way found so far from the start to each bend, and on to the goal as the crow flies. */
  readonly wayM: Float64Array;
  readonly guessM: Float64Array;
  readonly before: Int32Array;
  readonly isDone: Uint8Array;
}

function nearestOpen({ guessM, isDone }: Search): number {
  let nearest = -1;
  let nearestM = Infinity;
  for (let bend = 0; bend < guessM.length; bend++) {
    if (isDone[bend] === 0 && guessM[bend]! < nearestM) [nearest, nearestM] = [bend, guessM[bend]!];
  }
  return nearest;
}

interface Ends {
  readonly starts: readonly Seen[];
  readonly goals: readonly Seen[];
  readonly goal: FloorPoint;
}

/** Bends of the shortest way, in order; null where the goal cannot be reached. */
function searchBends(
  bends: readonly FloorPoint[],
  neighboursOf: (bend: number) => readonly Seen[],
  ends: Ends,
): number[] | null {
  const count = bends.length;
  const search: Search = {
    wayM: new Float64Array(count).fill(Infinity),
    guessM: new Float64Array(count).fill(Infinity),
    before: new Int32Array(count).fill(-1),
    isDone: new Uint8Array(count),
  };
  const reach = (seen: Seen, from: { readonly bend: number; readonly wayM: number }): void => {
    const wayM = from.wayM + seen.distanceM;
    if (wayM >= search.wayM[seen.bend]!) return;
    search.wayM[seen.bend] = wayM;
    search.guessM[seen.bend] = wayM + gapM(bends[seen.bend]!, ends.goal);
    search.before[seen.bend] = from.bend;
  };
  for (const seen of ends.starts) reach(seen, { bend: -1, wayM: 0 });
  const lastLegM = new Map(ends.goals.map((seen) => [seen.bend, seen.distanceM]));
  let [last, lastM] = [-1, Infinity];
  for (let bend = nearestOpen(search); bend >= 0; bend = nearestOpen(search)) {
    if (search.guessM[bend]! >= lastM) break;
    search.isDone[bend] = 1;
    const wayM = search.wayM[bend]!;
    const toGoalM = wayM + (lastLegM.get(bend) ?? Infinity);
    if (toGoalM < lastM) [last, lastM] = [bend, toGoalM];
    for (const seen of neighboursOf(bend)) reach(seen, { bend, wayM });
  }
  if (last < 0) return null;
  const way: number[] = [];
  for (let bend = last; bend >= 0; bend = search.before[bend]!) way.push(bend);
  return way.toReversed();
}

/** Leaves out corners that the way can do without. */
function straightened(way: readonly FloorPoint[], sees: Sight): FloorPoint[] {
  const kept: FloorPoint[] = [];
  for (const [position, corner] of way.entries()) {
    const next = way[position + 1];
    const before = kept.at(-1);
    if (position > 0 && next !== undefined && before !== undefined && sees(before, next)) continue;
    kept.push(corner);
  }
  return kept;
}

export function routesOver(grid: FloorGrid): RouteFinder {
  const sees = sightOver(grid);
  const bends = bendsOf(grid);
  const kept = new Map<number, readonly Seen[]>();
  const neighboursOf = (bend: number): readonly Seen[] => {
    const known = kept.get(bend);
    if (known) return known;
    const found = seenFrom(bends[bend]!, bends, sees);
    kept.set(bend, found);
    return found;
  };
  const centreOf = (place: FloorPoint): FloorPoint =>
    cellCentre(grid, columnOf(grid, place.x), rowOf(grid, place.y));
  return (from, to) => {
    if (sees(from, to)) return [to];
    // A point at a cell's edge may touch what is blocked; its cell's centre never does.
    const [start, goal] = [centreOf(from), centreOf(to)];
    if (sees(start, goal)) return straightened([from, start, goal, to], sees).slice(1);
    const ends = { starts: seenFrom(start, bends, sees), goals: seenFrom(goal, bends, sees), goal };
    const way = searchBends(bends, neighboursOf, ends);
    if (way === null) return [];
    const corners = [from, start, ...way.map((bend) => bends[bend]!), goal, to];
    return straightened(corners, sees).slice(1);
  };
}
