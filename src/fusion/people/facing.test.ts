import { describe, expect, test } from 'vitest';
import { epochMs } from '../../base/index.ts';
import { ORIGIN, poseFromRodrigues } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { BodySample } from './bodies.ts';
import { facingLog, turnedAwayRad } from './facing.ts';

/** Its front's middle is at x = 0.05, y = 0; people stand at smaller y. */
const SPACE: Box = {
  storeFromBox: poseFromRodrigues({ x: 0, y: 0, z: 1 }, ORIGIN),
  sizeM: { x: 0.1, y: 0.4, z: 0.3 },
};
const NECK: Point3 = { x: 0.05, y: -0.5, z: 1.5 };

/** Somebody before the space who looks `turnedRad` to the left of it. */
function turned(
  turnedRad: number,
  hidden: readonly ('leftShoulder' | 'rightShoulder' | 'neck')[] = [],
): BodySample {
  const half = { x: -0.19 * Math.cos(turnedRad), y: -0.19 * Math.sin(turnedRad) };
  const parts = {
    neck: NECK,
    leftShoulder: { x: NECK.x + half.x, y: NECK.y + half.y, z: 1.4 },
    rightShoulder: { x: NECK.x - half.x, y: NECK.y - half.y, z: 1.4 },
  };
  const seen = Object.fromEntries(
    Object.entries(parts).filter(([part]) => !hidden.some((one) => one === part)),
  );
  return { atMs: epochMs(0), head: null, leftWrist: null, rightWrist: null, ...seen };
}

describe('where a chest is turned', () => {
  test.each([0, 0.4, -0.4, 1.5, -3])('%d rad to the left', (rad) => {
    expect(turnedAwayRad(turned(rad), [SPACE])).toBeCloseTo(Math.abs(rad), 9);
  });

  test.each([['leftShoulder'], ['rightShoulder'], ['neck']] as const)('without %s too', (part) => {
    expect(turnedAwayRad(turned(0.4, [part]), [SPACE])).toBeCloseTo(0.4, 1);
  });

  test('of several spaces the one that is faced counts, and one point is no direction', () => {
    const behind: Box = { ...SPACE, storeFromBox: poseFromRodrigues({ x: 0, y: -1, z: 1 }, ORIGIN) };
    expect(turnedAwayRad(turned(Math.PI), [SPACE, behind])).toBeCloseTo(0, 9);
    expect(turnedAwayRad(turned(0, ['leftShoulder', 'rightShoulder']), [SPACE])).toBeNull();
  });
});

test('facing speaks for a reach, more where chests tell more, and what is hidden says nothing', () => {
  expect(facingLog(0, 0.2)).toBeGreaterThan(facingLog(0, 0.4));
  expect(facingLog(0, 0.4)).toBeGreaterThan(0);
  expect(facingLog(1, 0.2)).toBeLessThan(-1);
  expect(facingLog(null, 0.2)).toBe(0);
});

test('over all directions ahead the ratio is one on average', () => {
  let sum = 0;
  for (let step = -500; step <= 500; step++)
    sum += Math.exp(facingLog(Math.abs((step / 500) * (Math.PI / 2)), 0.3));
  expect(sum / 1001).toBeCloseTo(1, 2);
});
