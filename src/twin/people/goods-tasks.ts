/** What hands do with goods at shelves: take, put back, put elsewhere, fill up, and leave an own thing for a while. */
import { takeUnit, takeUnits, forcesOf, newUnit, ownThing, planLying, putDown } from '../stock/index.ts';
import type { LyingUnit, Unit } from '../stock/index.ts';
import type { DeedKind } from '../words/index.ts';
import { drawMs, HUMAN_TIMES } from './human-times.ts';
import type { Person, Reach } from './person.ts';
import { handForce, startReach, wristAt } from './reaching.ts';
import { deedOf, plateAt, undertake } from './scene.ts';
import type { Scene } from './scene.ts';
import type { TaskOf } from './task.ts';

/** Several units in one grasp, else one after the other in the same reach. */
const ONE_GRASP_SHARE = 0.5;
/** A hand needs this long for each further unit. */
const FURTHER_UNIT_MS = 700;

interface Moved {
  readonly units: readonly LyingUnit[];
  /** −1 where they leave the shelf, 1 where they come to it. */
  readonly sign: 1 | -1;
  readonly kind: DeedKind;
  readonly atTrueMs: number;
  readonly reach: Reach;
}

function tellTransfer(scene: Scene, person: Person, { units, atTrueMs, reach, kind, sign }: Moved): void {
  const shares = forcesOf(units, sign);
  scene.disturbances.push({ kind: 'transfer', atTrueMs, shares, hand: handForce(person, reach, atTrueMs) });
  const isOwn = kind === 'own-item-placed' || kind === 'own-item-taken';
  const deed = deedOf(person, {
    kind,
    atTrueMs,
    productId: isOwn ? null : units[0]!.productId,
    unitNumbers: units.map((unit) => unit.unitNumber),
    plateIds: shares.map((share) => plateAt(scene, share.plateIndex).plateId),
    deltaGrams: shares.reduce((sum, share) => sum + share.grams, 0),
  });
  if (sign < 0) undertake(person, { deed, gains: units, losses: [] });
  else undertake(person, { deed, gains: [], losses: units, apply: () => putDown(scene.stock, units) });
}

/** Moments within the hand's stay, one for each grasp, in order. */
function graspMoments(person: Person, reach: Reach, grasps: number): number[] {
  const stayMs = reach.letsGoTrueMs - reach.touchesTrueMs;
  const firstShare = 0.35 + 0.4 * person.random.uniform();
  const first = reach.touchesTrueMs + stayMs * (grasps > 1 ? 0.2 : firstShare);
  const gap = grasps > 1 ? (stayMs * 0.7) / (grasps - 1) : 0;
  return Array.from({ length: grasps }, (_, index) => first + index * gap);
}

/** All in one grasp, or one by one. */
function graspsOf<Piece>(person: Person, pieces: readonly Piece[]): Piece[][] {
  if (pieces.length <= 1 || person.random.uniform() < ONE_GRASP_SHARE) return [[...pieces]];
  return pieces.map((piece) => [piece]);
}

function handMsFor(person: Person, grasps: number, wantedMs?: number): number {
  const least = 350 + (grasps - 1) * FURTHER_UNIT_MS;
  return Math.max(least, wantedMs ?? drawMs(person.random, HUMAN_TIMES.handInShelf));
}

export function beginTake(scene: Scene, person: Person, task: TaskOf<'take'>): boolean {
  const units = takeUnits(scene.stock, task);
  const first = units[0];
  if (!first) return false;
  const grasps = graspsOf(person, units);
  const reach = startReach(person, {
    wristInStore: wristAt(person, plateAt(scene, first.shares[0]!.plateIndex)),
    startsTrueMs: scene.nowTrueMs,
    handMs: handMsFor(person, grasps.length * (task.isReturnedAtOnce ? 2 : 1), task.handInShelfMs),
    isHandHidden: task.isHandHidden ?? false,
    notBeforeTrueMs: task.notBeforeTrueMs,
  });
  const moments = graspMoments(person, reach, task.isReturnedAtOnce ? 2 : grasps.length);
  if (task.isReturnedAtOnce) {
    tellTransfer(scene, person, { units, kind: 'pick', atTrueMs: moments[0]!, reach, sign: -1 });
    const back = planLying(scene.stock, units, [first.shares[0]!.plateIndex]);
    tellTransfer(scene, person, { units: back, kind: 'put-back', atTrueMs: moments[1]!, reach, sign: 1 });
  } else {
    grasps.forEach((grasp, index) =>
      tellTransfer(scene, person, { units: grasp, kind: 'pick', atTrueMs: moments[index]!, reach, sign: -1 }),
    );
  }
  return true;
}

