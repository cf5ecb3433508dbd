/** Contact: how long it lasts, what it tells while it lasts, and what it leaves behind. */
import { expect, test } from 'vitest';
import type { Interaction } from '../domain/index.ts';
import { openContacts } from './index.ts';
import type { PlateSensing } from './index.ts';
import { Scene, SCENE_STARTS_AT_MS, sensed } from '../../test/reference/index.ts';

/** Every array and list that sensing holds, by length: what may not grow. */
function heldNumbers(sensing: PlateSensing): number {
  let held = sensing.clocks.length + sensing.contacts.length;
  for (const group of [sensing.sums, sensing.runs, sensing.plates, sensing.plateaus])
    for (const array of Object.values(group)) held += (array as ArrayLike<number>).length;
  return held;
}

function seconds(ms: number): number {
  return (ms - SCENE_STARTS_AT_MS) / 1000;
}

test('five minutes of leaning are one open contact; nothing final before the end, and no memory grows', () => {
  const scene = new Scene({ seconds: 330, plates: 6, seed: 11 });
  scene.lean(2, { fromMs: 5000, toMs: 305_000 }, 1500);
  scene.lean(3, { fromMs: 5000, toMs: 305_000 }, 900);
  const held = new Set<number>();
  const openFrom: number[] = [];
  const found = sensed(scene.layout, scene.batches(), {
    isCut: true,
    after: (sensing, batch) => {
      held.add(heldNumbers(sensing));
      if (openContacts(sensing).length > 0) openFrom.push(seconds(batch.observedAtMs));
    },
  });
  expect(held.size).toBe(1);
  // Open from the first touch to the last, without a break of more than a batch.
  expect(openFrom[0]).toBeLessThan(5.5);
  expect(openFrom.at(-1)).toBeGreaterThan(305);
  expect(openFrom.length).toBeGreaterThan(1500);
  expect(new Set(found.told.map((each) => each.interactionId)).size).toBeLessThanOrEqual(1);
  for (const final of found.finals) expect(seconds(final.endedAtMs)).toBeGreaterThan(305);
  for (const change of found.finals.flatMap((final) => final.changes))
    expect(Math.abs(change.deltaGrams)).toBeLessThan(3 * change.sigmaGrams + 1);
});

test('something taken during a lean is told while the lean lasts, and stays', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const scene = new Scene({ seconds: 60, plates: 8, seed });
    scene.lean(1, { fromMs: 5000, toMs: 45_000 }, 1200);
    scene.take(6, 20_000, -450);
    const { told, stepped } = sensed(scene.layout, scene.batches());
    const taken = (found: Interaction): boolean =>
      found.steps.some((step) => step.plateId === '1/1/7' && Math.abs(step.deltaGrams + 450) < 15);
    const first = told.find(taken);
    expect(first?.phase, `seed ${seed}`).toBe('provisional');
    expect(seconds(first!.endedAtMs)).toBeLessThan(23);
    expect(stepped.filter(taken).length).toBe(1);
  }
});

test('taken from the very plate that somebody leans on: the net change says so', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const scene = new Scene({ seconds: 40, plates: 6, seed });
    scene.lean(2, { fromMs: 5000, toMs: 25_000 }, 600);
    scene.take(2, 15_000, -450);
    const { stepped } = sensed(scene.layout, scene.batches());
    const change = stepped.flatMap((found) => found.changes).find((each) => each.plateId === '1/1/3');
    expect(Math.abs(change!.deltaGrams + 450), `seed ${seed}`).toBeLessThan(3 * change!.sigmaGrams + 3);
  }
});

test('a bump of the whole fixture leaves no step, on any shelf', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const scene = new Scene({ seconds: 14, shelves: 3, plates: 6, seed });
    scene.bump(5000, 100);
    scene.bump(5400, 60);
    const { stepped, sensing } = sensed(scene.layout, scene.batches(), { isCut: true });
    expect(stepped, `seed ${seed}`).toEqual([]);
    expect(openContacts(sensing)).toEqual([]);
    expect(sensing.counters.emptyContacts + sensing.counters.interactions).toBeGreaterThan(2);
  }
});

test('shelves do not hold each other: one is leaned on, the other tells', () => {
  const scene = new Scene({ seconds: 40, shelves: 2, plates: 6, seed: 2 });
  scene.lean(1, { fromMs: 4000, toMs: 40_000 }, 800);
  scene.take(9, 15_000, -300);
  const { finals, sensing } = sensed(scene.layout, scene.batches(), { isCut: true });
  expect(finals.map((found) => found.shelfId)).toEqual(['1/2']);
  expect(openContacts(sensing)).toEqual(['1/1']);
});

test('a provisional interaction comes before the final one, under the same name', () => {
  const scene = new Scene({ seconds: 16, plates: 6, seed: 6 });
  scene.take(2, 5000, -300);
  const { told } = sensed(scene.layout, scene.batches());
  expect(told.map((each) => each.phase)).toEqual(['provisional', 'final']);
  expect(new Set(told.map((each) => each.interactionId)).size).toBe(1);
  expect(told[0]!.endedAtMs).toBeLessThan(told[1]!.endedAtMs);
  expect(seconds(told[0]!.endedAtMs)).toBeLessThan(6.5);
});

test('what was told and taken back ends with a final interaction without steps', () => {
  let takenBackCount = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const scene = new Scene({ seconds: 14, plates: 4, seed });
    // A hand that rests for as long as goods that were put down, and goes.
    scene.lean(1, { fromMs: 5000, toMs: 5450 + 20 * seed }, 11 + (seed % 7) * 3);
    const { told, finals } = sensed(scene.layout, scene.batches());
    const stepped = told.filter((each) => each.steps.length > 0);
    const steppedOnce = new Set(stepped.map((each) => each.interactionId));
    for (const name of new Set(told.map((each) => each.interactionId)))
      expect(finals.filter((each) => each.interactionId === name).length, `seed ${seed}`).toBe(1);
    takenBackCount += finals.filter(
      (each) => steppedOnce.has(each.interactionId) && each.steps.length === 0,
    ).length;
  }
  expect(takenBackCount).toBeGreaterThan(3);
});

test('the end of a recording ends a contact as it stands', () => {
  const scene = new Scene({ seconds: 7, plates: 6, seed: 6 });
  scene.take(2, 5000, -300);
  const cut = sensed(scene.layout, scene.batches(), { isCut: true });
  const ended = sensed(scene.layout, scene.batches());
  expect(ended.stepped.length).toBe(1);
  expect(cut.told.length).toBeLessThanOrEqual(ended.told.length);
});
