import { expect, test } from 'vitest';
import { epochMs, RingBuffer } from '../../base/index.ts';
import type { Point3 } from '../../domain/index.ts';
import { heightCost, heightOfM, motionOf } from './motion.ts';
import type { HeadSample } from './motion.ts';

const NECK: Point3 = { x: 0, y: 0, z: 1.5 };

/** A sample every 50 ms; null where nothing is seen. */
function samplesAt(heads: readonly (Point3 | null)[]): RingBuffer<HeadSample> {
  const samples = new RingBuffer<HeadSample>(100);
  for (const [index, head] of heads.entries())
    samples.push({ atMs: epochMs(1000 + index * 50), head, neck: NECK });
  return samples;
}

test('a body that walks evenly has that velocity, whatever frames do not show it', () => {
  const walk = Array.from({ length: 12 }, (_, index): Point3 => ({
    x: index * 0.07,
    y: -index * 0.035,
    z: 1.7,
  }));
  const motion = motionOf(samplesAt([...walk.slice(0, 10), null, ...walk.slice(11), null]));
  expect(motion?.atMs).toBe(1550);
  expect(motion?.velocity.x).toBeCloseTo(1.4, 9);
  expect(motion?.velocity.y).toBeCloseTo(-0.7, 9);
  expect(motion?.isHead).toBe(true);
});

test('of what was seen once only the place is known, and of nothing nothing', () => {
  const once = motionOf(samplesAt([null, { x: 3, y: 4, z: 1.7 }]));
  expect(once).toMatchObject({ place: { x: 3, y: 4 }, velocity: { x: 0, y: 0 } });
  expect(motionOf(samplesAt([null, null]))).toBeNull();
});

test('long ago says nothing of how it walks now, and a neck is no head', () => {
  const gap = Array.from({ length: 11 }, () => null);
  const motion = motionOf(samplesAt([{ x: -2, y: 0, z: 1.7 }, ...gap, NECK]));
  expect(motion).toMatchObject({ velocity: { x: 0, y: 0 }, isHead: false });
});

test('a body is as tall as it stands, not as it bends, and whose head was never seen has no height', () => {
  const bends = Array.from({ length: 80 }, (_, index): Point3 => ({
    x: 0,
    y: 0,
    z: index % 4 < 3 ? 1.3 : 1.75,
  }));
  expect(heightOfM(samplesAt(bends))).toBe(1.75);
  expect(heightOfM(samplesAt([NECK, null]))).toBeNull();
});

test('somebody taller is somebody else, somebody lower may be bending', () => {
  expect(heightCost(1.7, 1.7)).toBe(0);
  expect(heightCost(1.7, 1.82)).toBeGreaterThan(2);
  expect(heightCost(1.7, 1.58)).toBeLessThan(0.2);
  expect(heightCost(1.7, 2.9)).toBe(4);
  expect([heightCost(null, 1.7), heightCost(1.7, undefined)]).toEqual([0, 0]);
});
