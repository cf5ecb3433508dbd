/**
 * A disturbance of the story as forces and kicks on plates. What chance decides of it is drawn from the seed of the
 * run and the disturbance itself, so that nothing depends on the order in which disturbances are told.
 */
import { assertNever } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import type { Plate, StoreLayout } from '../../domain/index.ts';
import type { Disturbance, HandAtPlates, PlateForce } from '../words/index.ts';
import { randomOf, within } from './draw.ts';
import type { FixtureState } from './fixture-state.ts';
import { walkPast } from './footsteps.ts';
import { NEIGHBOUR_STEPS } from './plate-columns.ts';
import { insertByStart } from './plate-effects.ts';
import type { PlateEffect } from './plate-effects.ts';
import type { PlateSettings } from './settings.ts';

export interface DisturbedStore {
  readonly layout: StoreLayout;
  readonly states: readonly FixtureState[];
  readonly settings: PlateSettings;
  readonly seed: number;
}

type Transfer = Extract<Disturbance, { kind: 'transfer' }>;
type Press = Extract<Disturbance, { kind: 'press' }>;
type Bump = Extract<Disturbance, { kind: 'bump' }>;

const TURN_RAD = 6.283185307179586;
/** Times enter a seed in whole microseconds, in two halves. */
const SEED_UNITS_PER_MS = 1000;
/** 2 to the 32nd. */
const HALF = 4_294_967_296;

/** When the first plate feels it. */
export function beginsAtMs(it: Disturbance): number {
  if (it.kind === 'transfer') return Math.min(it.atTrueMs, it.hand?.touchesTrueMs ?? it.atTrueMs);
  return it.kind === 'press' ? it.fromTrueMs : it.atTrueMs;
}

function randomFor(store: DisturbedStore, it: Disturbance): Random {
  const time = Math.floor(beginsAtMs(it) * SEED_UNITS_PER_MS);
  const place = it.kind === 'bump' ? [it.fixtureIndex] : it.shares.map((share) => share.plateIndex);
  const grams = it.kind === 'bump' ? it.peakGrams : it.shares.reduce((sum, share) => sum + share.grams, 0);
  const kind = { transfer: 1, press: 2, bump: 3 }[it.kind];
  const whole = Math.round(grams * SEED_UNITS_PER_MS);
  return randomOf([store.seed, kind, time % HALF, Math.floor(time / HALF), whole, ...place]);
}

interface Place {
  readonly plate: Plate;
  readonly state: FixtureState;
  /** All plates of the shelf, by their place on it. */
  readonly plates: readonly Plate[];
  readonly position: number;
}

function placeOf(store: DisturbedStore, plateIndex: number): Place {
  const plate = store.layout.plates[plateIndex]!;
  const shelf = store.layout.shelves[plate.shelfIndex]!;
  const state = store.states[shelf.fixtureIndex]!;
  return { plate, state, plates: shelf.plates, position: shelf.plates.indexOf(plate) };
}

interface Felt {
  readonly columnIndex: number;
  readonly share: number;
}

/** Who shows a force on a plate: itself, and the neighbours that feel it. */
function feltBy(place: Place): Felt[] {
  const { crossTalk } = place.state.columns;
  const neighbours = NEIGHBOUR_STEPS.flatMap((step, slot) => {
    const neighbour = place.plates[place.position + step];
    const share = crossTalk[place.plate.columnIndex * NEIGHBOUR_STEPS.length + slot]!;
    return neighbour && share > 0 ? [{ columnIndex: neighbour.columnIndex, share }] : [];
  });
  return [{ columnIndex: place.plate.columnIndex, share: 1 }, ...neighbours];
}

/** The same force on a plate and, weaker, on its neighbours. */
function addForce(place: Place, force: (felt: Felt) => PlateEffect): void {
  for (const felt of feltBy(place)) insertByStart(place.state.forces, force(felt));
}

function ring(place: Place, plate: Plate, at: { readonly startsAtMs: number; readonly grams: number }): void {
  const { columnIndex } = plate;
  const span = { fromColumn: columnIndex, toColumn: columnIndex + 1 };
  insertByStart(place.state.kicks, { ...at, ...span, by: 'itself' });
}

function burst(place: Place, at: { readonly startsAtMs: number; readonly grams: number }): void {
  const fromColumn = place.plates[0]!.columnIndex;
  const toColumn = fromColumn + place.plates.length;
  insertByStart(place.state.kicks, { ...at, fromColumn, toColumn, by: 'burst' });
}

/** Bursts are rather small than large: the square of an even draw. */
function burstGrams(settings: PlateSettings, random: Random): number {
  const u = random.uniform();
  const { least, most } = settings.burstGrams;
  return (least + (most - least) * u * u) * (random.uniform() < 0.5 ? -1 : 1);
}

