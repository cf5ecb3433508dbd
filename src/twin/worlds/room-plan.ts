/** What a planned room is made of, and rows of furniture in it. Metres, origin in the front left corner, doors at y = 0. */
import type { FloorPoint } from '../words/index.ts';
import { FIXTURE_DEPTH_M, fixtureWidthM } from './furniture.ts';
import type { PlacedFixture } from './furniture.ts';

export interface RoomPlan {
  readonly sizeM: FloorPoint;
  readonly fixtures: readonly PlacedFixture[];
  /** The doors on the front wall, by the x of their middle; one and the same where there is only one. */
  readonly entranceX: number;
  readonly exitX: number;
}

/** `count` fixtures side by side; `minCorner` is that of the first. */
export function fixtureRow(first: PlacedFixture, count: number): PlacedFixture[] {
  const stepM = fixtureWidthM(first.platesPerShelf);
  const isAlongX = first.facing === 'south' || first.facing === 'north';
  return Array.from({ length: count }, (_, position) => ({
    ...first,
    minCorner: {
      x: first.minCorner.x + (isAlongX ? position * stepM : 0),
      y: first.minCorner.y + (isAlongX ? 0 : position * stepM),
    },
  }));
}

/** Two rows back to back along y: `minCorner` is that of the western row, which faces west. */
export function gondolaAlongY(first: Omit<PlacedFixture, 'facing'>, count: number): PlacedFixture[] {
  const { x, y } = first.minCorner;
  return [
    ...fixtureRow({ ...first, facing: 'west' }, count),
    ...fixtureRow({ ...first, facing: 'east', minCorner: { x: x + FIXTURE_DEPTH_M, y } }, count),
  ];
}

/** Two rows back to back along x: `minCorner` is that of the southern row, which faces south. */
export function gondolaAlongX(first: Omit<PlacedFixture, 'facing'>, count: number): PlacedFixture[] {
  const { x, y } = first.minCorner;
  return [
    ...fixtureRow({ ...first, facing: 'south' }, count),
    ...fixtureRow({ ...first, facing: 'north', minCorner: { x, y: y + FIXTURE_DEPTH_M } }, count),
  ];
}

/** How many steps of `stepM` fit, never below zero. */
export function fitting(lengthM: number, stepM: number): number {
  return Math.max(0, Math.floor(lengthM / stepM + 1e-9));
}
