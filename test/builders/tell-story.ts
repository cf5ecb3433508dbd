/** Turns a script into a story: walks, reaches, and what every unit of goods weighs. SIMULATED, a test builder. */
import { assert, present } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { shelfFront, transformPoint } from '../../src/domain/index.ts';
import type { Plate, ProductId, Shelf, StoreModel } from '../../src/domain/index.ts';
import { ENTRANCE, walkingRoute } from './scripted-layout.ts';
import type { FloorPoint } from './scripted-layout.ts';
import type { HandlingAction, Script, ScriptAction, ScriptedPerson } from './script.ts';
import type {
  Disturbance,
  Knot,
  PersonStory,
  PlateShare,
  Reach,
  Story,
  TrackName,
  TrueMove,
} from './story.ts';

const WALK_MPS = 1.1;
const STAND_OFF_M = 0.45;
/** The wrist stays this far in front of the shelf's edge; the hand reaches on. */
const WRIST_OFF_M = 0.11;
const REACH_OUT_MS = 450;
const REACH_BACK_MS = 400;
const LOOK_MS = 900;
const PAUSE_MS = 500;
const TAIL_MS = 6000;
const UNIT_WEIGHT_SPREAD = 0.01;
const UNKNOWN_WEIGHT_GRAMS = 100;

interface Telling {
  readonly shop: StoreModel;
  readonly random: Random;
  readonly disturbances: Disturbance[];
  readonly moves: TrueMove[];
}

class PersonTeller {
  private readonly telling: Telling;
  private readonly person: ScriptedPerson;
  private readonly knots: Knot[] = [];
  private readonly reaches: Reach[] = [];
  private readonly names: TrackName[] = [];
  private readonly heldGrams = new Map<ProductId, number[]>();
  private nowMs: number;
  private place: FloorPoint;
  private leftAtMs: number | null = null;

  constructor(telling: Telling, person: ScriptedPerson) {
    this.telling = telling;
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
    const { layout } = this.telling.shop;
    if (action.kind === 'id-switch') return;
    if (action.kind === 'bump') {
      const fixture = present(layout.fixtureById.get(action.fixtureId), 'SCRIPT_FIXTURE_UNKNOWN');
      this.walkTo(standingAt(present(fixture.shelves[0], 'SCRIPT_FIXTURE_EMPTY')));
    } else if (action.kind === 'lean') {
      const shelf = layout.shelves.find((each) => each.shelfId === action.shelfId);
      this.walkTo(standingAt(present(shelf, 'SCRIPT_SHELF_UNKNOWN')));
    } else {
      const plate = this.platesOf(action)[0]!;
      this.walkTo(frontOf(plate, STAND_OFF_M));
    }
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
    const { layout } = this.telling.shop;
    const shelf = present(
      layout.shelves.find((each) => each.shelfId === action.shelfId),
      'SCRIPT_SHELF_UNKNOWN',
    );
    const { forceGrams, durationMs } = action;
    this.telling.disturbances.push({ kind: 'lean', atMs: this.nowMs, shelf, forceGrams, durationMs });
    this.nowMs += durationMs + PAUSE_MS;
    this.stand();
  }

  private bump(action: Extract<ScriptAction, { kind: 'bump' }>): void {
    const fixture = present(
      this.telling.shop.layout.fixtureById.get(action.fixtureId),
      'SCRIPT_FIXTURE_UNKNOWN',
    );
    this.telling.disturbances.push({
      kind: 'bump',
      atMs: this.nowMs,
      fixture,
      peakGrams: action.peakGrams ?? 100,
    });
    this.nowMs += PAUSE_MS;
    this.stand();
  }

  private platesOf(action: HandlingAction): readonly Plate[] {
    const { layout, planogram } = this.telling.shop;
    const planned = planogram.facings.find((facing) => facing.productId === action.productId);
    const plateIds = action.plateIds ?? planned?.plateIds.slice(0, 1) ?? [];
    assert(plateIds.length > 0, 'SCRIPT_PRODUCT_HAS_NO_PLACE', { productId: action.productId });
    return plateIds.map((plateId) => present(layout.plateById.get(plateId), 'SCRIPT_PLATE_UNKNOWN'));
  }

