/** One tick of everybody: deeds whose moment has come, steps, and what comes next on each one's list. */
import { standPlace } from '../worlds/index.ts';
import type { FloorPoint } from '../words/index.ts';
import { along, apartM, minus, unitOf } from './floor-vectors.ts';
import { beginOwnThing, beginPut, beginRestock, beginTake, beginTakeOwnThing } from './goods-tasks.ts';
import { drawMs, HUMAN_TIMES } from './human-times.ts';
import { beginBump, beginDrop, beginHandOver, beginInspectShelf, beginLean } from './other-tasks.ts';
import { isIdle } from './person.ts';
import type { Person } from './person.ts';
import { completeDeeds, plateAt, tellPassage } from './scene.ts';
import type { Scene } from './scene.ts';
import type { Task } from './task.ts';
import { startWalk, walkOn } from './walking.ts';

/** A hand needs about this long to its place, so it starts this much before it may be there. */
const REACH_AHEAD_MS = 1100;
const WITHOUT_REACH: ReadonlySet<Task['kind']> = new Set([
  'walk',
  'wait',
  'drop',
  'inspect-product',
  'bump',
  'leave',
]);
/** Who stands this near to the place need not walk. */
const THERE_M = 0.15;
/** Further along the shelf where somebody stands before the middle. */
const SIDEWAYS_M: readonly number[] = [0, 0.35, -0.35, 0.6, -0.6];
const ELBOW_ROOM_M = 0.45;
/** Only these can be in anybody's way. */
const NEIGHBOURS_M = 1.6;
const MEETING_M = 0.6;
const MEETING_TRIES_MAX = 6;
/** Nobody waits longer than this at the exit for the rest of the party. */
const PARTY_WAIT_MS = 90_000;

const LEAVE: Task = { kind: 'leave' };

/** Everybody's next tick. Order of entry decides who moves first. */
export function stepPeople(scene: Scene): void {
  scene.nowTrueMs += scene.tickMs;
  const people = [...scene.people.values()];
  for (const person of people) {
    person.before = person.here;
    completeDeeds(scene, person);
    if (person.reach && scene.nowTrueMs >= person.reach.endsTrueMs) person.reach = null;
  }
  for (const person of people) act(scene, person, people);
}

function act(scene: Scene, person: Person, people: readonly Person[]): void {
  if (person.walk) {
    followWalk(scene, person, people);
    return;
  }
  if (!isIdle(person, scene.nowTrueMs)) return;
  const task = person.tasks[0] ?? LEAVE;
  if (task.kind === 'leave' && isPartyBusy(scene, person)) return;
  const place = person.arrivedFor === task ? null : placeOf(scene, person, task);
  if (place && apartM(place, person.here) > THERE_M) {
    person.walk = startWalk(person, place, { floor: scene.store.floor, nowTrueMs: scene.nowTrueMs });
    person.walksFor = task;
    return;
  }
  if (isTooEarly(scene, task)) return;
  if (person.tasks.length > 0) person.tasks.shift();
  begin(scene, person, task);
}

function followWalk(scene: Scene, person: Person, people: readonly Person[]): void {
  const others = people.filter((other) => other !== person && isNear(person.here, other.here));
  const ground = { floor: scene.store.floor, others, nowTrueMs: scene.nowTrueMs, tickMs: scene.tickMs };
  const outcome = walkOn(person, person.walk!, ground);
  if (outcome === 'walking') return;
  person.walk = null;
  if (outcome === 'arrived' || person.walksFor?.kind === 'leave') person.arrivedFor = person.walksFor;
  else {
    scene.counts.tasksGivenUp++;
    person.tasks.shift();
  }
  person.walksFor = null;
}

function isNear(a: FloorPoint, b: FloorPoint): boolean {
  return Math.abs(a.x - b.x) < NEIGHBOURS_M && Math.abs(a.y - b.y) < NEIGHBOURS_M;
}

function isTooEarly(scene: Scene, task: Task): boolean {
  const notBeforeTrueMs = task.notBeforeTrueMs ?? -Infinity;
  return scene.nowTrueMs < notBeforeTrueMs - (WITHOUT_REACH.has(task.kind) ? 0 : REACH_AHEAD_MS);
}

