/** What each kind of task does to goods, plates and hands, for people who are alone or nearly so. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceToBoxM } from '../../domain/index.ts';
import { countLying, loadGrams } from '../stock/index.ts';
import { isPassage } from '../words/index.ts';
import type { Deed, Disturbance } from '../words/index.ts';
import { generateStore } from '../worlds/index.ts';
import { apartM } from './floor-vectors.ts';
import { createScene, enter, momentOf, stepPeople } from './index.ts';
import type { Person, Scene, Task } from './index.ts';

const STORE = generateStore({ kind: 'nano', seed: 3 });
const { layout, planogram } = STORE.model;
const WARES = planogram.facings.map((facing) => ({
  productId: facing.productId,
  plateIndexes: facing.plateIds.map((plateId) => layout.plateById.get(plateId)!.plateIndex),
}));
type Ware = (typeof WARES)[number];

const TRAITS = {
  partyNumber: 0,
  isAssociate: false,
  heightM: 1.75,
  speedMPerS: 1.2,
  hasCart: false,
  hasEntered: true,
};

interface Acted {
  readonly scene: Scene;
  readonly people: readonly Person[];
  readonly deeds: readonly Deed[];
  readonly disturbances: readonly Disturbance[];
}

/** Lets one person after the other in, one a second, until the shop is empty. */
function actOut(
  seed: number,
  lists: readonly (readonly Task[])[],
  look: (scene: Scene, people: readonly Person[]) => void = () => undefined,
): Acted {
  const scene = createScene(STORE, seed);
  const people: Person[] = [];
  const deeds: Deed[] = [];
  const disturbances: Disturbance[] = [];
  while (people.length < lists.length || scene.people.size > 0) {
    const tasks = lists[people.length];
    if (tasks && scene.nowTrueMs >= people.length * 1000)
      people.push(enter(scene, { traits: { ...TRAITS, partyNumber: people.length }, tasks }));
    stepPeople(scene);
    look(scene, people);
    disturbances.push(...scene.disturbances.splice(0));
    deeds.push(...scene.told.splice(0).filter((event) => !isPassage(event)));
    expect(scene.nowTrueMs).toBeLessThan(300_000);
  }
  return { scene, people, deeds, disturbances };
}

function take(ware: Ware, count = 1): Extract<Task, { kind: 'take' }> {
  return { kind: 'take', ...ware, count };
}

function lying(scene: Scene, ware: Ware): number {
  return countLying(scene.stock, ware);
}

