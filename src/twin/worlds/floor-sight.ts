/**
 * Whether a straight way over the floor is free: every cell that the segment touches, corners included, is walkable.
 * Cells are asked for by runs, one for each row (or column) that the segment crosses, from counts summed once: O(shorter
 * side of the segment in cells).
 */
import type { FloorPoint } from '../words/index.ts';
import type { FloorGrid } from './floor-grid.ts';

export type Sight = (from: FloorPoint, to: FloorPoint) => boolean;

/** A point nearer than this to a cell's edge touches the cell, in cells. */
const TOUCH = 1e-6;

interface Lanes {
  readonly laneCount: number;
  readonly laneLength: number;
  /** Blocked cells before each place of a lane, shape `(laneCount, laneLength + 1)`. */
  readonly blockedBefore: Int32Array;
}

function lanesOf(
  laneCount: number,
  laneLength: number,
  isFree: (lane: number, at: number) => boolean,
): Lanes {
  const width = laneLength + 1;
  const blockedBefore = new Int32Array(laneCount * width);
  for (let lane = 0; lane < laneCount; lane++) {
    for (let at = 0; at < laneLength; at++)
      blockedBefore[lane * width + at + 1] = blockedBefore[lane * width + at]! + (isFree(lane, at) ? 0 : 1);
  }
  return { laneCount, laneLength, blockedBefore };
}

function isRunFree(
  lanes: Lanes,
  lane: number,
  run: { readonly first: number; readonly last: number },
): boolean {
  if (lane < 0 || lane >= lanes.laneCount || run.first < 0 || run.last >= lanes.laneLength) return false;
  const start = lane * (lanes.laneLength + 1);
  return lanes.blockedBefore[start + run.last + 1] === lanes.blockedBefore[start + run.first];
}

/** A place in cells: `across` counts lanes, `along` the cells in a lane. */
interface InLanes {
  readonly across: number;
  readonly along: number;
}

function isSegmentFree(lanes: Lanes, a: InLanes, b: InLanes): boolean {
  const [low, high] = a.across <= b.across ? [a, b] : [b, a];
  const slope = high.across === low.across ? 0 : (high.along - low.along) / (high.across - low.across);
  const alongAt = (across: number): number =>
    low.along + slope * (Math.min(high.across, Math.max(low.across, across)) - low.across);
  const isLevel = high.across - low.across < TOUCH;
  const lastLane = Math.floor(high.across + TOUCH);
  for (let lane = Math.floor(low.across - TOUCH); lane <= lastLane; lane++) {
    const [enters, leaves] = isLevel
      ? [low.along, high.along]
      : [alongAt(lane - TOUCH), alongAt(lane + 1 + TOUCH)];
    const first = Math.floor(Math.min(enters, leaves) - TOUCH);
    const last = Math.floor(Math.max(enters, leaves) + TOUCH);
    if (!isRunFree(lanes, lane, { first, last })) return false;
  }
  return true;
}

export function sightOver(grid: FloorGrid): Sight {
  const { columns, rows, walkable, cellM, bounds } = grid;
  const byRow = lanesOf(rows, columns, (row, column) => walkable[row * columns + column] === 1);
  const byColumn = lanesOf(columns, rows, (column, row) => walkable[row * columns + column] === 1);
  return (from, to) => {
    const [ax, ay] = [(from.x - bounds.min.x) / cellM, (from.y - bounds.min.y) / cellM];
    const [bx, by] = [(to.x - bounds.min.x) / cellM, (to.y - bounds.min.y) / cellM];
    if (Math.abs(by - ay) <= Math.abs(bx - ax))
      return isSegmentFree(byRow, { across: ay, along: ax }, { across: by, along: bx });
    return isSegmentFree(byColumn, { across: ax, along: ay }, { across: bx, along: by });
  };
}
