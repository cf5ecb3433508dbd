import { describe, expect, test } from 'vitest';
import { epochMs, present, seededRandom } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import { cartId, fixtureId, readerId, sourceId, tagId, trackId } from '../domain/index.ts';
import type { Observation, PlateBatch, TrackFrame } from '../domain/index.ts';
import { scriptedShop } from '../../test/builders/index.ts';
import { admit, admitRest, createDoor } from './door.ts';
import type { Door } from './door.ts';

const store = scriptedShop({ fixtures: 2, shelvesPerFixture: 1, platesPerShelf: 3 });
const START = 1_700_000_000_000;
const at = (ms: number): EpochMs => epochMs(START + ms);

type Bend = Partial<Omit<PlateBatch, 'kind'>>;

/** Message `sequence` of fixture 1: one sample every 200 ms, received 20 ms later. */
const batch = (sequence: number, bend: Bend = {}): PlateBatch => ({
  kind: 'plates',
  source: sourceId('plates/1'),
  sequence,
  observedAtMs: at(sequence * 200),
  receivedAtMs: at(sequence * 200 + 20),
  fixtureId: fixtureId('1'),
  rateHz: 5,
  sampleCount: 1,
  samplesGrams: new Float32Array(3),
  ...bend,
});

function passed(door: Door, messages: readonly Observation[]): Observation[] {
  return [...messages.flatMap((message) => admit(door, message)), ...admitRest(door)];
}

const sequencesOf = (messages: readonly Observation[]): number[] => messages.map((each) => each.sequence);
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const countsOf = (door: Door): Record<string, number> => Object.fromEntries(door.counts);

describe('order', () => {
  test('messages in order pass at once, untouched', () => {
    const door = createDoor(store);
    for (const sequence of range(20)) {
      const message = batch(sequence);
      expect(admit(door, message)).toEqual([message]);
    }
    expect(countsOf(door)).toEqual({});
  });

  test('shuffled within the window they come out in order, each once, nothing counted', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 50; round++) {
      const door = createDoor(store);
      // The first tells where the source begins; the others are at most two places (400 ms) late.
      const shuffled = range(60)
        .map((sequence) => ({ sequence, place: sequence + (sequence === 0 ? 0 : 2 * random.uniform()) }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ sequence, place }) => batch(sequence, { receivedAtMs: at(place * 200 + 20) }));
      expect(sequencesOf(passed(door, shuffled))).toEqual(range(60));
      expect(countsOf(door)).toEqual({});
    }
  });

  test('a hole is waited for, then given up and counted; what still comes is late', () => {
    const door = createDoor(store);
    const withHole = range(12).filter((sequence) => sequence !== 3 && sequence !== 4);
    expect(
      sequencesOf(
        passed(
          door,
          withHole.map((sequence) => batch(sequence)),
        ),
      ),
    ).toEqual(withHole);
    expect(countsOf(door)).toEqual({ MESSAGES_MISSING: 2 });
    expect(admit(door, batch(3, { receivedAtMs: at(3000) }))).toEqual([]);
    expect(countsOf(door)).toEqual({ MESSAGES_MISSING: 2, MESSAGE_LATE: 1 });
    expect(admit(door, batch(3, { receivedAtMs: at(3010) }))).toEqual([]);
    expect(countsOf(door)).toMatchObject({ MESSAGE_LATE: 1, MESSAGE_REPEATED: 1 });
  });

  test('a message before the first that came is late', () => {
    const door = createDoor(store);
    expect(admit(door, batch(5))).toHaveLength(1);
    expect(admit(door, batch(4, { receivedAtMs: at(1050) }))).toEqual([]);
    expect(countsOf(door)).toEqual({ MESSAGE_LATE: 1 });
  });
});

