/**
 * The floor in square cells. A cell is blocked where any point of it comes within half a body's width of furniture or
 * walls. Of the free cells only one connected part
 * is walkable: nobody gets to the others.
 *
 * Cells are numbered row by row: `index = row · columns + column`. O(cells + furniture) time, a byte a cell.
 */
import { assert } from '../../base/index.ts';
import type { FloorPoint } from '../words/index.ts';
import { boundsOf, distanceToPolygonM, widened } from './footprints.ts';
import type { FloorBounds, Polygon } from './footprints.ts';

/** Half a body's width. */
export const BODY_HALF_WIDTH_M = 0.2;
/** Rounding must not take a whole row of cells. */
const GRACE_M = 5e-7;
const CELL_CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

export interface FloorGrid {
  readonly bounds: FloorBounds;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** 1 where feet can go, shape `(rows, columns)`. */
  readonly walkable: Uint8Array;
}

export interface FloorGridOptions {
  readonly bounds: FloorBounds;
  readonly cellM: number;
  readonly obstacles: readonly Polygon[];
  /** Places of which most must be connected; the walkable part holds as many of them as any. */
  readonly anchors: readonly FloorPoint[];
}

export function columnOf(grid: FloorGrid, x: number): number {
  return Math.floor((x - grid.bounds.min.x) / grid.cellM);
}

export function rowOf(grid: FloorGrid, y: number): number {
  return Math.floor((y - grid.bounds.min.y) / grid.cellM);
}

export function isWalkable(grid: FloorGrid, column: number, row: number): boolean {
  if (!(column >= 0 && row >= 0 && column < grid.columns && row < grid.rows)) return false;
  return grid.walkable[row * grid.columns + column] === 1;
}

export function cellCentre(grid: FloorGrid, column: number, row: number): FloorPoint {
  const { min } = grid.bounds;
  return { x: min.x + (column + 0.5) * grid.cellM, y: min.y + (row + 0.5) * grid.cellM };
}

function blockWalls(grid: FloorGrid): void {
  const { min, max } = widened(grid.bounds, -BODY_HALF_WIDTH_M);
  const half = grid.cellM / 2 - GRACE_M;
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const { x, y } = cellCentre(grid, column, row);
      const isInside = x - half >= min.x && x + half <= max.x && y - half >= min.y && y + half <= max.y;
      grid.walkable[row * grid.columns + column] = isInside ? 1 : 0;
    }
  }
}

/** Exact, from corner to edge both ways: two convex shapes that are apart are nearest at a corner of one of them. */
function cellToPolygonM(polygon: Polygon, centre: FloorPoint, half: number): number {
  let nearest = Infinity;
  for (const [dx, dy] of CELL_CORNERS)
    nearest = Math.min(
      nearest,
      distanceToPolygonM(polygon, { x: centre.x + dx * half, y: centre.y + dy * half }),
    );
  for (const corner of polygon) {
    const dx = Math.max(0, Math.abs(corner.x - centre.x) - half);
    const dy = Math.max(0, Math.abs(corner.y - centre.y) - half);
    nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy));
  }
  return nearest;
}

function blockPolygon(grid: FloorGrid, polygon: Polygon): void {
  const half = grid.cellM / 2;
  const keptM = BODY_HALF_WIDTH_M - GRACE_M;
  const isBlocked = (centre: FloorPoint): boolean => {
    const centreM = distanceToPolygonM(polygon, centre);
    if (centreM < keptM + half) return true;
    return centreM < keptM + half * Math.SQRT2 && cellToPolygonM(polygon, centre, half) < keptM;
  };
  const { min, max } = widened(boundsOf([polygon]), keptM + grid.cellM);
  const lastColumn = Math.min(grid.columns - 1, columnOf(grid, max.x));
  const lastRow = Math.min(grid.rows - 1, rowOf(grid, max.y));
  for (let row = Math.max(0, rowOf(grid, min.y)); row <= lastRow; row++) {
    for (let column = Math.max(0, columnOf(grid, min.x)); column <= lastColumn; column++) {
      const index = row * grid.columns + column;
      if (grid.walkable[index] === 1 && isBlocked(cellCentre(grid, column, row))) grid.walkable[index] = 0;
    }
  }
}

/** Numbers the connected parts of the free cells from 1, by edges and not by corners; 0 is blocked. */
function partNumbers(grid: FloorGrid): { parts: Int32Array; sizes: number[] } {
  const { columns, rows, walkable } = grid;
  const parts = new Int32Array(columns * rows);
  const waiting = new Int32Array(columns * rows);
  const sizes = [0];
  for (let start = 0; start < parts.length; start++) {
    if (walkable[start] !== 1 || parts[start] !== 0) continue;
    const part = sizes.length;
    let [head, tail] = [0, 1];
    waiting[0] = start;
    parts[start] = part;
    while (head < tail) {
      const cell = waiting[head++]!;
      const column = cell % columns;
      const visit = (next: number, isInside: boolean): void => {
        if (!isInside || walkable[next] !== 1 || parts[next] !== 0) return;
        parts[next] = part;
        waiting[tail++] = next;
      };
      visit(cell - 1, column > 0);
      visit(cell + 1, column < columns - 1);
      visit(cell - columns, cell >= columns);
      visit(cell + columns, cell < columns * (rows - 1));
    }
    sizes.push(tail);
  }
  return { parts, sizes };
}

/** The part with most anchors in it; among equals the largest, then the first. */
function chosenPart(
  grid: FloorGrid,
  of: { readonly parts: Int32Array; readonly sizes: readonly number[] },
  anchors: readonly FloorPoint[],
): number {
  const anchorCounts = of.sizes.map(() => 0);
  for (const anchor of anchors) {
    const [column, row] = [columnOf(grid, anchor.x), rowOf(grid, anchor.y)];
    if (isWalkable(grid, column, row)) anchorCounts[of.parts[row * grid.columns + column]!]!++;
  }
  let chosen = 0;
  for (let part = 1; part < of.sizes.length; part++) {
    const ahead = anchorCounts[part]! - anchorCounts[chosen]!;
    if (chosen === 0 || ahead > 0 || (ahead === 0 && of.sizes[part]! > of.sizes[chosen]!)) chosen = part;
  }
  return chosen;
}

/** @throws AssertionFailure where no cell is free. */
export function buildFloorGrid(options: FloorGridOptions): FloorGrid {
  const { bounds, cellM } = options;
  // Whole cells only: a strip at the far walls that is thinner than a cell is part of the wall.
  const columns = Math.max(1, Math.floor((bounds.max.x - bounds.min.x) / cellM + 1e-9));
  const rows = Math.max(1, Math.floor((bounds.max.y - bounds.min.y) / cellM + 1e-9));
  const grid = { bounds, cellM, columns, rows, walkable: new Uint8Array(columns * rows) };
  blockWalls(grid);
  for (const polygon of options.obstacles) blockPolygon(grid, polygon);
  const found = partNumbers(grid);
  const chosen = chosenPart(grid, found, options.anchors);
  assert(chosen > 0, 'FLOOR_NOWHERE_FREE', { bounds, cellM });
  for (let cell = 0; cell < found.parts.length; cell++)
    grid.walkable[cell] = found.parts[cell] === chosen ? 1 : 0;
  return grid;
}
