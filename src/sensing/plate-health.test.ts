/** Broken plates: told once, told when they are well again, and no trouble to their neighbours in between. */
import { expect, test } from 'vitest';
import type { PlateReport } from '../domain/index.ts';
import { epochMs } from '../base/index.ts';
import { openContacts, plateCondition, reportSilentFixtures } from './index.ts';
import { Scene, SCENE_STARTS_AT_MS, sensed } from '../../test/reference/index.ts';
import type { Sensed } from '../../test/reference/index.ts';

/** Repeats the first value that it is given. */
function firstReading(): (was: number) => number {
  let first: number | null = null;
  return (was) => (first ??= was);
}

const BROKEN = [
  { condition: 'silent', afterS: 3, reading: () => Number.NaN },
  { condition: 'stuck', afterS: 10, reading: firstReading() },
  { condition: 'saturated', afterS: 0.5, reading: () => 25_000 },
  { condition: 'saturated', afterS: 0.5, reading: () => -25_000 },
  { condition: 'silent', afterS: 3, reading: () => Number.POSITIVE_INFINITY },
] as const;

function said(reports: readonly PlateReport[]): string[] {
  return reports.map((report) => `${report.plateId} ${report.condition}`);
}

/** One plate broken from 5 s to 40 s; its neighbour is picked from at 25 s. */
function withBroken(reading: (was: number) => number): Sensed {
  const scene = new Scene({ seconds: 60, plates: 6, seed: 21 });
  scene.take(2, 25_000, -300);
  scene.spoil(4, { fromMs: 5000, toMs: 40_000 }, reading);
  return sensed(scene.layout, scene.batches(), { isCut: true });
}

test('a broken plate is reported once, and its end too', () => {
  for (const { condition, afterS, reading } of BROKEN) {
    const { reports } = withBroken(reading);
    expect(said(reports)).toEqual([`1/1/5 ${condition}`, '1/1/5 working']);
    const atS = reports.map((report) => (report.atMs - SCENE_STARTS_AT_MS) / 1000);
    expect(Math.abs(atS[0]! - 5 - afterS), condition).toBeLessThan(0.4);
    expect(Math.abs(atS[1]! - 40), condition).toBeLessThan(0.4);
  }
});

test('a broken plate does not hold its shelf: the pick beside it is told, and final', () => {
  for (const { condition, reading } of BROKEN) {
    const { stepped, sensing } = withBroken(reading);
    const picks = stepped.filter((found) => found.steps.some((step) => step.plateId === '1/1/3'));
    expect(picks.length, condition).toBe(1);
    expect(picks[0]!.steps.length, condition).toBe(1);
    expect(picks[0]!.changes.map((change) => change.plateId)).not.toContain('1/1/5');
    expect((picks[0]!.endedAtMs - SCENE_STARTS_AT_MS) / 1000).toBeLessThan(30);
    expect(openContacts(sensing)).toEqual([]);
  }
});

test('a broken plate steps neither when it breaks nor when it comes back', () => {
  for (const { condition, reading } of BROKEN) {
    const { stepped } = withBroken(reading);
    const own = stepped.flatMap((found) => found.steps).filter((step) => step.plateId === '1/1/5');
    expect(own, condition).toEqual([]);
  }
});

test('a plate that breaks while its shelf is in contact lets the contact end', () => {
  const scene = new Scene({ seconds: 30, plates: 6, seed: 22 });
  scene.take(2, 5000, -300);
  scene.spoil(4, { fromMs: 5200 }, () => Number.NaN);
  const { stepped, sensing } = sensed(scene.layout, scene.batches(), { isCut: true });
  expect(stepped.map((found) => found.steps.length)).toEqual([1]);
  expect(openContacts(sensing)).toEqual([]);
});

test('a plate that is heard of only after its shelf was touched starts where it is', () => {
  const scene = new Scene({ seconds: 20, plates: 6, seed: 23 });
  scene.spoil(4, { fromMs: 0, toMs: 2900 }, () => Number.NaN);
  scene.bump(500, 60);
  const { stepped } = sensed(scene.layout, scene.batches());
  expect(stepped).toEqual([]);
});

test('a fixture that sends nothing is silent, plate by plate, once', () => {
  const scene = new Scene({ seconds: 10, plates: 3, seed: 24 });
  const { sensing } = sensed(scene.layout, scene.batches());
  const reports: PlateReport[] = [];
  const sink = { plateReport: (report: PlateReport) => reports.push(report) };
  const soonMs = epochMs(SCENE_STARTS_AT_MS + 9000);
  reportSilentFixtures(sensing, soonMs, sink);
  expect(reports).toEqual([]);
  const laterMs = epochMs(SCENE_STARTS_AT_MS + 20_000);
  reportSilentFixtures(sensing, laterMs, sink);
  reportSilentFixtures(sensing, laterMs, sink);
  expect(said(reports)).toEqual(['1/1/1 silent', '1/1/2 silent', '1/1/3 silent']);
  expect(scene.fixture.plates.map((plate) => plateCondition(sensing, plate))).toEqual([
    'silent',
    'silent',
    'silent',
  ]);
});