function addStep(store: DisturbedStore, it: Transfer, at: { share: PlateForce; random: Random }): void {
  const { settings } = store;
  const { share, random } = at;
  const place = placeOf(store, share.plateIndex);
  const startsAtMs = it.atTrueMs;
  const endsAtMs = startsAtMs + within(random, settings.stepRampMs);
  addForce(place, ({ columnIndex, share: felt }) => {
    return { kind: 'step', columnIndex, startsAtMs, endsAtMs, grams: share.grams * felt };
  });
  const sign = share.grams < 0 ? -1 : 1;
  // A light thing rings less: never more than a fifth of what was moved.
  const grams = Math.min(within(random, settings.stepRingingGrams), Math.abs(share.grams) / 5);
  ring(place, place.plate, { startsAtMs, grams: sign * grams });
  for (const step of NEIGHBOUR_STEPS) {
    const neighbour = place.plates[place.position + step];
    const peakGrams = within(random, settings.neighbourRingingGrams) / Math.abs(step);
    if (neighbour) ring(place, neighbour, { startsAtMs, grams: sign * peakGrams });
  }
}

function addHand(
  store: DisturbedStore,
  hand: HandAtPlates,
  at: { readonly share: PlateForce; readonly part: number; readonly stepsAtMs: number },
): void {
  const startsAtMs = Math.min(hand.touchesTrueMs, at.stepsAtMs);
  const endsAtMs = Math.max(hand.leavesTrueMs, at.stepsAtMs);
  const { handAfterShare: afterShare } = store.settings;
  addForce(placeOf(store, at.share.plateIndex), ({ columnIndex, share }) => {
    const grams = hand.forceGrams * at.part * share;
    return { kind: 'hand', columnIndex, startsAtMs, endsAtMs, grams, stepsAtMs: at.stepsAtMs, afterShare };
  });
}

function addTransfer(store: DisturbedStore, it: Transfer, random: Random): void {
  const { hand, shares } = it;
  const { settings } = store;
  for (const share of shares) addStep(store, it, { share, random });
  if (!hand || shares.length === 0) return;
  for (const share of shares)
    addHand(store, hand, { share, part: 1 / shares.length, stepsAtMs: it.atTrueMs });
  const first = placeOf(store, shares[0]!.plateIndex);
  if (random.uniform() < settings.burstShare)
    burst(first, { startsAtMs: beginsAtMs(it), grams: burstGrams(settings, random) });
  if (random.uniform() < settings.walkAwayShare) {
    const startsAtMs = hand.leavesTrueMs + within(random, settings.walkAwayAfterS) * 1000;
    const nearFixtureIndex = first.state.fixture.fixtureIndex;
    const walk = { startsAtMs, nearFixtureIndex, isPassing: false };
    walkPast(walk, { states: store.states, settings, random });
  }
}

function addPress(store: DisturbedStore, it: Press, random: Random): void {
  const { settings } = store;
  const swayRadPerMs = (TURN_RAD * within(random, settings.pressSwayHz)) / 1000;
  const { fromTrueMs: startsAtMs, untilTrueMs: endsAtMs } = it;
  const { pressEdgeMs: edgeMs, pressSwayShare: swayShare } = settings;
  for (const { plateIndex, grams } of it.shares)
    addForce(placeOf(store, plateIndex), ({ columnIndex, share }) => {
      const span = { columnIndex, startsAtMs, endsAtMs, grams: grams * share };
      return { kind: 'press', ...span, edgeMs, swayShare, swayRadPerMs };
    });
  for (const atMs of [startsAtMs, endsAtMs])
    if (it.shares.length > 0 && random.uniform() < settings.burstShare)
      burst(placeOf(store, it.shares[0]!.plateIndex), {
        startsAtMs: atMs,
        grams: burstGrams(settings, random),
      });
}

function addBump(store: DisturbedStore, it: Bump): void {
  const { kicks, fixture } = store.states[it.fixtureIndex]!;
  const span = { startsAtMs: it.atTrueMs, fromColumn: 0, toColumn: fixture.plates.length };
  insertByStart(kicks, { ...span, grams: it.peakGrams, by: 'burst' });
}

/** Lays everything that `it` does to plates in wait at their fixtures. */
export function addDisturbance(store: DisturbedStore, it: Disturbance): void {
  switch (it.kind) {
    case 'transfer':
      return addTransfer(store, it, randomFor(store, it));
    case 'press':
      return addPress(store, it, randomFor(store, it));
    case 'bump':
      return addBump(store, it);
    default:
      return assertNever(it);
  }
}
