/**
 * The weight plates of a whole store. Every fixture sends its own batches, staggered; a batch is made when it is read,
 * from the state its plates are in and whatever disturbed them until then. Memory: some 170 bytes a plate, and the
 * effects that have not ended.
 */
import { assert, exactExp, exactSineCosine, seededRandom } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { sourceId } from '../../domain/index.ts';
import type { Fixture, StoreLayout } from '../../domain/index.ts';
import type { Disturbance, PlateFault, ReadingOf } from '../words/index.ts';
import { foldBatch, layBatch } from './batch-forces.ts';
import { lastSampleMs } from './batch-times.ts';
import type { BatchTimes } from './batch-times.ts';
import { addDisturbance, beginsAtMs } from './disturbance-effects.ts';
import { mixedSeed, within } from './draw.ts';
import { batchScratch } from './fixture-state.ts';
import type { BatchScratch, FixtureState, Tone } from './fixture-state.ts';
import { walkPast } from './footsteps.ts';
import { noiseState } from './noise-state.ts';
import { normalTable } from './normal-table.ts';
import { plateColumns } from './plate-columns.ts';
import { faultyPlates, spoilBatch } from './plate-faults.ts';
import type { FaultyPlate } from './plate-faults.ts';
import { PLATE_SETTINGS } from './settings.ts';
import type { PlateSettings, Span } from './settings.ts';
import { writeBatch } from './write-batch.ts';
import type { BatchPlan } from './write-batch.ts';

export interface PlateSensors {
  readonly layout: StoreLayout;
  readonly seed: number;
  readonly settings: PlateSettings;
  readonly states: readonly FixtureState[];
  /** The same, in the order in which they send. */
  readonly byPhase: readonly FixtureState[];
  readonly plan: BatchPlan;
  readonly scratch: BatchScratch;
  readonly walkRandom: Random;
  nextWalkMs: number;
  /** Whose turn it is, in `byPhase`. */
  turn: number;
  readUntilMs: number;
}

export interface PlateSensorOptions {
  readonly layout: StoreLayout;
  readonly seed: number;
  readonly settings?: PlateSettings;
  readonly faults?: readonly PlateFault[];
  /** What lies on each plate at the start, by `plateIndex`; nothing where it is missing. */
  readonly loadGrams?: Float64Array;
}

/** Keep the streams of one seed apart. */
const FIXTURE_STREAM = 0x6678;
const NOISE_STREAM = 0x6e6f;
const WALK_STREAM = 0x7761;
const TURN_RAD = 6.283185307179586;

function newTone(random: Random, hz: Span, rateHz: number): Tone {
  const start = exactSineCosine(random.uniform() * TURN_RAD);
  const turn = exactSineCosine((TURN_RAD * within(random, hz)) / rateHz);
  return { cosine: start.cosine, sine: start.sine, turnCosine: turn.cosine, turnSine: turn.sine };
}

function newFixture(
  fixture: Fixture,
  options: PlateSensorOptions & { readonly settings: PlateSettings },
  faulty: readonly FaultyPlate[],
): FixtureState {
  const { seed, settings, loadGrams } = options;
  const random = seededRandom(mixedSeed([seed, FIXTURE_STREAM, fixture.fixtureIndex]));
  return {
    fixture,
    source: sourceId(`plates/${fixture.fixtureId}`),
    phaseMs: (random.uniform() * 1000 * settings.samplesPerBatch) / settings.rateHz,
    hum: newTone(random, settings.humHz, settings.rateHz),
    sway: newTone(random, settings.swayHz, settings.rateHz),
    columns: plateColumns({ fixture, settings, random, loadGrams }),
    noiseState: noiseState(mixedSeed([seed, NOISE_STREAM, fixture.fixtureIndex])),
    faulty,
    forces: [],
    kicks: [],
    activeForces: [],
    batchCount: 0,
  };
}

function newPlan(settings: PlateSettings): BatchPlan {
  const batchS = settings.samplesPerBatch / settings.rateHz;
  const wanderKeep = exactExp(-batchS / settings.wanderS);
  return {
    settings,
    normals: normalTable(),
    wanderKeep,
    wanderKick: Math.sqrt(1 - wanderKeep * wanderKeep),
    driftRedrawBatches: Math.max(1, Math.round(settings.driftRedrawS / batchS)),
  };
}

