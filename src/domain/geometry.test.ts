import { assert as holds, double, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import {
  boxCentre,
  boxFootprint,
  composePoses,
  distanceM,
  distanceToBoxM,
  floorDistanceM,
  invertPose,
  ORIGIN,
  poseFromRodrigues,
  transformPoint,
} from './geometry.ts';
import type { Box, Point3, Pose } from './geometry.ts';

const within = (min: number, max: number): Arbitrary<number> => double({ min, max, noNaN: true });
const pointWithin = (size: number): Arbitrary<Point3> =>
  record({ x: within(-size, size), y: within(-size, size), z: within(-size, size) });
const anyPoint = pointWithin(10);
const anyPose: Arbitrary<Pose> = record({ translation: anyPoint, turn: pointWithin(4) }).map(
  ({ translation, turn }) => poseFromRodrigues(translation, turn),
);
const anyBox: Arbitrary<Box> = record({
  storeFromBox: anyPose,
  sizeM: record({ x: within(0, 2), y: within(0, 2), z: within(0, 2) }),
});

function expectNear(a: Point3, b: Point3): void {
  expect(distanceM(a, b)).toBeLessThan(1e-9);
}

test.each([
  // exp of the cross-product matrix as a power series of 60 terms in exact fractions.
  {
    turn: { x: 0.3, y: -1.2, z: 0.7 },
    rotation: [
      0.1868897464370817, -0.6386906567824416, -0.7464224458143636, 0.3353541891320266, 0.75564562328161,
      -0.5626164411452513, 0.9233687186104391, -0.14516865003905063, 0.3554100062428679,
    ],
  },
  {
    turn: { x: 1, y: 2, z: -2 },
    rotation: [
      -0.768882219200396, 0.5363005601733438, -0.3481405494268542, 0.3481405494268542, -0.10555138700024748,
      -0.9314811122868204, -0.5363005601733438, -0.8374011069135756, -0.10555138700024748,
    ],
  },
  { turn: { x: 0, y: 0, z: -Math.PI / 2 }, rotation: [0, 1, 0, -1, 0, 0, 0, 0, 1] },
  { turn: ORIGIN, rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
])('Rodrigues turns by $turn as the matrix exponential does', ({ turn, rotation }) => {
  const pose = poseFromRodrigues(ORIGIN, turn);
  for (const [index, value] of rotation.entries()) expect(pose.rotation[index]).toBeCloseTo(value, 14);
});

test('a rotation keeps lengths and handedness', () => {
  holds(
    property(anyPose, ({ rotation: r }) => {
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          const dot = r[a * 3]! * r[b * 3]! + r[a * 3 + 1]! * r[b * 3 + 1]! + r[a * 3 + 2]! * r[b * 3 + 2]!;
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 12);
        }
      }
      const determinant =
        r[0]! * (r[4]! * r[8]! - r[5]! * r[7]!) -
        r[1]! * (r[3]! * r[8]! - r[5]! * r[6]!) +
        r[2]! * (r[3]! * r[7]! - r[4]! * r[6]!);
      expect(determinant).toBeCloseTo(1, 12);
    }),
  );
});

test('a pose and its inverse undo each other, and composing is doing one after the other', () => {
  holds(
    property(anyPose, anyPose, anyPoint, (aFromB, bFromC, point) => {
      expectNear(transformPoint(composePoses(aFromB, invertPose(aFromB)), point), point);
      expectNear(transformPoint(invertPose(aFromB), transformPoint(aFromB, point)), point);
      expectNear(
        transformPoint(composePoses(aFromB, bFromC), point),
        transformPoint(aFromB, transformPoint(bFromC, point)),
      );
    }),
  );
});

/** The nearest of a grid of points that fill the box. */
function slowDistanceM(box: Box, point: Point3, steps: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  const { x, y, z } = box.sizeM;
  for (let i = 0; i <= steps; i++) {
    for (let j = 0; j <= steps; j++) {
      for (let k = 0; k <= steps; k++) {
        const inBox = { x: (x * i) / steps, y: (y * j) / steps, z: (z * k) / steps };
        nearest = Math.min(nearest, distanceM(point, transformPoint(box.storeFromBox, inBox)));
      }
    }
  }
  return nearest;
}

test('the distance to a box is that to the nearest of its points', () => {
  const steps = 12;
  holds(
    property(anyBox, anyPoint, (box, point) => {
      const slow = slowDistanceM(box, point, steps);
      const quick = distanceToBoxM(box, point);
      const halfCell = Math.hypot(box.sizeM.x, box.sizeM.y, box.sizeM.z) / (2 * steps);
      expect(quick).toBeLessThanOrEqual(slow + 1e-9);
      expect(quick).toBeGreaterThanOrEqual(slow - halfCell - 1e-9);
    }),
    { numRuns: 60 },
  );
});

test('inside a box the distance is 0, at its corners too, and it grows straight out', () => {
  holds(
    property(anyBox, within(0.01, 5), (box, metres) => {
      expect(distanceToBoxM(box, boxCentre(box))).toBeLessThan(1e-9);
      for (const corner of boxFootprint(box)) expect(distanceToBoxM(box, corner)).toBeLessThan(1e-9);
      const { x, z } = box.sizeM;
      const outside = transformPoint(box.storeFromBox, { x: x / 2, y: -metres, z: z / 2 });
      expect(distanceToBoxM(box, outside)).toBeCloseTo(metres, 9);
    }),
  );
});

test('the floor distance ignores heights', () => {
  expect(floorDistanceM({ x: 0, y: 0, z: 5 }, { x: 3, y: 4, z: -7 })).toBe(5);
  expect(distanceM({ x: 1, y: 2, z: 3 }, { x: 1, y: 2, z: 5 })).toBe(2);
});
