import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composePoses, poseFromRodrigues } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import { overlapDepthM } from './box-overlap.ts';

const NO_TURN = { x: 0, y: 0, z: 0 };
const point = (max: number, min: number) => {
  const number = fc.double({ min, max, noNaN: true });
  return fc.record({ x: number, y: number, z: number });
};
const anyBox = fc.record({ at: point(2, -2), sizeM: point(2, 0.1) });
const upright = ({ at, sizeM }: { at: Point3; sizeM: Point3 }): Box => ({
  storeFromBox: poseFromRodrigues(at, NO_TURN),
  sizeM,
});

test('upright boxes overlap by the least of the overlaps along the three axes', () => {
  fc.assert(
    fc.property(anyBox, anyBox, (a, b) => {
      const along = (axis: 'x' | 'y' | 'z'): number =>
        Math.min(
          Math.min(a.at[axis] + a.sizeM[axis], b.at[axis] + b.sizeM[axis]) - Math.max(a.at[axis], b.at[axis]),
          // One within the other: out on the nearer side.
          Math.max(a.at[axis] + a.sizeM[axis] - b.at[axis], 0),
          Math.max(b.at[axis] + b.sizeM[axis] - a.at[axis], 0),
        );
      const least = Math.min(along('x'), along('y'), along('z'));
      const depth = overlapDepthM(upright(a), upright(b));
      expect(depth > 1e-9).toBe(least > 1e-9);
      if (least > 0) expect(depth).toBeGreaterThanOrEqual(least - 1e-9);
    }),
  );
});

test('it does not matter which box is named first, nor where and how both are turned together', () => {
  fc.assert(
    fc.property(anyBox, anyBox, point(3, -3), (a, b, turn) => {
      const [one, other] = [upright(a), upright(b)];
      const turned = (box: Box): Box => ({
        ...box,
        storeFromBox: composePoses(poseFromRodrigues({ x: 5, y: -3, z: 1 }, turn), box.storeFromBox),
      });
      const depth = Math.max(0, overlapDepthM(one, other));
      expect(Math.max(0, overlapDepthM(other, one))).toBeCloseTo(depth, 9);
      expect(Math.max(0, overlapDepthM(turned(one), turned(other)))).toBeCloseTo(depth, 9);
    }),
  );
});

test('a box turned by an eighth reaches farther', () => {
  const cube = (x: number, turnRad: number): Box => ({
    storeFromBox: composePoses(
      poseFromRodrigues({ x, y: 0, z: 0 }, { x: 0, y: 0, z: turnRad }),
      poseFromRodrigues({ x: -0.5, y: -0.5, z: 0 }, NO_TURN),
    ),
    sizeM: { x: 1, y: 1, z: 1 },
  });
  const eighth = 0.7853981633974483;
  expect(overlapDepthM(cube(0, 0), cube(1.1, 0))).toBeLessThanOrEqual(0);
  // Half a diagonal (0.7071) and half an edge reach 1.2071 m.
  expect(overlapDepthM(cube(0, 0), cube(1.1, eighth))).toBeCloseTo(0.1071, 4);
  expect(overlapDepthM(cube(0, 0), cube(1.21, eighth))).toBeLessThanOrEqual(0);
});
