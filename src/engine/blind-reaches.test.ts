import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../base/index.ts';
import { boxCentre, interactionId, trackId, sourceId, visitId } from '../domain/index.ts';
import type { Interaction, Plate, PlateCondition, TrackFrame, WeightStep } from '../domain/index.ts';
import { createFusion, fold } from '../fusion/index.ts';
import type { FusionState, UnweighedReach } from '../fusion/index.ts';
import { scriptedShop } from '../../test/builders/index.ts';
import {
  createBlindReaches,
  noteHands,
  notePlateReport,
  noteWeighed,
  takeUnweighedReaches,
  unseenFactor,
} from './blind-reaches.ts';
import type { BlindReaches } from './blind-reaches.ts';

const store = scriptedShop({ fixtures: 1, shelvesPerFixture: 1 });
const START = 1_700_000_000_000;
const FIRST = visitId('visit-1');
const plateNumber = (number: number): Plate => present(store.layout.plates[number - 1], 'NO_PLATE');
const DEAD = plateNumber(3);

interface Scene {
  fusion: FusionState;
  readonly blind: BlindReaches;
}

const newScene = (): Scene => ({ fusion: createFusion(store), blind: createBlindReaches() });

interface HandAt {
  readonly plate: Plate | null;
  readonly isHandHidden?: boolean;
}

/** One frame of somebody whose right wrist is 0.1 m before `plate`; 1 m away from the shelf where it is null. */
function show(scene: Scene, atMs: number, { plate, isHandHidden = false }: HandAt): void {
  const { x, y, z } = boxCentre((plate ?? DEAD).reach);
  const edgeY = y - DEAD.reach.sizeM.y / 2;
  const point = (offM: number, heightM: number) => ({ x, y: edgeY - offM, z: heightM, confidence: 1 });
  const wrist = plate ? point(0.1, z) : point(1, z);
  const head = point(plate ? 0.35 : 1.2, 1.7);
  const frame: TrackFrame = {
    kind: 'tracks',
    source: sourceId('tracks'),
    sequence: atMs,
    observedAtMs: epochMs(START + atMs),
    receivedAtMs: epochMs(START + atMs),
    people: [
      {
        trackId: trackId('first'),
        hasEntered: true,
        parts: { head, leftWrist: point(1, z), ...(isHandHidden ? {} : { rightWrist: wrist }) },
      },
    ],
  };
  scene.fusion = fold(scene.fusion, frame);
  noteHands(scene.blind, { store, bodies: scene.fusion.bodies });
}

function showFor(scene: Scene, [fromMs, toMs]: readonly [number, number], plate: Plate | null): void {
  for (let atMs = fromMs; atMs <= toMs; atMs += 50) show(scene, atMs, { plate });
}

function report(scene: Scene, condition: PlateCondition, atMs: number): void {
  const { bodies } = scene.fusion;
  const told = { plateId: DEAD.plateId, condition, atMs: epochMs(START + atMs) };
  notePlateReport(scene.blind, told, { store, bodies });
}

/** P(nothing was taken unweighed). */
function factor(scene: Scene): number {
  const near = unseenFactor(scene.blind, FIRST, { store, bodies: scene.fusion.bodies });
  return takeUnweighedReaches(scene.blind).reduce((left, { tookShare }) => left * (1 - tookShare), near);
}

describe('a hand at a plate that does not work', () => {
  test.each(['silent', 'stuck', 'saturated'] as const)('%s: leaves doubt', (condition) => {
    const scene = newScene();
    report(scene, condition, 0);
    showFor(scene, [0, 800], DEAD);
    expect(factor(scene)).toBeLessThan(0.9);
  });

  test('leaves none where the plate works, or works again', () => {
    const scene = newScene();
    showFor(scene, [0, 400], DEAD);
    report(scene, 'silent', 30_000);
    report(scene, 'working', 31_000);
    showFor(scene, [31_050, 32_000], DEAD);
    expect(factor(scene)).toBe(1);
  });

  test('counts from before the plate was told, as far back as it may have been unwell', () => {
    const scene = newScene();
    showFor(scene, [0, 400], DEAD);
    showFor(scene, [450, 5000], null);
    report(scene, 'silent', 5000);
    expect(factor(scene)).toBeLessThan(1);
    const later = newScene();
    showFor(later, [0, 400], DEAD);
    showFor(later, [450, 30_000], null);
    report(later, 'silent', 30_000);
    expect(factor(later)).toBe(1);
  });

  test('means nothing where it only passes by, or belongs to a plate further along', () => {
    const passing = newScene();
    report(passing, 'silent', 0);
    for (let atMs = 0; atMs < 6000; atMs += 1500) {
      showFor(passing, [atMs, atMs + 50], DEAD);
      showFor(passing, [atMs + 100, atMs + 1450], null);
    }
    expect(factor(passing)).toBeGreaterThan(0.95);
    const further = newScene();
    report(further, 'silent', 0);
    showFor(further, [0, 1000], plateNumber(8));
    expect(factor(further)).toBe(1);
  });

  test('stays where it was last seen when it disappears among the goods', () => {
    const scene = newScene();
    report(scene, 'silent', 0);
    showFor(scene, [0, 100], DEAD);
    for (let atMs = 150; atMs <= 700; atMs += 50) show(scene, atMs, { plate: DEAD, isHandHidden: true });
    const brief = newScene();
    report(brief, 'silent', 0);
    showFor(brief, [0, 100], DEAD);
    showFor(brief, [150, 700], null);
    expect(factor(scene)).toBeLessThan(factor(brief) - 0.1);
  });
});

