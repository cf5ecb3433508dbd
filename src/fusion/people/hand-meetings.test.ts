import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../../base/index.ts';
import { buildLayout, ORIGIN, poseFromRodrigues, sourceId, storeId, trackId } from '../../domain/index.ts';
import type { BodyPart, Point3, StoreLayout, TrackFrame, TrackedPerson } from '../../domain/index.ts';
import { planScenario, runTwin, scenarioNamed } from '../../twin/index.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { createBodies, followFrame } from './bodies.ts';
import { createHandWatch, TOLD_LOG_RATIO_MIN, watchHands } from './hand-meetings.ts';
import type { HandMeeting } from './hand-meetings.ts';

const START = 1_700_000_000_000;
const HEAD_M = 1.65;
/** When the hands are together, and how long each way takes. */
const MEETS_MS = 3000;
const STAYS_MS = 900;
const WAY_MS = 900;

/** 0 while the arm hangs, 1 while the hand is at its place. */
function reached(ms: number, stays = STAYS_MS): number {
  const away = Math.max(0, Math.abs(ms - MEETS_MS) - stays / 2) / WAY_MS;
  const linear = Math.max(0, 1 - away);
  return linear * linear * (3 - 2 * linear);
}

const mix = (a: Point3, b: Point3, share: number): Point3 => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
  z: a.z + (b.z - a.z) * share,
});

/** Somebody at `x` who looks along +y where `ahead` is 'y', else to the other along x. */
interface Actor {
  readonly xAt: (ms: number) => number;
  readonly ahead: { readonly x: number; readonly y: number };
  /** Where the right hand goes, and how far it is on its way. */
  readonly to?: (ms: number) => { readonly place: Point3; readonly share: number };
  readonly hidden?: (ms: number) => readonly BodyPart[];
}

function partsOf(actor: Actor, ms: number): TrackedPerson['parts'] {
  const { ahead } = actor;
  const x = actor.xAt(ms);
  const beside = (leftM: number, z: number): Point3 => ({ x: x - ahead.y * leftM, y: ahead.x * leftM, z });
  const aim = actor.to?.(ms);
  const rightHip = beside(-0.25, 0.51 * HEAD_M);
  const rightWrist = aim ? mix(rightHip, aim.place, aim.share) : rightHip;
  const rightElbow = mix(beside(-0.2, 0.86 * HEAD_M), rightWrist, 0.5);
  const all: Partial<Record<BodyPart, Point3>> = {
    head: { x, y: 0, z: HEAD_M },
    leftWrist: beside(0.25, 0.51 * HEAD_M),
    rightWrist,
    leftElbow: beside(0.22, 0.65 * HEAD_M),
    rightElbow: { ...rightElbow, z: rightElbow.z - 0.05 },
  };
  const hidden = actor.hidden?.(ms) ?? [];
  const seen = Object.entries(all).filter(([part]) => !hidden.includes(part as BodyPart));
  return Object.fromEntries(seen.map(([part, place]) => [part, { ...place, confidence: 1 }]));
}

interface Film {
  readonly frameMs?: number;
  readonly isLost?: (ms: number) => boolean;
  readonly layout?: Pick<StoreLayout, 'fixtures'>;
}

/** All meetings told while two are filmed for ten seconds. */
function meetingsOf(actors: readonly Actor[], film: Film = {}): HandMeeting[] {
  const bodies = createBodies(FUSION_SETTINGS.historySamplesMax);
  const watch = createHandWatch(film.layout ?? { fixtures: [] }, FUSION_SETTINGS);
  const told: HandMeeting[] = [];
  for (let ms = 0; ms < 10_000; ms += film.frameMs ?? 66) {
    if (film.isLost?.(ms)) continue;
    const observedAtMs = epochMs(START + ms);
    const people = actors.map((actor, index) => ({
      trackId: trackId(`t${index}`),
      hasEntered: true,
      parts: partsOf(actor, ms),
    }));
    const frame: TrackFrame = {
      kind: 'tracks',
      source: sourceId('tracks'),
      sequence: ms,
      observedAtMs,
      receivedAtMs: observedAtMs,
      people,
    };
    followFrame(bodies, frame);
    told.push(...watchHands(watch, bodies, observedAtMs));
  }
  expect(watch.pairCount).toBeLessThanOrEqual((actors.length * (actors.length - 1)) / 2);
  return told;
}

