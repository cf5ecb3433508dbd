import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../base/index.ts';
import { sourceId, trackId } from '../domain/index.ts';
import type { Observation, Receipt } from '../domain/index.ts';
import { busyShopScript, scriptedShop, scriptRecording, withDevices } from '../../test/builders/index.ts';
import type { ScriptFault, ScriptedRecording } from '../../test/builders/index.ts';
import { accept, closeShop, heardUntil } from './shop.ts';
import type { ShopEvent } from './shop-event.ts';
import { openShop } from './shop-state.ts';

const store = scriptedShop({ seed: 3, fixtures: 2, shelvesPerFixture: 4 });

const busy = (faults: readonly ScriptFault[] = []): ScriptedRecording =>
  scriptRecording(store, busyShopScript(store, 3), { seed: 3, faults });

function eventsOf(observations: Iterable<Observation>): ShopEvent[] {
  const shop = openShop(store);
  const events: ShopEvent[] = [];
  for (const observation of observations) events.push(...accept(shop, observation));
  return [...events, ...closeShop(shop)];
}

function receiptsOf(events: readonly ShopEvent[]): Receipt[] {
  return events.flatMap((event) => (event.kind === 'receipt-issued' ? [event.receipt] : []));
}

describe('the same observations give the same events, bit for bit', () => {
  const observations = [...busy().observations()];
  const once = JSON.stringify(eventsOf(observations));

  test('on every run', () => {
    expect(once.length).toBeGreaterThan(10_000);
    expect(JSON.stringify(eventsOf(observations))).toBe(once);
  });

  test('in two shops that run side by side', () => {
    const shops = [openShop(store), openShop(store)];
    const events: ShopEvent[][] = [[], []];
    observations.forEach((observation, index) => {
      shops.forEach((shop, which) => events[which]!.push(...accept(shop, observation)));
      // The second shop hears one message twice: the first must not notice.
      if (index === 20) accept(shops[1]!, observation);
    });
    shops.forEach((shop, which) => events[which]!.push(...closeShop(shop)));
    expect(JSON.stringify(events[0])).toBe(once);
    expect(receiptsOf(events[1]!)).toEqual(receiptsOf(events[0]!));
  });

  test('and no observation is changed by it', () => {
    const before = JSON.stringify(observations.slice(0, 300));
    eventsOf(observations.slice(0, 300));
    expect(JSON.stringify(observations.slice(0, 300))).toBe(before);
  });
});

describe('delivery changes nothing', () => {
  const clean = receiptsOf(eventsOf(busy().observations()));
  const five: ScriptFault = { kind: 'duplicated', share: 1, copies: 4 };
  const shuffled: ScriptFault = { kind: 'shuffled', share: 1, delayMs: 250 };

  test.each([
    ['five times', [five]],
    ['shuffled within the window', [shuffled]],
    ['five times and shuffled within the window', [shuffled, five]],
  ])('%s: the same receipts', (_, faults) => {
    const events = eventsOf(busy(faults).observations());
    expect(receiptsOf(events)).toEqual(clean);
    const refused = events.flatMap((event) =>
      event.kind === 'observation-refused' ? [event.problem.code] : [],
    );
    const expected = faults.includes(five) ? ['MESSAGE_REPEATED'] : [];
    expect([...new Set(refused)]).toEqual(expected);
  });
});

describe('the shop', () => {
  test('gives every observation a position and knows until when it has heard', () => {
    const shop = openShop(store);
    expect(heardUntil(shop)).toBeNull();
    const observations = [...busy().observations()].slice(0, 40);
    for (const observation of observations) accept(shop, observation);
    expect(shop.position).toBe(40);
    expect(heardUntil(shop)).toBe(Math.max(...observations.map((each) => each.observedAtMs)));
  });

  test('closes without a word where nothing was ever heard', () => {
    expect(closeShop(openShop(store))).toEqual([]);
  });

  test('tells every refused message once, with its remedy', () => {
    const shop = openShop(store);
    const [first] = busy().observations();
    accept(shop, present(first, 'NO_OBSERVATION'));
    const events = accept(shop, present(first, 'NO_OBSERVATION'));
    expect(events).toMatchObject([
      { kind: 'observation-refused', problem: { code: 'MESSAGE_REPEATED', remedy: expect.any(String) } },
    ]);
    expect(closeShop(shop).filter((event) => event.kind === 'observation-refused')).toEqual([]);
  });

  test('tells of fixtures that fall silent', () => {
    const recording = scriptRecording(
      store,
      { people: [], durationMs: 15_000 },
      {
        seed: 4,
        faults: [{ kind: 'source-silent', source: store.layout.fixtures[1]!.fixtureId, fromMs: 4000 }],
      },
    );
    const reports = eventsOf(recording.observations()).filter((event) => event.kind === 'plate-reported');
    expect(reports).toHaveLength(store.layout.fixtures[1]!.plates.length);
  });
});

