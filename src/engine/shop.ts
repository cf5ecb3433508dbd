/**
 * The one ordered loop of a store: observation → door → sensing → fusion → visit → receipt. A live shop and a replay
 * call the same `accept`; every observation gets a position before it has effect, and the same observations in the
 * same order give the same events, bit for bit. The loop has no clock of its own: time is what the observations say.
 */
import { epochMs } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import type { Observation, ObservationByKind, ObservationKind } from '../domain/index.ts';
import { endContactNow, reportSilentFixtures, sensePlates } from '../sensing/index.ts';
import { noteHands } from './blind-reaches.ts';
import { admit, admitRest } from './door.ts';
import { decideCrossings, noteCrossing } from './gates.ts';
import { horizonMs } from './horizon.ts';
import { LOOK_MS, tellBaskets } from './live-baskets.ts';
import { foldIn, foldUnweighed, noteHealth, sinkOf } from './shop-state.ts';
import type { Shop } from './shop-state.ts';
import type { ShopEvent } from './shop-event.ts';
import { followVisits, leaveAllVisits } from './visits.ts';

/** Takes one observation in and returns what follows from it, in order. Never throws for what a sensor says. */
export function accept(shop: Shop, observation: Observation): ShopEvent[] {
  shop.position++;
  for (const admitted of admit(shop.door, observation)) takeEffect(shop, admitted);
  return takeEvents(shop);
}

/** Ends the day or the recording: what waits is used, contacts end, everybody leaves and gets a receipt. */
export function closeShop(shop: Shop): ShopEvent[] {
  for (const admitted of admitRest(shop.door)) takeEffect(shop, admitted);
  for (const shelf of shop.store.layout.shelves) endContactNow(shop.sensing, shelf, sinkOf(shop));
  const sinceMs = shop.nowMs - shop.settings.silenceMs;
  if (sinceMs >= 0) reportSilentFixtures(shop.sensing, epochMs(sinceMs), sinkOf(shop));
  leaveAllVisits(shop);
  // What nobody who has a receipt can have done is told too.
  const heardMs = heardUntil(shop);
  if (heardMs !== null) foldIn(shop, { kind: 'settle', atMs: heardMs });
  return takeEvents(shop);
}

function takeEvents(shop: Shop): ShopEvent[] {
  for (const problem of shop.door.problems.splice(0))
    shop.events.push({ kind: 'observation-refused', problem });
  return shop.events.splice(0);
}

function takeEffect(shop: Shop, observation: Observation): void {
  if (Number.isNaN(shop.startedAtMs)) shop.startedAtMs = observation.receivedAtMs;
  shop.nowMs = Math.max(shop.nowMs, observation.receivedAtMs);
  shop.heardCounts[observation.kind]++;
  effectOf(shop, observation.kind, observation);
  if (shop.nowMs - shop.lookedAtMs >= LOOK_MS) look(shop);
}

/** Heard, checked and counted, but without a part in who took what. */
export const KINDS_NOT_YET_USED: readonly ObservationKind[] = ['tags', 'cart'];

/** What an observation does, by its kind. */
const EFFECTS: {
  readonly [Kind in ObservationKind]: (shop: Shop, observation: ObservationByKind[Kind]) => void;
} = {
  plates: (shop, batch) => {
    shop.plateTimeMs = Math.max(shop.plateTimeMs, batch.observedAtMs);
    sensePlates(shop.sensing, batch, sinkOf(shop));
  },
  tracks: (shop, frame) => {
    shop.trackTimeMs = Math.max(shop.trackTimeMs, frame.observedAtMs);
    shop.trackReceivedAtMs = frame.receivedAtMs;
    foldIn(shop, frame);
    noteHands(shop.blind, { store: shop.store, bodies: shop.fusion.bodies });
    foldUnweighed(shop);
  },
  gate: (shop, crossing) => noteCrossing(shop.gates, crossing),
  tags: () => undefined,
  cart: () => undefined,
  health: noteHealth,
};

function effectOf<Kind extends ObservationKind>(
  shop: Shop,
  kind: Kind,
  observation: ObservationByKind[Kind],
): void {
  EFFECTS[kind](shop, observation);
}

/** Moves the horizon, follows the visits, and tells what changed in their baskets. */
function look(shop: Shop): void {
  shop.lookedAtMs = shop.nowMs;
  const atMs = horizonMs(shop);
  if (atMs > 0) foldIn(shop, { kind: 'horizon', atMs: epochMs(atMs) });
  const { bodies } = shop.fusion;
  decideCrossings(shop.gates, {
    bodies,
    visits: shop.visits,
    trackTimeMs: shop.trackTimeMs,
    nowMs: shop.nowMs,
  });
  followVisits(shop);
  const sinceMs = shop.nowMs - shop.settings.silenceMs;
  if (sinceMs > shop.startedAtMs) reportSilentFixtures(shop.sensing, epochMs(sinceMs), sinkOf(shop));
  tellBaskets(shop);
}

/** Sensor time up to which everything has been heard, for progress and tests. */
export function heardUntil(shop: Shop): EpochMs | null {
  const heard = Math.max(shop.plateTimeMs, shop.trackTimeMs);
  return Number.isFinite(heard) ? epochMs(heard) : null;
}