const APART_M = 0.8;
const BETWEEN: Point3 = { x: APART_M / 2, y: 0, z: 1.03 };
const towards = (ms: number): { place: Point3; share: number } => ({ place: BETWEEN, share: reached(ms) });
/** Comes in from 2 m further away until a second before the hands meet. */
const comes = (ms: number): number => -2 * Math.max(0, Math.min(1, (1800 - ms) / 1500));

const giver: Actor = { xAt: comes, ahead: { x: 1, y: 0 }, to: towards };
const taker: Actor = { xAt: () => APART_M, ahead: { x: -1, y: 0 }, to: towards };
const idle = (x: number, ahead: Actor['ahead']): Actor => ({ xAt: () => x, ahead });

describe('something goes from hand to hand', () => {
  test('two hands that meet between two people are told once, when they have parted', () => {
    const [meeting, ...more] = meetingsOf([giver, taker]);
    expect(more).toEqual([]);
    expect(meeting).toMatchObject({ a: 'visit-1', b: 'visit-2' });
    expect(Math.abs(present(meeting, 'NOT_TOLD').atMs - START - MEETS_MS)).toBeLessThan(500);
    expect(meeting!.logRatio).toBeGreaterThan(6);
  });

  test('who came to the other is the likelier giver; where nobody came nothing is known', () => {
    const [came] = meetingsOf([giver, taker]);
    const [other] = meetingsOf([
      { ...giver, xAt: () => 0 },
      { ...taker, xAt: (ms) => APART_M - comes(ms) },
    ]);
    const [neither] = meetingsOf([{ ...giver, xAt: () => 0 }, taker]);
    expect(came!.logGiverIsA).toBeGreaterThan(0.5);
    expect(other!.logGiverIsA).toBeLessThan(-0.5);
    expect(neither!.logGiverIsA).toBe(0);
  });

  test.each([33, 66, 100, 150])('frames every %i ms show it alike', (frameMs) => {
    const [meeting, ...more] = meetingsOf([giver, taker], { frameMs });
    expect(more).toEqual([]);
    expect(meeting!.logRatio).toBeGreaterThan(5);
  });

  test('lost frames do not tear it in two, and where few are left they weaken it', () => {
    const isGap = (ms: number): boolean => ms > MEETS_MS - 200 && ms < MEETS_MS + 200;
    const [meeting, ...more] = meetingsOf([giver, taker], { isLost: isGap });
    expect(more).toEqual([]);
    expect(meeting!.logRatio).toBeGreaterThan(5);
    const [whole] = meetingsOf([giver, taker]);
    const [rare] = meetingsOf([giver, taker], { frameMs: 500 });
    expect(rare?.logRatio ?? 0).toBeLessThan(whole!.logRatio - 0.5);
  });

  test('no likeness is worth more than a thousand to one: hands meet for other reasons, too', () => {
    const [meeting] = meetingsOf([giver, taker]);
    expect(meeting!.logRatio).toBeLessThanOrEqual(Math.log(1000));
  });

  test('a hand that is hidden meanwhile weakens it', () => {
    const hidden = (ms: number): BodyPart[] => (reached(ms) > 0.1 ? ['rightWrist'] : []);
    const [whole] = meetingsOf([giver, taker]);
    const [half] = meetingsOf([giver, { ...taker, hidden }]);
    expect(half!.logRatio).toBeGreaterThan(TOLD_LOG_RATIO_MIN);
    expect(half!.logRatio).toBeLessThan(whole!.logRatio);
    const [none] = meetingsOf([
      { ...giver, hidden },
      { ...taker, hidden },
    ]);
    expect(none?.logRatio ?? -Infinity).toBeLessThan(half!.logRatio - 1);
  });

  test('the same film gives the same figures', () => {
    expect(meetingsOf([giver, taker])).toEqual(meetingsOf([giver, taker]));
  });
});

