import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactSineCosine } from '../../base/index.ts';
import { buildLayout, storeId } from '../../domain/index.ts';
import type { FixtureSpec, StoreLayout } from '../../domain/index.ts';
import type { Floor, FloorPoint } from '../words/index.ts';
import { distanceToPolygonM, gapM, layoutFootprints } from './footprints.ts';
import { buildFloor, generateStore, standPlace } from './index.ts';

interface Block {
  readonly x: number;
  readonly y: number;
  readonly widthM: number;
  readonly depthM: number;
  readonly turnRad: number;
}

function layoutOf(blocks: readonly Block[]): StoreLayout {
  const specs = blocks.map((block, position): FixtureSpec => {
    const { sine, cosine } = exactSineCosine(block.turnRad);
    return {
      fixtureName: String(position),
      storeFromFixture: {
        rotation: [cosine, -sine, 0, sine, cosine, 0, 0, 0, 1],
        translation: { x: block.x, y: block.y, z: 0 },
      },
      sizeM: { x: block.widthM, y: block.depthM, z: 2 },
      shelves: [],
      where: 'test',
    };
  });
  return buildLayout(storeId('blocks'), specs).layout;
}

const WALLS = { min: { x: 0, y: 0 }, max: { x: 6, y: 5 } };
const metres = (max: number, min = 0) => fc.double({ min, max, noNaN: true });
const anyPlace = fc.record({ x: metres(6), y: metres(5) });
const anyBlocks = fc.array(
  fc.record({
    x: metres(6),
    y: metres(5),
    widthM: metres(2, 0.05),
    depthM: metres(1, 0.05),
    turnRad: fc.oneof(fc.constant(0), metres(6.2)),
  }),
  { maxLength: 7 },
);
/** Blocks that leave something of the room free. */
const anyRoom = anyBlocks.filter((blocks) => blocks.reduce((sum, b) => sum + b.widthM * b.depthM, 0) < 6);

function lengthM(from: FloorPoint, way: readonly FloorPoint[]): number {
  return way.reduce((sum, corner, position) => sum + gapM(way[position - 1] ?? from, corner), 0);
}

/** Points every centimetre of the way. */
function pointsOn(from: FloorPoint, way: readonly FloorPoint[]): FloorPoint[] {
  return way.flatMap((corner, position) => {
    const start = way[position - 1] ?? from;
    const steps = Math.ceil(gapM(start, corner) / 0.01);
    return Array.from({ length: steps + 1 }, (_, step) => ({
      x: start.x + ((corner.x - start.x) * step) / Math.max(1, steps),
      y: start.y + ((corner.y - start.y) * step) / Math.max(1, steps),
    }));
  });
}

const CELL_M = 0.1;

/** The slow obvious way: from cell to cell by edges and by corners between free cells, nearest first. */
function lengthByCells(floor: Floor, from: FloorPoint, to: FloorPoint): number {
  const cellOf = (at: FloorPoint) => [Math.floor(at.x / CELL_M), Math.floor(at.y / CELL_M)] as const;
  const centre = (column: number, row: number) => ({ x: (column + 0.5) * CELL_M, y: (row + 0.5) * CELL_M });
  const key = (column: number, row: number) => `${column},${row}`;
  const isFree = (column: number, row: number) => floor.isFree(centre(column, row));
  const goal = key(...cellOf(to));
  const reached = new Map([[key(...cellOf(from)), { cell: cellOf(from), m: 0 }]]);
  const done = new Set<string>();
  for (;;) {
    let next: string | null = null;
    for (const [name, { m }] of reached)
      if (!done.has(name) && (next === null || m < reached.get(next)!.m)) next = name;
    if (next === null) return Infinity;
    const {
      cell: [column, row],
      m,
    } = reached.get(next)!;
    if (next === goal) return m;
    done.add(next);
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        if (
          ![isFree(column + dx, row), isFree(column, row + dy), isFree(column + dx, row + dy)].every(Boolean)
        )
          continue;
        const name = key(column + dx, row + dy);
        const stepM = CELL_M * Math.sqrt(dx * dx + dy * dy);
        if (m + stepM < (reached.get(name)?.m ?? Infinity))
          reached.set(name, { cell: [column + dx, row + dy], m: m + stepM });
      }
    }
  }
}

