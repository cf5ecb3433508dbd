/** The stage: everybody inside, the goods, and what was told since it was last asked. */
import type { Gate, Plate } from '../../domain/index.ts';
import { createStock } from '../stock/index.ts';
import type { Stock } from '../stock/index.ts';
import { ownRandom } from '../words/index.ts';
import type { Deed, Disturbance, FloorPoint, GatePassage, TrueEvent, TwinStore } from '../words/index.ts';
import type { Person, PersonTraits, PendingDeed } from './person.ts';
import type { Task } from './task.ts';

export interface SceneCounts {
  /** Things nobody did: the place could not be reached in a minute, or the other person had gone. */
  tasksGivenUp: number;
  /** Nothing of the product lay there any more, or it was not held. */
  goodsMissing: number;
}

export interface Scene {
  readonly store: TwinStore;
  readonly stock: Stock;
  readonly seed: number;
  readonly tickMs: number;
  nowTrueMs: number;
  readonly people: Map<number, Person>;
  peopleCount: number;
  /** Since they were last taken out. */
  readonly told: TrueEvent[];
  readonly disturbances: Disturbance[];
  readonly passages: GatePassage[];
  readonly counts: SceneCounts;
}

/** Twenty times a second people decide and step. */
export const TICK_MS = 50;
export function createScene(store: TwinStore, seed: number): Scene {
  return {
    store,
    stock: createStock(store, ownRandom(seed, 'stock')),
    seed,
    tickMs: TICK_MS,
    nowTrueMs: 0,
    people: new Map(),
    peopleCount: 0,
    told: [],
    disturbances: [],
    passages: [],
    counts: { tasksGivenUp: 0, goodsMissing: 0 },
  };
}

/** The gate that is nearest to a place; null where the shop has none. */
export function gateAt(scene: Scene, place: FloorPoint): Gate | null {
  let nearest: Gate | null = null;
  let nearestSquare = Infinity;
  for (const gate of scene.store.model.gates) {
    const dx = gate.placeInStore.x - place.x;
    const dy = gate.placeInStore.y - place.y;
    const square = dx * dx + dy * dy;
    if (square < nearestSquare) [nearest, nearestSquare] = [gate, square];
  }
  return nearest;
}

export interface Arrival {
  readonly traits: Omit<PersonTraits, 'personNumber'>;
  readonly tasks: readonly Task[];
  /** Where they appear; the entrance where it is missing. */
  readonly at?: FloorPoint;
}

/** A person comes in. */
export function enter(scene: Scene, arrival: Arrival): Person {
  const { nowTrueMs, store } = scene;
  const personNumber = scene.peopleCount++;
  const here = store.floor.nearestFree(arrival.at ?? store.entrance);
  const person: Person = {
    traits: { ...arrival.traits, personNumber },
    random: ownRandom(scene.seed, `person/${personNumber}`),
    enteredAtTrueMs: nowTrueMs,
    here,
    before: here,
    velocityMPerS: { x: 0, y: 0 },
    facing: { x: 0, y: 1 },
    tasks: [...arrival.tasks],
    walk: null,
    walksFor: null,
    arrivedFor: null,
    meetingTries: 0,
    waitsSinceTrueMs: null,
    reach: null,
    busyUntilTrueMs: nowTrueMs,
    pending: [],
    held: [],
    leftAtTrueMs: null,
  };
  scene.people.set(personNumber, person);
  tellPassage(scene, person, 'entered');
  return person;
}

export function tellPassage(scene: Scene, person: Person, kind: 'entered' | 'left'): void {
  const { personNumber, partyNumber, isAssociate, hasEntered } = person.traits;
  scene.told.push({ kind, atTrueMs: scene.nowTrueMs, personNumber, partyNumber, isAssociate });
  const gate = hasEntered ? gateAt(scene, person.here) : null;
  if (!gate) return;
  const carried = person.held.flatMap((unit) =>
    unit.tagId === null ? [] : [{ tagId: unit.tagId, productId: unit.productId }],
  );
  scene.passages.push({
    atTrueMs: scene.nowTrueMs,
    gateId: gate.gateId,
    direction: kind === 'entered' ? 'in' : 'out',
    personNumber,
    carried,
  });
}

/** Puts a deed on its way; it is told and takes effect at its moment. */
export function undertake(person: Person, pending: Omit<PendingDeed, 'apply'> & Partial<PendingDeed>): void {
  person.pending.push({ apply: () => undefined, ...pending });
}

/** Deeds whose moment has come: goods change hands and the truth is told. */
export function completeDeeds(scene: Scene, person: Person): void {
  const due = person.pending.filter(({ deed }) => deed.atTrueMs <= scene.nowTrueMs);
  if (due.length === 0) return;
  person.pending.splice(0, Infinity, ...person.pending.filter(({ deed }) => deed.atTrueMs > scene.nowTrueMs));
  for (const { deed, gains, losses, apply } of due) {
    const lost = new Set(losses.map((unit) => unit.unitNumber));
    const kept = person.held.filter((unit) => !lost.has(unit.unitNumber));
    person.held.splice(0, Infinity, ...kept, ...gains);
    apply();
    scene.told.push(deed);
  }
}

export function plateAt(scene: Scene, plateIndex: number): Plate {
  return scene.store.model.layout.plates[plateIndex]!;
}

type DeedParts = Pick<Deed, 'kind' | 'atTrueMs'> & Partial<Deed>;

export function deedOf(person: Person, parts: DeedParts): Deed {
  return {
    personNumber: person.traits.personNumber,
    toPersonNumber: null,
    productId: null,
    unitNumbers: [],
    plateIds: [],
    deltaGrams: 0,
    ...parts,
  };
}
