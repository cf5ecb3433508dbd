/** Where feet can go in a layout, generated or imported, and how to get from one place to another. */
import type { StoreLayout } from '../../domain/index.ts';
import type { Floor, FloorPoint } from '../words/index.ts';
import { buildFloorGrid, cellCentre, columnOf, isWalkable, rowOf } from './floor-grid.ts';
import type { FloorGrid } from './floor-grid.ts';
import { routesOver } from './floor-routes.ts';
import { boundsOf, gapM, layoutFootprints, widened } from './footprints.ts';
import type { FloorBounds } from './footprints.ts';

export interface FloorOptions {
  /** The walls; the furniture and 1.5 m around it where nobody told them. */
  readonly bounds?: FloorBounds;
  /**
   * Places that people must get to: of parts of the floor that are not connected, the one with most of them counts.
   * Without any it is the largest.
   */
  readonly anchors?: readonly FloorPoint[];
  /** Edge of a cell, metres. */
  readonly cellM?: number;
}

const MARGIN_M = 1.5;
const FINE_CELL_M = 0.1;
const COARSE_CELL_M = 0.15;
const COARSE_ABOVE_M2 = 600;
/** Furniture may stand kilometres apart in wrong data: then cells grow, not memory. */
const CELLS_MAX = 1_000_000;

function cellSize(bounds: FloorBounds): number {
  const areaM2 = (bounds.max.x - bounds.min.x) * (bounds.max.y - bounds.min.y);
  const wanted = areaM2 > COARSE_ABOVE_M2 ? COARSE_CELL_M : FINE_CELL_M;
  return Math.max(wanted, Math.sqrt(areaM2 / CELLS_MAX));
}

const clamp = (value: number, limits: { readonly min: number; readonly max: number }): number =>
  Math.min(limits.max, Math.max(limits.min, value));

/** The point of the cell's inner half that is nearest to `point`. */
function intoCell(
  grid: FloorGrid,
  cell: { readonly column: number; readonly row: number },
  point: FloorPoint,
): FloorPoint {
  const { x, y } = cellCentre(grid, cell.column, cell.row);
  const quarter = grid.cellM / 4;
  return {
    x: clamp(point.x, { min: x - quarter, max: x + quarter }),
    y: clamp(point.y, { min: y - quarter, max: y + quarter }),
  };
}

/** Searches square rings of cells around the point until none can hold a nearer place. */
function nearestWalkable(grid: FloorGrid, point: FloorPoint): FloorPoint {
  const column = clamp(columnOf(grid, point.x), { min: 0, max: grid.columns - 1 });
  const row = clamp(rowOf(grid, point.y), { min: 0, max: grid.rows - 1 });
  let nearest = point;
  let nearestM = Infinity;
  const look = (atColumn: number, atRow: number): void => {
    if (!isWalkable(grid, atColumn, atRow)) return;
    const place = intoCell(grid, { column: atColumn, row: atRow }, point);
    const distance = gapM(point, place);
    if (distance < nearestM) [nearest, nearestM] = [place, distance];
  };
  const outsideM = gapM(point, intoCell(grid, { column, row }, point));
  const ringMax = Math.max(grid.columns, grid.rows);
  for (let ring = 0; ring <= ringMax; ring++) {
    if ((ring - 1) * grid.cellM - outsideM > nearestM) break;
    for (let step = -ring; step <= ring; step++) {
      look(column + step, row - ring);
      look(column + step, row + ring);
      if (Math.abs(step) === ring) continue;
      look(column - ring, row + step);
      look(column + ring, row + step);
    }
  }
  return nearest;
}

/** The floor of `layout`. @throws AssertionFailure where no place at all is free. */
export function buildFloor(layout: StoreLayout, options: FloorOptions = {}): Floor {
  const obstacles = layoutFootprints(layout);
  const bounds = options.bounds ?? widened(boundsOf(obstacles), MARGIN_M);
  const cellM = options.cellM ?? cellSize(bounds);
  const grid = buildFloorGrid({ bounds, cellM, obstacles, anchors: options.anchors ?? [] });
  const findRoute = routesOver(grid);
  const isFree = (point: FloorPoint): boolean =>
    isWalkable(grid, columnOf(grid, point.x), rowOf(grid, point.y));
  const nearestFree = (point: FloorPoint): FloorPoint =>
    isFree(point) ? point : nearestWalkable(grid, point);
  return {
    min: bounds.min,
    max: bounds.max,
    isFree,
    nearestFree,
    route(from, to) {
      const start = nearestFree(from);
      const way = findRoute(start, nearestFree(to));
      return start === from || way.length === 0 ? way : [start, ...way];
    },
  };
}
