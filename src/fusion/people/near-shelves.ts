/**
 * How far a point is from the nearest shelf, asked for hands that are close to each other: a hand at a shelf reaches for
 * goods. Fixtures whose footprint is further than `NEAR_M` are passed over, so a large shop costs a glance at each.
 */
import { boxFootprint, distanceToBoxM } from '../../domain/index.ts';
import type { Box, Point3, StoreLayout } from '../../domain/index.ts';

/** Further away it does not matter how far. */
export const NEAR_M = 0.5;

interface ShelfGroup {
  readonly fromX: number;
  readonly untilX: number;
  readonly fromY: number;
  readonly untilY: number;
  readonly spaces: readonly Box[];
}

/** Metres to the nearest shelf's space, 0 inside, at most `NEAR_M`. O(fixtures + shelves of fixtures nearby). */
export type ShelfDistance = (point: Point3) => number;

function groupOf(spaces: readonly Box[]): ShelfGroup {
  const corners = spaces.flatMap(boxFootprint);
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    fromX: Math.min(...xs) - NEAR_M,
    untilX: Math.max(...xs) + NEAR_M,
    fromY: Math.min(...ys) - NEAR_M,
    untilY: Math.max(...ys) + NEAR_M,
    spaces,
  };
}

/** The distance to the shelves of `layout`, which are looked through once. */
export function shelfDistanceIn(layout: Pick<StoreLayout, 'fixtures'>): ShelfDistance {
  const groups = layout.fixtures
    .filter(({ shelves }) => shelves.length > 0)
    .map(({ shelves }) => groupOf(shelves.map(({ space }) => space)));
  return (point) => {
    let nearest = NEAR_M;
    for (const { fromX, untilX, fromY, untilY, spaces } of groups) {
      if (point.x < fromX || point.x > untilX || point.y < fromY || point.y > untilY) continue;
      for (const space of spaces) nearest = Math.min(nearest, distanceToBoxM(space, point));
    }
    return nearest;
  };
}
