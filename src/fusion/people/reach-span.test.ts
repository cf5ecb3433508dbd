import { expect, test } from 'vitest';
import { epochMs, RingBuffer } from '../../base/index.ts';
import { ORIGIN, poseFromRodrigues, visitId } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { reachSpan } from './reach-span.ts';

const START = 1_700_000_000_000;
/** A shelf a metre wide; people stand at smaller y. */
const SHELF: Box = {
  storeFromBox: poseFromRodrigues({ x: 0, y: 0, z: 1 }, ORIGIN),
  sizeM: { x: 1, y: 0.4, z: 0.4 },
};
const HEAD: Point3 = { x: 0.5, y: -0.5, z: 1.7 };
const SHOULDER: Point3 = { x: 0.5, y: -0.5, z: 1.4 };
const IDLE: Point3 = { x: 0.5, y: -0.6, z: 0.9 };
const BEFORE_SHELF: Point3 = { x: 0.5, y: -0.15, z: 1.2 };
const STRETCHED: Point3 = { x: 0.5, y: -0.25, z: 1.3 };

type Arm = Pick<BodySample, 'rightWrist' | 'rightElbow' | 'rightShoulder'>;
const wrist = (rightWrist: Point3): Arm => ({ rightWrist });
const guessed: Arm = { rightWrist: null, rightElbow: STRETCHED, rightShoulder: SHOULDER };

/** A body seen every 100 ms for twenty seconds. */
function body(armAt: (ms: number) => Arm): Body {
  const samples = new RingBuffer<BodySample>(1000);
  for (let ms = 0; ms < 20_000; ms += 100)
    samples.push({ atMs: epochMs(START + ms), head: HEAD, leftWrist: null, ...armAt(ms) });
  const [firstSeenAtMs, lastSeenAtMs] = [epochMs(START), epochMs(START + 20_000)];
  const ids = { visitId: visitId('v'), trackIds: [], enteredAs: null };
  return { ...ids, firstSeenAtMs, lastSeenAtMs, leftAtMs: null, samples };
}

function spanAt(ms: number, armAt: (ms: number) => Arm): readonly [number, number] | null {
  const span = reachSpan(body(armAt), SHELF, { fromMs: START + ms, toMs: START + ms });
  return span && [span.fromMs - START, span.toMs - START];
}

const during =
  (inside: Arm, ...spans: readonly (readonly [number, number])[]) =>
  (ms: number) =>
    spans.some(([from, to]) => ms >= from && ms <= to) ? inside : wrist(IDLE);

test('is from when the arm came in until it went out, around the moment', () => {
  expect(spanAt(5000, during(wrist(BEFORE_SHELF), [4500, 6000]))).toEqual([4500, 6000]);
});

test('goes on over a gap of some frames, and is another after a longer one', () => {
  expect(spanAt(5000, during(wrist(BEFORE_SHELF), [4500, 5200], [5500, 6000]))).toEqual([4500, 6000]);
  const two = during(wrist(BEFORE_SHELF), [3000, 4000], [5000, 6000]);
  expect(spanAt(3500, two)).toEqual([3000, 4000]);
  expect(spanAt(5500, two)).toEqual([5000, 6000]);
});

test('a stretched arm whose wrist is hidden is guessed to be in', () => {
  expect(spanAt(5000, during(guessed, [4500, 6000]))).toEqual([4500, 6000]);
  const bent: Arm = { ...guessed, rightElbow: { ...SHOULDER, z: 1.1 } };
  expect(spanAt(5000, during(bent, [4500, 6000]))).toBeNull();
});

test('is none where no arm was in at the time', () => {
  expect(spanAt(8000, during(wrist(BEFORE_SHELF), [4500, 6000]))).toBeNull();
  expect(spanAt(5000, () => wrist(IDLE))).toBeNull();
});
