/** Turns a script into a story: walks, reaches, and what every unit of goods weighs. SIMULATED, a test builder. */
import { assert, present } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { shelfFront, transformPoint } from '../../src/domain/index.ts';
import type { Fixture, FixtureId, Plate, Shelf, ShelfId, StoreModel } from '../../src/domain/index.ts';
import { ENTRANCE, walkingRoute } from './scripted-layout.ts';
import type { FloorPoint } from './scripted-layout.ts';
import type { HandlingAction, Script, ScriptAction, ScriptedPerson } from './script.ts';
import { ScriptHands } from './script-hands.ts';
import type { Telling } from './script-hands.ts';
import type { Knot, PersonStory, Reach, Story, TrackName } from './story.ts';

const WALK_MPS = 1.1;
const STAND_OFF_M = 0.45;
/** The wrist stays this far in front of the shelf's edge; the hand reaches on. */
const WRIST_OFF_M = 0.11;
const REACH_OUT_MS = 450;
const REACH_BACK_MS = 400;
const LOOK_MS = 900;
const PAUSE_MS = 500;
const TAIL_MS = 6000;

class PersonTeller {
  private readonly telling: Telling;
  private readonly person: ScriptedPerson;
  private readonly knots: Knot[] = [];
  private readonly reaches: Reach[] = [];
  private readonly names: TrackName[] = [];
  private readonly hands: ScriptHands;
  private nowMs: number;
  private place: FloorPoint;
  private leftAtMs: number | null = null;

  constructor(telling: Telling, person: ScriptedPerson) {
    this.telling = telling;
    this.hands = new ScriptHands(telling, person.personName);
    this.person = person;
    this.nowMs = person.entersAtMs;
    this.place = person.startsAt ?? ENTRANCE;
    this.stand();
    this.rename(person.hasEntered ?? true);
  }

  tell(): PersonStory {
    for (const action of this.person.actions) {
      assert(this.leftAtMs === null, 'SCRIPT_ACTS_AFTER_LEAVING', { person: this.person.personName });
      this.act(action);
    }
    const { knots, reaches, names, person } = this;
    const heightM = 1.72 + this.telling.random.normal() * 0.08;
    const leftAtMs = this.leftAtMs ?? Number.POSITIVE_INFINITY;
    return {
      personName: person.personName,
      heightM,
      knots,
      reaches,
      names,
      enteredAtMs: person.entersAtMs,
      leftAtMs,
    };
  }

  get busyUntilMs(): number {
    return this.nowMs;
  }

  private act(action: ScriptAction): void {
    if (action.kind !== 'leave' && action.kind !== 'walk') this.approach(action);
    this.waitUntil(action.atMs);
    if (action.kind === 'walk') this.walkTo(action.to);
    else if (action.kind === 'leave') this.leave();
    else if (action.kind === 'id-switch') this.rename(action.hasEntered);
    else if (action.kind === 'lean') this.lean(action);
    else if (action.kind === 'bump') this.bump(action);
    else this.handle(action);
  }

  /** People walk up first and then wait for their moment. */
  private approach(action: Exclude<ScriptAction, { kind: 'walk' | 'leave' }>): void {
    if (action.kind === 'id-switch') return;
    if (action.kind === 'bump') {
      const fixture = this.fixtureNamed(action.fixtureId);
      this.walkTo(standingAt(present(fixture.shelves[0], 'SCRIPT_FIXTURE_EMPTY')));
    } else if (action.kind === 'lean') {
      this.walkTo(standingAt(this.shelfNamed(action.shelfId)));
    } else {
      const plate = this.hands.platesOf(action)[0]!;
      this.walkTo(frontOf(plate, STAND_OFF_M));
    }
  }

  private fixtureNamed(fixtureId: FixtureId): Fixture {
    return present(this.telling.shop.layout.fixtureById.get(fixtureId), 'SCRIPT_FIXTURE_UNKNOWN');
  }

  private shelfNamed(shelfId: ShelfId): Shelf {
    const { shelves } = this.telling.shop.layout;
    return present(
      shelves.find((each) => each.shelfId === shelfId),
      'SCRIPT_SHELF_UNKNOWN',
    );
  }

  private stand(): void {
    this.knots.push({ atMs: this.nowMs, x: this.place.x, y: this.place.y });
  }

  private waitUntil(atMs: number | undefined): void {
    if (atMs === undefined || atMs <= this.nowMs) return;
    this.nowMs = atMs;
    this.stand();
  }