  private handle(action: HandlingAction): void {
    const { random } = this.telling;
    const startsAtMs = this.nowMs;
    const touchesAtMs = startsAtMs + REACH_OUT_MS + random.uniform() * 150;
    let doneAtMs = touchesAtMs + 120 + random.uniform() * 120;
    const kind = action.kind === 'pick-and-return' ? 'pick' : action.kind;
    this.move(action, kind, doneAtMs);
    if (action.kind === 'pick-and-return') {
      doneAtMs += LOOK_MS + random.uniform() * 600;
      this.move(action, 'put-back', doneAtMs);
    }
    const letsGoAtMs = doneAtMs + 80;
    const endsAtMs = letsGoAtMs + REACH_BACK_MS;
    const wristInStore = wristAt(this.platesOf(action)[0]!, random);
    const hand = random.uniform() < 0.7 ? 'right' : 'left';
    const isHandHidden = action.isHandHidden ?? false;
    this.reaches.push({ startsAtMs, touchesAtMs, letsGoAtMs, endsAtMs, hand, wristInStore, isHandHidden });
    this.nowMs = endsAtMs + PAUSE_MS;
    this.stand();
  }

  private move(action: HandlingAction, kind: TrueMove['kind'], atMs: number): void {
    const count = action.count ?? 1;
    const plates = this.platesOf(action);
    const gramsOnPlate = new Map<Plate, number>();
    let deltaGrams = 0;
    for (let unit = 0; unit < count; unit++) {
      const unitGrams = kind === 'pick' ? -this.take(action.productId) : this.giveBack(action.productId);
      deltaGrams += unitGrams;
      const plate = plates[unit % plates.length]!;
      for (const share of this.spread(plate, unitGrams, action.straddleShare ?? 1)) {
        gramsOnPlate.set(share.plate, (gramsOnPlate.get(share.plate) ?? 0) + share.deltaGrams);
      }
    }
    const shares = [...gramsOnPlate].map(([plate, grams]) => ({ plate, deltaGrams: grams }));
    const { personName } = this.person;
    const plateIds = shares.map((share) => share.plate.plateId);
    this.telling.moves.push({
      personName,
      kind,
      productId: action.productId,
      count,
      plateIds,
      atMs,
      deltaGrams,
    });
    this.disturb(shares, atMs, kind === 'pick' ? -1 : 1);
  }

  /** A taking hand first presses and then lifts; the sign of what dominates is drawn. One disturbance a shelf. */
  private disturb(shares: readonly PlateShare[], atMs: number, direction: number): void {
    const { random, shop } = this.telling;
    for (const [shelfIndex, ofShelf] of Map.groupBy(shares, (share) => share.plate.shelfIndex)) {
      const forceSign = random.uniform() < 0.7 ? direction : -direction;
      const forceGrams = forceSign * (20 + random.uniform() * 40);
      const forceMs = 300 + random.uniform() * 500;
      const shelf = present(shop.layout.shelves[shelfIndex], 'SCRIPT_SHELF_UNKNOWN');
      this.telling.disturbances.push({ kind: 'step', atMs, shelf, shares: ofShelf, forceGrams, forceMs });
    }
  }

  private spread(plate: Plate, unitGrams: number, ownShare: number): PlateShare[] {
    if (ownShare >= 1) return [{ plate, deltaGrams: unitGrams }];
    const shelf = present(this.telling.shop.layout.shelves[plate.shelfIndex], 'SCRIPT_SHELF_UNKNOWN');
    const position = shelf.plates.indexOf(plate);
    const next = present(shelf.plates[position + 1] ?? shelf.plates[position - 1], 'SCRIPT_NO_NEIGHBOUR');
    return [
      { plate, deltaGrams: unitGrams * ownShare },
      { plate: next, deltaGrams: unitGrams * (1 - ownShare) },
    ];
  }

  private take(product: ProductId): number {
    const { shop, random } = this.telling;
    const meanGrams = shop.catalogue.byId.get(product)?.weightGrams ?? UNKNOWN_WEIGHT_GRAMS;
    const unitGrams = meanGrams * (1 + UNIT_WEIGHT_SPREAD * random.normal());
    const held = this.heldGrams.get(product) ?? [];
    this.heldGrams.set(product, [...held, unitGrams]);
    return unitGrams;
  }

  private giveBack(product: ProductId): number {
    const unitGrams = this.heldGrams.get(product)?.pop();
    return present(unitGrams, 'SCRIPT_PUTS_BACK_WHAT_NOBODY_HOLDS');
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
