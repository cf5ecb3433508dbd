/** The collector keeps little however long a recording lasts, and says what it left out. */
import { expect, test } from 'vitest';
import { epochMs } from '../../src/base/index.ts';
import { fixtureId, interactionId, sourceId, trackId } from '../../src/domain/index.ts';
import type { Interaction, PlateBatch, TrackFrame } from '../../src/domain/index.ts';
import { createReport } from '../../src/app/report/index.ts';
import type { Report } from '../../src/app/report/index.ts';
import { scriptedShop } from '../builders/index.ts';
import { visibleText } from './replayed.ts';

const START = 1_700_000_000_000;
const store = scriptedShop({ fixtures: 1, shelvesPerFixture: 1, platesPerShelf: 3 });
const shelf = store.layout.shelves[0]!;
const [first, second] = shelf.plates;

function newReport(): Report {
  return createReport({ recordingName: 'bounds', store });
}

function frame(sequence: number, atMs: number, track = 'someone'): TrackFrame {
  const head = { x: Math.sin(atMs / 3000), y: -1, z: 1.7, confidence: 1 };
  return {
    kind: 'tracks',
    source: sourceId('tracks'),
    sequence,
    observedAtMs: epochMs(START + atMs),
    receivedAtMs: epochMs(START + atMs),
    people: [{ trackId: trackId(track), hasEntered: false, parts: { head } }],
  };
}

/** A tenth of a second of one fixture; the first plate is at `grams`, the others at rest. */
function batch(options: {
  readonly sequence: number;
  readonly grams: number;
  readonly rateHz?: number;
}): PlateBatch {
  const { sequence, grams, rateHz = 60 } = options;
  const sampleCount = rateHz / 10;
  const samplesGrams = new Float32Array(sampleCount * 3);
  for (let row = 0; row < sampleCount; row++) samplesGrams[row * 3] = grams;
  const atMs = epochMs(START + (sequence + 1) * 100);
  return {
    kind: 'plates',
    source: sourceId('plates/1'),
    sequence,
    observedAtMs: atMs,
    receivedAtMs: atMs,
    fixtureId: fixtureId('1'),
    rateHz,
    sampleCount,
    samplesGrams,
  };
}

/** A step of −250 g on the first plate, ten seconds in. */
function interaction(number: number): Interaction {
  const step = {
    plateId: first!.plateId,
    leftAtMs: epochMs(START + 10_000),
    settledAtMs: epochMs(START + 10_400),
    deltaGrams: -250,
    sigmaGrams: 1,
  };
  return {
    interactionId: interactionId(`1/1#${number}`),
    phase: 'final',
    shelfId: shelf.shelfId,
    startedAtMs: epochMs(START + 9500),
    endedAtMs: epochMs(START + 12_000),
    steps: [step],
    changes: [
      { plateId: first!.plateId, deltaGrams: -250, sigmaGrams: 1 },
      { plateId: second!.plateId, deltaGrams: 0.5, sigmaGrams: 1 },
    ],
  };
}

test('a walk keeps five points a second', () => {
  const report = newReport();
  for (let sequence = 0; sequence < 600; sequence++) report.observe(frame(sequence, (sequence * 1000) / 30));
  const [walk] = report.story.walks.byTrack.values();
  expect(walk?.points.length).toBeGreaterThan(90);
  expect(walk?.points.length).toBeLessThanOrEqual(101);
});

test('a walk of many hours stays short and keeps both of its ends', () => {
  const report = newReport();
  const hoursMs = 8 * 3_600_000;
  for (let atMs = 0; atMs <= hoursMs; atMs += 200) report.observe(frame(atMs / 200, atMs));
  const [walk] = report.story.walks.byTrack.values();
  expect(walk!.points.length).toBeLessThanOrEqual(2048);
  expect(walk!.points.length).toBeGreaterThan(1000);
  expect(walk!.points[0]!.atMs).toBe(START);
  expect(hoursMs + START - walk!.points.at(-1)!.atMs).toBeLessThan(30_000);
});