describe('an unweighed reach', () => {
  /** The last reach at the dead plate, told two seconds after a hand was there for `stayedMs`. */
  function reachAfter(stayedMs: number, weighed: readonly WeightStep[] = []): UnweighedReach | undefined {
    const scene = newScene();
    report(scene, 'silent', 0);
    showFor(scene, [0, stayedMs], DEAD);
    noteWeighed(scene.blind, interactionOf(weighed));
    showFor(scene, [stayedMs + 50, stayedMs + 2500], null);
    return takeUnweighedReaches(scene.blind).at(-1);
  }

  const stepOn = (plate: Plate, deltaGrams: number): WeightStep => ({
    plateId: plate.plateId,
    leftAtMs: epochMs(START + 300),
    settledAtMs: epochMs(START + 500),
    deltaGrams,
    sigmaGrams: 1,
  });

  const interactionOf = (steps: readonly WeightStep[]): Interaction => ({
    interactionId: interactionId('1/1#1'),
    phase: 'final',
    shelfId: present(store.layout.shelves[0], 'NO_SHELF').shelfId,
    startedAtMs: epochMs(START),
    endedAtMs: epochMs(START + 1000),
    steps,
    changes: [],
  });

  test('says where, when, whose and how long, once', () => {
    const scene = newScene();
    report(scene, 'silent', 0);
    showFor(scene, [0, 800], DEAD);
    expect(takeUnweighedReaches(scene.blind)).toEqual([]);
    showFor(scene, [850, 3500], null);
    const [reach, ...others] = takeUnweighedReaches(scene.blind);
    expect(others).toEqual([]);
    expect(reach).toMatchObject({
      plates: [{ plateId: DEAD.plateId, share: 1 }],
      visitShares: [{ visitId: FIRST, share: 1 }],
    });
    expect(Math.abs(reach!.atMs - START - 425)).toBeLessThan(150);
    expect(reach!.dwellMs).toBeGreaterThan(200);
    expect(reach!.dwellMs).toBeLessThanOrEqual(850);
    expect(takeUnweighedReaches(scene.blind)).toEqual([]);
  });

  test('is the surer the longer the hand stays, and never sure', () => {
    const shares = [300, 600, 1200, 5000].map((stayedMs) => reachAfter(stayedMs)?.tookShare ?? 0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.2);
    expect(shares[2]).toBeGreaterThan(0.5);
    expect(shares[3]).toBeLessThan(0.7);
  });

  test('is explained by what the same hand moved on the plate beside', () => {
    expect(reachAfter(800, [stepOn(plateNumber(4), -300)])).toBeUndefined();
    expect(reachAfter(800, [stepOn(plateNumber(11), -300)])?.tookShare).toBeCloseTo(
      reachAfter(800)!.tookShare,
    );
  });

  test('is surer where plates beside feel that something was lifted', () => {
    const felt = reachAfter(800, [stepOn(plateNumber(5), -9)])!;
    expect(felt.tookShare).toBeGreaterThan(reachAfter(800)!.tookShare + 0.1);
    expect(reachAfter(800, [stepOn(plateNumber(5), 9)])!.tookShare).toBeLessThan(felt.tookShare);
  });
});

test('a plate that the layout lacks is nobody’s business', () => {
  const { blind } = newScene();
  const bodies = createFusion(store).bodies;
  const { layout } = scriptedShop({ fixtures: 2 });
  const stranger = present(layout.plates.at(-1), 'NO_PLATE');
  const told = { plateId: stranger.plateId, condition: 'silent', atMs: epochMs(START) } as const;
  notePlateReport(blind, told, { store, bodies });
  expect(blind.plates.size).toBe(0);
});

test('a plate where nothing is sold casts no doubt', () => {
  const { blind } = newScene();
  const { bodies } = createFusion(store);
  const told = { plateId: DEAD.plateId, condition: 'silent', atMs: epochMs(START) } as const;
  notePlateReport(blind, told, { store, bodies });
  expect(blind.plates.size).toBe(1);
  const bare = {
    ...store,
    planogram: { facings: [], facingsByPlate: new Map(), facingsByProduct: new Map() },
  };
  const second = createBlindReaches();
  notePlateReport(second, told, { store: bare, bodies });
  expect(second.plates.size).toBe(0);
});
