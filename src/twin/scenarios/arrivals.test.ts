import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScene, stepPeople } from '../people/index.ts';
import type { PersonTraits } from '../people/index.ts';
import { generateStore } from '../worlds/index.ts';
import { isOver, letIn } from './arrivals.ts';
import { scenarioNamed } from './ready-scenarios.ts';
import { PLAIN_HABITS } from './scenario.ts';
import type { PeoplePlan, Scenario, ShopperHabits } from './scenario.ts';
import { planScenario } from './scenario-run.ts';
import type { TwinPlan } from './scenario-run.ts';

const STORE = generateStore({ kind: 'nano', seed: 2 });

function planOf(people: PeoplePlan, more: Partial<Scenario> = {}, seed = 1): TwinPlan {
  return planScenario({ scenario: { ...scenarioNamed('plain')!, people, ...more }, seed, store: STORE });
}

describe('a stream', () => {
  const stream = { kind: 'stream', perHour: 120, partyShare: 0, associates: 0 } as const;

  test('brings people by the factors of the hours', () => {
    const factors = [1, 0, 3, 0.5];
    const byHour = Array.from({ length: 24 }, (_, hour) => factors[hour] ?? 0);
    const counts = factors.map(() => 0);
    for (let seed = 0; seed < 10; seed++)
      for (const { atTrueMs } of planOf({ ...stream, byHour }, { minutes: 240 }, seed).arrivals.planned)
        counts[Math.floor(atTrueMs / 3_600_000)]!++;
    factors.forEach((factor, hour) => {
      const expected = 1200 * factor;
      // Five standard deviations of a Poisson count.
      expect(Math.abs(counts[hour]! - expected)).toBeLessThanOrEqual(5 * Math.sqrt(expected));
    });
  });

  test('brings families whose children know whom they came with, and associates who only fill up', () => {
    const plan = planOf({ ...stream, partyShare: 1, associates: 5 }, { minutes: 60 });
    const { planned } = plan.arrivals;
    const associates = planned.filter(({ traits }) => traits.isAssociate);
    expect(associates).toHaveLength(5);
    for (const { tasks, traits } of associates) {
      expect(new Set(tasks.map(({ kind }) => kind))).toEqual(new Set(['restock']));
      expect(traits.hasEntered).toBe(false);
    }
    const shoppers = planned.filter(({ traits }) => !traits.isAssociate);
    const sizes = [...Map.groupBy(shoppers, ({ traits }) => traits.partyNumber).values()].map(
      (all) => all.length,
    );
    expect(new Set(sizes)).toEqual(new Set([2, 3]));
    const children = shoppers.filter(({ traits }) => traits.heightM < 1.5);
    expect(children.length).toBeGreaterThan(20);
    const gifts = planned.flatMap(({ tasks, traits }) =>
      tasks.flatMap((task) => (task.kind === 'hand-over' ? [{ task, traits }] : [])),
    );
    expect(gifts.length).toBeGreaterThan(10);
    for (const { task, traits } of gifts) {
      expect(task.toPersonNumber).toBe(traits.partyNumber);
      expect(planned[task.toPersonNumber]!.traits.heightM).toBeGreaterThan(1.5);
    }
  });

  test('numbers people as they come in, however long the doorway is blocked', () => {
    const plan = planOf({ ...stream, perHour: 900, partyShare: 0.5, associates: 2 }, { minutes: 4 });
    const scene = createScene(STORE, 1);
    const heights: number[] = [];
    while (!isOver(plan.arrivals, scene)) {
      letIn(plan.arrivals, scene);
      for (const { traits } of scene.people.values()) heights[traits.personNumber] = traits.heightM;
      stepPeople(scene);
    }
    expect(heights).toEqual(plan.arrivals.planned.map(({ traits }) => traits.heightM));
  });
});

test('a steady crowd keeps its count until the doors close', () => {
  const plan = planOf({ kind: 'steady', count: 4 }, { minutes: 6 });
  const scene = createScene(STORE, 1);
  const counts = new Map<number, number>();
  while (!(scene.nowTrueMs > 0 && isOver(plan.arrivals, scene))) {
    letIn(plan.arrivals, scene);
    stepPeople(scene);
    const isSettled = scene.nowTrueMs > 20_000 && scene.nowTrueMs < 360_000;
    if (isSettled) counts.set(scene.people.size, (counts.get(scene.people.size) ?? 0) + 1);
  }
  const moments = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(Math.max(...counts.keys())).toBe(4);
  expect(counts.get(4)! / moments).toBeGreaterThan(0.85);
  expect(scene.peopleCount).toBeGreaterThan(15);
  expect(scene.nowTrueMs).toBeGreaterThan(360_000);
});

