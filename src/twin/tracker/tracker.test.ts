import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BodyPart, Box, Point3, TrackedPoint } from '../../domain/index.ts';
import type { Crowd, PersonMoment, ReadingOf, TrackerFault } from '../words/index.ts';
import { createTracker, forgetPerson, readTracks, trackIdsOf, TRACKER_SETTINGS } from './index.ts';
import type { Tracker, TrackerOptions, TrackerSettings } from './index.ts';

type TrackReading = ReadingOf<'tracks'>;

/** Nothing befalls anybody by itself. */
const CALM: TrackerSettings = {
  ...TRACKER_SETTINGS,
  idSwitchesPerMinute: 0,
  mergeShare: 0,
  ghostsPerMinute: 0,
};

/** Arms straight down, or the right one stretched `reachM` to the north at the height of a shelf. */
function bodyAt(personNumber: number, place: { x: number; y: number; reachM?: number }): PersonMoment {
  const { x, y, reachM } = place;
  const at = (dx: number, dy: number, z: number): Point3 => ({ x: x + dx, y: y + dy, z });
  const right = reachM === undefined ? at(0.24, 0.1, 0.9) : at(0.19, reachM, 1.3);
  const skeleton = {
    head: at(0, 0, 1.7),
    neck: at(0, 0, 1.5),
    leftShoulder: at(-0.19, 0, 1.4),
    rightShoulder: at(0.19, 0, 1.4),
    leftElbow: at(-0.22, 0.05, 1.1),
    rightElbow: reachM === undefined ? at(0.22, 0.05, 1.1) : at(0.19, reachM / 2, 1.3),
    leftWrist: at(-0.24, 0.1, 0.9),
    rightWrist: right,
  };
  return { personNumber, skeleton, hiddenParts: [], hasEntered: true };
}

const standing = (...people: readonly PersonMoment[]): Crowd => ({ presentAt: () => people });

function read(
  crowd: Crowd,
  options: Partial<TrackerOptions> & { readonly untilS: number },
): { readonly frames: TrackReading[]; readonly tracker: Tracker } {
  const tracker = createTracker({ seed: 5, settings: CALM, ...options });
  const frames: TrackReading[] = [];
  readTracks(tracker, crowd, { untilTrueMs: options.untilS * 1000, emit: (frame) => frames.push(frame) });
  return { frames, tracker };
}

function pointsOf(frames: readonly TrackReading[], part: BodyPart): TrackedPoint[] {
  return frames.flatMap(({ people }) => people.flatMap(({ parts }) => parts[part] ?? []));
}

function missingShare(frames: readonly TrackReading[], part: BodyPart): number {
  const bodies = frames.reduce((sum, { people }) => sum + people.length, 0);
  return 1 - pointsOf(frames, part).length / bodies;
}

function idsOf(frames: readonly TrackReading[]): string[] {
  return [...new Set(frames.flatMap(({ people }) => people.map(({ trackId }) => trackId)))];
}

/** Two people who walk towards and past each other every 20 s. */
const passing: Crowd = {
  presentAt: (trueMs) => {
    const through = Math.abs(((trueMs / 10_000) % 2) - 1);
    return [bodyAt(1, { x: 6 * through, y: 0 }), bodyAt(2, { x: 6 - 6 * through, y: 0.1 })];
  },
};

const SHELF: Box = {
  storeFromBox: { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: { x: -1, y: 0.4, z: 1.2 } },
  sizeM: { x: 2, y: 0.5, z: 0.4 },
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the same on every machine', () => {
  const EVERYTHING: readonly TrackerFault[] = [
    { kind: 'camera-dark', fromS: 30, untilS: 35 },
    { kind: 'track-ids-renewed', fromS: 0, perMinute: 3 },
    { kind: 'track-ids-swapped', fromS: 0, withinM: 0.5, share: 0.5 },
  ];
  const settings = { ...TRACKER_SETTINGS, ghostsPerMinute: 10 };
  const options = { settings, faults: EVERYTHING, occluders: [SHELF], untilS: 120 };

  test('whatever the engine makes of sines and powers', () => {
    const usual = read(passing, options).frames;
    for (const name of ['sin', 'cos', 'tan', 'exp', 'log', 'pow', 'hypot', 'atan2'] as const)
      vi.spyOn(Math, name).mockReturnValue(0.1234);
    expect(JSON.stringify(read(passing, options).frames)).toBe(JSON.stringify(usual));
  });

  test('however far is read at once, and the crowd is asked in order, behind what was read', () => {
    const whole = read(passing, options);
    const tracker = createTracker({ seed: 5, ...options });
    const frames: TrackReading[] = [];
    let askedTrueMs = 0;
    let readTrueMs = 0;
    const watched: Crowd = {
      presentAt: (trueMs) => {
        expect(trueMs).toBeGreaterThan(askedTrueMs);
        expect(trueMs).toBeGreaterThan(readTrueMs);
        askedTrueMs = trueMs;
        return passing.presentAt(trueMs);
      },
    };
    for (let ms = 0; ms <= 120_000; ms += 250) {
      readTracks(tracker, watched, { untilTrueMs: ms, emit: (frame) => frames.push(frame) });
      expect(askedTrueMs).toBeLessThanOrEqual(ms);
      readTrueMs = ms;
    }
    expect(JSON.stringify(frames)).toBe(JSON.stringify(whole.frames));
    expect(trackIdsOf(tracker, 1)).toEqual(trackIdsOf(whole.tracker, 1));
  });

  test('another seed, another recording', () => {
    const one = read(passing, options).frames;
    const other = read(passing, { ...options, seed: 6 }).frames;
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(one));
  });
});

