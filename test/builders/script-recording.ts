/**
 * A scripted shop, recorded: what its plates and its tracker would have sent while people did what the script says,
 * and the truth beside it. SIMULATED, a test builder; the product never knows. The same shop, script and options give
 * the same bytes. Observations are made as they are asked for, so that a long or large recording needs no memory.
 */
import { epochMs, seededRandom } from '../../src/base/index.ts';
import type { EpochMs } from '../../src/base/index.ts';
import { sourceId, trackId } from '../../src/domain/index.ts';
import type { Fixture, Observation, ProductId, StoreModel, TrackId } from '../../src/domain/index.ts';
import { gateSignals } from './gate-signals.ts';
import { effectsOn } from './plate-effects.ts';
import { fixtureSignals, PLATE_RATE_HZ, SAMPLES_PER_MESSAGE } from './plate-signals.ts';
import { byArrival, deliver, plateFaults } from './script-faults.ts';
import type { FaultSetting, ScriptFault, SentObservation } from './script-faults.ts';
import type { Script } from './script.ts';
import type { Story, TrueMove } from './story.ts';
import { tellStory } from './tell-story.ts';
import { trackSignals } from './track-signals.ts';

export interface ScriptRecordingOptions {
  readonly seed?: number;
  readonly startsAtMs?: EpochMs;
  /** What the tracker's clock shows too much. */
  readonly trackClockOffsetMs?: number;
  /** From the picture to our receiving it; 2300 was seen on a real tracker. */
  readonly trackLatencyMs?: number;
  readonly faults?: readonly ScriptFault[];
}

export interface TruePerson {
  readonly personName: string;
  readonly trackIds: readonly TrackId[];
  readonly enteredAtMs: EpochMs;
  /** Null where the script lets them stay. */
  readonly leftAtMs: EpochMs | null;
  /** What they hold at the end; products of which nothing is left are not in it. */
  readonly items: ReadonlyMap<ProductId, number>;
}

export interface DatedMove extends Omit<TrueMove, 'atMs'> {
  readonly atMs: EpochMs;
}

export interface ScriptedRecording {
  readonly store: StoreModel;
  readonly startsAtMs: EpochMs;
  readonly endsAtMs: EpochMs;
  /** In order of `receivedAtMs`; every call starts anew. */
  observations(): Generator<Observation>;
  readonly people: readonly TruePerson[];
  readonly moves: readonly DatedMove[];
}

/** 2023-11-14T22:13:20Z: a round number, long past. */
const DEFAULT_START = epochMs(1_700_000_000_000);
const PLATE_LATENCY_MS = 25;
const STAMP_JITTER_MS = 20;
const SLICE_MS = 1000;

interface Source {
  readonly story: Story;
  readonly startsAtMs: EpochMs;
  readonly options: ScriptRecordingOptions;
  readonly faults: FaultSetting;
}

/** One number per (recording, source): no two sources share their noise. */
function seedOf(options: ScriptRecordingOptions, source: number): number {
  return Math.imul((options.seed ?? 1) + 0x51ed, 0x9e3779b1) + source;
}

function* plateMessages(from: Source, fixture: Fixture): Generator<SentObservation> {
  const { story, startsAtMs, options } = from;
  const seed = seedOf(options, fixture.fixtureIndex + 2);
  const jitter = seededRandom(seed ^ 0x5bd1e995);
  const effects = effectsOn(fixture, story.disturbances, seededRandom(seed ^ 0x2545f491));
  const spoil = plateFaults(from.faults, fixture.fixtureId);
  let sequence = 0;
  for (const raw of fixtureSignals({ fixture, effects, endsAtMs: story.endsAtMs, seed })) {
    spoil(raw.samplesGrams, raw.trueMs);
    const atMs = startsAtMs + raw.trueMs;
    const observation: Observation = {
      kind: 'plates',
      source: sourceId(`plates/${fixture.fixtureId}`),
      sequence: sequence++,
      observedAtMs: epochMs(atMs + (2 * jitter.uniform() - 1) * STAMP_JITTER_MS),
      receivedAtMs: epochMs(atMs + PLATE_LATENCY_MS + jitter.uniform() * 10),
      fixtureId: fixture.fixtureId,
      rateHz: PLATE_RATE_HZ,
      sampleCount: SAMPLES_PER_MESSAGE,
      samplesGrams: raw.samplesGrams,
    };
    yield { sourceName: fixture.fixtureId, trueMs: raw.trueMs, observation };
  }
}