test('a tracker that names everybody anew is bounded, and the page says so', () => {
  const report = newReport();
  for (let sequence = 0; sequence < 700; sequence++)
    report.observe(frame(sequence, sequence * 100, `id-${sequence}`));
  expect(report.story.walks.byTrack.size).toBe(300);
  expect(visibleText(report.html())).toContain('not shown: 400 walks');
});

test('a trace runs from three seconds before the step to two seconds after the contact', () => {
  const report = newReport();
  for (let sequence = 0; sequence < 300; sequence++) {
    report.observe(batch({ sequence, grams: sequence < 100 ? 1000 : 750 }));
    if (sequence === 121) report.hear({ kind: 'interaction-told', interaction: interaction(1) });
  }
  const [trace] = report.story.traces.byInteraction.values();
  const times = trace!.timesMs.map((atMs) => atMs - START);
  expect(times[0]).toBeGreaterThanOrEqual(7000);
  expect(times[0]).toBeLessThan(7020);
  expect(times.at(-1)).toBeGreaterThan(13_980);
  expect(times.at(-1)).toBeLessThanOrEqual(14_000);
  expect(times).toHaveLength(421);
  expect(times.every((atMs, index) => index === 0 || atMs > times[index - 1]!)).toBe(true);
  expect(trace!.grams[0]![0]).toBe(1000);
  expect(trace!.grams[0]!.at(-1)).toBe(750);
  expect(trace!.grams[1]!.every((value) => value === 0)).toBe(true);
});

test('repeated and shuffled batches give the same trace', () => {
  const straight = newReport();
  const bent = newReport();
  const batches = Array.from({ length: 150 }, (_, sequence) => batch({ sequence, grams: sequence }));
  for (const each of batches) straight.observe(each);
  for (let at = 0; at < batches.length; at += 2)
    for (const each of [batches[at + 1]!, batches[at]!, batches[at]!]) bent.observe(each);
  for (const report of [straight, bent])
    report.hear({ kind: 'interaction-told', interaction: interaction(1) });
  const gramsOf = (report: Report): unknown => [...report.story.traces.byInteraction.values()][0]!.grams;
  expect(gramsOf(bent)).toEqual(gramsOf(straight));
});

test('a fast plate is shown by means, 60 a second', () => {
  const report = newReport();
  for (let sequence = 0; sequence < 150; sequence++)
    report.observe(batch({ sequence, grams: 5, rateHz: 600 }));
  report.hear({ kind: 'interaction-told', interaction: interaction(1) });
  const [trace] = report.story.traces.byInteraction.values();
  expect(trace!.samplesPerPoint).toBe(10);
  expect(trace!.timesMs.length).toBeLessThanOrEqual(421);
  expect(trace!.grams[0]!.every((value) => value === 5)).toBe(true);
});

test('traces and interactions beyond the limits are counted', () => {
  const report = newReport();
  for (let number = 0; number < 2500; number++)
    report.hear({ kind: 'interaction-told', interaction: interaction(number) });
  expect(report.story.traces.byInteraction.size).toBe(120);
  expect(report.story.interactions.size).toBe(2000);
  const words = visibleText(report.html());
  expect(words).toContain('500 interactions');
  expect(words).toContain('1,880 weight traces');
});

test('raw samples are forgotten after half a minute', () => {
  const report = newReport();
  for (let sequence = 0; sequence < 600; sequence++) report.observe(batch({ sequence, grams: sequence }));
  report.hear({ kind: 'interaction-told', interaction: interaction(1) });
  expect([...report.story.traces.byInteraction.values()][0]!.timesMs).toEqual([]);
});

test('a batch of the wrong size and a broken clock do no harm', () => {
  const report = newReport();
  report.observe({ ...batch({ sequence: 0, grams: 1 }), samplesGrams: new Float32Array(1) });
  report.observe({ ...batch({ sequence: 1, grams: 1 }), observedAtMs: epochMs(0) });
  report.observe(batch({ sequence: 2, grams: 1 }));
  expect(report.story.startsAtMs).toBe(START + 100);
  expect(report.html()).toContain('Nobody came in');
});