function isPartyBusy(scene: Scene, person: Person): boolean {
  person.waitsSinceTrueMs ??= scene.nowTrueMs;
  if (scene.nowTrueMs - person.waitsSinceTrueMs > PARTY_WAIT_MS) return false;
  for (const other of scene.people.values()) {
    const isOfParty = other !== person && other.traits.partyNumber === person.traits.partyNumber;
    if (isOfParty && other.tasks[0] && other.tasks[0].kind !== 'leave') return true;
  }
  return false;
}

/** Where the task is done; null where that does not matter. */
function placeOf(scene: Scene, person: Person, task: Task): FloorPoint | null {
  switch (task.kind) {
    case 'walk':
      return task.to;
    case 'leave':
      return scene.store.exit;
    case 'take':
    case 'put':
    case 'restock':
      return beforePlate(scene, person, task.plateIndexes[0]!);
    case 'inspect-shelf':
    case 'lean':
    case 'bump':
    case 'own-thing':
    case 'take-own-thing':
      return beforePlate(scene, person, task.plateIndex);
    case 'hand-over':
      return besidePerson(scene, person, task.toPersonNumber);
    case 'wait':
    case 'drop':
    case 'inspect-product':
      return null;
  }
}

/** Before the plate, or a little further along where somebody stands. */
function beforePlate(scene: Scene, person: Person, plateIndex: number): FloorPoint {
  const plate = plateAt(scene, plateIndex);
  const { floor } = scene.store;
  const middle = standPlace(floor, plate);
  const { rotation } = plate.reach.storeFromBox;
  const alongShelf = { x: rotation[0]!, y: rotation[3]! };
  const others = [...scene.people.values()].filter((other) => other !== person);
  const choices = SIDEWAYS_M.map((sideways) => along(middle, alongShelf, sideways));
  const free = choices.find(
    (choice) =>
      floor.isFree(choice) &&
      others.every((other) => apartM(other.walk?.to ?? other.here, choice) > ELBOW_ROOM_M),
  );
  return free ?? middle;
}

function besidePerson(scene: Scene, person: Person, otherNumber: number): FloorPoint | null {
  const other = scene.people.get(otherNumber);
  if (!other) return null;
  const direction = unitOf(minus(person.here, other.here), { x: 1, y: 0 });
  return scene.store.floor.nearestFree(along(other.here, direction, MEETING_M));
}

function begin(scene: Scene, person: Person, task: Task): void {
  person.arrivedFor = null;
  const isBegun = beginKind(scene, person, task);
  const isMissed = !isBegun && task.kind === 'hand-over' && scene.people.has(task.toPersonNumber);
  if (isMissed && person.meetingTries++ < MEETING_TRIES_MAX) {
    person.tasks.unshift({ ...task });
    return;
  }
  person.meetingTries = 0;
  if (!isBegun) scene.counts.goodsMissing++;
}

/** False where it could not be done. */
function beginKind(scene: Scene, person: Person, task: Task): boolean {
  switch (task.kind) {
    case 'take':
      return beginTake(scene, person, task);
    case 'put':
      return beginPut(scene, person, task);
    case 'restock':
      return beginRestock(scene, person, task);
    case 'own-thing':
      return beginOwnThing(scene, person, task);
    case 'take-own-thing':
      return beginTakeOwnThing(scene, person, task);
    case 'hand-over':
      return beginHandOver(scene, person, task);
    case 'drop':
      return beginDrop(scene, person, task);
    case 'inspect-shelf':
      return beginInspectShelf(scene, person, task);
    case 'lean':
      return beginLean(scene, person, task);
    case 'bump':
      return beginBump(scene, person, task);
    case 'inspect-product':
      person.busyUntilTrueMs = scene.nowTrueMs + drawMs(person.random, HUMAN_TIMES.inspectProduct);
      return true;
    case 'wait':
      person.busyUntilTrueMs = scene.nowTrueMs + task.durationMs;
      return true;
    case 'walk':
      return true;
    case 'leave':
      leave(scene, person);
      return true;
  }
}

function leave(scene: Scene, person: Person): void {
  person.leftAtTrueMs = scene.nowTrueMs;
  tellPassage(scene, person, 'left');
  scene.people.delete(person.traits.personNumber);
}