describe('tags, carts and devices', () => {
  const observations = [...withDevices(busy().observations())];
  const shop = openShop(store);
  const events = observations.flatMap((observation) => accept(shop, observation));
  events.push(...closeShop(shop));

  test('are counted by kind, and change no receipt', () => {
    const kinds = Map.groupBy(observations, ({ kind }) => kind);
    const counts = Object.fromEntries([...kinds].map(([kind, each]) => [kind, each.length]));
    expect(shop.heardCounts).toEqual({ gate: 0, ...counts });
    expect(shop.heardCounts.tags).toBeGreaterThan(20);
    expect(receiptsOf(events)).toEqual(receiptsOf(eventsOf(busy().observations())));
  });

  test('a device is told of when it is first heard and whenever its state changes', () => {
    const states = events.flatMap((event) => (event.kind === 'device-reported' ? [event.health.state] : []));
    expect(states.length).toBeGreaterThan(8);
    states.forEach((state, index) => expect(state).toBe(index % 2 === 0 ? 'online' : 'degraded'));
  });
});

describe('memory', () => {
  const START = 1_700_000_000_000;
  const FRAME_MS = 500;

  function* frames(peopleAt: (ms: number) => readonly string[], untilMs: number): Generator<Observation> {
    for (let ms = 0; ms < untilMs; ms += FRAME_MS) {
      const atMs = epochMs(START + ms);
      const people = peopleAt(ms).map((id) => ({
        trackId: trackId(id),
        hasEntered: id.startsWith('shopper'),
        parts: { head: { x: Number(id.split('-')[1]) * 50, y: -2, z: 1.7, confidence: 1 } },
      }));
      const sequence = ms / FRAME_MS;
      yield {
        kind: 'tracks',
        source: sourceId('t'),
        sequence,
        observedAtMs: atMs,
        receivedAtMs: atMs,
        people,
      };
    }
  }

  test('after 2,000 ghosts and 500 visits nothing is left of them', () => {
    const shop = openShop(store);
    const receipts: Receipt[] = [];
    const stayFrames = 4;
    const peopleAt = (ms: number): string[] => {
      const turn = Math.floor(ms / FRAME_MS / stayFrames);
      if (turn >= 500) return [];
      return [`shopper-${turn}`, ...[0, 1, 2, 3].map((ghost) => `ghost-${turn * 4 + ghost + 1000}`)];
    };
    let bodiesMax = 0;
    for (const frame of frames(peopleAt, 500 * stayFrames * FRAME_MS + 30_000)) {
      receipts.push(...receiptsOf(accept(shop, frame)));
      bodiesMax = Math.max(bodiesMax, shop.fusion.bodies.byVisit.size);
    }
    expect(receipts).toHaveLength(500);
    expect(shop.fusion.bodies.bodyCount).toBe(2500);
    expect(bodiesMax).toBeLessThan(100);
    const { fusion, visits, toldBaskets, blind, events } = shop;
    const sizes = {
      visits: visits.size,
      toldBaskets: toldBaskets.size,
      blind: blind.visits.size,
      events: events.length,
      tracks: fusion.bodies.byTrack.size,
      bodies: fusion.bodies.byVisit.size,
      groups: fusion.groups.size,
      explained: fusion.explained.size,
      pending: fusion.pending.size,
      problems: shop.door.problems.length,
    };
    expect(sizes).toEqual(Object.fromEntries(Object.keys(sizes).map((name) => [name, 0])));
  });

  test('after a busy shop has emptied no visit is remembered', () => {
    const recording = busy();
    const shop = openShop(store);
    for (const observation of recording.observations()) accept(shop, observation);
    expect(shop.fusion.groups.size).toBeGreaterThan(0);
    closeShop(shop);
    const { fusion } = shop;
    expect(
      [shop.visits, fusion.groups, fusion.explained, fusion.bodies.byTrack].map((map) => map.size),
    ).toEqual([0, 0, 0, 0]);
  });
});
