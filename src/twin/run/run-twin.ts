/**
 * One run of the twin: people act, sensors look, messages arrive, and beside them the truth is told. Everything comes
 * as one stream in small steps, so that an hour of a supermarket needs no more memory than a minute of it.
 *
 * Same plan, same bytes: chance comes from the seed only, each part of the run has its own stream of it, and no
 * function is used whose last bit an engine may choose.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { Observation } from '../../domain/index.ts';
import {
  createDelivery,
  DELIVERY_SETTINGS,
  receive,
  receiveRest,
  RECORDED_TRACK_LATENCY,
  send,
} from '../delivery/index.ts';
import type { Delivery } from '../delivery/index.ts';
import { createScene, momentOf, stepPeople } from '../people/index.ts';
import type { Scene } from '../people/index.ts';
import { createPlateSensors, disturb, readPlates } from '../plates/index.ts';
import type { PlateSensors } from '../plates/index.ts';
import { isOver, letIn } from '../scenarios/index.ts';
import type { TwinPlan } from '../scenarios/index.ts';
import { loadGrams, taggedUnits } from '../stock/index.ts';
import { createTracker, forgetPerson, readTracks, trackIdsOf } from '../tracker/index.ts';
import type { Tracker } from '../tracker/index.ts';
import { isPassage } from '../words/index.ts';
import type { Crowd, Reading, TrueEvent, TwinFault } from '../words/index.ts';
import { createRunDevices, readDevices } from './run-devices.ts';
import type { RunDevices } from './run-devices.ts';

export type TwinOutput =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'truth'; readonly event: TrueEvent }
  /** Somebody has left for good: these were the ids of their body, the first one first. */
  | { readonly kind: 'track-ids'; readonly personNumber: number; readonly trackIds: readonly string[] }
  /** The shop's process dies now, by our clock, and is back at `backAtMs`; what arrives meanwhile is not told. */
  | { readonly kind: 'process-killed'; readonly atMs: EpochMs; readonly backAtMs: EpochMs };

/** Messages and cameras go on this long after the last has left, so that shelves come to rest and receipts fall. */
const AFTERMATH_MS = 20_000;

interface Outage {
  readonly atMs: number;
  readonly backAtMs: number;
  isTold: boolean;
}

export interface Run {
  readonly plan: TwinPlan;
  readonly scene: Scene;
  readonly plates: PlateSensors;
  readonly tracker: Tracker;
  readonly devices: RunDevices;
  readonly delivery: Delivery;
  readonly crowd: Crowd;
  readonly outages: readonly Outage[];
  /** Since when nobody is inside and nobody will come. */
  emptySinceTrueMs: number | null;
}

function faultsOf<Kind extends TwinFault['kind']>(
  faults: readonly TwinFault[],
  kinds: readonly Kind[],
): Extract<TwinFault, { readonly kind: Kind }>[] {
  return faults.filter((fault): fault is Extract<TwinFault, { readonly kind: Kind }> =>
    (kinds as readonly string[]).includes(fault.kind),
  );
}

function crowdOf(scene: Scene): Crowd {
  return {
    presentAt: (trueMs) => {
      const lastTick = { fromTrueMs: scene.nowTrueMs - scene.tickMs, untilTrueMs: scene.nowTrueMs };
      return [...scene.people.values()].map((person) => momentOf(person, trueMs, lastTick));
    },
  };
}

export function createRun(plan: TwinPlan): Run {
  const { store, seed, faults, startsAtMs } = plan;
  const { layout } = store.model;
  const scene = createScene(store, seed);
  const plateFaults = faultsOf(faults, [
    'plate-dead',
    'plate-stuck',
    'plate-drifting',
    'plate-miscalibrated',
  ]);
  const trackerFaults = faultsOf(faults, ['camera-dark', 'track-ids-renewed', 'track-ids-swapped']);
  const deliveryFaults = faultsOf(faults, [
    'fixture-offline',
    'batches-late',
    'batches-lost',
    'batches-duplicated',
    'batches-shuffled',
    'clock-skew',
    'clock-step',
    'broker-restart',
  ]);
  const tracks =
    plan.trackLatency === 'recorded' ? RECORDED_TRACK_LATENCY : DELIVERY_SETTINGS.latencyByKind.tracks;
  return {
    plan,
    scene,
    plates: createPlateSensors({ layout, seed, faults: plateFaults, loadGrams: loadGrams(scene.stock) }),
    tracker: createTracker({
      seed,
      faults: trackerFaults,
      occluders: [...layout.fixtures.map(({ body }) => body), ...layout.shelves.map(({ space }) => space)],
    }),
    devices: createRunDevices({
      store,
      seed,
      faults,
      cartCount: plan.cartCount,
      tagged: taggedUnits(scene.stock),
    }),
    delivery: createDelivery({
      startsAtMs,
      seed,
      fixtureIds: layout.fixtures.map(({ fixtureId }) => fixtureId),
      faults: deliveryFaults,
      settings: { ...DELIVERY_SETTINGS, latencyByKind: { ...DELIVERY_SETTINGS.latencyByKind, tracks } },
    }),
    crowd: crowdOf(scene),
    outages: outagesOf(plan),
    emptySinceTrueMs: null,
  };
}