describe('nothing does', () => {
  test('where two stand face to face with their arms down', () => {
    expect(meetingsOf([idle(0, { x: 1, y: 0 }), idle(0.6, { x: -1, y: 0 })])).toEqual([]);
  });

  test('where two stand shoulder to shoulder and their hands hang together', () => {
    expect(meetingsOf([idle(0, { x: 0, y: 1 }), idle(0.5, { x: 0, y: 1 })])).toEqual([]);
  });

  test('where somebody walks past another', () => {
    const walker: Actor = { xAt: (ms) => ms / 1000 - 5, ahead: { x: 1, y: 0 } };
    expect(meetingsOf([walker, idle(0.3, { x: 0, y: 1 })])).toEqual([]);
  });

  test('where a hand only passes between two', () => {
    const passing = (ms: number): { place: Point3; share: number } => ({
      place: { x: 2 * BETWEEN.x, y: 0.3, z: 1.4 },
      share: reached(ms, 0),
    });
    const short = meetingsOf([{ ...idle(0, { x: 1, y: 0 }), to: passing }, idle(APART_M, { x: -1, y: 0 })]);
    expect(short).toEqual([]);
  });

  test('where both reach side by side into one shelf', () => {
    const shelf = { sizeM: { x: 2, y: 0.4, z: 0.4 }, plates: [], shelfNumber: 0 };
    const { layout } = buildLayout(storeId('s'), [
      {
        fixtureName: 'f',
        storeFromFixture: poseFromRodrigues({ x: -0.5, y: 0.45, z: 0.8 }, ORIGIN),
        sizeM: { x: 2, y: 0.4, z: 0.4 },
        shelves: [{ ...shelf, fixtureFromShelf: poseFromRodrigues(ORIGIN, ORIGIN) }],
        where: 'test',
      },
    ]);
    const into = (x: number) => (ms: number) => ({ place: { x, y: 0.42, z: 1.03 }, share: reached(ms) });
    const one: Actor = { xAt: () => 0, ahead: { x: 0, y: 1 }, to: into(0.2) };
    const other: Actor = { xAt: () => 0.5, ahead: { x: 0, y: 1 }, to: into(0.35) };
    expect(meetingsOf([one, other], { layout })).toEqual([]);
  });

  test('where hands meet at a shelf less speaks for it than in the open', () => {
    const { layout } = buildLayout(storeId('s'), [
      {
        fixtureName: 'f',
        storeFromFixture: poseFromRodrigues({ x: -0.5, y: -0.1, z: 0.8 }, ORIGIN),
        sizeM: { x: 2, y: 0.4, z: 0.4 },
        shelves: [
          {
            shelfNumber: 0,
            fixtureFromShelf: poseFromRodrigues(ORIGIN, ORIGIN),
            sizeM: { x: 2, y: 0.4, z: 0.4 },
            plates: [],
          },
        ],
        where: 'test',
      },
    ]);
    const half: Actor = { ...taker, hidden: () => ['rightWrist', 'rightElbow'] };
    const [open] = meetingsOf([giver, half]);
    const [atShelf] = meetingsOf([giver, half], { layout });
    expect(atShelf?.logRatio ?? 0).toBeLessThan(open!.logRatio - 0.5);
  });

  test('where people do not come near, nothing is kept', () => {
    const far = meetingsOf([giver, { ...taker, xAt: () => 3 }]);
    expect(far).toEqual([]);
  });
});

/** SIMULATED people: three pairs, each with one hand-over. */
test('most hand-overs of acted-out pairs are found among the clearest meetings', () => {
  const plan = planScenario({ scenario: present(scenarioNamed('hand-over'), 'NO_SCENARIO'), seed: 101 });
  const bodies = createBodies(FUSION_SETTINGS.historySamplesMax, plan.store.model.gates);
  const watch = createHandWatch(plan.store.model.layout, FUSION_SETTINGS);
  const meetings: HandMeeting[] = [];
  const givenAtMs: number[] = [];
  for (const output of runTwin(plan)) {
    if (output.kind === 'truth' && output.event.kind === 'hand-over')
      givenAtMs.push(plan.startsAtMs + output.event.atTrueMs);
    if (output.kind !== 'observation' || output.observation.kind !== 'tracks') continue;
    followFrame(bodies, output.observation);
    meetings.push(...watchHands(watch, bodies, output.observation.observedAtMs));
  }
  const clearest = meetings.sort((a, b) => b.logRatio - a.logRatio).slice(0, givenAtMs.length);
  const found = givenAtMs.filter((ms) => clearest.some(({ atMs }) => Math.abs(atMs - ms) < 1500));
  expect(givenAtMs).toHaveLength(3);
  expect(found.length).toBeGreaterThanOrEqual(2);
});
