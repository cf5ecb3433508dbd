import { describe, expect, test } from 'vitest';
import { epochMs, RingBuffer, seededRandom } from '../../base/index.ts';
import { ORIGIN, poseFromRodrigues, trackId, visitId } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { createClockOffset, learnOffset } from './clock-offset.ts';
import { reachLogLikelihood, reachProfile } from './reach.ts';
import type { ReachWindow } from './reach.ts';
import { createReachSpread } from './reach-spread.ts';
import { FUSION_SETTINGS } from '../settings.ts';

const START = 1_700_000_000_000;
/** A plate 0.1 m wide and 0.4 m deep; people stand at smaller y. */
const PLATE: Box = {
  storeFromBox: poseFromRodrigues({ x: 0, y: 0, z: 1 }, ORIGIN),
  sizeM: { x: 0.1, y: 0.4, z: 0.3 },
};
const AT_PLATE: Point3 = { x: 0.05, y: -0.1, z: 1.1 };
const WINDOW = { fromMs: START + 5000, toMs: START + 5300, spaces: [PLATE] };

interface Hand {
  /** Where the right wrist is; null where it is hidden. */
  readonly wristAt: (ms: number) => Point3 | null;
  readonly head?: Point3 | null;
}

/** A body seen every 66 ms for ten seconds. */
function body({ wristAt, head = { x: 0.05, y: -0.5, z: 1.7 } }: Hand): Body {
  const samples = new RingBuffer<BodySample>(FUSION_SETTINGS.historySamplesMax);
  for (let ms = 0; ms < 10_000; ms += 66) {
    const idle = head && { x: head.x - 0.3, y: head.y, z: 0.9 };
    samples.push({ atMs: epochMs(START + ms), head, leftWrist: idle, rightWrist: wristAt(ms) });
  }
  const [first, last] = [START, START + 10_000].map(epochMs);
  return {
    visitId: visitId('v'),
    trackIds: [],
    enteredAs: null,
    firstSeenAtMs: first!,
    lastSeenAtMs: last!,
    leftAtMs: null,
    samples,
  };
}

const reach = (hand: Hand, window: ReachWindow = WINDOW): number =>
  reachLogLikelihood(body(hand), window, FUSION_SETTINGS);

const beside = (metres: number): Hand => ({ wristAt: () => ({ ...AT_PLATE, x: AT_PLATE.x + metres }) });
const FAR: Hand = {
  wristAt: () => ({ x: 6, y: -0.3, z: 0.9 }),
  head: { x: 6, y: -0.5, z: 1.7 },
};
/** The hand is at the plate around the step only, `earlyMs` too early by the camera's clock. */
const duringStep = (earlyMs: number): Hand => ({
  wristAt: (ms) => (Math.abs(ms + earlyMs - 5150) < 500 ? AT_PLATE : { x: 0.05, y: -0.6, z: 0.9 }),
});

describe('whose hand it was', () => {
  test('the nearer wrist is the likelier, all the way', () => {
    const logs = [0, 0.1, 0.2, 0.3, 0.5, 1].map((metres) => reach(beside(metres)));
    expect(logs[0]).toBeGreaterThan(-0.5);
    for (let index = 1; index < logs.length; index++)
      expect(logs[index]!).toBeLessThan(logs[index - 1]! + 1e-9);
    expect(logs[0]! - logs[2]!).toBeGreaterThan(1);
  });

  test('a body elsewhere is on the floor of the likelihood, however far', () => {
    const floor = FUSION_SETTINGS.reachSamples * Math.log(FUSION_SETTINGS.wristOutlierShare);
    expect(reach(FAR)).toBeLessThan(floor);
    const veryFar = reach({ wristAt: () => ({ x: 60, y: 0, z: 0 }), head: { x: 60, y: 0, z: 1.7 } });
    expect(veryFar).toBeCloseTo(reach(FAR), 9);
  });

  test('a hand in time beats one that came and went before', () => {
    const early: Hand = { wristAt: (ms) => (ms < 2000 ? AT_PLATE : { x: 0.05, y: -0.8, z: 0.9 }) };
    expect(reach(duringStep(0))).toBeGreaterThan(reach(early) + 3);
  });
});

describe('a hand beside the plate', () => {
  /** What sure reaches teach where everybody's wrist rests where it takes. */
  const sharp = { ...createReachSpread(), alongM: { ...createReachSpread().alongM, sigma: 0.03 } };
  const sharpReach = (metres: number): number => reach(beside(metres), { ...WINDOW, spread: sharp });

  test('is the less likely the sharper hands are known to be, but never as good as none', () => {
    expect(sharpReach(0.2)).toBeLessThan(sharpReach(0) - 2);
    expect(sharpReach(0.2)).toBeGreaterThan(reach(FAR) + 8);
  });
});