describe('a floor of any room', () => {
  test('is free only a body’s half width away from furniture and walls', () => {
    fc.assert(
      fc.property(anyRoom, fc.array(anyPlace, { minLength: 20, maxLength: 20 }), (blocks, places) => {
        const layout = layoutOf(blocks);
        const floor = buildFloor(layout, { bounds: WALLS });
        for (const place of places) {
          const free = floor.nearestFree(place);
          expect(floor.isFree(free)).toBe(true);
          expect(floor.isFree(place) ? gapM(place, free) : 0).toBe(0);
          const gaps = layoutFootprints(layout).map((polygon) => distanceToPolygonM(polygon, free));
          const walls = [free.x, free.y, WALLS.max.x - free.x, WALLS.max.y - free.y];
          expect(Math.min(...gaps, ...walls)).toBeGreaterThanOrEqual(0.2 - 1e-5);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('knows no nearer free place than the nearest', () => {
    fc.assert(
      fc.property(anyRoom, anyPlace, (blocks, place) => {
        const floor = buildFloor(layoutOf(blocks), { bounds: WALLS });
        let leastM = Infinity;
        for (let x = 0.05; x < 6; x += 0.1) {
          for (let y = 0.05; y < 5; y += 0.1)
            if (floor.isFree({ x, y })) leastM = Math.min(leastM, gapM(place, { x, y }));
        }
        const nearestM = gapM(place, floor.nearestFree(place));
        expect(nearestM).toBeLessThanOrEqual(leastM + 1e-9);
        // It may lie in the cell's inner half: nearer than the centre by a quarter cell each way.
        expect(nearestM).toBeGreaterThanOrEqual(leastM - 0.071);
      }),
      { numRuns: 30 },
    );
  });
});

describe('ways over the floor of any room', () => {
  test('lead from every free place to every other, over free cells only, straight where it can be', () => {
    fc.assert(
      fc.property(anyRoom, anyPlace, anyPlace, (blocks, anyFrom, anyTo) => {
        const floor = buildFloor(layoutOf(blocks), { bounds: WALLS });
        const [from, to] = [floor.nearestFree(anyFrom), floor.nearestFree(anyTo)];
        const way = floor.route(from, to);
        expect(way.at(-1)).toEqual(to);
        expect(pointsOn(from, way).filter((point) => !floor.isFree(point))).toEqual([]);
        const straight = pointsOn(from, [to]);
        if (straight.every((point) => floor.isFree(point)))
          expect(lengthM(from, way)).toBeLessThanOrEqual(1.1 * gapM(from, to) + 0.05);
      }),
      { numRuns: 300 },
    );
  });

  test('are as short as those from cell to cell, and never shorter than the straight line', () => {
    fc.assert(
      fc.property(anyRoom, anyPlace, anyPlace, (blocks, anyFrom, anyTo) => {
        const floor = buildFloor(layoutOf(blocks), { bounds: WALLS });
        const [from, to] = [floor.nearestFree(anyFrom), floor.nearestFree(anyTo)];
        const routeM = lengthM(from, floor.route(from, to));
        // From a point to its cell's centre are up to 7.1 cm, at both ends.
        expect(routeM).toBeLessThanOrEqual(lengthByCells(floor, from, to) + 0.15);
        expect(routeM).toBeGreaterThanOrEqual(gapM(from, to) - 1e-9);
      }),
      { numRuns: 12 },
    );
  });

  test('come to the nearest free place where the goal is blocked, and start from one', () => {
    const floor = buildFloor(layoutOf([{ x: 2, y: 2, widthM: 1, depthM: 1, turnRad: 0 }]), { bounds: WALLS });
    const inside = { x: 2.1, y: 2.5 };
    const way = floor.route(inside, { x: 5, y: 2.5 });
    expect(way.slice(0, 1)).toEqual([floor.nearestFree(inside)]);
    expect(way.at(-1)).toEqual({ x: 5, y: 2.5 });
    expect(floor.route({ x: 1, y: 2.5 }, inside)).toEqual([floor.nearestFree(inside)]);
  });
});

describe('the walkable part', () => {
  /** A wall from side to side at x = 2 to 2.2. */
  const wall = layoutOf([{ x: 2, y: -1, widthM: 0.2, depthM: 7, turnRad: 0 }]);

  test('is the largest one', () => {
    const floor = buildFloor(wall, { bounds: WALLS });
    expect(floor.isFree({ x: 4, y: 2 })).toBe(true);
    expect(floor.isFree({ x: 1, y: 2 })).toBe(false);
    expect(floor.nearestFree({ x: 1, y: 2 }).x).toBeGreaterThan(2.4);
  });

  test('is the one with the entrance where that is told', () => {
    const floor = buildFloor(wall, { bounds: WALLS, anchors: [{ x: 1, y: 1 }] });
    expect(floor.isFree({ x: 4, y: 2 })).toBe(false);
    expect(floor.isFree({ x: 1, y: 2 })).toBe(true);
  });

  test('cannot be nothing', () => {
    const full = layoutOf([{ x: 0, y: 0, widthM: 6, depthM: 5, turnRad: 0 }]);
    expect(() => buildFloor(full, { bounds: WALLS })).toThrow('FLOOR_NOWHERE_FREE');
  });
});

test('without walls, the floor is the furniture and a metre and a half around it', () => {
  const floor = buildFloor(layoutOf([{ x: 10, y: 20, widthM: 2, depthM: 1, turnRad: 0 }]));
  expect([floor.min, floor.max]).toEqual([
    { x: 8.5, y: 18.5 },
    { x: 13.5, y: 22.5 },
  ]);
  expect(buildFloor(layoutOf([])).isFree({ x: 1, y: 1 })).toBe(true);
});

test('furniture kilometres apart makes cells larger, not memory', () => {
  const far = [0, 50_000].map((x) => ({ x, y: 0, widthM: 1, depthM: 1, turnRad: 0 }));
  const floor = buildFloor(layoutOf(far));
  expect(floor.route({ x: 500, y: -1 }, { x: 40_000, y: 2 }).length).toBeGreaterThan(0);
});

test('all ways through a supermarket keep to its aisles', () => {
  const { model, floor, entrance, exit } = generateStore({ kind: 'supermarket', seed: 8 });
  const plates = model.layout.plates.filter((plate) => plate.plateIndex % 911 === 0);
  let here = entrance;
  for (const plate of plates) {
    const there = standPlace(floor, plate);
    const way = floor.route(here, there);
    expect(way.at(-1)).toEqual(there);
    expect(pointsOn(here, way).filter((point) => !floor.isFree(point))).toEqual([]);
    here = there;
  }
  expect(floor.route(here, exit).at(-1)).toEqual(exit);
});
