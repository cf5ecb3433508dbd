/**
 * Rooms of the four kinds of shop, from their floor area. Furniture is set where a shop sets it: coolers along the back
 * wall, gondolas back to back with aisles of at least 1.5 m between them, the front free for doors.
 */
import { assert } from '../../base/index.ts';
import type { FloorPoint } from '../words/index.ts';
import {
  COOLER,
  COUNTER,
  FIXTURE_DEPTH_M,
  fixtureWidthM,
  LOW_GONDOLA,
  SNACK_RACK,
  TALL_GONDOLA,
  WALL_RACK_LOW_FIRST,
  WALL_RACK_TALL_FIRST,
} from './furniture.ts';
import type { PlacedFixture } from './furniture.ts';
import { fitting, fixtureRow, gondolaAlongX, gondolaAlongY } from './room-plan.ts';
import type { RoomPlan } from './room-plan.ts';

export type StoreKind = 'nano' | 'convenience' | 'stadium' | 'supermarket';

const WALL_GAP_M = 0.02;
const LONG = 12;
const SHORT = 9;
const LONG_M = fixtureWidthM(LONG);
const SHORT_M = fixtureWidthM(SHORT);
const GONDOLA_DEPTH_M = 2 * FIXTURE_DEPTH_M;

function roomSize(areaM2: number, widthPerDepth: number): FloorPoint {
  const x = Math.sqrt(areaM2 * widthPerDepth);
  return { x, y: areaM2 / x };
}

/** Four racks along the back wall and one on the right, as in the smallest shops that run. */
function nanoPlan(areaM2: number): RoomPlan {
  const sizeM = roomSize(areaM2, 1.25);
  const y = sizeM.y - FIXTURE_DEPTH_M - WALL_GAP_M;
  let x = 0.05;
  const fixtures: PlacedFixture[] = [LONG, SHORT, LONG, SHORT].map((platesPerShelf, position) => {
    const furniture = position === 0 ? WALL_RACK_LOW_FIRST : WALL_RACK_TALL_FIRST;
    const minCorner = { x, y };
    x += fixtureWidthM(platesPerShelf);
    return {
      furniture,
      platesPerShelf,
      facing: 'south',
      minCorner,
      zone: position < 2 ? 'chilled' : 'ambient',
    };
  });
  fixtures.push({
    furniture: WALL_RACK_TALL_FIRST,
    platesPerShelf: SHORT,
    facing: 'west',
    minCorner: { x: sizeM.x - FIXTURE_DEPTH_M - WALL_GAP_M, y: sizeM.y - 2.4 },
    zone: 'ambient',
  });
  return { sizeM, fixtures, entranceX: 1.2, exitX: 1.2 };
}

const CONVENIENCE = { aisleM: 2, wallPlates: 72, gondolaPlates: 48, platesPerM2: 10 };

/** The strip of a convenience shop between the doors and the aisle before the back wall. */
interface Middle {
  readonly sizeM: FloorPoint;
  readonly front: number;
  readonly depthM: number;
}

/** Gondolas side by side in the middle of the room, `wantedFixtures` of them as nearly as they divide into rows. */
function islands({ sizeM, front, depthM }: Middle, wantedFixtures: number): PlacedFixture[] {
  const pitch = GONDOLA_DEPTH_M + CONVENIENCE.aisleM;
  const islandCount = Math.max(1, fitting(sizeM.x - FIXTURE_DEPTH_M - CONVENIENCE.aisleM, pitch));
  const wantedPerSide = Math.max(1, Math.round(wantedFixtures / (2 * islandCount)));
  const perSide = Math.min(wantedPerSide, fitting(depthM, LONG_M));
  const firstX = (sizeM.x + FIXTURE_DEPTH_M - islandCount * pitch + CONVENIENCE.aisleM) / 2;
  const y = front + (depthM - perSide * LONG_M) / 2;
  return Array.from({ length: islandCount }, (_, island) => {
    const minCorner = { x: firstX + island * pitch, y };
    return gondolaAlongY(
      { furniture: LOW_GONDOLA, platesPerShelf: LONG, minCorner, zone: 'ambient' },
      perSide,
    );
  }).flat();
}

/** Walls first; then as much of the gondolas as makes ten plates a square metre. */
function conveniencePlan(areaM2: number): RoomPlan {
  const sizeM = roomSize(areaM2, 1.25);
  const front = Math.min(2.8, sizeM.y * 0.33);
  const backY = sizeM.y - FIXTURE_DEPTH_M - WALL_GAP_M;
  const depthM = backY - Math.min(2, sizeM.y * 0.235) - front;
  const backWall = { furniture: WALL_RACK_TALL_FIRST, facing: 'south', zone: 'chilled' } as const;
  const leftWall = { furniture: WALL_RACK_LOW_FIRST, facing: 'east', zone: 'ambient' } as const;
  const walls = [
    ...fixtureRow(
      { ...leftWall, platesPerShelf: LONG, minCorner: { x: WALL_GAP_M, y: front } },
      fitting(depthM, LONG_M),
    ),
    ...fixtureRow(
      { ...backWall, platesPerShelf: LONG, minCorner: { x: 1, y: backY } },
      Math.max(1, fitting(sizeM.x - 4, LONG_M)),
    ),
  ];
  const { wallPlates, gondolaPlates, platesPerM2 } = CONVENIENCE;
  const wantedFixtures = (platesPerM2 * areaM2 - wallPlates * walls.length) / gondolaPlates;
  const fixtures = [...walls, ...islands({ sizeM, front, depthM }, wantedFixtures)];
  return { sizeM, fixtures, entranceX: sizeM.x * 0.25, exitX: sizeM.x * 0.75 };
}

