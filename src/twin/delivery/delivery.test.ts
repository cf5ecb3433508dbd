import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { epochMs } from '../../base/index.ts';
import { deviceId, fixtureId, gateId, sourceId } from '../../domain/index.ts';
import type { Observation } from '../../domain/index.ts';
import type { DeliveryFault, Reading } from '../words/index.ts';
import { createDelivery, deliveryCounts, receive, receiveRest, send } from './index.ts';
import type { Delivery, DeliveryOptions } from './index.ts';

const STARTS_AT_MS = epochMs(1_700_000_000_000);
const FIXTURES = ['1', '2', '3', '4'];

function batch(fixture: string, trueMs: number): Reading {
  return {
    kind: 'plates',
    source: sourceId(`plates/${fixture}`),
    fixtureId: fixtureId(fixture),
    rateHz: 60,
    sampleCount: 1,
    samplesGrams: Float32Array.of(trueMs % 1000),
    trueMs,
  };
}

const frame = (trueMs: number): Reading => ({
  kind: 'tracks',
  source: sourceId('tracks'),
  people: [],
  trueMs,
});
const crossing = (trueMs: number): Reading => ({
  kind: 'gate',
  source: sourceId('gates/in'),
  gateId: gateId('in'),
  direction: 'in',
  trueMs,
});

/** What a small shop sends: plates every 200 ms, frames every 67 ms, a gate now and then. */
function shop(untilS: number): Reading[] {
  const readings: Reading[] = [];
  for (let ms = 200; ms <= untilS * 1000; ms += 200)
    readings.push(...FIXTURES.map((name) => batch(name, ms)));
  for (let ms = 30; ms <= untilS * 1000; ms += 67) readings.push(frame(ms));
  for (let ms = 5000; ms <= untilS * 1000; ms += 9000) readings.push(crossing(ms));
  return readings.sort((a, b) => a.trueMs - b.trueMs);
}

function deliver(
  readings: readonly Reading[],
  options: Partial<DeliveryOptions> & { readonly faults?: readonly DeliveryFault[] } = {},
): { readonly arrived: Observation[]; readonly delivery: Delivery } {
  const delivery = createDelivery({ startsAtMs: STARTS_AT_MS, seed: 3, fixtureIds: FIXTURES, ...options });
  for (const reading of readings) send(delivery, reading);
  return { arrived: receiveRest(delivery), delivery };
}

const keyOf = ({ source, sequence }: Observation): string => `${source}:${sequence}`;
const texts = (observations: readonly Observation[]): string => JSON.stringify(observations);
const trueMsOf = ({ observedAtMs }: Observation): number => observedAtMs - STARTS_AT_MS;

/** Messages of a source that came after one with a higher number. */
function overtakenCount(observations: readonly Observation[]): number {
  const highest = new Map<string, number>();
  let count = 0;
  for (const { source, sequence } of observations) {
    if (sequence < (highest.get(source) ?? -1)) count++;
    highest.set(source, Math.max(sequence, highest.get(source) ?? -1));
  }
  return count;
}

afterEach(() => {
  vi.restoreAllMocks();
});

const anyReading = fc
  .record({ which: fc.integer({ min: 0, max: 5 }), trueMs: fc.double({ min: 0, max: 5000, noNaN: true }) })
  .map(({ which, trueMs }) => {
    if (which === 5) return crossing(trueMs);
    return which === 4 ? frame(trueMs) : batch(FIXTURES[which]!, trueMs);
  });

