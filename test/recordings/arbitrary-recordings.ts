/** Stores and observations of any kind, for properties: every float32, ids in any script, frames without anybody. */
import fc from 'fast-check';
import { epochMs } from '../../src/base/index.ts';
import {
  BODY_PARTS,
  buildCatalogue,
  buildLayout,
  buildPlanogram,
  cartId,
  deviceId,
  gateId,
  money,
  poseFromRodrigues,
  productId,
  isIdText,
  readerId,
  sourceId,
  storeId,
  tagId,
  trackId,
} from '../../src/domain/index.ts';
import type {
  FixtureSpec,
  Gate,
  Observation,
  PlateBatch,
  StoreModel,
  TrackFrame,
} from '../../src/domain/index.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(isIdText);
const metres = fc.double({ min: -100, max: 100, noNaN: true });
const point = fc.record({ x: metres, y: metres, z: metres }, { noNullPrototype: true });
const edge = fc.double({ min: 0.01, max: 3, noNaN: true });
const size = fc.record({ x: edge, y: edge, z: edge }, { noNullPrototype: true });
const angle = fc.double({ min: -1.7, max: 1.7, noNaN: true });
const pose = fc
  .record({ translation: point, rotation: fc.record({ x: angle, y: angle, z: angle }) })
  .map(({ translation, rotation }) => poseFromRodrigues(translation, rotation));

const numbers = (maxLength: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength });

const shelf = fc.record({ fixtureFromShelf: pose, sizeM: size, plateNumbers: numbers(4) });
const fixture = fc.record({
  storeFromFixture: pose,
  sizeM: size,
  shelves: fc.array(shelf, { minLength: 1, maxLength: 3 }),
});

type ArbitraryFixture = typeof fixture extends fc.Arbitrary<infer Value> ? Value : never;

function fixtureSpec(name: string, from: ArbitraryFixture): FixtureSpec {
  return {
    fixtureName: name,
    storeFromFixture: from.storeFromFixture,
    sizeM: from.sizeM,
    shelves: from.shelves.map(({ fixtureFromShelf, sizeM, plateNumbers }, position) => ({
      shelfNumber: position + 1,
      fixtureFromShelf,
      sizeM,
      plates: plateNumbers.map((plateNumber) => ({ plateNumber, shelfFromPlate: fixtureFromShelf, sizeM })),
    })),
    where: 'test',
  };
}

const gates: fc.Arbitrary<Gate[]> = fc.uniqueArray(
  fc.record({ gateId: text.map(gateId), placeInStore: point, widthM: edge }, { noNullPrototype: true }),
  { maxLength: 2, selector: (gate) => gate.gateId },
);

export const arbitraryStore: fc.Arbitrary<StoreModel> = fc
  .record({ name: text, fixtures: fc.dictionary(text, fixture, { minKeys: 1, maxKeys: 3 }), gates })
  .map(({ name, fixtures, gates: storeGates }) => {
    const specs = Object.entries(fixtures).map(([fixtureName, from]) => fixtureSpec(fixtureName, from));
    const { layout } = buildLayout(storeId(name), specs);
    const { catalogue } = buildCatalogue([
      {
        code: 'α-1',
        name: 'Tee ☕',
        weightGrams: 0.1,
        price: money(199, 'USD'),
        imageUrl: null,
        where: 'test',
      },
      {
        code: '2',
        name: '2',
        weightGrams: null,
        price: null,
        imageUrl: 'https://example.org/2.png',
        where: 'test',
      },
    ]);
    const plateIds = layout.plates.slice(0, 2).map((plate) => plate.plateId);
    const rows = [{ productId: productId('α-1'), plateIds, where: 'test' }];
    const { planogram } = buildPlanogram(rows, { layout, catalogue });
    return { layout, catalogue, planogram, gates: storeGates };
  });

const INTERESTING_BITS = [
  0, 0x80000000, 1, 0x80000001, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00123, 0x7f800001,
];
const bits = fc.oneof(fc.constantFrom(...INTERESTING_BITS), fc.integer({ min: 0, max: 0xffffffff }));

/** Any double between 1970 and far ahead, and those that sensors really send. */
const time = fc.oneof(
  fc.double({ min: 1, max: 4e12, noNaN: true }),
  fc.integer({ min: 1, max: 4e15 }).map((microseconds) => microseconds / 1000),
);

const trackedPoint = fc.record(
  { x: metres, y: metres, z: metres, confidence: fc.double({ min: 0.001, max: 1, noNaN: true }) },
  { noNullPrototype: true },
);
const parts = fc.record(Object.fromEntries(BODY_PARTS.map((part) => [part, trackedPoint])), {
  requiredKeys: [],
  noNullPrototype: true,
});
const personFields = {
  trackId: text.map(trackId),
  hasEntered: fc.boolean(),
  parts,
};
const person = fc.record(personFields, { noNullPrototype: true });

interface Moment {
  readonly observedAtMs: number;
  readonly lagMs: number;
}
const moments = fc.array(fc.record({ observedAtMs: time, lagMs: fc.integer({ min: 0, max: 9000 }) }), {
  maxLength: 6,
});