function isHome(scene: Scene, task: TaskOf<'put'>): boolean {
  const { facingsByPlate } = scene.store.model.planogram;
  return task.plateIndexes.some((plateIndex) =>
    facingsByPlate
      .get(plateAt(scene, plateIndex).plateId)
      ?.some(({ productId }) => productId === task.productId),
  );
}

function placeUnits(
  scene: Scene,
  person: Person,
  placing: {
    readonly units: readonly Unit[];
    readonly plateIndexes: readonly number[];
    readonly kind: DeedKind;
    readonly notBeforeTrueMs: number | undefined;
  },
): void {
  const grasps = graspsOf(person, placing.units);
  const reach = startReach(person, {
    wristInStore: wristAt(person, plateAt(scene, placing.plateIndexes[0]!)),
    startsTrueMs: scene.nowTrueMs,
    handMs: handMsFor(person, grasps.length),
    notBeforeTrueMs: placing.notBeforeTrueMs,
  });
  const moments = graspMoments(person, reach, grasps.length);
  grasps.forEach((grasp, index) => {
    const lying = planLying(scene.stock, grasp, placing.plateIndexes);
    tellTransfer(scene, person, {
      units: lying,
      kind: placing.kind,
      atTrueMs: moments[index]!,
      reach,
      sign: 1,
    });
  });
}

export function beginPut(scene: Scene, person: Person, task: TaskOf<'put'>): boolean {
  const units = person.held.filter((unit) => unit.productId === task.productId).slice(-task.count);
  if (units.length === 0) return false;
  const kind = isHome(scene, task) ? 'put-back' : 'misplace';
  const { plateIndexes, notBeforeTrueMs } = task;
  placeUnits(scene, person, { units, plateIndexes, kind, notBeforeTrueMs });
  return true;
}

export function beginRestock(scene: Scene, person: Person, task: TaskOf<'restock'>): boolean {
  const units = Array.from({ length: task.count }, () => newUnit(scene.stock, task.productId));
  person.held.push(...units);
  const { plateIndexes, notBeforeTrueMs } = task;
  placeUnits(scene, person, { units, plateIndexes, kind: 'restock', notBeforeTrueMs });
  return true;
}

/** The thing lies there while its owner stands by, then goes back into the pocket. */
export function beginOwnThing(scene: Scene, person: Person, task: TaskOf<'own-thing'>): boolean {
  const unit = ownThing(scene.stock, task.weightGrams);
  person.held.push(unit);
  const { plateIndex, notBeforeTrueMs } = task;
  const placing = { units: [unit], plateIndexes: [plateIndex], notBeforeTrueMs };
  placeUnits(scene, person, { ...placing, kind: 'own-item-placed' });
  person.tasks.unshift(
    { kind: 'wait', durationMs: task.forMs },
    { kind: 'take-own-thing', plateIndex: task.plateIndex, unitNumber: unit.unitNumber },
  );
  return true;
}

export function beginTakeOwnThing(scene: Scene, person: Person, task: TaskOf<'take-own-thing'>): boolean {
  const unit = takeUnit(scene.stock, task.plateIndex, task.unitNumber);
  if (!unit) return false;
  const reach = startReach(person, {
    wristInStore: wristAt(person, plateAt(scene, task.plateIndex)),
    startsTrueMs: scene.nowTrueMs,
    handMs: handMsFor(person, 1),
  });
  const [atTrueMs] = graspMoments(person, reach, 1);
  tellTransfer(scene, person, {
    units: [unit],
    kind: 'own-item-taken',
    atTrueMs: atTrueMs!,
    reach,
    sign: -1,
  });
  return true;
}
