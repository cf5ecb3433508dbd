import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { present } from '../../src/base/index.ts';
import { distanceToBoxM } from '../../src/domain/index.ts';
import type { Observation, Plate, PlateBatch, StoreModel, TrackFrame } from '../../src/domain/index.ts';
import {
  busyShopScript,
  firstVisitScript,
  plainFacings,
  SATURATED_GRAMS,
  scriptedShop,
  scriptRecording,
} from './index.ts';
import type { Script, ScriptFault } from './index.ts';

const shop = scriptedShop({ seed: 3, fixtures: 2, shelvesPerFixture: 3 });
const visit = scriptRecording(shop, firstVisitScript(shop), { seed: 5 });
const observations = [...visit.observations()];

function bytesHash(all: Iterable<Observation>): string {
  const hash = createHash('sha256');
  for (const it of all) {
    if (it.kind === 'plates') hash.update(new Uint8Array(it.samplesGrams.buffer));
    hash.update(JSON.stringify({ ...it, samplesGrams: null }));
  }
  return hash.digest('hex');
}

const isPlates = (it: Observation): it is PlateBatch => it.kind === 'plates';
const isTracks = (it: Observation): it is TrackFrame => it.kind === 'tracks';

function seriesOf(all: readonly Observation[], store: StoreModel, plate: Plate): number[] {
  const fixture = store.layout.fixtures.find((each) => each.plates.includes(plate))!;
  return all
    .filter(isPlates)
    .filter((it) => it.fixtureId === fixture.fixtureId)
    .flatMap((it) =>
      Array.from(
        { length: it.sampleCount },
        (_, sample) => it.samplesGrams[sample * fixture.plates.length + plate.columnIndex]!,
      ),
    );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Noise from differences of neighbouring samples, which wander hardly enters. */
function noiseOf(values: readonly number[]): number {
  let sum = 0;
  for (let index = 1; index < values.length; index++) sum += (values[index]! - values[index - 1]!) ** 2;
  return Math.sqrt(sum / (2 * (values.length - 1)));
}

function record(script: Script, faults: readonly ScriptFault[] = []): Observation[] {
  return [...scriptRecording(shop, script, { seed: 5, faults }).observations()];
}

const quiet: Script = { people: [], durationMs: 20_000 };

test('the same seed gives the same bytes, another seed others', () => {
  const again = scriptRecording(shop, firstVisitScript(shop), { seed: 5 });
  expect(bytesHash(again.observations())).toBe(bytesHash(observations));
  const other = scriptRecording(shop, firstVisitScript(shop), { seed: 6 });
  expect(bytesHash(other.observations())).not.toBe(bytesHash(observations));
});

test('observations come in order of arrival, with shapes, rates and sequences as promised', () => {
  let lastMs = 0;
  const nextSequence = new Map<string, number>();
  for (const it of observations) {
    expect(it.receivedAtMs).toBeGreaterThanOrEqual(lastMs);
    lastMs = it.receivedAtMs;
    expect(it.sequence).toBe(nextSequence.get(it.source) ?? 0);
    nextSequence.set(it.source, it.sequence + 1);
  }
  for (const it of observations.filter(isPlates)) expect(it.samplesGrams).toHaveLength(it.sampleCount * 36);
  const seconds = (visit.endsAtMs - visit.startsAtMs) / 1000;
  expect(observations.filter(isTracks).length / seconds).toBeGreaterThan(13);
  expect(observations.filter(isTracks).length / seconds).toBeLessThan(17);
  expect(observations.filter(isPlates).length / seconds / 2).toBeCloseTo(5, 0);
});

test('the truth is conserved: what left the shelves is what the person holds', () => {
  const [person] = visit.people;
  const quantities = [...person!.items.values()];
  expect(quantities.toSorted()).toEqual([1, 2]);
  expect(visit.moves.map((move) => move.kind)).toEqual(['pick', 'pick', 'pick', 'put-back']);
  const moved = visit.moves.reduce((sum, move) => sum + (move.kind === 'pick' ? move.count : -move.count), 0);
  expect(moved).toBe(3);
  const [looked, returned] = visit.moves.slice(2);
  expect(looked!.deltaGrams + returned!.deltaGrams).toBeCloseTo(0, 9);
});

test('a pick shows on its plate with its weight, and on neighbours with its sign', () => {
  const move = visit.moves[0]!;
  const plate = present(shop.layout.plateById.get(move.plateIds[0]!), 'NO_PLATE');
  const shelf = shop.layout.shelves[plate.shelfIndex]!;
  const step = (each: Plate): number => {
    const series = seriesOf(observations, shop, each);
    return mean(series.slice(-240)) - mean(series.slice(0, 200));
  };
  expect(Math.abs(step(plate) - move.deltaGrams)).toBeLessThan(8);
  const product = shop.catalogue.byId.get(move.productId)!;
  expect(Math.abs(move.deltaGrams + 2 * product.weightGrams!)).toBeLessThan(0.1 * product.weightGrams!);
  const neighbours = shelf.plates.filter((each) => Math.abs(each.plateNumber - plate.plateNumber) === 1);
  for (const neighbour of neighbours)
    expect(Math.abs(step(neighbour))).toBeLessThan(0.016 * Math.abs(move.deltaGrams) + 6);
});

test('quiet plates have the noise, the wander and the grid of real ones', () => {
  const all = record(quiet);
  for (const plate of shop.layout.plates) {
    const series = seriesOf(all, shop, plate);
    const noise = noiseOf(series);
    expect(noise).toBeGreaterThan(0.25);
    expect(noise).toBeLessThan(8);
    for (const value of series.slice(0, 5))
      expect(Math.abs(value / 0.24 - Math.round(value / 0.24))).toBeLessThan(0.01);
    const centre = mean(series);
    expect(Math.max(...series.map((value) => Math.abs(value - centre)))).toBeLessThan(7 * noise + 8);
  }
});

test('at the moment of a pick a wrist is just in front of the plate', () => {
  for (const move of visit.moves) {
    const plate = shop.layout.plateById.get(move.plateIds[0]!)!;
    const frames = observations.filter(isTracks).filter((it) => Math.abs(it.observedAtMs - move.atMs) < 150);
    const wrists = frames.flatMap((it) =>
      it.people.flatMap(({ parts }) =>
        [parts.leftWrist, parts.rightWrist].filter((each) => each !== undefined),
      ),
    );
    const nearest = Math.min(...wrists.map((wrist) => distanceToBoxM(plate.reach, wrist)));
    expect(nearest).toBeLessThan(0.2);
  }
});

test('a busy shop has four people, ten moves, a put-back and an id switch', () => {
  const busy = scriptRecording(shop, busyShopScript(shop, 11), { seed: 11 });
  expect(busy.people).toHaveLength(4);
  expect(busy.moves).toHaveLength(10);
  expect(busy.moves.filter((move) => move.kind === 'put-back')).toHaveLength(1);
  expect(busy.people.map((person) => person.trackIds.length).toSorted()).toEqual([1, 1, 1, 2]);
  const ids = new Set(
    [...busy.observations()].filter(isTracks).flatMap((it) => it.people.map((who) => who.trackId)),
  );
  expect(ids.size).toBe(5);
});

test('leaning weighs while it lasts, bumping shakes a fixture, and neither leaves a step', () => {
  const shelf = shop.layout.shelves[1]!;
  const { fixtureId } = shop.layout.fixtures[0]!;
  const script: Script = {
    people: [
      {
        personName: 'tired',
        entersAtMs: 0,
        actions: [
          { kind: 'lean', shelfId: shelf.shelfId, atMs: 8000, forceGrams: 2000, durationMs: 4000 },
          { kind: 'bump', fixtureId, atMs: 16_000 },
        ],
      },
    ],
  };
  const all = record(script);
  const changes = shelf.plates.map((plate) => {
    const series = seriesOf(all, shop, plate);
    const before = mean(series.slice(0, 300));
    return { held: mean(series.slice(530, 650)) - before, after: mean(series.slice(-120)) - before };
  });
  expect(changes.reduce((sum, change) => sum + change.held, 0)).toBeGreaterThan(1800);
  for (const change of changes) expect(Math.abs(change.after)).toBeLessThan(6);
  const other = shop.layout.shelves[0]!.plates[0]!;
  const shaken = seriesOf(all, shop, other).slice(955, 1100);
  expect(Math.max(...shaken) - Math.min(...shaken)).toBeGreaterThan(15);
});

test('a misplaced item weighs on the shelf where it was left, and a straddling one on two plates', () => {
  const [first, second] = plainFacings(shop);
  const foreign = shop.layout.shelves[4]!.plates[6]!;
  const script: Script = {
    people: [
      {
        personName: 'careless',
        entersAtMs: 1000,
        actions: [
          { kind: 'pick', productId: first!.productId },
          { kind: 'misplace', productId: first!.productId, plateIds: [foreign.plateId] },
          { kind: 'pick', productId: second!.productId, straddleShare: 0.6, isHandHidden: true },
          { kind: 'leave' },
        ],
      },
    ],
  };
  const recording = scriptRecording(shop, script);
  const [person] = recording.people;
  expect([...person!.items]).toEqual([[second!.productId, 1]]);
  const [, misplaced, straddled] = recording.moves;
  expect(misplaced!.plateIds).toEqual([foreign.plateId]);
  expect(straddled!.plateIds).toHaveLength(2);
  const hidden = [...recording.observations()]
    .filter(isTracks)
    .filter((it) => Math.abs(it.observedAtMs - straddled!.atMs) < 300)
    .flatMap((it) => it.people);
  expect(hidden.length).toBeGreaterThan(3);
  for (const body of hidden) expect(body.parts.leftWrist ?? body.parts.rightWrist).toBeUndefined();
});

test('faults of plates reach the samples', () => {
  const [dead, stuck, full] = shop.layout.fixtures[0]!.plates;
  const all = record(quiet, [
    { kind: 'plate-dead', plateId: dead!.plateId, fromMs: 10_000 },
    { kind: 'plate-stuck', plateId: stuck!.plateId },
    { kind: 'plate-saturated', plateId: full!.plateId, toMs: 5000 },
    { kind: 'nan-storm', fixtureId: shop.layout.fixtures[1]!.fixtureId, share: 0.5 },
  ]);
  const deadSeries = seriesOf(all, shop, dead!);
  expect(deadSeries[100]).not.toBeNaN();
  expect(deadSeries.at(-1)).toBeNaN();
  expect(new Set(seriesOf(all, shop, stuck!)).size).toBe(1);
  const fullSeries = seriesOf(all, shop, full!);
  expect(fullSeries[0]).toBe(SATURATED_GRAMS);
  expect(fullSeries.at(-1)).not.toBe(SATURATED_GRAMS);
  const storm = seriesOf(all, shop, shop.layout.fixtures[1]!.plates[3]!);
  const lost = storm.filter((value) => Number.isNaN(value)).length / storm.length;
  expect(lost).toBeGreaterThan(0.4);
  expect(lost).toBeLessThan(0.6);
});

test('faults of delivery lose, repeat, shuffle, silence and restart', () => {
  const one = shop.layout.fixtures[0]!.fixtureId;
  const ofOne = (faults: readonly ScriptFault[]): Observation[] =>
    record(quiet, faults).filter((it) => it.source === `plates/${one}`);
  const plain = ofOne([]);
  expect(ofOne([{ kind: 'lost', share: 0.5 }]).length).toBeLessThan(0.8 * plain.length);
  expect(ofOne([{ kind: 'duplicated', source: one, share: 1, copies: 4 }])).toHaveLength(5 * plain.length);
  const shuffled = ofOne([{ kind: 'shuffled', share: 1, delayMs: 1500 }]);
  expect(shuffled).toHaveLength(plain.length);
  expect(shuffled.some((it, index) => index > 0 && it.sequence < shuffled[index - 1]!.sequence)).toBe(true);
  expect(
    shuffled.every((it, index) => index === 0 || it.receivedAtMs >= shuffled[index - 1]!.receivedAtMs),
  ).toBe(true);
  expect(ofOne([{ kind: 'source-silent', source: one, fromMs: 5000 }]).length).toBeLessThan(30);
  const restarted = ofOne([{ kind: 'sequence-restart', source: one, atMs: 10_000 }]);
  expect(restarted.filter((it) => it.sequence === 0)).toHaveLength(2);
  const stepped = ofOne([{ kind: 'clock-step', source: one, atMs: 10_000, stepMs: -5000 }]);
  expect(stepped.at(-1)!.observedAtMs).toBe(plain.at(-1)!.observedAtMs - 5000);
});

test('the tracker may be late and its clock may be wrong', () => {
  const script = firstVisitScript(shop);
  const late = scriptRecording(shop, script, { seed: 5, trackClockOffsetMs: 500, trackLatencyMs: 2300 });
  const frames = [...late.observations()].filter(isTracks);
  const plain = observations.filter(isTracks);
  expect(frames[9]!.observedAtMs - plain[9]!.observedAtMs).toBeCloseTo(500, 6);
  expect(frames[9]!.receivedAtMs - plain[9]!.receivedAtMs).toBeCloseTo(2180, 6);
});