const sentAt = ({ observedAtMs, lagMs }: Moment) => ({
  observedAtMs: epochMs(observedAtMs),
  receivedAtMs: epochMs(observedAtMs + lagMs),
});

function plateBatches(store: StoreModel): fc.Arbitrary<PlateBatch[]> {
  const batches = store.layout.fixtures.map((at) =>
    moments.chain((sent) =>
      fc
        .array(
          fc.integer({ min: 1, max: 4 }).chain((sampleCount) =>
            fc.record({
              sampleCount: fc.constant(sampleCount),
              rateHz: fc.double({ min: 0.1, max: 1000, noNaN: true }),
              words: fc.array(bits, {
                minLength: sampleCount * at.plates.length,
                maxLength: sampleCount * at.plates.length,
              }),
            }),
          ),
          { minLength: sent.length, maxLength: sent.length },
        )
        .map((bodies) =>
          bodies.map(({ sampleCount, rateHz, words }, position): PlateBatch => ({
            kind: 'plates',
            source: sourceId(`plates/${at.fixtureId}`),
            sequence: position,
            ...sentAt(sent[position]!),
            fixtureId: at.fixtureId,
            rateHz,
            sampleCount,
            samplesGrams: new Float32Array(new Uint32Array(words).buffer),
          })),
        ),
    ),
  );
  return fc.tuple(...batches).map((lists) => lists.flat());
}

type Unsent<Message> = Message extends Observation
  ? Omit<Message, 'source' | 'sequence' | 'observedAtMs' | 'receivedAtMs'>
  : never;

const tagRead = fc.record(
  {
    tagId: text.map(tagId),
    productId: fc.option(text.map(productId)),
    rssiDbm: fc.double({ noNaN: true, noDefaultInfinity: true }),
  },
  { noNullPrototype: true },
);

/** Of gates, tag readers, carts and devices, by the name of the thing. */
const deviceBody: fc.Arbitrary<(name: string) => Unsent<Observation>> = fc.oneof(
  fc
    .constantFrom('in' as const, 'out' as const)
    .map((direction) => (name: string) => ({ kind: 'gate' as const, gateId: gateId(name), direction })),
  fc
    .array(tagRead, { maxLength: 3 })
    .map((reads) => (name: string) => ({ kind: 'tags' as const, readerId: readerId(name), reads })),
  fc
    .record({ weightGrams: fc.double({ noNaN: true, noDefaultInfinity: true }), isStable: fc.boolean() })
    .map(({ weightGrams, isStable }) => (name: string) => ({
      kind: 'cart' as const,
      cartId: cartId(name),
      weightGrams,
      isStable,
    })),
  fc
    .record({
      state: fc.constantFrom('online' as const, 'degraded' as const, 'offline' as const),
      note: fc.string(),
    })
    .map(({ state, note }) => (name: string) => ({
      kind: 'health' as const,
      deviceId: deviceId(name),
      state,
      note,
    })),
);

const trackFrames: fc.Arbitrary<TrackFrame[]> = fc
  .array(
    fc.record({
      at: moments.filter((sent) => sent.length > 0).map((sent) => sent[0]!),
      people: fc.uniqueArray(person, { maxLength: 3, selector: (each) => each.trackId }),
    }),
    { maxLength: 5 },
  )
  .map((frames) =>
    frames.map(({ at, people }, position) => ({
      kind: 'tracks',
      source: sourceId('tracks'),
      sequence: position,
      ...sentAt(at),
      people,
    })),
  );

const devices: fc.Arbitrary<Observation[]> = fc.array(
  fc
    .record({ at: moments.filter((sent) => sent.length > 0), name: text, source: text, body: deviceBody })
    .map(({ at, name, source, body }) => ({
      source: sourceId(`device ${source}`.slice(0, 128)),
      sequence: 0,
      ...sentAt(at[0]!),
      ...body(name),
    })),
  { maxLength: 8 },
);

/** Numbers the messages of each source by their time and orders all by arrival, as a recording has them. */
function asRecorded(observations: readonly Observation[]): Observation[] {
  const bySource = Map.groupBy(observations, (observation) => observation.source);
  return [...bySource.keys()]
    .toSorted()
    .flatMap((source) => {
      const distinct = new Map(bySource.get(source)?.map((each) => [each.observedAtMs, each]));
      const ordered = [...distinct.values()].toSorted((a, b) => a.observedAtMs - b.observedAtMs);
      return ordered.map((observation, sequence) => ({ ...observation, sequence }));
    })
    .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}

export interface ArbitraryRecording {
  readonly store: StoreModel;
  readonly observations: readonly Observation[];
}

export const arbitraryRecording: fc.Arbitrary<ArbitraryRecording> = arbitraryStore.chain((store) =>
  fc
    .tuple(plateBatches(store), trackFrames, devices)
    .map((lists) => ({ store, observations: asRecorded(lists.flat()) })),
);
