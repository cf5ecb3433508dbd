/** What one shopper is going to do: a list of wishes in the order of a walk through the shop, each with its habits. */
import type { Random } from '../../base/index.ts';
import type { FloorPoint, TwinStore } from '../words/index.ts';
import type { Task } from '../people/index.ts';
import type { ShopperHabits } from './scenario.ts';
import { drawWare } from './shelfware.ts';
import type { Shelfware, Ware } from './shelfware.ts';

/** Four of five take one. */
const COUNT_SHARES: readonly number[] = [0.8, 0.14, 0.04, 0.02];
const FINGER_SHARE = 1 / 3;
/** A hand that stays long in the shelf to be hard to read. */
const LONG_HOLD_MS = 9000;

export interface Planning {
  readonly store: TwinStore;
  readonly shelfware: Shelfware;
  readonly habits: ShopperHabits;
  readonly random: Random;
}

function drawCount(random: Random): number {
  let rest = random.uniform();
  for (let index = 0; index < COUNT_SHARES.length; index++) {
    rest -= COUNT_SHARES[index]!;
    if (rest < 0) return index + 1;
  }
  return 1;
}

function placeOf(store: TwinStore, ware: Ware): FloorPoint {
  const { translation } = store.model.layout.plates[ware.plateIndexes[0]!]!.reach.storeFromBox;
  return { x: translation.x, y: translation.y };
}

function squareBetween(a: FloorPoint, b: FloorPoint): number {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/** The wares in the order of a walk that always goes to the nearest next. */
function inWalkingOrder(store: TwinStore, wares: readonly Ware[]): Ware[] {
  const left = [...wares];
  const ordered: Ware[] = [];
  let here = store.entrance;
  while (left.length > 0) {
    let nearest = 0;
    let nearestSquare = Infinity;
    left.forEach((ware, index) => {
      const place = placeOf(store, ware);
      const square = squareBetween(place, here);
      if (square < nearestSquare) [nearest, nearestSquare] = [index, square];
    });
    const next = left.splice(nearest, 1)[0]!;
    ordered.push(next);
    here = placeOf(store, next);
  }
  return ordered;
}

function take(ware: Ware, count: number): Extract<Task, { kind: 'take' }> {
  return { kind: 'take', productId: ware.productId, count, plateIndexes: ware.plateIndexes };
}

function put(ware: Ware, count: number, plateIndexes: readonly number[]): Task {
  return { kind: 'put', productId: ware.productId, count, plateIndexes };
}

/** Plates of another facing of the same shelf, or of any shelf where it is alone there. */
function otherPlates({ shelfware, random }: Planning, ware: Ware): readonly number[] {
  const same = shelfware.byShelf.get(ware.shelfIndex)!.filter((other) => other !== ware);
  const others = same.length > 0 ? same : shelfware.wares.filter((other) => other !== ware);
  const other = others[random.below(others.length)] ?? ware;
  return [other.plateIndexes[random.below(other.plateIndexes.length)]!];
}

/** Ways to make it hard on purpose. */
const TRICKS: readonly ((planning: Planning, ware: Ware) => Task[])[] = [
  (_, ware) => [{ ...take(ware, 1), isReturnedAtOnce: true, handInShelfMs: 1400 }],
  (_, ware) => [take(ware, 1), { kind: 'inspect-product' }, put(ware, 1, ware.plateIndexes)],
  (planning, ware) => [take(ware, 1), put(ware, 1, otherPlates(planning, ware))],
  (planning, ware) => {
    const shelf = planning.shelfware.byShelf.get(ware.shelfIndex)!;
    const similar = shelf
      .filter((other) => other !== ware)
      .toSorted(
        (a, b) => Math.abs(a.weightGrams - ware.weightGrams) - Math.abs(b.weightGrams - ware.weightGrams),
      );
    const swap = similar[0] ?? ware;
    return [take(ware, 1), put(ware, 1, ware.plateIndexes), take(swap, 1)];
  },
  ({ random }, ware) => [
    {
      kind: 'lean',
      plateIndex: ware.plateIndexes[0]!,
      forceGrams: 300 + random.uniform() * 2500,
      durationMs: 2000,
    },
    take(ware, 1),
  ],
  (_, ware) => [{ kind: 'bump', plateIndex: ware.plateIndexes[0]!, peakGrams: 90 }, take(ware, 1)],
  (_, ware) => [{ ...take(ware, 1), isHandHidden: true }],
  (_, ware) => [{ ...take(ware, 1), handInShelfMs: LONG_HOLD_MS }],
  (_, ware) => [take(ware, 3), put(ware, 2, ware.plateIndexes)],
  ({ random }, ware) => [
    {
      kind: 'own-thing',
      plateIndex: ware.plateIndexes[0]!,
      weightGrams: 120 + random.uniform() * 400,
      forMs: 4000,
    },
    take(ware, 1),
  ],
];

function plainTasks(planning: Planning, ware: Ware): Task[] {
  const { habits, random } = planning;
  const [plateIndex] = ware.plateIndexes as [number, ...number[]];
  const happens = (share: number): boolean => random.uniform() < share;
  const tasks: Task[] = [];
  if (happens(habits.browseShare))
    tasks.push({ kind: 'inspect-shelf', plateIndex, isTouching: happens(FINGER_SHARE) });
  if (happens(habits.leanShare)) {
    const forceGrams = 200 + random.uniform() * 1500;
    tasks.push({ kind: 'lean', plateIndex, forceGrams, durationMs: 1000 + random.uniform() * 3000 });
  }
  if (happens(habits.bumpShare))
    tasks.push({ kind: 'bump', plateIndex, peakGrams: 30 + random.uniform() * 70 });
  if (happens(habits.ownThingShare)) {
    const weightGrams = 100 + random.uniform() * 500;
    tasks.push({ kind: 'own-thing', plateIndex, weightGrams, forMs: 3000 });
  }
  const count = drawCount(random);
  tasks.push({ ...take(ware, count), isHandHidden: happens(habits.hiddenHandShare) });
  if (happens(habits.lookAndPutBackShare))
    tasks.push({ kind: 'inspect-product' }, put(ware, 1, ware.plateIndexes));
  else if (happens(habits.misplaceShare))
    tasks.push({ kind: 'inspect-product' }, put(ware, 1, otherPlates(planning, ware)));
  return tasks;
}

/** Everything one shopper does, without leaving. */
export function planShopper(planning: Planning): Task[] {
  const { habits, random, shelfware, store } = planning;
  const twins = shelfware.wares.filter((ware) => ware.hasTwin);
  const choice = habits.isSameWeightOnly && twins.length > 0 ? twins : shelfware.wares;
  const wanted = habits.itemsMin + random.below(habits.itemsMax - habits.itemsMin + 1);
  const wares = new Set<Ware>();
  for (let tries = 0; wares.size < wanted && tries < wanted * 20; tries++)
    wares.add(drawWare(choice, random));
  return inWalkingOrder(store, [...wares]).flatMap((ware) => {
    if (random.uniform() >= habits.adversarialShare) return plainTasks(planning, ware);
    return TRICKS[random.below(TRICKS.length)]!(planning, ware);
  });
}
