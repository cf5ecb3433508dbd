import { expect, test } from 'vitest';
import { poseFromRodrigues } from '../../domain/index.ts';
import { armDepthM, createOccluders } from './occluders.ts';

const shoulder = { x: 0, y: 0, z: 1.3 };
const wristAt = (y: number): { x: number; y: number; z: number } => ({ x: 0, y, z: 1.3 });

test('how deep an arm is in furniture counts along the arm', () => {
  const rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const shelf = {
    storeFromBox: { rotation, translation: { x: -1, y: 0.4, z: 1.2 } },
    sizeM: { x: 2, y: 0.5, z: 0.4 },
  };
  const occluders = createOccluders([shelf], 0.1);
  expect(armDepthM(occluders, { shoulder, wrist: wristAt(0.55) })).toBeCloseTo(0.15, 12);
  expect(armDepthM(occluders, { shoulder, wrist: wristAt(0.35) })).toBeCloseTo(-0.05, 12);
  expect(armDepthM(occluders, { shoulder, wrist: wristAt(0.25) })).toBe(-Infinity);
  // From behind, the same place is as deep as it is far from the back.
  expect(armDepthM(occluders, { shoulder: { x: 0, y: 2, z: 1.3 }, wrist: wristAt(0.55) })).toBeCloseTo(
    0.35,
    12,
  );
});

test('turned furniture, and a shop full of it', () => {
  const boxes = Array.from({ length: 400 }, (_, index) => ({
    storeFromBox: poseFromRodrigues({ x: 3 * index, y: 5, z: 0 }, { x: 0, y: 0, z: -Math.PI / 2 }),
    sizeM: { x: 1, y: 0.5, z: 2 },
  }));
  const occluders = createOccluders(boxes, 0.1);
  // Turned by a quarter: x from the translation to +0.5, y from −1 to it.
  const arm = { shoulder: { x: 899.5, y: 4.5, z: 1.3 }, wrist: { x: 900.2, y: 4.5, z: 1.3 } };
  expect(armDepthM(occluders, arm)).toBeCloseTo(0.2, 9);
  expect(Math.max(...[...occluders.cells.values()].map(({ length }) => length))).toBe(1);
});