test('a crowd is whole: everybody comes, once', () => {
  const plan = planOf({ kind: 'crowd', count: 9 });
  expect(plan.arrivals.planned).toHaveLength(9);
  expect(new Set(plan.arrivals.planned.map(({ traits }) => traits.partyNumber)).size).toBe(9);
});

describe('habits', () => {
  function tasksWith(habits: Partial<ShopperHabits>, seed: number): TwinPlan['arrivals']['planned'] {
    return planOf({ kind: 'crowd', count: 20 }, { habits: { ...PLAIN_HABITS, ...habits } }, seed).arrivals
      .planned;
  }

  test('are kept: how many things, and which tricks', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), fc.nat({ max: 4 }), (seed, itemsMin, more) => {
        const none = { ...PLAIN_HABITS, lookAndPutBackShare: 0, misplaceShare: 0, ownThingShare: 0 };
        for (const { tasks } of tasksWith({ ...none, itemsMin, itemsMax: itemsMin + more }, seed)) {
          const taken = tasks.filter(({ kind }) => kind === 'take');
          expect(taken.length).toBeGreaterThanOrEqual(itemsMin);
          expect(taken.length).toBeLessThanOrEqual(itemsMin + more);
          expect(tasks.some(({ kind }) => kind === 'put')).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('of the adversarial show every trick', () => {
    const all = tasksWith({ adversarialShare: 1, itemsMin: 10, itemsMax: 10 }, 1).flatMap(
      ({ tasks }) => tasks,
    );
    const kinds = new Set(all.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['take', 'put', 'lean', 'bump', 'own-thing', 'inspect-product']));
    const takes = all.filter((task) => task.kind === 'take');
    expect(takes.some(({ isReturnedAtOnce }) => isReturnedAtOnce)).toBe(true);
    expect(takes.some(({ isHandHidden }) => isHandHidden)).toBe(true);
    expect(takes.some(({ handInShelfMs }) => handInShelfMs === 9000)).toBe(true);
  });

  test('of same weight: everything taken has a neighbour within 10 g', () => {
    const store = generateStore({ kind: 'nano', seed: 2, sameWeightShare: 0.8 });
    const scenario = { ...scenarioNamed('same-weight')! };
    const { arrivals } = planScenario({ scenario, seed: 1, store });
    const shelfOf = (plateIndex: number): number => store.model.layout.plates[plateIndex]!.shelfIndex;
    const facings = store.model.planogram.facings.map(({ productId, plateIds }) => ({
      grams: store.goods.get(productId)!.meanGrams,
      productId,
      shelfIndex: store.model.layout.plateById.get(plateIds[0]!)!.shelfIndex,
    }));
    const takes = arrivals.planned.flatMap(({ tasks }) => tasks.filter((task) => task.kind === 'take'));
    expect(takes.length).toBeGreaterThan(5);
    for (const { productId, plateIndexes } of takes) {
      const grams = store.goods.get(productId)!.meanGrams;
      const twins = facings.filter(
        (other) =>
          other.productId !== productId &&
          other.shelfIndex === shelfOf(plateIndexes[0]!) &&
          Math.abs(other.grams - grams) < 10,
      );
      expect(twins.length).toBeGreaterThan(0);
    }
  });
});

describe('carts are pushed', () => {
  test.each([
    { kind: 'crowd', count: 40 },
    { kind: 'steady', count: 4 },
    { kind: 'stream', perHour: 400, partyShare: 0.5, associates: 3 },
  ] as const)('in a $kind: a share of the adults, and nobody else', (people) => {
    const plan = planOf(people, { habits: { ...PLAIN_HABITS, cartShare: 0.5 }, minutes: 8 });
    const scene = createScene(STORE, 1);
    const traits = new Map<number, PersonTraits>();
    while (!(scene.nowTrueMs > 0 && isOver(plan.arrivals, scene))) {
      letIn(plan.arrivals, scene);
      for (const person of scene.people.values()) traits.set(person.traits.personNumber, person.traits);
      stepPeople(scene);
    }
    const adults = [...traits.values()].filter(({ heightM, isAssociate }) => heightM > 1.5 && !isAssociate);
    const share = adults.filter(({ hasCart }) => hasCart).length / adults.length;
    expect(adults.length).toBeGreaterThan(20);
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.75);
    expect([...traits.values()].some((each) => each.hasCart && !adults.includes(each))).toBe(false);
  });
});
