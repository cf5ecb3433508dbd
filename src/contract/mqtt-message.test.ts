import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../base/index.ts';
import { fixtureId, gateId, sourceId, storeId } from '../domain/index.ts';
import type { GateCrossing, Observation, PlateBatch } from '../domain/index.ts';
import { arbitraryRecording } from '../../test/recordings/arbitrary-recordings.ts';
import { mqttMessage, observationFromMqtt, storeTopicFilter } from './mqtt-message.ts';
import { decodePlateMessage, encodePlateMessage } from './plate-message.ts';
import { parseTopic } from './topics.ts';

const STORE = storeId('shop 1/a+b');

function messageOf(observation: Observation) {
  const message = mqttMessage(STORE, observation);
  if (!message.ok) throw new Error(message.problem);
  return message.value;
}

/** Samples as their bits; the rate as float32, which is what a plate message has. */
function bitsOf(observation: Observation): unknown {
  if (observation.kind !== 'plates') return observation;
  const { samplesGrams, rateHz } = observation;
  const bits = [...new Uint32Array(samplesGrams.slice().buffer)];
  return { ...observation, rateHz: Math.fround(rateHz), samplesGrams: bits };
}

const CROSSING: GateCrossing = {
  kind: 'gate',
  source: sourceId('gates/door'),
  sequence: 3,
  observedAtMs: epochMs(1_700_000_000_000),
  receivedAtMs: epochMs(1_700_000_000_020),
  gateId: gateId('door'),
  direction: 'out',
};
const BATCH: PlateBatch = {
  kind: 'plates',
  source: sourceId('plates/1'),
  sequence: 2 ** 32 - 1,
  observedAtMs: epochMs(1_700_000_000_000.125),
  receivedAtMs: epochMs(1_700_000_000_020),
  fixtureId: fixtureId('1'),
  rateHz: 60,
  sampleCount: 2,
  samplesGrams: Float32Array.of(1.5, Number.NaN, -0, 4, 5, 6),
};

test('every observation comes back to the bit, with the time of its receipt', () => {
  fc.assert(
    fc.property(arbitraryRecording, ({ observations }) => {
      for (const observation of observations) {
        const { topic, payload } = messageOf(observation);
        const receivedAtMs = epochMs(observation.receivedAtMs + 7);
        const read = observationFromMqtt(topic, payload, receivedAtMs);
        if (!read.ok) throw new Error(`${topic}: ${read.problem}`);
        expect(isDeepStrictEqual(bitsOf(read.value), bitsOf({ ...observation, receivedAtMs }))).toBe(true);
        expect(parseTopic(topic)).toMatchObject({ value: { kind: observation.kind, storeId: STORE } });
      }
    }),
    { numRuns: 60 },
  );
});

test('samples are binary, nothing that happened is retained, and topics stay in their store', () => {
  expect(messageOf(BATCH)).toMatchObject({
    topic: 'tillfree/shop%201%2Fa%2Bb/plates/1',
    qos: 0,
    isRetained: false,
  });
  expect(messageOf(BATCH).payload.length).toBe(28 + 6 * 4);
  expect(messageOf({ ...CROSSING, source: sourceId('mat 2') })).toMatchObject({
    topic: 'tillfree/shop%201%2Fa%2Bb/gates/door/mat%202',
    qos: 1,
    isRetained: false,
  });
  expect(storeTopicFilter(STORE)).toBe('tillfree/shop%201%2Fa%2Bb/#');
});

test('a sensor may leave out what its topic says and what it cannot know', () => {
  const text = '{"sequence":1,"observedAtMs":5,"gateId":"door","direction":"in"}';
  const read = observationFromMqtt('tillfree/s/gates/door', Buffer.from(text), 9);
  expect(read).toMatchObject({ ok: true, value: { source: 'gates/door', receivedAtMs: 9, direction: 'in' } });
});

describe('what is no message is refused with a reason', () => {
  const json = Buffer.from(messageOf(CROSSING).payload);
  test.each<[string, Uint8Array, RegExp]>([
    ['tillfree/s/gates', json, /as those of gate/],
    ['tillfree/s/gates/door/a/b', json, /as those of gate/],
    ['tillfree/s/carts/7', json, /as those of cart/],
    ['tillfree/s/weather/door', json, /none of/],
    ['other/s/gates/door', json, /none of/],
    ['tillfree//gates/door', json, /no id/],
    ['tillfree/s/gates/%ff', json, /no id/],
    ['tillfree/s/gates/window', json, /about door, its topic about window/],
    ['tillfree/s/tracks', json, /people/],
    ['tillfree/s/gates/door', Buffer.from([0x7b, 0xff, 0x7d]), /not JSON/],
    ['tillfree/s/gates/door', Buffer.from('[]'), /sequence/],
    ['tillfree/s/gates/door', Buffer.from('3'), /no JSON object/],
    ['tillfree/s/plates/1', json, /version 123/],
    ['tillfree/s/plates/1', Buffer.alloc(0), /0 bytes/],
  ])('%s', (topic, payload, reason) => {
    const read = observationFromMqtt(topic, payload, 5);
    expect(read.ok ? null : read.problem).toMatch(reason);
  });

  test('and what cannot be written is not', () => {
    const reads: readonly (readonly [Observation, RegExp])[] = [
      [{ ...BATCH, rateHz: Number.NaN }, /not finite/],
      [{ ...BATCH, sampleCount: 4 }, /4 × 1.5/],
      [{ ...BATCH, sampleCount: 70_000, samplesGrams: new Float32Array(70_000) }, /70000 × 1/],
    ];
    for (const [observation, reason] of reads) {
      const message = mqttMessage(STORE, observation);
      expect(message.ok ? null : message.problem).toMatch(reason);
    }
  });
});

describe('a plate message', () => {
  const setting = { fixtureId: BATCH.fixtureId, source: BATCH.source, receivedAtMs: BATCH.receivedAtMs };
  const encoded = encodePlateMessage(BATCH);
  const bytes = encoded.ok ? encoded.value : new Uint8Array();

  // By Python: struct.pack('<B7xdIfHH6f', 1, 1700000000000.125, 2**32 - 1, 60, 2, 3, 1.5, nan, -0.0, 4, 5, 6).hex()
  test('has the bytes that the page says', () => {
    expect(Buffer.from(bytes).toString('hex')).toBe(
      `01${'00'.repeat(7)}00028056febc7842ffffffff0000704202000300` +
        '0000c03f0000c07f00000080000080400000a0400000c040',
    );
  });

  test('is refused wherever it is cut off, prolonged, or begins otherwise', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(decodePlateMessage(bytes.subarray(0, length), setting).ok).toBe(false);
    expect(decodePlateMessage(Buffer.concat([bytes, Buffer.alloc(1)]), setting).ok).toBe(false);
    for (let at = 0; at < 8; at++) {
      const bent = bytes.slice();
      bent[at] = bent[at]! + 1;
      expect(decodePlateMessage(bent, setting).ok).toBe(false);
    }
    const timeless = bytes.slice();
    timeless.fill(0xff, 8, 16);
    expect(decodePlateMessage(timeless, setting)).toMatchObject({ problem: 'the message has no time' });
  });

  test('never throws, and reads at any offset of a buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        if (noise.length > 0) noise[0] = 1;
        expect(typeof decodePlateMessage(noise, setting).ok).toBe('boolean');
      }),
    );
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    const read = decodePlateMessage(shifted, setting);
    expect(bitsOf(present(read.ok ? read.value : null, 'NOT_READ'))).toEqual(bitsOf(BATCH));
  });
});