describe('when it was', () => {
  /** A hand that is at the plate for a second while it takes long to come to rest. */
  const inside = (fromMs: number): Hand => ({
    wristAt: (ms) => (ms > fromMs && ms < fromMs + 1000 ? AT_PLATE : { x: 0.05, y: -0.8, z: 0.9 }),
  });
  const long = { ...WINDOW, fromMs: START + 2000, toMs: START + 8000 };

  test('where a plate took long to come to rest, a grasp at any time until then explains it', () => {
    for (const fromMs of [2000, 4500, 7000])
      expect(reach(inside(fromMs), long)).toBeGreaterThan(reach(FAR) + 9);
    expect(reach(inside(9000), long)).toBeLessThan(reach(inside(4500), long) - 5);
  });

  test('who had left before it or came in after it did not do it', () => {
    const there = body(beside(0));
    const left = { ...there, leftAtMs: epochMs(START + 10_000) };
    const after = { ...WINDOW, fromMs: START + 12_000, toMs: START + 12_300 };
    expect(reachLogLikelihood(left, after, FUSION_SETTINGS)).toBeCloseTo(reach(FAR), 0);
    expect(reachLogLikelihood(there, after, FUSION_SETTINGS)).toBeGreaterThan(reach(FAR) + 3);
    const before = { ...WINDOW, fromMs: START - 3000, toMs: START - 2700 };
    const entered = { ...there, enteredAs: trackId('v') };
    expect(reachLogLikelihood(entered, before, FUSION_SETTINGS)).toBeCloseTo(reach(FAR), 0);
    expect(reachLogLikelihood(there, before, FUSION_SETTINGS)).toBeGreaterThan(reach(FAR) + 3);
  });
});

describe('what the cameras do not see', () => {
  const hidden = (headX: number): Hand => ({ wristAt: () => null, head: { x: headX, y: -0.5, z: 1.7 } });

  test('a hidden hand within the reach of the arm is possible, less than a seen one', () => {
    expect(reach(hidden(0.05))).toBeLessThan(reach(beside(0)));
    expect(reach(hidden(0.05))).toBeGreaterThan(reach(FAR) + 5);
    expect(reach(hidden(3))).toBeCloseTo(reach(FAR), 0);
  });

  test('a body that was not seen at the time is neither near nor far', () => {
    const none = body({ wristAt: () => null, head: null });
    const log = reachLogLikelihood(none, WINDOW, FUSION_SETTINGS);
    expect(log).toBeLessThan(reach(beside(0)));
    expect(log).toBeGreaterThan(reach(FAR));
    const later = { ...WINDOW, fromMs: START + 60_000, toMs: START + 60_300 };
    expect(reach(beside(0), later)).toBeCloseTo(log, 9);
  });

  test('wrists that are missing now and then change little', () => {
    const random = seededRandom(4);
    const gappy: Hand = { wristAt: () => (random.uniform() < 0.3 ? null : AT_PLATE) };
    expect(reach(gappy)).toBeGreaterThan(reach(FAR) + 10);
  });
});

describe('clocks', () => {
  test.each([-500, -300, 0, 300, 500])(
    'an offset of %i ms between plates and cameras is borne',
    (offsetMs) => {
      expect(reach(duringStep(offsetMs))).toBeGreaterThan(reach(FAR) + 8);
    },
  );

  test('sure reaches teach the offset, and then it is expected', () => {
    const late = body(duringStep(-400));
    let clock = createClockOffset(FUSION_SETTINGS);
    const short = { ...WINDOW, toMs: WINDOW.fromMs + 50 };
    for (let round = 0; round < 20; round++)
      clock = learnOffset(clock, reachProfile(late, { ...short, clock }, FUSION_SETTINGS));
    expect(clock.logProb.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 9);
    const mean = clock.offsetsMs.reduce((sum, ms, index) => sum + ms * Math.exp(clock.logProb[index]!), 0);
    expect(mean).toBeGreaterThan(100);
    const log = reachLogLikelihood(late, { ...short, clock }, FUSION_SETTINGS);
    expect(log).toBeGreaterThan(reachLogLikelihood(late, short, FUSION_SETTINGS));
    expect(Math.min(...clock.logProb)).toBeGreaterThan(Math.log(1e-4));
  });
});

