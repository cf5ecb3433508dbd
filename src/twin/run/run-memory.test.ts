/** An hour of a run needs no more memory than its first minutes: nothing that ends is kept. */
import { expect, test } from 'vitest';
import { planScenario, scenarioNamed } from '../scenarios/index.ts';
import { advance, createRun } from './run-twin.ts';
import type { Run } from './run-twin.ts';

/** Objects, array elements and entries that can be reached from `root`; shelves of stock, which only empty, apart. */
function liveThings(root: unknown, apart: readonly object[]): number {
  const seen = new Set<object>(apart);
  const waiting: object[] = [];
  let count = 0;
  const meet = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    waiting.push(value);
  };
  meet(root);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (ArrayBuffer.isView(next)) continue;
    const inner: unknown[] =
      next instanceof Map ? [...next].flat() : next instanceof Set ? [...next] : Object.values(next);
    count += 1 + inner.length;
    inner.forEach(meet);
  }
  return count;
}

function thingsOf(run: Run): Readonly<Record<string, number>> {
  const { scene, tracker, delivery, plates, devices } = run;
  const people = [...scene.people.values()];
  return {
    all: liveThings({ ...run, plan: null, store: null }, [scene.stock.lying, scene.store]),
    bodies: tracker.bodies.size,
    underWay: delivery.underWay.length,
    senders: delivery.senders.size,
    effects: plates.states.reduce((sum, { forces, kicks }) => sum + forces.length + kicks.length, 0),
    pending: people.reduce((sum, { pending }) => sum + pending.length, 0),
    told: scene.told.length + scene.disturbances.length + scene.passages.length,
    cartsInUse: devices.cartByPerson.size,
  };
}

/** The most of each kind that was alive at once. */
function mostOf(samples: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const names = Object.keys(samples[0]!);
  return Object.fromEntries(names.map((name) => [name, Math.max(...samples.map((sample) => sample[name]!))]));
}

test('an hour of two shoppers holds what its first ten minutes hold', () => {
  const scenario = {
    ...scenarioNamed('plain')!,
    minutes: 60,
    cartCount: 1,
    habits: { ...scenarioNamed('plain')!.habits, cartShare: 0.7 },
  };
  const run = createRun(planScenario({ scenario, seed: 3 }));
  const samples: Readonly<Record<string, number>>[] = [];
  let [outputs, nextTrueMs] = [0, 0];
  while (run.scene.nowTrueMs < 3_600_000) {
    outputs += [...advance(run)].length;
    if (run.scene.nowTrueMs < nextTrueMs) continue;
    nextTrueMs += 20_000;
    samples.push(thingsOf(run));
  }
  expect(outputs).toBeGreaterThan(100_000);
  expect(run.scene.peopleCount).toBeGreaterThan(100);
  const early = mostOf(samples.slice(0, 30));
  const late = mostOf(samples.slice(-30));
  expect(late.all).toBeLessThan(early.all! * 1.02);
  expect(late).toMatchObject({ told: 0, senders: early.senders });
  expect(early.cartsInUse).toBe(1);
  const limits = { bodies: 2, underWay: 40, effects: 3000, pending: 8, cartsInUse: 1 };
  for (const [name, limit] of Object.entries(limits)) expect(late[name], name).toBeLessThanOrEqual(limit);
  const units = run.scene.stock.lying.flat().map(({ unitNumber }) => unitNumber);
  expect(new Set(units).size).toBe(units.length);
  expect(units.length).toBeLessThan(run.scene.stock.unitCount);
});