describe('frames and points', () => {
  test('10 to 30 frames a second, never regular, empty ones too', () => {
    const { frames } = read(standing(), { untilS: 600 });
    const gaps = frames.slice(1).map(({ trueMs }, index) => trueMs - frames[index]!.trueMs);
    expect(frames.length / 600).toBeGreaterThan(14);
    expect(frames.length / 600).toBeLessThan(16);
    const usual = gaps.filter((gap) => gap <= 100);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(33);
    expect(usual.length / gaps.length).toBeGreaterThan(0.98);
    expect(usual.filter((gap) => gap < 60).length).toBeGreaterThan(gaps.length / 5);
    expect(usual.filter((gap) => gap > 75).length).toBeGreaterThan(gaps.length / 5);
  });

  test('heads wander by a centimetre, wrists by more and now and then far off', () => {
    const { frames } = read(standing(bodyAt(1, { x: 3, y: 4 })), { untilS: 600 });
    const errors = (part: BodyPart, trueX: number): number[] =>
      pointsOf(frames, part).map(({ x }) => Math.abs(x - trueX));
    const rms = (all: readonly number[]): number =>
      Math.sqrt(all.reduce((sum, e) => sum + e * e, 0) / all.length);
    const head = errors('head', 3);
    const wrist = errors('rightWrist', 3.24);
    expect(rms(head)).toBeGreaterThan(0.008);
    expect(rms(head)).toBeLessThan(0.014);
    expect(rms(wrist)).toBeGreaterThan(0.02);
    expect(rms(wrist)).toBeLessThan(0.045);
    // Heavy tails: a normal law with this spread would have no such error in 9,000 frames.
    expect(Math.max(...wrist)).toBeGreaterThan(5 * rms(wrist));
    const steps = pointsOf(frames, 'head').map(({ x }, index, all) => Math.abs(x - (all[index - 1]?.x ?? x)));
    expect(rms(steps)).toBeLessThan(rms(head) / 2);
  });

  test('confidence is high in the open, and lower in a shelf', () => {
    const median = (points: readonly TrackedPoint[]): number =>
      points.map(({ confidence }) => confidence).sort((a, b) => a - b)[points.length >> 1]!;
    const reaching = standing(bodyAt(1, { x: 0, y: 0, reachM: 0.55 }));
    const settings = { ...CALM, lostShareByPlace: { 'in-shelf': 0, 'near-shelf': 0, 'behind-body': 0 } };
    const { frames } = read(reaching, { settings, occluders: [SHELF], untilS: 60 });
    expect(median(pointsOf(frames, 'head'))).toBeGreaterThan(0.92);
    expect(median(pointsOf(frames, 'rightWrist'))).toBeLessThan(median(pointsOf(frames, 'leftWrist')) - 0.05);
  });
});