describe('repeats', () => {
  test('five copies of everything pass once; all others are counted as repeated', () => {
    const door = createDoor(store);
    const copies = range(40).flatMap((sequence) => range(5).map(() => batch(sequence)));
    expect(sequencesOf(passed(door, copies))).toEqual(range(40));
    expect(countsOf(door)).toEqual({ MESSAGE_REPEATED: 160 });
    const again = createDoor(store);
    const later = [...range(40), ...range(40)].map((sequence, index) =>
      batch(sequence, { receivedAtMs: at(index * 100) }),
    );
    expect(sequencesOf(passed(again, later))).toEqual(range(40));
    expect(countsOf(again)).toEqual({ MESSAGE_REPEATED: 40 });
  });

  test('a repeat of one that waits is told too', () => {
    const door = createDoor(store);
    for (const sequence of [0, 2, 2]) admit(door, batch(sequence));
    expect(countsOf(door)).toEqual({ MESSAGE_REPEATED: 1 });
  });

  test('no more than eight wait, and the rest is let out at the end', () => {
    const door = createDoor(store);
    const together = [0, ...range(9).map((index) => index + 2)];
    const out = together.flatMap((sequence) => admit(door, batch(sequence, { receivedAtMs: at(20) })));
    expect(sequencesOf(out)).toEqual(together);
    expect(admit(door, batch(12, { receivedAtMs: at(30) }))).toEqual([]);
    expect(sequencesOf(admitRest(door))).toEqual([12]);
    expect(admitRest(door)).toEqual([]);
  });
});

describe('sources that begin anew', () => {
  const numberedFrom = (first: number, count: number, startsAtMs: number): PlateBatch[] =>
    range(count).map((index) =>
      batch(first + index, {
        observedAtMs: at(startsAtMs + index * 200),
        receivedAtMs: at(startsAtMs + index * 200 + 20),
      }),
    );

  test.each([10, 100])('a sequence that restarts after %i messages is followed', (count) => {
    const door = createDoor(store);
    const messages = [...numberedFrom(0, count, 0), ...numberedFrom(0, 20, count * 200)];
    expect(passed(door, messages)).toEqual(messages);
    expect(countsOf(door)).toEqual({ SEQUENCE_RESTARTED: 1 });
  });

  test('what waited before the restart is not lost', () => {
    const door = createDoor(store);
    const messages = [...numberedFrom(0, 3, 0), ...numberedFrom(4, 1, 800), ...numberedFrom(0, 5, 1000)];
    expect(passed(door, messages)).toEqual(messages);
    expect(countsOf(door)).toEqual({ MESSAGES_MISSING: 1, SEQUENCE_RESTARTED: 1 });
  });

  test('an old message with a small number is no restart', () => {
    const door = createDoor(store);
    passed(door, numberedFrom(0, 10, 0));
    expect(admit(door, batch(1, { receivedAtMs: at(2100) }))).toEqual([]);
    expect(countsOf(door)).toEqual({ MESSAGE_REPEATED: 1 });
  });
});

describe('clocks', () => {
  const stepped = (stepMs: number): PlateBatch[] =>
    range(40).map((sequence) =>
      batch(sequence, { observedAtMs: at(sequence * 200 + (sequence >= 20 ? stepMs : 0)) }),
    );

  test.each([-3_600_000, -2000, -300, 10_000, 3_600_000, 1e14])(
    'a step of %d ms is mended, counted once, and time goes on as before',
    (stepMs) => {
      const door = createDoor(store);
      const times = passed(door, stepped(stepMs)).map((each) => each.observedAtMs - START);
      expect(countsOf(door)).toEqual({ CLOCK_STEPPED: 1 });
      times.forEach((time, sequence) => expect(Math.abs(time - sequence * 200)).toBeLessThan(25));
    },
  );

  test('a clock that jumps and jumps back loses nothing of its precision', () => {
    const door = createDoor(store);
    const there = [batch(0), batch(1, { observedAtMs: at(1e15) }), batch(2), batch(3)];
    const times = passed(door, there).map((each) => each.observedAtMs - START);
    times.forEach((time, sequence) => expect(Math.abs(time - sequence * 200)).toBeLessThan(25));
    expect(countsOf(door)).toEqual({ CLOCK_STEPPED: 2 });
  });

  test('a clock that was never set counts as ours, also once it is set', () => {
    const door = createDoor(store);
    const messages = range(20).map((sequence) =>
      sequence < 10 ? batch(sequence, { observedAtMs: epochMs(5000 + sequence * 200) }) : batch(sequence),
    );
    const times = passed(door, messages).map((each) => each.observedAtMs - START);
    times.forEach((time, sequence) => expect(Math.abs(time - sequence * 200)).toBeLessThan(25));
    expect(countsOf(door)).toEqual({ CLOCK_STEPPED: 2 });
  });

  test('a constant lag of seconds and stamps that jitter are left alone', () => {
    const door = createDoor(store);
    const random = seededRandom(3);
    const messages = range(100).map((sequence) =>
      batch(sequence, {
        observedAtMs: at(sequence * 200 + 40 * (random.uniform() - 0.5)),
        receivedAtMs: at(sequence * 200 + 2300 + 400 * random.uniform()),
      }),
    );
    expect(passed(door, messages)).toEqual(messages);
    expect(countsOf(door)).toEqual({});
  });
});