describe('any reach', () => {
  test('is finite and never above certainty, wherever hands are', () => {
    const random = seededRandom(9);
    for (let round = 0; round < 200; round++) {
      const place = (): Point3 => ({
        x: 2 * random.normal(),
        y: 2 * random.normal(),
        z: 1 + random.normal(),
      });
      const hand: Hand = { wristAt: () => (random.uniform() < 0.3 ? null : place()), head: place() };
      const log = reach(hand);
      expect(log).toBeLessThanOrEqual(1e-9);
      expect(log).toBeGreaterThan(-50);
    }
  });

  test('does not depend on the order of the plates', () => {
    const other: Box = { ...PLATE, storeFromBox: poseFromRodrigues({ x: 0.1, y: 0, z: 1 }, ORIGIN) };
    const one = reach(beside(0.1), { ...WINDOW, spaces: [PLATE, other] });
    expect(reach(beside(0.1), { ...WINDOW, spaces: [other, PLATE] })).toBe(one);
    expect(one).toBeGreaterThanOrEqual(reach(beside(0.1)));
  });

  test('ends where the history ends: a long visit costs no more than its newest part', () => {
    const samples = new RingBuffer<BodySample>(20);
    const full = body(beside(0));
    for (const sample of full.samples) samples.push(sample);
    const log = reachLogLikelihood({ ...full, samples }, WINDOW, FUSION_SETTINGS);
    expect(Number.isFinite(log)).toBe(true);
  });
});

describe('what stands in for a hand that is hidden', () => {
  const NECK: Point3 = { x: 0.05, y: -0.5, z: 1.5 };

  interface Hidden {
    readonly elbow?: Point3;
    /** Where the wrist is seen until 300 ms before the step. */
    readonly wristBefore?: Point3;
    /** Radians to the left of the plate that the chest is turned. */
    readonly turnedRad?: number;
  }

  function hiddenReach({ elbow, wristBefore, turnedRad }: Hidden): number {
    const plain = body({
      wristAt: (ms) => (ms < 4700 ? (wristBefore ?? null) : null),
      head: { ...NECK, z: 1.7 },
    });
    const samples = new RingBuffer<BodySample>(FUSION_SETTINGS.historySamplesMax);
    const across = turnedRad === undefined ? null : { x: Math.cos(turnedRad), y: Math.sin(turnedRad) };
    for (const sample of plain.samples)
      samples.push({
        ...sample,
        rightElbow: elbow,
        rightShoulder: elbow && { x: 0.24, y: -0.5, z: 1.4 },
        ...(across && {
          neck: NECK,
          leftShoulder: { x: NECK.x - 0.19 * across.x, y: NECK.y - 0.19 * across.y, z: 1.4 },
          rightShoulder: { x: NECK.x + 0.19 * across.x, y: NECK.y + 0.19 * across.y, z: 1.4 },
        }),
      });
    return reachLogLikelihood({ ...plain, samples }, WINDOW, FUSION_SETTINGS);
  }

  test('the elbow that points there', () => {
    const there = hiddenReach({ elbow: { x: 0.15, y: -0.3, z: 1.25 } });
    const hangs = hiddenReach({ elbow: { x: 0.24, y: -0.5, z: 1.1 } });
    expect(there).toBeGreaterThan(hangs + 1);
  });

  test('where the wrist was last seen', () => {
    const there = hiddenReach({ wristBefore: { x: 0.05, y: -0.2, z: 1.1 } });
    const elsewhere = hiddenReach({ wristBefore: { x: 0.9, y: -0.2, z: 1.1 } });
    expect(there).toBeGreaterThan(elsewhere + 1);
  });

  test('where the chest is turned, and nothing where that is hidden too', () => {
    const logs = [0, 0.5, 1, 2].map((turnedRad) => hiddenReach({ turnedRad }));
    for (let index = 1; index < logs.length; index++) expect(logs[index]!).toBeLessThan(logs[index - 1]!);
    expect(logs[0]!).toBeGreaterThan(hiddenReach({}) + 1);
    expect(logs[3]!).toBeLessThan(hiddenReach({}) - 1);
  });
});

test('of two who are seen by no camera at the time it is rather who stood there before and after', () => {
  const gone = (y: number): number => {
    const seen = body({ wristAt: () => null, head: { x: 0.05, y, z: 1.7 } });
    const samples = new RingBuffer<BodySample>(FUSION_SETTINGS.historySamplesMax);
    for (const sample of seen.samples) if (Math.abs(sample.atMs - WINDOW.fromMs) > 1500) samples.push(sample);
    return reachLogLikelihood({ ...seen, samples }, WINDOW, FUSION_SETTINGS);
  };
  const logs = [-0.5, -1.5, -3, -8].map(gone);
  for (let index = 1; index < logs.length; index++) expect(logs[index]!).toBeLessThan(logs[index - 1]!);
  // In a second and a half nobody walks eight metres and back.
  expect(logs[3]!).toBeCloseTo(FUSION_SETTINGS.reachSamples * Math.log(FUSION_SETTINGS.wristOutlierShare), 1);
});