describe('missing parts', () => {
  test('in the open a wrist is missing for a while, not for a frame', () => {
    const { frames } = read(standing(bodyAt(1, { x: 0, y: -5 })), { untilS: 1800 });
    expect(missingShare(frames, 'rightWrist')).toBeGreaterThan(0.007);
    expect(missingShare(frames, 'rightWrist')).toBeLessThan(0.03);
    const lengths: number[] = [];
    let lastSeenTrueMs = 0;
    for (const { trueMs, people } of frames) {
      if (!people[0]!.parts.rightWrist) continue;
      if (trueMs - lastSeenTrueMs > 205) lengths.push(trueMs - lastSeenTrueMs);
      lastSeenTrueMs = trueMs;
    }
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(1900);
    expect(lengths.reduce((sum, ms) => sum + ms, 0) / lengths.length).toBeGreaterThan(500);
  });

  test('a hand deep in a shelf is lost in most reaches, for the whole of them', () => {
    const reaches: Crowd = {
      presentAt: (trueMs) => [bodyAt(1, { x: 0, y: 0, reachM: trueMs % 4000 < 2000 ? 0.65 : 0.1 })],
    };
    const { frames } = read(reaches, { occluders: [SHELF], untilS: 1200 });
    const inShelf = frames.filter(({ trueMs }) => trueMs % 4000 < 2000);
    const outside = frames.filter(({ trueMs }) => trueMs % 4000 >= 2300);
    expect(missingShare(inShelf, 'rightWrist')).toBeGreaterThan(0.6);
    expect(missingShare(inShelf, 'rightWrist')).toBeLessThan(0.85);
    expect(missingShare(outside, 'rightWrist')).toBeLessThan(0.03);
    expect(missingShare(inShelf, 'leftWrist')).toBeLessThan(0.03);
    const seenPerReach = Map.groupBy(inShelf, ({ trueMs }) => Math.floor(trueMs / 4000));
    const halfSeen = [...seenPerReach.values()].filter((reach) => {
      const share = missingShare(reach, 'rightWrist');
      return share > 0.2 && share < 0.8;
    });
    expect(halfSeen.length / seenPerReach.size).toBeLessThan(0.15);
  });

  test('another body hides what it stands over, and what truth hides is never told', () => {
    const alone = bodyAt(1, { x: 0, y: 0 });
    const other = bodyAt(2, { x: 0.5, y: 0.1 });
    const apart = read(standing(alone), { untilS: 300 });
    const close: Crowd = { presentAt: (trueMs) => (trueMs % 4000 < 2000 ? [alone, other] : [alone]) };
    const hidden = read(close, { untilS: 300 });
    expect(missingShare(apart.frames, 'rightWrist')).toBeLessThan(0.04);
    expect(missingShare(hidden.frames, 'rightWrist')).toBeGreaterThan(0.1);
    const pocket = standing({ ...alone, hiddenParts: ['leftWrist'] });
    expect(pointsOf(read(pocket, { untilS: 20 }).frames, 'leftWrist')).toEqual([]);
  });
});

describe('ids', () => {
  test('are signed 64-bit texts, kept for as long as nothing goes wrong', () => {
    const { frames, tracker } = read(standing(bodyAt(1, { x: 0, y: 0 }), bodyAt(2, { x: 3, y: 0 })), {
      untilS: 60,
    });
    const ids = idsOf(frames);
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(BigInt.asIntN(64, BigInt(id)).toString()).toBe(id);
    expect([trackIdsOf(tracker, 1), trackIdsOf(tracker, 2)]).toEqual(ids.map((id) => [id]));
    expect(frames.every(({ people }) => people.every(({ hasEntered }) => hasEntered))).toBe(true);
  });

  test('change by themselves now and then, and nobody entered under a new one', () => {
    const settings = { ...CALM, idSwitchesPerMinute: 2 };
    const { frames, tracker } = read(standing(bodyAt(1, { x: 0, y: 0 })), { settings, untilS: 600 });
    const ids = trackIdsOf(tracker, 1);
    expect(ids.length).toBeGreaterThan(12);
    expect(ids.length).toBeLessThan(32);
    expect(ids).toEqual(idsOf(frames));
    for (const { people } of frames)
      for (const { trackId, hasEntered } of people) expect(hasEntered).toBe(trackId === ids[0]);
    expect(frames.some(({ people }) => people.length === 0)).toBe(true);
  });
});