/** People stream from left to right: racks, then counters in the middle, coolers along the back. */
function stadiumPlan(areaM2: number): RoomPlan {
  const sizeM = roomSize(areaM2, 5 / 3);
  const backY = sizeM.y - FIXTURE_DEPTH_M - WALL_GAP_M;
  const coolers = fixtureRow(
    {
      furniture: COOLER,
      platesPerShelf: SHORT,
      facing: 'south',
      minCorner: { x: 2, y: backY },
      zone: 'chilled',
    },
    fitting(sizeM.x - 4, SHORT_M),
  );
  const counterCount = Math.max(1, fitting(sizeM.x, 5));
  const counters = gondolaAlongX(
    {
      furniture: COUNTER,
      platesPerShelf: LONG,
      minCorner: { x: (sizeM.x - counterCount * LONG_M) / 2, y: (backY - GONDOLA_DEPTH_M) * 0.55 },
      zone: 'hot',
    },
    counterCount,
  );
  const racks = fixtureRow(
    {
      furniture: SNACK_RACK,
      platesPerShelf: SHORT,
      facing: 'east',
      minCorner: { x: WALL_GAP_M, y: 2 },
      zone: 'ambient',
    },
    Math.max(1, fitting(sizeM.y - 3.5, SHORT_M)),
  );
  return { sizeM, fixtures: [...racks, ...counters, ...coolers], entranceX: 1.5, exitX: sizeM.x - 1.5 };
}

const SUPERMARKET = { aisleM: 2.2, sideM: 3, frontM: 8, crossAisleM: 2.5, chilledShare: 0.18 };

/** Long gondolas in two blocks with a cross aisle between them, coolers along the back wall. */
function supermarketPlan(areaM2: number): RoomPlan {
  const sizeM = roomSize(areaM2, 4 / 3);
  const { aisleM, sideM, frontM, crossAisleM, chilledShare } = SUPERMARKET;
  const front = Math.min(frontM, sizeM.y * 0.27);
  const backY = sizeM.y - FIXTURE_DEPTH_M - WALL_GAP_M;
  const pitch = GONDOLA_DEPTH_M + aisleM;
  const rowCount = fitting(sizeM.x - 2 * sideM + aisleM, pitch);
  const perBlock = fitting((backY - front - 2 * crossAisleM) / 2, LONG_M);
  const firstX = (sizeM.x - rowCount * pitch + aisleM) / 2;
  const fixtures: PlacedFixture[] = [];
  for (let row = 0; row < rowCount; row++) {
    for (const y of [front, front + perBlock * LONG_M + crossAisleM]) {
      const minCorner = { x: firstX + row * pitch, y };
      const zone = row >= rowCount * (1 - chilledShare) ? 'chilled' : 'ambient';
      fixtures.push(
        ...gondolaAlongY({ furniture: TALL_GONDOLA, platesPerShelf: LONG, minCorner, zone }, perBlock),
      );
    }
  }
  const coolers = fixtureRow(
    {
      furniture: COOLER,
      platesPerShelf: LONG,
      facing: 'south',
      minCorner: { x: 3, y: backY },
      zone: 'chilled',
    },
    fitting(sizeM.x - 6, LONG_M),
  );
  fixtures.push(...coolers);
  return { sizeM, fixtures, entranceX: sizeM.x * 0.15, exitX: sizeM.x * 0.85 };
}

interface PlanOfKind {
  readonly areaM2: number;
  readonly areaM2Min: number;
  readonly plan: (areaM2: number) => RoomPlan;
}

const PLANS: Readonly<Record<StoreKind, PlanOfKind>> = {
  nano: { areaM2: 20, areaM2Min: 18, plan: nanoPlan },
  convenience: { areaM2: 90, areaM2Min: 48, plan: conveniencePlan },
  stadium: { areaM2: 60, areaM2Min: 45, plan: stadiumPlan },
  supermarket: { areaM2: 1200, areaM2Min: 250, plan: supermarketPlan },
};

/** @throws AssertionFailure below the area that the kind needs (18, 48, 45 and 250 m²). */
export function planRoom(kind: StoreKind, areaM2 = PLANS[kind].areaM2): RoomPlan {
  const { areaM2Min, plan } = PLANS[kind];
  assert(areaM2 >= areaM2Min, 'STORE_AREA_TOO_SMALL', { kind, areaM2, areaM2Min });
  return plan(areaM2);
}