describe('content', () => {
  test.each<[string, Bend]>([
    ['FIXTURE_UNKNOWN', { fixtureId: fixtureId('9') }],
    ['BATCH_RATE', { rateHz: 0 }],
    ['BATCH_RATE', { rateHz: -5 }],
    ['BATCH_RATE', { rateHz: 1e-40 }],
    ['BATCH_RATE', { rateHz: Number.NaN }],
    ['BATCH_RATE', { rateHz: Number.POSITIVE_INFINITY }],
    ['BATCH_SHAPE', { samplesGrams: new Float32Array(4) }],
    ['BATCH_SHAPE', { sampleCount: 0, samplesGrams: new Float32Array(0) }],
    ['BATCH_SHAPE', { sampleCount: 2 }],
    ['BATCH_SHAPE', { sampleCount: 1.5 }],
    ['BATCH_SHAPE', { sampleCount: Number.NaN }],
  ])('%s: %o is left out and told', (code, bend) => {
    const door = createDoor(store);
    expect(admit(door, batch(0, bend))).toEqual([]);
    expect(countsOf(door)).toEqual({ [code]: 1 });
    expect(door.problems).toMatchObject([{ code, where: 'plates/1:0' }]);
    expect(present(door.problems[0], 'NOT_TOLD').remedy.length).toBeGreaterThan(10);
  });

  test('points that are no finite place are left out, the rest of the frame stays', () => {
    const door = createDoor(store);
    const point = { x: 1, y: 2, z: 1.6, confidence: 1 };
    const bent = { ...point, y: Number.NaN };
    const frame: TrackFrame = {
      kind: 'tracks',
      source: sourceId('tracks'),
      sequence: 0,
      observedAtMs: at(0),
      receivedAtMs: at(20),
      people: [
        { trackId: trackId('a'), hasEntered: true, parts: { head: point, leftWrist: bent } },
        { trackId: trackId('b'), hasEntered: true, parts: { head: { ...point, x: Infinity } } },
      ],
    };
    const [out] = admit(door, frame);
    expect(out).toMatchObject({ people: [{ parts: { head: point } }, { parts: {} }] });
    expect(JSON.stringify(out)).not.toContain('leftWrist');
    expect(countsOf(door)).toEqual({ TRACK_POINT: 1 });
  });

  test('a cart without a weight is left out, a tag without a strength from its round', () => {
    const door = createDoor(store);
    const sent = (source: string) => ({
      source: sourceId(source),
      sequence: 0,
      observedAtMs: at(0),
      receivedAtMs: at(20),
    });
    const weightGrams = Number.NaN;
    const cart = { kind: 'cart', ...sent('c'), cartId: cartId('c'), weightGrams, isStable: true } as const;
    expect(admit(door, cart)).toEqual([]);
    const read = (name: string, rssiDbm: number) => ({ tagId: tagId(name), productId: null, rssiDbm });
    const reads = [read('a', -50), read('b', Infinity), read('c', -60)];
    const [out] = admit(door, { kind: 'tags', ...sent('r'), readerId: readerId('r'), reads });
    expect(out).toMatchObject({ reads: [{ tagId: 'a' }, { tagId: 'c' }] });
    expect(countsOf(door)).toEqual({ CART_WEIGHT: 1, TAG_SIGNAL: 1 });
  });

  test('more sources than a shop can have are not heard', () => {
    const door = createDoor(store);
    for (const number of range(5000)) admit(door, batch(0, { source: sourceId(`babble/${number}`) }));
    expect(door.sources.size).toBe(4096);
    expect(countsOf(door)).toEqual({ SOURCES_TOO_MANY: 904 });
    expect(admit(door, batch(1, { source: sourceId('babble/7') }))).toHaveLength(1);
  });
});