function transfersOf({ disturbances }: Acted): Extract<Disturbance, { kind: 'transfer' }>[] {
  return disturbances.filter((each) => each.kind === 'transfer');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const kindsOf = (acted: Acted): string[] => acted.deeds.map(({ kind }) => kind);
const anyWare = fc.constantFrom(...WARES);

describe('taking', () => {
  test('takes one to four units out of the shelf into the hand, and the plates lose what they weigh', () => {
    fc.assert(
      fc.property(fc.nat(), anyWare, fc.integer({ min: 1, max: 4 }), (seed, ware, count) => {
        const before = lying(createScene(STORE, seed), ware);
        const acted = actOut(seed, [[take(ware, count)]]);
        const { scene, people, deeds } = acted;
        const { held } = people[0]!;
        const wanted = Math.min(count, before);
        expect(held.map(({ productId }) => productId)).toEqual(Array(wanted).fill(ware.productId));
        expect(lying(scene, ware)).toBe(before - wanted);
        expect(new Set(kindsOf(acted))).toEqual(new Set(['pick']));
        expect(deeds.flatMap(({ unitNumbers }) => unitNumbers)).toEqual(
          held.map(({ unitNumber }) => unitNumber),
        );
        const lostGrams = sum(deeds.map(({ deltaGrams }) => deltaGrams));
        expect(-lostGrams).toBeCloseTo(sum(held.map(({ weightGrams }) => weightGrams)), 6);
        const toldGrams = sum(transfersOf(acted).flatMap(({ shares }) => shares.map(({ grams }) => grams)));
        expect(toldGrams).toBeCloseTo(lostGrams, 6);
      }),
      { numRuns: 60 },
    );
  });

  test('takes what is there where more is wanted, and counts what nobody finds', () => {
    const ware = WARES[0]!;
    const there = lying(createScene(STORE, 1), ware);
    const { people, scene } = actOut(1, [[take(ware, there + 5), take(ware)]]);
    expect(people[0]!.held).toHaveLength(there);
    expect(scene.counts).toEqual({ tasksGivenUp: 0, goodsMissing: 1 });
  });

  test('of two who reach for the last unit only one gets it', () => {
    const ware = WARES[0]!;
    const there = lying(createScene(STORE, 1), ware);
    const both = actOut(1, [[take(ware, there - 1)], [take(ware)], [take(ware)]]);
    expect(both.people.map(({ held }) => held.length)).toEqual([there - 1, 1, 0]);
    expect(both.scene.counts.goodsMissing).toBe(1);
  });
});

describe('a reach', () => {
  test('takes and returns within one reach', () => {
    fc.assert(
      fc.property(fc.nat(), anyWare, (seed, ware) => {
        const before = loadGrams(createScene(STORE, seed).stock);
        const acted = actOut(seed, [[{ ...take(ware), isReturnedAtOnce: true }]]);
        const [pick, back] = acted.deeds;
        expect(kindsOf(acted)).toEqual(['pick', 'put-back']);
        expect(back!.unitNumbers).toEqual(pick!.unitNumbers);
        const [one, other] = transfersOf(acted).map(({ hand }) => hand!);
        expect(one!.touchesTrueMs < pick!.atTrueMs && pick!.atTrueMs < back!.atTrueMs).toBe(true);
        expect(pick!.atTrueMs < one!.leavesTrueMs && back!.atTrueMs < other!.leavesTrueMs).toBe(true);
        // One reach: the hand is at the goods again within the time that it stays in the shelf.
        expect(other!.leavesTrueMs - one!.touchesTrueMs).toBeLessThan(20_000);
        expect(acted.people[0]!.held).toEqual([]);
        expect(sum([...loadGrams(acted.scene.stock)])).toBeCloseTo(sum([...before]), 6);
      }),
      { numRuns: 40 },
    );
  });

  test('waits for its time, and the hand is not there before it', () => {
    fc.assert(
      fc.property(fc.nat(), anyWare, (seed, ware) => {
        const task = { ...take(ware), notBeforeTrueMs: 40_000, handInShelfMs: 1500 };
        const [transfer] = transfersOf(actOut(seed, [[task]]));
        expect(transfer!.hand!.touchesTrueMs).toBeGreaterThanOrEqual(40_000);
        expect(transfer!.hand!.touchesTrueMs).toBeLessThan(43_500);
      }),
      { numRuns: 30 },
    );
  });

  test('hands reach the plate from where their people stand, hidden only where they should be', () => {
    fc.assert(
      fc.property(fc.nat(), anyWare, fc.boolean(), (seed, ware, isHandHidden) => {
        let seenInShelf = 0;
        actOut(seed, [[{ ...take(ware), isHandHidden }]], (scene, [person]) => {
          const { reach } = person!;
          if (!reach || scene.nowTrueMs < reach.touchesTrueMs || scene.nowTrueMs > reach.letsGoTrueMs) return;
          seenInShelf++;
          const tick = { fromTrueMs: scene.nowTrueMs - scene.tickMs, untilTrueMs: scene.nowTrueMs };
          const { skeleton, hiddenParts } = momentOf(person!, scene.nowTrueMs, tick);
          const wrist = skeleton[`${reach.hand}Wrist`];
          const distances = ware.plateIndexes.map((index) =>
            distanceToBoxM(layout.plates[index]!.reach, wrist),
          );
          expect(Math.min(...distances)).toBeLessThan(0.3);
          expect(apartM(wrist, person!.here)).toBeLessThan(1.1);
          expect(hiddenParts).toEqual(isHandHidden ? [`${reach.hand}Elbow`, `${reach.hand}Wrist`] : []);
        });
        expect(seenInShelf).toBeGreaterThan(3);
      }),
      { numRuns: 60 },
    );
  });
});

describe('putting', () => {
  const [ware, other] = WARES as [Ware, Ware];
  const away = other.plateIndexes.slice(0, 1);

  test('puts back where it belongs', () => {
    const acted = actOut(2, [[take(ware, 3), { kind: 'put', ...ware, count: 2 }]]);
    const back = acted.deeds.filter(({ kind }) => kind === 'put-back');
    expect(new Set(kindsOf(acted))).toEqual(new Set(['pick', 'put-back']));
    expect(back.flatMap(({ unitNumbers }) => unitNumbers)).toHaveLength(2);
    expect(acted.people[0]!.held).toHaveLength(1);
    expect(lying(acted.scene, ware)).toBe(lying(createScene(STORE, 2), ware) - 1);
  });

  test('puts elsewhere, which is called so, and where somebody else can take it', () => {
    const acted = actOut(2, [
      [take(ware), { kind: 'put', ...ware, plateIndexes: away, count: 1 }],
      [{ ...take({ ...ware, plateIndexes: away }), notBeforeTrueMs: 60_000 }],
    ]);
    expect(kindsOf(acted)).toEqual(['pick', 'misplace', 'pick']);
    expect(acted.deeds[1]!.plateIds).toEqual([layout.plates[away[0]!]!.plateId]);
    expect(acted.deeds[2]!.unitNumbers).toEqual(acted.deeds[0]!.unitNumbers);
    expect(acted.people.map(({ held }) => held.length)).toEqual([0, 1]);
  });

  test('does nothing without anything to put', () => {
    const acted = actOut(2, [[{ kind: 'put', ...ware, count: 1 }]]);
    expect(acted.deeds).toEqual([]);
    expect(acted.scene.counts.goodsMissing).toBe(1);
  });

  test('fills up with units that were never there', () => {
    const atFirst = createScene(STORE, 2).stock.unitCount;
    const acted = actOut(2, [[{ kind: 'restock', ...ware, count: 3 }]]);
    expect(new Set(kindsOf(acted))).toEqual(new Set(['restock']));
    const units = acted.deeds.flatMap(({ unitNumbers }) => unitNumbers);
    expect(units).toEqual([atFirst, atFirst + 1, atFirst + 2]);
    expect(sum(acted.deeds.map(({ deltaGrams }) => deltaGrams))).toBeGreaterThan(0);
    expect(lying(acted.scene, ware)).toBe(lying(createScene(STORE, 2), ware) + 3);
  });

  test('lays an own thing down and takes it up again', () => {
    const thing = { plateIndex: away[0]!, weightGrams: 250, forMs: 3000 };
    const acted = actOut(2, [[{ kind: 'own-thing', ...thing }]]);
    const [placed, taken] = acted.deeds;
    expect(kindsOf(acted)).toEqual(['own-item-placed', 'own-item-taken']);
    expect([placed!.deltaGrams, taken!.deltaGrams]).toEqual([250, -250]);
    expect([placed!.productId, taken!.productId]).toEqual([null, null]);
    expect(taken!.unitNumbers).toEqual(placed!.unitNumbers);
    expect(taken!.atTrueMs - placed!.atTrueMs).toBeGreaterThan(3000);
  });
});

describe('giving', () => {
  const ware = WARES[5]!;
  const give: Task = { kind: 'hand-over', productId: ware.productId, toPersonNumber: 1 };
  const far = { kind: 'walk', to: STORE.floor.nearestFree(STORE.floor.max) } as const;

  function heldAfter(tasksOfOther: readonly Task[]): { acted: Acted; counts: number[] } {
    const acted = actOut(4, [[take(ware), give], tasksOfOther]);
    return { acted, counts: acted.people.map(({ held }) => held.length) };
  }

  test('gives to somebody who stands, as far as arms reach', () => {
    let apartAtGiftM = Infinity;
    const acted = actOut(4, [[take(ware), give], [{ kind: 'wait', durationMs: 40_000 }]], (_, people) => {
      const [giver, taker] = people;
      if (giver!.pending.some(({ deed }) => deed.kind === 'hand-over'))
        apartAtGiftM = apartM(giver!.here, taker!.here);
    });
    expect(kindsOf(acted)).toEqual(['pick', 'hand-over']);
    expect(acted.deeds[1]).toMatchObject({ personNumber: 0, toPersonNumber: 1, plateIds: [], deltaGrams: 0 });
    expect(acted.people.map(({ held }) => held.length)).toEqual([0, 1]);
    expect(apartAtGiftM).toBeLessThanOrEqual(1.2);
  });

  test('goes after somebody who walks on, until they stop', () => {
    const back = { kind: 'walk', to: STORE.entrance } as const;
    const { acted, counts } = heldAfter([far, back, far, { kind: 'wait', durationMs: 20_000 }]);
    expect(kindsOf(acted)).toEqual(['pick', 'hand-over']);
    expect(counts).toEqual([0, 1]);
  });

  test('keeps what it cannot give, because the other has left', () => {
    const { acted, counts } = heldAfter([]);
    expect(kindsOf(acted)).toEqual(['pick']);
    expect(counts).toEqual([1, 0]);
    expect(acted.scene.counts.goodsMissing).toBe(1);
  });

  test('drops: nobody holds it, and no plate feels it', () => {
    const acted = actOut(4, [[take(ware), { kind: 'drop', productId: ware.productId }]]);
    expect(kindsOf(acted)).toEqual(['pick', 'drop']);
    expect(acted.people[0]!.held).toEqual([]);
    expect(acted.disturbances).toHaveLength(1);
  });
});

describe('touching', () => {
  const plateIndex = WARES[0]!.plateIndexes[0]!;
  const { shelfIndex } = layout.plates[plateIndex]!;

  test('leans on up to three plates of one shelf, nearest most', () => {
    const lean = { kind: 'lean', plateIndex, forceGrams: 1000, durationMs: 2500 } as const;
    const [press, ...rest] = actOut(3, [[lean]]).disturbances;
    expect(rest).toEqual([]);
    if (press?.kind !== 'press') throw new Error('no press');
    expect(press.untilTrueMs - press.fromTrueMs).toBeCloseTo(2500, 6);
    expect(press.shares.every((share) => layout.plates[share.plateIndex]!.shelfIndex === shelfIndex)).toBe(
      true,
    );
    expect(press.shares[0]).toEqual({ plateIndex, grams: 500 });
    expect(sum(press.shares.map(({ grams }) => grams))).toBeLessThanOrEqual(1000);
  });

  test('bumps into the whole fixture, not before its time', () => {
    const bump = { kind: 'bump', plateIndex, peakGrams: 60, notBeforeTrueMs: 20_000 } as const;
    const { fixtureIndex } = layout.shelves[shelfIndex]!;
    const atTrueMs = expect.closeTo(20_200, -2);
    expect(actOut(3, [[bump]]).disturbances).toEqual([
      { kind: 'bump', atTrueMs, fixtureIndex, peakGrams: 60 },
    ]);
  });

  test('looks at shelves, now and then with a finger on them', () => {
    const look = { kind: 'inspect-shelf', plateIndex, isTouching: true } as const;
    const acted = actOut(3, [[look, { ...look, isTouching: false }, { kind: 'inspect-product' }]]);
    const [press, ...rest] = acted.disturbances;
    expect(rest).toEqual([]);
    if (press?.kind !== 'press') throw new Error('no press');
    expect(press.shares).toEqual([{ plateIndex, grams: expect.any(Number) as number }]);
    expect(press.shares[0]!.grams).toBeGreaterThan(30);
    expect(press.shares[0]!.grams).toBeLessThan(150);
    expect(acted.deeds).toEqual([]);
  });
});
