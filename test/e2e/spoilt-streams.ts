/** Streams of observations, spoilt at random: whatever a bus, a sensor or a tracker may come up with. SIMULATED. */
import { epochMs } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { fixtureId, gateId, sourceId, trackId } from '../../src/domain/index.ts';
import type {
  Observation,
  ObservationByKind,
  ObservationKind,
  PlateBatch,
  TrackedPerson,
  TrackFrame,
} from '../../src/domain/index.ts';

const ODD_NUMBERS = [
  Number.NaN,
  Infinity,
  -Infinity,
  3.4e38,
  -3.4e38,
  1e-40,
  0,
  -1,
  0.5,
  1e9,
  2 ** 53,
  1e308,
];
const ODD_TIMES_MS = [0, 1, 1e9, 1.7e12, 1.7e12 + 3_600_000, 4e12, 1e15, 9e15];

const oneOf = <Item>(random: Random, items: readonly Item[]): Item => items[random.below(items.length)]!;

type Spoiler<Kind extends Observation> = (random: Random, observation: Kind) => Kind;

function spoiltSamples(random: Random, { samplesGrams }: PlateBatch): Float32Array {
  const samples = Float32Array.from(samplesGrams);
  const hits = 1 + random.below(samples.length);
  for (let hit = 0; hit < hits; hit++) samples[random.below(samples.length)] = oneOf(random, ODD_NUMBERS);
  return samples;
}

const PLATE_SPOILERS: readonly Spoiler<PlateBatch>[] = [
  (random, batch) => ({ ...batch, samplesGrams: spoiltSamples(random, batch) }),
  (random, batch) => ({ ...batch, rateHz: oneOf(random, [...ODD_NUMBERS, 1, 9999]) }),
  (random, batch) => ({ ...batch, sampleCount: oneOf(random, ODD_NUMBERS) }),
  (random, batch) => ({ ...batch, samplesGrams: batch.samplesGrams.slice(random.below(50)) }),
  (_, batch) => ({ ...batch, sampleCount: 0, samplesGrams: new Float32Array(0) }),
  (random, batch) => ({ ...batch, fixtureId: fixtureId(oneOf(random, ['9', '__proto__', '1/1'])) }),
];

function spoiltPerson(random: Random, person: TrackedPerson): TrackedPerson {
  const names = Object.keys(person.parts) as (keyof typeof person.parts)[];
  const parts = { ...person.parts };
  for (const name of names) {
    const point = parts[name];
    if (!point || random.uniform() < 0.5) continue;
    if (random.uniform() < 0.3) delete parts[name];
    else
      parts[name] = { ...point, [oneOf(random, ['x', 'y', 'z', 'confidence'])]: oneOf(random, ODD_NUMBERS) };
  }
  return { ...person, parts };
}

/** Ids go round: everybody gets the id of the next. */
function withIdsSwapped({ people }: TrackFrame): readonly TrackedPerson[] {
  return people.map((person, index) => ({
    ...person,
    trackId: people[(index + 1) % people.length]!.trackId,
  }));
}

const FRAME_SPOILERS: readonly Spoiler<TrackFrame>[] = [
  (random, frame) => ({ ...frame, people: frame.people.map((person) => spoiltPerson(random, person)) }),
  (_, frame) => ({ ...frame, people: withIdsSwapped(frame) }),
  (_, frame) => ({ ...frame, people: [...frame.people, ...frame.people] }),
  (_, frame) => ({ ...frame, people: frame.people.map((person) => ({ ...person, parts: {} })) }),
  (_, frame) => ({ ...frame, people: [] }),
  (_, frame) => ({ ...frame, people: frame.people.toReversed() }),
  (random, frame) => ({
    ...frame,
    people: frame.people.map((person) => ({ ...person, trackId: trackId(`ghost-${random.below(5)}`) })),
  }),
];

const spoiltStamp = <Kind extends Observation>(random: Random, observation: Kind): Kind => {
  const how = random.below(4);
  if (how === 0) return { ...observation, sequence: oneOf(random, ODD_NUMBERS) };
  if (how === 1) return { ...observation, sequence: observation.sequence + random.below(200) - 100 };
  if (how === 2) return { ...observation, source: sourceId(`source-${random.below(3)}`) };
  return { ...observation, observedAtMs: epochMs(oneOf(random, ODD_TIMES_MS)) };
};

const SPOILERS: { readonly [Kind in ObservationKind]: readonly Spoiler<ObservationByKind[Kind]>[] } = {
  plates: PLATE_SPOILERS,
  tracks: FRAME_SPOILERS,
  gate: [
    (random, crossing) => ({ ...crossing, gateId: gateId(oneOf(random, ['nowhere', '__proto__'])) }),
    (_, crossing) => ({ ...crossing, direction: crossing.direction === 'in' ? 'out' : 'in' }),
  ],
  tags: [
    (random, told) => ({
      ...told,
      reads: told.reads.map((read) => ({ ...read, rssiDbm: oneOf(random, ODD_NUMBERS) })),
    }),
    (_, told) => ({ ...told, reads: [...told.reads, ...told.reads] }),
  ],
  cart: [(random, told) => ({ ...told, weightGrams: oneOf(random, ODD_NUMBERS) })],
  health: [(random, told) => ({ ...told, state: oneOf(random, ['online', 'degraded', 'offline'] as const) })],
};

function spoiltContent<Kind extends ObservationKind>(
  random: Random,
  kind: Kind,
  observation: ObservationByKind[Kind],
): ObservationByKind[Kind] {
  return oneOf(random, SPOILERS[kind])(random, observation);
}

function spoilt(random: Random, observation: Observation): Observation {
  if (random.uniform() < 0.25) return spoiltStamp(random, observation);
  return spoiltContent(random, observation.kind, observation);
}

/** Drops, repeats, swaps and spoils: each of `share` of the observations suffers one of them. */
export function spoiltStream(
  observations: readonly Observation[],
  random: Random,
  share: number,
): Observation[] {
  const stream: Observation[] = [];
  for (const observation of observations) {
    if (random.uniform() >= share) {
      stream.push(observation);
      continue;
    }
    const how = random.below(6);
    if (how === 0) continue;
    if (how === 1) stream.push(observation, observation);
    else if (how === 2) stream.splice(Math.max(0, stream.length - random.below(30)), 0, observation);
    else stream.push(spoilt(random, observation));
  }
  return stream;
}