test('every reading arrives exactly once, in the order of arrival, and within its source as it was sent', () => {
  fc.assert(
    fc.property(
      fc.array(anyReading, { maxLength: 200 }),
      fc.integer(),
      fc.nat(900),
      (unordered, seed, stepMs) => {
        const readings = unordered.toSorted((a, b) => a.trueMs - b.trueMs);
        const delivery = createDelivery({ startsAtMs: STARTS_AT_MS, seed, fixtureIds: FIXTURES });
        const arrived: Observation[] = [];
        let next = 0;
        for (let ms = 0; ms <= 6000; ms += stepMs + 100) {
          for (; next < readings.length && readings[next]!.trueMs <= ms; next++)
            send(delivery, readings[next]!);
          const now = receive(delivery, ms);
          expect(now.every(({ receivedAtMs }) => receivedAtMs <= STARTS_AT_MS + ms + 0.001)).toBe(true);
          arrived.push(...now);
        }
        for (; next < readings.length; next++) send(delivery, readings[next]!);
        arrived.push(...receiveRest(delivery));
        expect(arrived).toHaveLength(readings.length);
        expect(new Set(arrived.map(keyOf)).size).toBe(readings.length);
        expect(overtakenCount(arrived)).toBe(0);
        const times = arrived.map(({ receivedAtMs }) => receivedAtMs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const sentOf = (source: string): number[] =>
          readings.filter((each) => each.source === source).map(({ trueMs }) => trueMs);
        for (const [source, own] of Map.groupBy(arrived, (each) => each.source)) {
          const sent = sentOf(source);
          expect(own.map(({ sequence }) => sequence)).toEqual([...sent.keys()]);
          own.forEach((each, index) => {
            expect(Math.abs(trueMsOf(each) - sent[index]!)).toBeLessThanOrEqual(20.001);
            expect(each.receivedAtMs).toBeGreaterThan(STARTS_AT_MS + sent[index]!);
          });
        }
        expect(texts(arrived)).toBe(texts(deliver(readings, { seed }).arrived));
      },
    ),
    { numRuns: 60 },
  );
});

describe('without faults', () => {
  test('the same on every machine, another with another seed', () => {
    const usual = texts(deliver(shop(60)).arrived);
    for (const name of ['sin', 'cos', 'exp', 'log', 'pow', 'hypot'] as const)
      vi.spyOn(Math, name).mockReturnValue(0.1234);
    expect(texts(deliver(shop(60)).arrived)).toBe(usual);
    expect(texts(deliver(shop(60), { seed: 4 }).arrived)).not.toBe(usual);
  });

  test('weights take tens of milliseconds, tracks a quarter of a second; each clock is off by its own', () => {
    const readings = shop(120);
    const { arrived } = deliver(readings);
    const lags = (kind: Observation['kind']): number[] =>
      arrived
        .filter((each) => each.kind === kind)
        .map(({ receivedAtMs, observedAtMs }) => receivedAtMs - observedAtMs)
        .sort((a, b) => a - b);
    const at = (all: readonly number[], share: number): number => all[Math.floor(share * (all.length - 1))]!;
    expect(at(lags('plates'), 0.5)).toBeGreaterThan(20);
    expect(at(lags('plates'), 0.5)).toBeLessThan(30);
    expect(at(lags('plates'), 1)).toBeGreaterThan(50);
    expect(at(lags('plates'), 1)).toBeLessThan(125);
    expect(at(lags('tracks'), 0.5)).toBeGreaterThan(225);
    expect(at(lags('tracks'), 0.5)).toBeLessThan(275);
    const offsets = [1, 2, 3, 4, 5, 6].map((seed) => {
      const first = deliver(readings, { seed }).arrived.find(({ kind }) => kind === 'tracks')!;
      return trueMsOf(first) - 30;
    });
    expect(new Set(offsets).size).toBe(6);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(20);
  });

  test('only what is under way is held', () => {
    const delivery = createDelivery({ startsAtMs: STARTS_AT_MS, seed: 3, fixtureIds: FIXTURES });
    for (const reading of shop(1200)) {
      receive(delivery, reading.trueMs);
      send(delivery, reading);
      // A quarter of a second of tracks and a few hundredths of weights, with their tails.
      expect(delivery.underWay.length).toBeLessThan(20);
    }
    expect(delivery.senders.size).toBe(6);
  });
});

const readings = shop(120);
const healthy = deliver(readings).arrived;
const inWindow = (each: Observation): boolean => trueMsOf(each) >= 29_900 && trueMsOf(each) < 90_100;
const sensors = readings.filter(
  ({ kind, trueMs }) => kind !== 'gate' && trueMs >= 30_000 && trueMs < 90_000,
).length;

function struck(fault: DeliveryFault): { arrived: Observation[]; count: number } {
  const { arrived, delivery } = deliver(readings, { faults: [fault] });
  expect(arrived.filter(({ kind }) => kind === 'gate').length).toBe(13);
  expect(texts(arrived.filter((each) => trueMsOf(each) < 29_000))).toBe(
    texts(healthy.filter((each) => trueMsOf(each) < 29_000)),
  );
  return { arrived, count: deliveryCounts(delivery).struckByFault[fault.kind] };
}

describe('faults that silence', () => {
  test('fixture-offline: those fixtures are silent, and their numbers go on where they stopped', () => {
    const { arrived, count } = struck({ kind: 'fixture-offline', fromS: 30, untilS: 90, fixtureIds: ['2'] });
    const own = arrived.filter(({ source }) => source === 'plates/2');
    expect(own.filter(({ observedAtMs }) => observedAtMs - STARTS_AT_MS > 30_010).length).toBe(151);
    expect(own.map(({ sequence }) => sequence)).toEqual([...own.keys()]);
    expect(count).toBe(300);
    expect(arrived.length).toBe(healthy.length - 300);
    const silentBy = (share: number): number =>
      FIXTURES.length -
      new Set(
        struck({ kind: 'fixture-offline', fromS: 30, untilS: 90, share })
          .arrived.filter(
            (each) => each.kind === 'plates' && trueMsOf(each) > 31_000 && trueMsOf(each) < 89_000,
          )
          .map(({ source }) => source),
      ).size;
    expect([silentBy(0.01), silentBy(0.5), silentBy(1), silentBy(0)]).toEqual([1, 2, 4, 0]);
  });
});

describe('faults of messages', () => {
  test('batches-late: the share that it says, by up to the time that it says', () => {
    const { arrived, count } = struck({
      kind: 'batches-late',
      fromS: 30,
      untilS: 90,
      share: 0.2,
      lateMsMax: 3000,
    });
    expect(count / sensors).toBeGreaterThan(0.15);
    expect(count / sensors).toBeLessThan(0.25);
    const usual = new Map(healthy.map((each) => [keyOf(each), each.receivedAtMs]));
    const delays = arrived.map((each) => each.receivedAtMs - usual.get(keyOf(each))!);
    expect(delays.filter((delay) => delay > 0).length).toBe(count);
    expect(Math.max(...delays)).toBeGreaterThan(2700);
    expect(Math.max(...delays)).toBeLessThan(3000);
    expect(arrived.length).toBe(healthy.length);
  });

  test('batches-lost and broker-restart: holes in the numbers', () => {
    const lost = struck({ kind: 'batches-lost', fromS: 30, untilS: 90, share: 0.1 });
    expect(lost.arrived.length).toBe(healthy.length - lost.count);
    expect(lost.count / sensors).toBeGreaterThan(0.07);
    expect(lost.count / sensors).toBeLessThan(0.13);
    const left = new Set(lost.arrived.map(keyOf));
    expect(healthy.filter((each) => !left.has(keyOf(each))).every(inWindow)).toBe(true);

    const { arrived, delivery } = deliver(readings, {
      faults: [{ kind: 'broker-restart', fromS: 30, untilS: 33 }],
    });
    const inRestart = arrived.filter(
      ({ receivedAtMs }) => receivedAtMs >= STARTS_AT_MS + 30_000 && receivedAtMs < STARTS_AT_MS + 33_000,
    );
    expect(inRestart).toEqual([]);
    expect(deliveryCounts(delivery).struckByFault['broker-restart']).toBe(healthy.length - arrived.length);
    expect(arrived.findLast(({ source }) => source === 'plates/1')!.sequence).toBe(599);
    expect(arrived.some((each) => trueMsOf(each) > 34_000)).toBe(true);
  });

  test('batches-duplicated: the same message twice, the second not before the first', () => {
    const { arrived, count } = struck({ kind: 'batches-duplicated', fromS: 30, untilS: 90, share: 0.3 });
    expect(arrived.length).toBe(healthy.length + count);
    expect(count / sensors).toBeGreaterThan(0.25);
    const twice = [...Map.groupBy(arrived, keyOf).values()].filter(({ length }) => length > 1);
    expect(twice.length).toBe(count);
    for (const [first, second] of twice) {
      expect(second!.receivedAtMs).toBeGreaterThanOrEqual(first!.receivedAtMs);
      expect({ ...second, receivedAtMs: 0 }).toEqual({ ...first, receivedAtMs: 0 });
    }
  });

  test('batches-shuffled: messages overtake each other, none is lost', () => {
    const { arrived } = struck({ kind: 'batches-shuffled', fromS: 30, untilS: 90, withinMs: 500 });
    expect(overtakenCount(healthy)).toBe(0);
    expect(overtakenCount(arrived)).toBeGreaterThan(300);
    expect(new Set(arrived.map(keyOf))).toEqual(new Set(healthy.map(keyOf)));
  });
});

describe('faults of clocks, and all together', () => {
  test('clock-skew: stamps are off and drift, arrivals are not', () => {
    const fault: DeliveryFault = {
      kind: 'clock-skew',
      fromS: 30,
      untilS: 90,
      offsetMsMax: 400,
      ppmMax: 5000,
    };
    const { arrived } = deliver(readings, { faults: [fault] });
    expect(arrived.map(({ receivedAtMs }) => receivedAtMs)).toEqual(
      healthy.map(({ receivedAtMs }) => receivedAtMs),
    );
    const errors = arrived.map((each, index) => ({
      source: each.source,
      receivedMs: healthy[index]!.receivedAtMs - STARTS_AT_MS,
      errorMs: each.observedAtMs - healthy[index]!.observedAtMs,
    }));
    const skewed = errors.filter(({ receivedMs }) => receivedMs > 30_500 && receivedMs < 90_000);
    expect(skewed.every(({ errorMs }) => errorMs !== 0 && Math.abs(errorMs) <= 700)).toBe(true);
    expect(errors.filter(({ receivedMs }) => receivedMs > 91_000).every(({ errorMs }) => errorMs === 0)).toBe(
      true,
    );
    const slopes = [...Map.groupBy(skewed, ({ source }) => source).values()].map(
      (own) => own.at(-1)!.errorMs - own[0]!.errorMs,
    );
    expect(new Set(slopes.map((slope) => Math.sign(slope))).size).toBe(2);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(30);
    expect(Math.max(...slopes.map(Math.abs))).toBeLessThan(301);
  });

  test('clock-step: the share of the sources that it says jumps, at least one', () => {
    const jumped = (share: number): number => {
      const fault: DeliveryFault = { kind: 'clock-step', fromS: 30, stepMs: -60_000, share };
      const { arrived, delivery } = deliver(readings, { faults: [fault] });
      const changed = arrived.filter((each, index) => each.observedAtMs !== healthy[index]!.observedAtMs);
      expect(deliveryCounts(delivery).struckByFault['clock-step']).toBe(changed.length);
      return new Set(changed.filter(({ kind }) => kind !== 'gate').map(({ source }) => source)).size;
    };
    expect([jumped(0.01), jumped(0.6), jumped(1), jumped(0)]).toEqual([1, 3, 5, 0]);
  });

  test('together, each still does its own, and the counts add up', () => {
    const faults: DeliveryFault[] = [
      { kind: 'batches-lost', fromS: 0, share: 0.1 },
      { kind: 'batches-duplicated', fromS: 0, share: 0.1 },
      { kind: 'batches-late', fromS: 0, share: 0.1, lateMsMax: 500 },
    ];
    const { arrived, delivery } = deliver(readings, { faults });
    const counts = deliveryCounts(delivery);
    expect(counts.sentCount).toBe(readings.length);
    expect(counts.receivedCount).toBe(arrived.length);
    expect(counts.underWayCount).toBe(0);
    const distinct = new Set(arrived.map(keyOf)).size;
    expect(readings.length - distinct).toBe(counts.struckByFault['batches-lost']);
    expect(counts.struckByFault['batches-duplicated']).toBeGreaterThanOrEqual(arrived.length - distinct);
  });
});

test('a message of a device passes whole, and what is sent too late is a programmer’s error', () => {
  const told: Reading = {
    kind: 'health',
    source: sourceId('health/scale-1'),
    deviceId: deviceId('scale-1'),
    state: 'degraded',
    note: 'low battery',
    trueMs: 100,
  };
  const { arrived, delivery } = deliver([told], { startsAtMs: epochMs(0) });
  expect(arrived).toEqual([
    expect.objectContaining({ kind: 'health', deviceId: 'scale-1', state: 'degraded', note: 'low battery' }),
  ]);
  expect(arrived[0]).not.toHaveProperty('trueMs');
  expect(arrived[0]!.observedAtMs).toBeGreaterThanOrEqual(0);
  expect(() => {
    send(delivery, told);
  }).toThrow('READING_SENT_LATE');
});