function* trackMessages(from: Source): Generator<SentObservation> {
  const { story, startsAtMs, options } = from;
  const { trackClockOffsetMs = 0, trackLatencyMs = 120 } = options;
  const seed = seedOf(options, 1);
  const jitter = seededRandom(seed ^ 0x5bd1e995);
  let sequence = 0;
  for (const raw of trackSignals({ people: story.people, endsAtMs: story.endsAtMs, seed })) {
    const atMs = startsAtMs + raw.trueMs;
    const observation: Observation = {
      kind: 'tracks',
      source: sourceId('tracks'),
      sequence: sequence++,
      observedAtMs: epochMs(atMs + trackClockOffsetMs),
      receivedAtMs: epochMs(atMs + trackLatencyMs + jitter.uniform() * 15),
      people: raw.people,
    };
    yield { sourceName: 'tracks', trueMs: raw.trueMs, observation };
  }
}

const GATE_LATENCY_MS = 30;

function* gateMessages(from: Source, shop: StoreModel): Generator<SentObservation> {
  let sequence = 0;
  for (const { trueMs, gateId, direction } of gateSignals(shop, from.story.people)) {
    const atMs = from.startsAtMs + trueMs;
    const observation: Observation = {
      kind: 'gate',
      source: sourceId('gates'),
      sequence: sequence++,
      observedAtMs: epochMs(atMs),
      receivedAtMs: epochMs(atMs + GATE_LATENCY_MS),
      gateId,
      direction,
    };
    yield { sourceName: 'gates', trueMs, observation };
  }
}

/** Merges sources second by second: each is in order of arrival by itself. */
function* merged(sources: readonly Generator<SentObservation>[], startsAtMs: number): Generator<Observation> {
  let open = sources.flatMap((source) => {
    const first = source.next();
    return first.done ? [] : [{ source, head: first.value }];
  });
  for (let untilMs = startsAtMs + SLICE_MS; open.length > 0; untilMs += SLICE_MS) {
    const slice: SentObservation[] = [];
    open = open.filter((each) => {
      while (each.head.observation.receivedAtMs < untilMs) {
        slice.push(each.head);
        const next = each.source.next();
        if (next.done) return false;
        each.head = next.value;
      }
      return true;
    });
    for (const message of slice.sort(byArrival)) yield message.observation;
  }
}

function itemsOf(moves: readonly TrueMove[], personName: string): ReadonlyMap<ProductId, number> {
  const items = new Map<ProductId, number>();
  for (const move of moves) {
    if (move.personName !== personName) continue;
    const held = (items.get(move.productId) ?? 0) + (move.kind === 'pick' ? move.count : -move.count);
    if (held === 0) items.delete(move.productId);
    else items.set(move.productId, held);
  }
  return items;
}

export function scriptRecording(
  shop: StoreModel,
  script: Script,
  options: ScriptRecordingOptions = {},
): ScriptedRecording {
  const startsAtMs = options.startsAtMs ?? DEFAULT_START;
  const story = tellStory(shop, script, seededRandom(seedOf(options, 0)));
  const dated = (ms: number): EpochMs => epochMs(startsAtMs + ms);
  const source = (position: number): Source => {
    const random = seededRandom(seedOf(options, position) ^ 0x1b873593);
    return { story, startsAtMs, options, faults: { shop, faults: options.faults ?? [], random } };
  };
  const observations = (): Generator<Observation> => {
    const tracks = source(1);
    const plates = shop.layout.fixtures.map((fixture) => {
      const from = source(fixture.fixtureIndex + 2);
      return deliver(plateMessages(from, fixture), from.faults);
    });
    const gates = source(plates.length + 2);
    const others = [
      deliver(trackMessages(tracks), tracks.faults),
      deliver(gateMessages(gates, shop), gates.faults),
    ];
    return merged([...plates, ...others], startsAtMs);
  };
  const people = story.people.map((person) => ({
    personName: person.personName,
    trackIds: person.names.map((name) => trackId(name.trackText)),
    enteredAtMs: dated(person.enteredAtMs),
    leftAtMs: Number.isFinite(person.leftAtMs) ? dated(person.leftAtMs) : null,
    items: itemsOf(story.moves, person.personName),
  }));
  const moves = story.moves.map((move) => ({ ...move, atMs: dated(move.atMs) }));
  return { store: shop, startsAtMs, endsAtMs: dated(story.endsAtMs), observations, people, moves };
}