describe('bodies that are lost, and false ones', () => {
  test('of two bodies that merge, one is gone for a while and back under the same or a new id', () => {
    const settings = { ...CALM, mergeShare: 1, mergeRenewsShare: 0.5 };
    const { frames, tracker } = read(passing, { settings, untilS: 600 });
    const merged = frames.filter(({ people }) => people.length === 1);
    expect(merged.length).toBeGreaterThan(60 * 20);
    const idCount = trackIdsOf(tracker, 1).length + trackIdsOf(tracker, 2).length;
    // 60 meetings, about half of which cost an id.
    expect(idCount).toBeGreaterThan(15);
    expect(idCount).toBeLessThan(50);
  });

  test('ghosts come and go, seldom, and never entered', () => {
    const settings = { ...CALM, ghostsPerMinute: 2 };
    const { frames, tracker } = read(standing(bodyAt(1, { x: 0, y: 0 })), { settings, untilS: 600 });
    const own = new Set(trackIdsOf(tracker, 1));
    const ghosts = frames.flatMap(({ trueMs, people }) =>
      people.filter(({ trackId }) => !own.has(trackId)).map((person) => ({ trueMs, person })),
    );
    const lives = [...Map.groupBy(ghosts, ({ person }) => person.trackId).values()];
    expect(lives.length).toBeGreaterThan(8);
    expect(lives.length).toBeLessThan(35);
    for (const life of lives) {
      expect(life.at(-1)!.trueMs - life[0]!.trueMs).toBeLessThan(3000);
      expect(life.every(({ person }) => !person.hasEntered)).toBe(true);
    }
    expect(
      read(standing(), { settings, untilS: 600 }).frames.every(({ people }) => people.length === 0),
    ).toBe(true);
  });

  test('whoever is forgotten leaves nothing behind', () => {
    const visitors: Crowd = {
      presentAt: (trueMs) => [
        bodyAt(Math.ceil(trueMs / 5000), { x: 0, y: 0 }),
        bodyAt(100_000 + Math.ceil(trueMs / 5000), { x: 0.2, y: 0 }),
      ],
    };
    const tracker = createTracker({ seed: 5 });
    const seen = new Set<string>();
    for (let number = 1; number <= 100; number++) {
      readTracks(tracker, visitors, { untilTrueMs: number * 5000, emit: () => undefined });
      for (const each of [number, 100_000 + number]) {
        for (const id of trackIdsOf(tracker, each)) seen.add(id);
        expect(trackIdsOf(tracker, each).length).toBeGreaterThan(0);
        forgetPerson(tracker, each);
        expect(trackIdsOf(tracker, each)).toEqual([]);
      }
      expect(tracker.bodies.size).toBe(0);
      expect(tracker.meetings.underWay.size).toBeLessThanOrEqual(1);
      expect(tracker.ghosts.present.length).toBeLessThan(5);
    }
    expect(seen.size).toBeGreaterThanOrEqual(200);
  });
});

describe('faults', () => {
  test('camera-dark: no frames; afterwards nobody is known, and who came in meanwhile was not seen to', () => {
    const crowd: Crowd = {
      presentAt: (trueMs) => [
        bodyAt(1, { x: 0, y: 0 }),
        ...(trueMs > 12_000 ? [bodyAt(2, { x: 3, y: 0 })] : []),
        ...(trueMs > 20_000 ? [bodyAt(3, { x: 6, y: 0 })] : []),
      ],
    };
    const dark: TrackerFault = { kind: 'camera-dark', fromS: 10, untilS: 15 };
    const { frames, tracker } = read(crowd, { faults: [dark], untilS: 30 });
    expect(frames.filter(({ trueMs }) => trueMs >= 10_000 && trueMs < 15_000)).toEqual([]);
    expect(frames.some(({ trueMs }) => trueMs < 10_000)).toBe(true);
    const [before, after] = trackIdsOf(tracker, 1);
    const entered = (id: string | undefined): boolean =>
      frames.some(({ people }) => people.some(({ trackId, hasEntered }) => trackId === id && hasEntered));
    expect([entered(before), entered(after), entered(trackIdsOf(tracker, 2)[0])]).toEqual([
      true,
      false,
      false,
    ]);
    expect(entered(trackIdsOf(tracker, 3)[0])).toBe(true);
  });

  test('track-ids-renewed: as often as it says, and the points stay what they were', () => {
    const crowd = standing(bodyAt(1, { x: 0, y: 0 }));
    const renewed: TrackerFault = { kind: 'track-ids-renewed', fromS: 60, untilS: 660, perMinute: 6 };
    const { frames, tracker } = read(crowd, { faults: [renewed], untilS: 700 });
    const ids = trackIdsOf(tracker, 1);
    expect(ids.length).toBeGreaterThan(40);
    expect(ids.length).toBeLessThan(85);
    expect(idsOf(frames.filter(({ trueMs }) => trueMs < 60_000))).toHaveLength(1);
    expect(idsOf(frames.filter(({ trueMs }) => trueMs > 660_000))).toHaveLength(1);
    const healthy = read(crowd, { untilS: 700 }).frames;
    expect(pointsOf(frames, 'head')).toEqual(pointsOf(healthy, 'head'));
  });

  test('track-ids-swapped: at every meeting once, both ways; the first id stays the own one', () => {
    const swapped: TrackerFault = { kind: 'track-ids-swapped', fromS: 0, withinM: 0.5, share: 1 };
    const { frames, tracker } = read(passing, { faults: [swapped], untilS: 58 });
    const [own, others] = trackIdsOf(tracker, 1);
    expect(trackIdsOf(tracker, 2)).toEqual([others, own]);
    expect(idsOf(frames)).toHaveLength(2);
    const carried = frames.map(({ people }) => people.findIndex(({ trackId }) => trackId === own));
    const swaps = carried.filter((index, frame) => frame > 0 && index !== carried[frame - 1]).length;
    // They meet every 10 s.
    expect(swaps).toBe(6);
    const never = read(passing, { faults: [{ ...swapped, share: 0 }], untilS: 58 });
    expect(trackIdsOf(never.tracker, 1)).toHaveLength(1);
  });
});