  private walkTo(to: FloorPoint): void {
    for (const corner of walkingRoute(this.place, to)) {
      const metres = Math.hypot(corner.x - this.place.x, corner.y - this.place.y);
      if (metres < 0.02) continue;
      this.nowMs += (metres / WALK_MPS) * 1000;
      this.place = corner;
      this.stand();
    }
  }

  private rename(hasEntered: boolean): void {
    const trackText = `${this.person.personName}-${this.names.length + 1}`;
    this.names.push({ fromMs: this.nowMs, trackText, hasEntered });
  }

  private leave(): void {
    this.walkTo(ENTRANCE);
    this.leftAtMs = this.nowMs;
  }

  private lean(action: Extract<ScriptAction, { kind: 'lean' }>): void {
    const shelf = this.shelfNamed(action.shelfId);
    const { forceGrams, durationMs } = action;
    this.telling.disturbances.push({ kind: 'lean', atMs: this.nowMs, shelf, forceGrams, durationMs });
    this.nowMs += durationMs + PAUSE_MS;
    this.stand();
  }

  private bump(action: Extract<ScriptAction, { kind: 'bump' }>): void {
    const fixture = this.fixtureNamed(action.fixtureId);
    this.telling.disturbances.push({
      kind: 'bump',
      atMs: this.nowMs,
      fixture,
      peakGrams: action.peakGrams ?? 100,
    });
    this.nowMs += PAUSE_MS;
    this.stand();
  }

  private handle(action: HandlingAction): void {
    const { random } = this.telling;
    const startsAtMs = this.nowMs;
    const touchesAtMs = startsAtMs + REACH_OUT_MS + random.uniform() * 150;
    let doneAtMs = touchesAtMs + 120 + random.uniform() * 120;
    const kind = action.kind === 'pick-and-return' ? 'pick' : action.kind;
    this.hands.move(action, kind, doneAtMs);
    if (action.kind === 'pick-and-return') {
      doneAtMs += LOOK_MS + random.uniform() * 600;
      this.hands.move(action, 'put-back', doneAtMs);
    }
    const letsGoAtMs = doneAtMs + 80;
    const endsAtMs = letsGoAtMs + REACH_BACK_MS;
    const wristInStore = wristAt(this.hands.platesOf(action)[0]!, random);
    const hand = random.uniform() < 0.7 ? 'right' : 'left';
    const isHandHidden = action.isHandHidden ?? false;
    this.reaches.push({ startsAtMs, touchesAtMs, letsGoAtMs, endsAtMs, hand, wristInStore, isHandHidden });
    this.nowMs = endsAtMs + PAUSE_MS;
    this.stand();
  }
}

function standingAt(shelf: Shelf): FloorPoint {
  const front = shelfFront(shelf);
  const pose = shelf.space.storeFromBox;
  const out = transformPoint(pose, { x: 0, y: -STAND_OFF_M, z: 0 });
  return { x: front.x + out.x - pose.translation.x, y: front.y + out.y - pose.translation.y };
}

function frontOf(plate: Plate, distanceM: number): FloorPoint {
  return transformPoint(plate.reach.storeFromBox, { x: plate.reach.sizeM.x / 2, y: -distanceM, z: 0 });
}

function wristAt(plate: Plate, random: Random): Reach['wristInStore'] {
  return transformPoint(plate.reach.storeFromBox, {
    x: plate.reach.sizeM.x / 2 + random.normal() * 0.025,
    y: -WRIST_OFF_M + random.normal() * 0.03,
    z: 0.09 + random.uniform() * 0.08,
  });
}

export function tellStory(shop: StoreModel, script: Script, random: Random): Story {
  const telling: Telling = { shop, random, disturbances: [], moves: [] };
  const tellers = script.people.map((person) => new PersonTeller(telling, person));
  const people = tellers.map((teller) => teller.tell());
  const busyUntilMs = Math.max(0, ...tellers.map((teller) => teller.busyUntilMs)) + TAIL_MS;
  telling.disturbances.sort((a, b) => a.atMs - b.atMs);
  telling.moves.sort((a, b) => a.atMs - b.atMs);
  return {
    people,
    disturbances: telling.disturbances,
    moves: telling.moves,
    endsAtMs: Math.max(busyUntilMs, script.durationMs ?? 0),
  };
}