export function createPlateSensors(options: PlateSensorOptions): PlateSensors {
  const { layout, seed, settings = PLATE_SETTINGS, faults = [], loadGrams } = options;
  assert((loadGrams?.length ?? layout.plates.length) === layout.plates.length, 'PLATE_LOADS_UNEQUAL', {
    loads: loadGrams?.length,
    plates: layout.plates.length,
  });
  const faulty = faultyPlates(faults, layout, seed);
  const states = layout.fixtures.map((fixture, index) =>
    newFixture(fixture, { ...options, settings }, faulty[index]!),
  );
  const plateCountMax = Math.max(0, ...layout.fixtures.map((fixture) => fixture.plates.length));
  const sensors: PlateSensors = {
    layout,
    seed,
    settings,
    states,
    byPhase: states.toSorted((a, b) => a.phaseMs - b.phaseMs),
    plan: newPlan(settings),
    scratch: batchScratch(plateCountMax, settings.samplesPerBatch),
    walkRandom: seededRandom(mixedSeed([seed, WALK_STREAM])),
    nextWalkMs: 0,
    turn: 0,
    readUntilMs: -Infinity,
  };
  sensors.nextWalkMs = untilNextWalkMs(sensors);
  return sensors;
}

/** Walks come evenly spread over 0 to twice their mean gap: never a long silence, and no logarithm. */
function untilNextWalkMs(sensors: PlateSensors): number {
  const perHour = sensors.settings.walksPerFixtureHour * sensors.states.length;
  return perHour > 0 ? (sensors.walkRandom.uniform() * 2 * 3_600_000) / perHour : Infinity;
}

/** Lets everybody walk who starts before `ms`. */
function walkUntil(sensors: PlateSensors, ms: number): void {
  const { states, settings, walkRandom: random } = sensors;
  while (sensors.nextWalkMs < ms) {
    const nearFixtureIndex = random.below(states.length);
    const walk = { startsAtMs: sensors.nextWalkMs, nearFixtureIndex, isPassing: true };
    walkPast(walk, { states, settings, random });
    sensors.nextWalkMs += untilNextWalkMs(sensors);
  }
}

/**
 * Tells the plates of a disturbance; disturbances may come in any order.
 * @throws AssertionFailure where it begins at a time that was already read, or names a place that is not there.
 */
export function disturb(sensors: PlateSensors, disturbance: Disturbance): void {
  const startsAtMs = beginsAtMs(disturbance);
  const { readUntilMs, layout } = sensors;
  assert(startsAtMs >= readUntilMs, 'PLATES_DISTURBED_IN_PAST', { startsAtMs, readUntilMs });
  const isThere =
    disturbance.kind === 'bump'
      ? layout.fixtures[disturbance.fixtureIndex] !== undefined
      : disturbance.shares.every((share) => layout.plates[share.plateIndex] !== undefined);
  assert(isThere, 'PLATES_DISTURBED_NOWHERE', { ...disturbance });
  addDisturbance(sensors, disturbance);
}

function nextTimes(state: FixtureState, settings: PlateSettings): BatchTimes {
  const { samplesPerBatch: samples, rateHz } = settings;
  const sampleMs = 1000 / rateHz;
  return { firstMs: state.phaseMs + state.batchCount * samples * sampleMs, sampleMs, samples };
}

function nextBatch(sensors: PlateSensors, state: FixtureState, times: BatchTimes): ReadingOf<'plates'> {
  const { settings, scratch, plan } = sensors;
  const { fixture } = state;
  const samplesGrams = new Float32Array(times.samples * fixture.plates.length);
  const isLaid = layBatch(state, scratch, times);
  writeBatch(state, plan, { scratch, samplesGrams });
  if (isLaid) foldBatch(state, scratch, times);
  if (state.faulty.length > 0)
    spoilBatch(state.faulty, samplesGrams, { times, fixture, quantumGrams: settings.quantumGrams });
  state.batchCount++;
  return {
    kind: 'plates',
    source: state.source,
    fixtureId: fixture.fixtureId,
    rateHz: settings.rateHz,
    sampleCount: times.samples,
    samplesGrams,
    trueMs: lastSampleMs(times),
  };
}

/** Emits every batch whose last sample lies at or before `untilTrueMs` and that was not read before, by time. */
export function readPlates(
  sensors: PlateSensors,
  untilTrueMs: number,
  emit: (reading: ReadingOf<'plates'>) => void,
): void {
  const { byPhase, settings } = sensors;
  sensors.readUntilMs = Math.max(sensors.readUntilMs, untilTrueMs);
  if (byPhase.length === 0) return;
  const roundMs = (1000 * settings.samplesPerBatch) / settings.rateHz;
  for (;;) {
    const state = byPhase[sensors.turn]!;
    const times = nextTimes(state, settings);
    if (lastSampleMs(times) > untilTrueMs) return;
    // A round of batches reaches at most two rounds beyond its start.
    if (sensors.turn === 0) walkUntil(sensors, (state.batchCount + 2) * roundMs);
    emit(nextBatch(sensors, state, times));
    sensors.turn = (sensors.turn + 1) % byPhase.length;
  }
}

/** Forces and kicks that wait or go on. */
export function liveEffectCount(sensors: PlateSensors): number {
  return sensors.states.reduce(
    (sum, state) => sum + state.forces.length + state.activeForces.length + state.kicks.length,
    0,
  );
}
