import { expect, test } from 'vitest';
import { epochMs, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { ORIGIN, poseFromRodrigues, sourceId, trackId } from '../../domain/index.ts';
import type { Box, TrackedPerson, TrackFrame } from '../../domain/index.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { createBodies, followFrame, forgetBody } from './bodies.ts';
import type { Bodies } from './bodies.ts';
import { createClockOffset, learnOffset } from './clock-offset.ts';
import { knownReachLog } from './known-reach.ts';
import type { KnownWindow } from './known-reach.ts';
import { placeIn } from './reach-memory.ts';
import { createReachSpread, learnSpread } from './reach-spread.ts';
import { reachLogLikelihood } from './reach.ts';

const START = 1_700_000_000_000;
const FRAME_MS = 100;
const PLATE: Box = {
  storeFromBox: poseFromRodrigues({ x: 0, y: 0, z: 1 }, ORIGIN),
  sizeM: { x: 0.1, y: 0.4, z: 0.3 },
};

/** Somebody who stands about at `x`, in a random way; sometimes a wrist, sometimes nothing of them is seen. */
function seen(random: Random, id: number, x: number): TrackedPerson[] {
  if (random.uniform() < 0.1) return [];
  const near = (): number => x + random.uniform() - 0.5;
  const point = (z: number) => ({ x: near(), y: -random.uniform(), z, confidence: 1 });
  const wrist = random.uniform() < 0.5 ? { rightWrist: point(1.1) } : {};
  const parts = { head: point(1.7), leftShoulder: point(1.4), rightShoulder: point(1.4), ...wrist };
  return [{ trackId: trackId(`t${id}`), hasEntered: true, parts }];
}

function show(bodies: Bodies, atMs: number, people: readonly TrackedPerson[]): void {
  const observedAtMs = epochMs(START + atMs);
  const frame: TrackFrame = {
    kind: 'tracks',
    source: sourceId('tracks'),
    sequence: atMs,
    observedAtMs,
    receivedAtMs: observedAtMs,
    people,
  };
  followFrame(bodies, frame);
}

/** Asks for every body's reach in each of the windows: as remembered, and worked out anew. */
function bothAnswers(bodies: Bodies, windows: readonly KnownWindow[]): [number, number][] {
  return windows.flatMap((window, index) => {
    const place = placeIn(bodies.reaches, `place ${index}`);
    const asked = { memory: bodies.reaches, place, window, settings: FUSION_SETTINGS };
    return [...bodies.byVisit.values()].map((body): [number, number] => [
      knownReachLog(asked, body),
      reachLogLikelihood(body, window, FUSION_SETTINGS),
    ]);
  });
}

const STEPS_MS = [500, 2000, 2300, 6000, 9000];

/** People who come and go for 20 s, with what is learnt of clocks and hands on the way. */
function playedWith(seed: number, historySamplesMax: number, lateMs: number): [number, number][] {
  const random = seededRandom(seed);
  const bodies = createBodies(historySamplesMax);
  let clock = createClockOffset(FUSION_SETTINGS);
  let spread = createReachSpread();
  const answers: [number, number][] = [];
  for (let atMs = 0; atMs < 20_000; atMs += FRAME_MS) {
    const people = [0, 0.5, 3, 4, 9].flatMap((x, id) => seen(random, id, x));
    show(bodies, random.uniform() < 0.1 ? atMs - lateMs : atMs, people);
    if (random.uniform() < 0.05) clock = learnOffset(clock, clock.logProb.map(Math.abs));
    if (random.uniform() < 0.05) spread = learnSpread(spread, { alongM: 0.1, facingRad: 0.3 });
    if (atMs === 12_000)
      for (const visit of [...bodies.byVisit.keys()].slice(0, 2)) forgetBody(bodies, visit);
    const windows = STEPS_MS.map((stepMs) => {
      const fromMs = START + stepMs;
      return { fromMs, toMs: fromMs + 300, spaces: [PLATE], clock, spread };
    });
    answers.push(...bothAnswers(bodies, windows));
  }
  return answers;
}

test.each([
  ['frames in order', 1800, 0],
  ['a short history', 40, 0],
  ['frames out of order', 1800, 6000],
])('a reach that is remembered is the one that would be worked out: %s', (_, historySamplesMax, lateMs) => {
  for (const seed of [1, 2, 3]) {
    const answers = playedWith(seed, historySamplesMax, lateMs);
    expect(answers.length).toBeGreaterThan(2000);
    for (const [known, anew] of answers) expect(known).toBe(anew);
  }
});

test('what is remembered of a body goes with it, and places have a bound', () => {
  const bodies = createBodies(100);
  show(bodies, 0, seen(seededRandom(4), 0, 0));
  const window = { fromMs: START, toMs: START + 300, spaces: [PLATE] };
  const [body] = bodies.byVisit.values();
  const known = { ...window, clock: createClockOffset(FUSION_SETTINGS), spread: createReachSpread() };
  bothAnswers(bodies, [known]);
  expect(bodies.reaches.places.get('place 0')!.has(body!)).toBe(true);
  forgetBody(bodies, body!.visitId);
  expect(bodies.reaches.places.get('place 0')!.size).toBe(0);
  for (let index = 0; index < 5000; index++) placeIn(bodies.reaches, `place ${index}`);
  expect(bodies.reaches.places.size).toBeLessThan(2000);
  expect(bodies.reaches.places.has('place 4999')).toBe(true);
});