/** One tick of the world and of everything that watches it. */
function tick(run: Run): void {
  const { scene, plates, tracker, delivery, devices, crowd } = run;
  if (run.emptySinceTrueMs === null) letIn(run.plan.arrivals, scene);
  stepPeople(scene);
  for (const disturbance of scene.disturbances.splice(0)) disturb(plates, disturbance);
  const untilTrueMs = scene.nowTrueMs;
  const emit = (reading: Reading): void => send(delivery, reading);
  readPlates(plates, untilTrueMs, emit);
  readTracks(tracker, crowd, { untilTrueMs, emit });
  readDevices(devices, scene, emit);
}

/** The truth since the last tick, in order of time, each leaving followed by the ids of the body. */
function* truthSince(run: Run): Generator<TwinOutput> {
  const { scene, tracker } = run;
  const events = scene.told.splice(0).sort((a, b) => a.atTrueMs - b.atTrueMs);
  for (const event of events) {
    yield { kind: 'truth', event };
    if (!isPassage(event) || event.kind !== 'left') continue;
    const { personNumber } = event;
    yield { kind: 'track-ids', personNumber, trackIds: trackIdsOf(tracker, personNumber) };
    forgetPerson(tracker, personNumber);
  }
}

/** Without an end the process stays dead: it is back when nothing comes any more. */
function outagesOf({ faults, startsAtMs, durationMsMax }: TwinPlan): Outage[] {
  const endMs = durationMsMax + AFTERMATH_MS;
  return faultsOf(faults, ['process-killed']).map(({ fromS, untilS }) => ({
    atMs: startsAtMs + fromS * 1000,
    backAtMs: startsAtMs + (untilS === undefined ? endMs : untilS * 1000),
    isTold: false,
  }));
}

/** Observations, without those that arrive while the shop's process is dead. */
function* arriving(observations: readonly Observation[], outages: readonly Outage[]): Generator<TwinOutput> {
  for (const observation of observations) {
    const { receivedAtMs } = observation;
    const outage = outages.find(({ atMs, backAtMs }) => atMs <= receivedAtMs && receivedAtMs < backAtMs);
    const missed = outages.find(({ atMs, isTold }) => !isTold && atMs <= receivedAtMs);
    if (missed) {
      missed.isTold = true;
      yield { kind: 'process-killed', atMs: epochMs(missed.atMs), backAtMs: epochMs(missed.backAtMs) };
    }
    if (!outage) yield { kind: 'observation', observation };
  }
}

/** One tick, and what is told of it: the truth comes before what arrives meanwhile. */
export function* advance(run: Run): Generator<TwinOutput> {
  const { scene, plan } = run;
  tick(run);
  yield* truthSince(run);
  yield* arriving(receive(run.delivery, scene.nowTrueMs), run.outages);
  if (run.emptySinceTrueMs === null && isOver(plan.arrivals, scene)) run.emptySinceTrueMs = scene.nowTrueMs;
}

function isToGoOn({ scene, plan, emptySinceTrueMs }: Run): boolean {
  if (scene.nowTrueMs >= plan.durationMsMax) return false;
  return emptySinceTrueMs === null || scene.nowTrueMs - emptySinceTrueMs <= AFTERMATH_MS;
}

/** The whole run. Observations come in the order of arrival; the truth of a tick comes before what arrives in it. */
export function* runTwin(plan: TwinPlan): Generator<TwinOutput> {
  const run = createRun(plan);
  while (isToGoOn(run)) yield* advance(run);
  yield* arriving(receiveRest(run.delivery), run.outages);
}
