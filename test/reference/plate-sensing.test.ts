/**
 * Streaming sensing against the slow reference: the same interactions on the same shelves, the same steps on the same
 * plates, within half a gram and one block. The header of reference-sensing.ts says what may differ.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openAifiRecording } from '../../src/adapters/recordings-aifi/index.ts';
import type { Fixture, Interaction, Observation, PlateBatch, StoreLayout } from '../../src/domain/index.ts';
import { busyShopScript, firstVisitScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import {
  isRealDataAbsent,
  REAL_RECORDING,
  REAL_STORE,
  REASON_DATA_ABSENT,
} from '../recordings/shared-data.ts';
import { Scene, senseByReference, sensed } from './index.ts';
import type { ReferenceInteraction } from './index.ts';

const BLOCK_MS = 100;
/** Stamps jitter by ±20 ms, and the two sides look at other ones. */
const TIME_MS = BLOCK_MS + 50;
const GRAMS = 0.5;

function byShelfAndTime(
  a: Interaction | ReferenceInteraction,
  b: Interaction | ReferenceInteraction,
): number {
  return a.shelfId < b.shelfId ? -1 : a.shelfId > b.shelfId ? 1 : a.startedAtMs - b.startedAtMs;
}

function expectSame(
  found: readonly Interaction[],
  wanted: readonly ReferenceInteraction[],
  what: string,
): void {
  const sorted = { found: found.toSorted(byShelfAndTime), wanted: wanted.toSorted(byShelfAndTime) };
  const names = (all: readonly (Interaction | ReferenceInteraction)[]): string[] =>
    all.map(
      (each) =>
        `${each.shelfId}: ${each.steps
          .map((step) => step.plateId)
          .toSorted()
          .join(' ')}`,
    );
  expect(names(sorted.found), what).toEqual(names(sorted.wanted));
  sorted.found.forEach((interaction, index) => {
    const other = sorted.wanted[index]!;
    expect(Math.abs(interaction.startedAtMs - other.startedAtMs), what).toBeLessThan(TIME_MS);
    expect(Math.abs(interaction.endedAtMs - other.endedAtMs), what).toBeLessThan(TIME_MS);
    for (const step of interaction.steps) {
      const same = other.steps.filter((each) => each.plateId === step.plateId);
      const nearest = same.toSorted(
        (a, b) => Math.abs(a.settledAtMs - step.settledAtMs) - Math.abs(b.settledAtMs - step.settledAtMs),
      )[0]!;
      expect(Math.abs(nearest.settledAtMs - step.settledAtMs), what).toBeLessThan(TIME_MS);
      expect(Math.abs(nearest.leftAtMs - step.leftAtMs), what).toBeLessThan(TIME_MS);
      expect(Math.abs(nearest.deltaGrams - step.deltaGrams), what).toBeLessThan(GRAMS);
      expect(Math.abs(nearest.sigmaGrams - step.sigmaGrams), what).toBeLessThan(GRAMS);
    }
  });
}

function batchesOf(fixture: Fixture, observations: readonly Observation[]): PlateBatch[] {
  return observations.filter(
    (each): each is PlateBatch => each.kind === 'plates' && each.fixtureId === fixture.fixtureId,
  );
}

/** Compares every fixture by itself; returns the number of interactions with steps. */
function expectAgreement(layout: StoreLayout, observations: readonly Observation[], what: string): number {
  let count = 0;
  for (const fixture of layout.fixtures) {
    const batches = batchesOf(fixture, observations);
    const { stepped } = sensed(layout, batches);
    expectSame(stepped, senseByReference(fixture, batches), `${what}, fixture ${fixture.fixtureId}`);
    count += stepped.length;
  }
  return count;
}

const plateOfThree = fc.integer({ min: 0, max: 2 });
const moment = fc.integer({ min: 3000, max: 14_000 });
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('take' as const),
    plate: plateOfThree,
    atMs: moment,
    grams: fc.integer({ min: -1500, max: 1500 }),
  }),
  fc.record({ kind: fc.constant('bump' as const), atMs: moment, grams: fc.integer({ min: 10, max: 200 }) }),
  fc.record({
    kind: fc.constant('lean' as const),
    plate: plateOfThree,
    atMs: moment,
    grams: fc.integer({ min: -3000, max: 3000 }),
    forMs: fc.integer({ min: 400, max: 6000 }),
  }),
  fc.record({
    kind: fc.constant('missing' as const),
    plate: plateOfThree,
    share: fc.double({ min: 0, max: 0.6, noNaN: true }),
  }),
);

test('any signal: what streaming finds, the reference finds', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 5 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0.2, max: 4, noNaN: true }),
      (happenings, seed, noiseGrams) => {
        const scene = new Scene({ seconds: 20, plates: 3, seed, noiseGrams });
        for (const each of happenings) {
          if (each.kind === 'take') scene.take(each.plate, each.atMs, each.grams);
          else if (each.kind === 'bump') scene.bump(each.atMs, each.grams);
          else if (each.kind === 'lean')
            scene.lean(each.plate, { fromMs: each.atMs, toMs: each.atMs + each.forMs }, each.grams);
          else
            scene.spoil(each.plate, { fromMs: 0 }, (was) =>
              scene.random.uniform() < each.share ? Number.NaN : was,
            );
        }
        expectAgreement(scene.layout, scene.batches(), 'drawn scene');
      },
    ),
  );
});

test('a hole in the data leaves the same interactions', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const scene = new Scene({ seconds: 20, plates: 3, seed });
    scene.take(1, 6000, -300);
    scene.take(2, 11_000, 420);
    const first = 20 + scene.random.below(45);
    const last = first + scene.random.below(10);
    const kept = scene.batches().filter(({ sequence }) => sequence < first || sequence > last);
    expectAgreement(scene.layout, kept, `seed ${seed}`);
  }
});

test('scripted shops: a first visit and busy ones', () => {
  let count = 0;
  for (const seed of [1, 2, 3]) {
    const shop = scriptedShop({ fixtures: 2, shelvesPerFixture: 3, platesPerShelf: 12, seed });
    for (const script of [firstVisitScript(shop), busyShopScript(shop, seed)]) {
      const recording = scriptRecording(shop, script, { seed });
      count += expectAgreement(shop.layout, [...recording.observations()], `shop ${seed}`);
    }
  }
  expect(count).toBeGreaterThan(20);
});

test('the real recording: one pick, as the reference has it', async ({ skip }) => {
  skip(isRealDataAbsent, REASON_DATA_ABSENT);
  const opened = await openAifiRecording({ directory: REAL_RECORDING, storeDirectory: REAL_STORE });
  if (!opened.ok) throw new Error(opened.problem.what);
  const { store } = opened.value;
  const observations: Observation[] = [];
  for await (const observation of opened.value.observations(() => {})) observations.push(observation);
  const seen = store.layout.fixtures.map((fixture) => {
    const batches = batchesOf(fixture, observations);
    return sensed(store.layout, batches).stepped;
  });
  const steps = seen.flat().flatMap((interaction) => interaction.steps);
  expect(steps.map((step) => step.plateId)).toEqual(['1/5/11']);
  expect(Math.abs(steps[0]!.deltaGrams + 623)).toBeLessThan(3);
  expect(expectAgreement(store.layout, observations, 'real recording')).toBe(1);
});
