/** What people do that moves no goods on shelves, or moves them from hand to hand. */
import { present } from '../../base/index.ts';
import type { PlateForce } from '../words/index.ts';
import { apartM } from './floor-vectors.ts';
import { drawMs, HUMAN_TIMES } from './human-times.ts';
import type { Person } from './person.ts';
import { startReach, wristAt } from './reaching.ts';
import { deedOf, plateAt, undertake } from './scene.ts';
import type { Scene } from './scene.ts';
import type { TaskOf } from './task.ts';

const TOUCH_MIN_GRAMS = 30;
const TOUCH_MAX_GRAMS = 150;
/** How an arm that rests spreads over three plates. */
const ARM_SHARES: readonly number[] = [0.5, 0.3, 0.2];
export const HAND_OVER_M = 1.2;
const HAND_OVER_HEIGHT_M = 1.05;
const HAND_OVER_MS = 600;

/** The plate and its neighbours on the shelf, nearest first. */
function armForces(scene: Scene, plateIndex: number, forceGrams: number): PlateForce[] {
  const own = plateAt(scene, plateIndex);
  const near = [plateIndex, plateIndex + 1, plateIndex - 1].filter(
    (index) => scene.store.model.layout.plates[index]?.shelfIndex === own.shelfIndex,
  );
  return near.map((index, place) => ({ plateIndex: index, grams: forceGrams * ARM_SHARES[place]! }));
}

export function beginLean(scene: Scene, person: Person, task: TaskOf<'lean'>): boolean {
  const reach = startReach(person, {
    wristInStore: wristAt(person, plateAt(scene, task.plateIndex)),
    startsTrueMs: scene.nowTrueMs,
    handMs: Math.max(700, task.durationMs),
    notBeforeTrueMs: task.notBeforeTrueMs,
  });
  scene.disturbances.push({
    kind: 'press',
    fromTrueMs: reach.touchesTrueMs,
    untilTrueMs: reach.letsGoTrueMs,
    shares: armForces(scene, task.plateIndex, task.forceGrams),
  });
  return true;
}

export function beginInspectShelf(scene: Scene, person: Person, task: TaskOf<'inspect-shelf'>): boolean {
  const durationMs = drawMs(person.random, HUMAN_TIMES.inspectShelf);
  if (task.isTouching) {
    const { random } = person;
    const forceGrams = TOUCH_MIN_GRAMS + random.uniform() * (TOUCH_MAX_GRAMS - TOUCH_MIN_GRAMS);
    const touchMs = 700 + random.uniform() * 1500;
    const reach = startReach(person, {
      wristInStore: wristAt(person, plateAt(scene, task.plateIndex)),
      startsTrueMs: scene.nowTrueMs,
      handMs: touchMs,
      notBeforeTrueMs: task.notBeforeTrueMs,
    });
    const shares = [{ plateIndex: task.plateIndex, grams: forceGrams }];
    const { touchesTrueMs: fromTrueMs, letsGoTrueMs: untilTrueMs } = reach;
    scene.disturbances.push({ kind: 'press', fromTrueMs, untilTrueMs, shares });
  }
  person.busyUntilTrueMs = Math.max(person.busyUntilTrueMs, scene.nowTrueMs + durationMs);
  return true;
}

export function beginBump(scene: Scene, person: Person, task: TaskOf<'bump'>): boolean {
  const { layout } = scene.store.model;
  const shelf = present(layout.shelves[plateAt(scene, task.plateIndex).shelfIndex], 'TWIN_SHELF_UNKNOWN');
  const { fixtureIndex } = shelf;
  const atTrueMs = scene.nowTrueMs + 200;
  scene.disturbances.push({ kind: 'bump', atTrueMs, fixtureIndex, peakGrams: task.peakGrams });
  person.busyUntilTrueMs = scene.nowTrueMs + 600;
  return true;
}

export function beginHandOver(scene: Scene, person: Person, task: TaskOf<'hand-over'>): boolean {
  const other = scene.people.get(task.toPersonNumber);
  const unit = person.held.findLast((held) => held.productId === task.productId);
  if (!other || !unit || apartM(person.here, other.here) > HAND_OVER_M) return false;
  const wristInStore = {
    x: (person.here.x + other.here.x) / 2,
    y: (person.here.y + other.here.y) / 2,
    z: HAND_OVER_HEIGHT_M * Math.min(1, person.traits.heightM / 1.5),
  };
  const { notBeforeTrueMs } = task;
  const wish = { wristInStore, startsTrueMs: scene.nowTrueMs, handMs: HAND_OVER_MS, notBeforeTrueMs };
  const reach = startReach(person, wish);
  if (other.reach === null && other.walk === null) startReach(other, wish);
  const atTrueMs = reach.touchesTrueMs + HAND_OVER_MS / 2;
  // Nobody walks out of the shop while something is on its way to them.
  other.busyUntilTrueMs = Math.max(other.busyUntilTrueMs, atTrueMs + 100);
  const deed = deedOf(person, {
    kind: 'hand-over',
    atTrueMs,
    toPersonNumber: task.toPersonNumber,
    productId: task.productId,
    unitNumbers: [unit.unitNumber],
  });
  undertake(person, { deed, gains: [], losses: [unit], apply: () => other.held.push(unit) });
  return true;
}

export function beginDrop(scene: Scene, person: Person, task: TaskOf<'drop'>): boolean {
  const unit = person.held.findLast((held) => held.productId === task.productId);
  if (!unit) return false;
  const { productId } = task;
  const atTrueMs = scene.nowTrueMs + 300;
  undertake(person, {
    deed: deedOf(person, { kind: 'drop', atTrueMs, productId, unitNumbers: [unit.unitNumber] }),
    gains: [],
    losses: [unit],
  });
  person.busyUntilTrueMs = scene.nowTrueMs + 800;
  return true;
}
