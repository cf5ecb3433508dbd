import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../base/index.ts';
import { gateId, shelfFront, sourceId, trackId } from '../domain/index.ts';
import type { GateCrossing, Observation, StoreModel } from '../domain/index.ts';
import { scriptedShop } from '../../test/builders/index.ts';
import { accept, closeShop } from './shop.ts';
import type { ShopEvent } from './shop-event.ts';
import { openShop } from './shop-state.ts';
import type { Shop } from './shop-state.ts';

const START = 1_700_000_000_000;
const furniture = scriptedShop({ fixtures: 1, shelvesPerFixture: 1 });
const FRONT = shelfFront(present(furniture.layout.shelves[0], 'NO_SHELF'));
const GATE = { gateId: gateId('door'), placeInStore: { x: FRONT.x + 4, y: FRONT.y - 2, z: 0 }, widthM: 1 };
const store: StoreModel = { ...furniture, gates: [GATE] };
const FRAME_MS = 100;
const BATCH_MS = 200;

interface SeenAt {
  readonly id: string;
  /** Metres into the shop from the middle of the gate, and along it. */
  readonly inM?: number;
  readonly alongM?: number;
  readonly isIn?: boolean;
}

interface Told {
  readonly atMs: number;
  readonly event: ShopEvent;
}

/** A shop with one gate; frames arrive `lagMs` late, plates and gate messages at once. */
class Scene {
  readonly shop: Shop = openShop(store);
  readonly told: Told[] = [];
  nowMs = 0;
  isPushed = false;
  private readonly lagMs: number;
  private readonly underway: { readonly arrivesMs: number; readonly observation: Observation }[] = [];
  private readonly sequences = new Map<string, number>();

  constructor(lagMs = 100) {
    this.lagMs = lagMs;
  }

  show(people: readonly SeenAt[], untilMs: number): this {
    for (; this.nowMs < untilMs; this.nowMs += FRAME_MS) {
      if (this.nowMs % BATCH_MS === 0) this.hear(this.batch());
      this.underway.push({ arrivesMs: this.nowMs + this.lagMs, observation: this.frame(people) });
      while (this.underway[0] && this.underway[0].arrivesMs <= this.nowMs)
        this.hear(present(this.underway.shift(), 'NOTHING_UNDERWAY').observation);
    }
    return this;
  }

  /** Now somebody passes. */
  pass(direction: 'in' | 'out', gate = GATE.gateId, times = 1): this {
    const crossing: GateCrossing = {
      kind: 'gate',
      ...this.sent(`gates/${gate}`, 0),
      gateId: gate,
      direction,
    };
    for (let time = 0; time < times; time++) this.hear(crossing);
    return this;
  }

  close(): this {
    this.told.push(...closeShop(this.shop).map((event) => ({ atMs: this.nowMs, event })));
    return this;
  }

  receipts(): {
    readonly who: string;
    readonly atMs: number;
    readonly leftMs: number;
    readonly enteredMs: number;
  }[] {
    return this.told.flatMap(({ atMs, event }) =>
      event.kind === 'receipt-issued'
        ? [
            {
              who: event.receipt.trackIds.join('+'),
              atMs,
              leftMs: event.receipt.leftAtMs - START,
              enteredMs: event.receipt.enteredAtMs - START,
            },
          ]
        : [],
    );
  }

  private hear(observation: Observation): void {
    for (const event of accept(this.shop, observation)) this.told.push({ atMs: this.nowMs, event });
  }

  private sent(source: string, lagMs: number) {
    const sequence = this.sequences.get(source) ?? 0;
    this.sequences.set(source, sequence + 1);
    const observedAtMs = epochMs(START + this.nowMs);
    return { source: sourceId(source), sequence, observedAtMs, receivedAtMs: epochMs(observedAtMs + lagMs) };
  }

  private batch(): Observation {
    const fixture = present(store.layout.fixtures[0], 'NO_FIXTURE');
    const samplesGrams = new Float32Array(12 * fixture.plates.length);
    const pushGrams = this.isPushed
      ? 400 * ((Math.floor(this.nowMs / 600) % 3) - 1) * (1 + this.nowMs / 6000)
      : 0;
    for (let index = 0; index < samplesGrams.length; index++) {
      samplesGrams[index] = 500 + Math.sin(index * 12.9898 + this.nowMs * 0.0123);
      if (index % fixture.plates.length === 2) samplesGrams[index]! += pushGrams;
    }
    const { fixtureId } = fixture;
    return {
      kind: 'plates',
      ...this.sent('plates/1', 0),
      fixtureId,
      rateHz: 60,
      sampleCount: 12,
      samplesGrams,
    };
  }

  private frame(people: readonly SeenAt[]): Observation {
    const { x, y } = GATE.placeInStore;
    return {
      kind: 'tracks',
      ...this.sent('tracks', this.lagMs),
      people: people.map(({ id, inM = 0.2, alongM = 0, isIn = true }) => ({
        trackId: trackId(id),
        hasEntered: isIn,
        parts: { head: { x: x + alongM, y: y + inM, z: 1.7, confidence: 1 } },
      })),
    };
  }
}

const A: SeenAt = { id: 'a' };
const B: SeenAt = { id: 'b', alongM: 0.3 };
const INSIDE: SeenAt = { id: 'a', inM: 6 };

describe('out through a gate', () => {
  test('the receipt comes within a second instead of five, dated by the gate', () => {
    const scene = new Scene().show([INSIDE], 3000).show([A], 4000).pass('out').show([], 30_000);
    expect(scene.receipts()).toMatchObject([{ who: 'a', leftMs: 4000 }]);
    expect(scene.receipts()[0]!.atMs).toBeLessThanOrEqual(5000);
    expect(scene.shop.gates.counters).toMatchObject({ crossings: 1, matched: 1, cameBack: 0 });
    const cameras = new Scene().show([INSIDE], 3000).show([A], 4000).show([], 30_000);
    expect(cameras.receipts()[0]!.atMs).toBeGreaterThan(9000);
    expect(cameras.receipts()[0]!.atMs).toBeLessThan(10_000);
  });

  test('who is lost far from any gate is waited for three times as long', () => {
    const scene = new Scene().show([INSIDE], 4000).show([], 30_000);
    expect(scene.receipts()[0]!.atMs).toBeGreaterThan(18_000);
  });

  test('frames that lag by 2.3 s are waited for', () => {
    const scene = new Scene(2300).show([INSIDE], 3000).show([A], 4000).pass('out').show([], 10_000);
    expect(scene.receipts()).toMatchObject([{ who: 'a', leftMs: 4000 }]);
    expect(scene.receipts()[0]!.atMs).toBeLessThanOrEqual(7200);
  });

  test('frames that lag too much leave it to the cameras', () => {
    const scene = new Scene(6000).show([A], 4000).pass('out').show([], 40_000);
    expect(scene.shop.gates.counters).toMatchObject({ matched: 0, nobody: 1 });
    expect(scene.receipts()[0]!.atMs).toBeGreaterThan(14_000);
  });

  test('who goes on outside in the cameras’ sight has left once they see nobody any more', () => {
    const outside = { id: 'a', inM: -1 };
    const scene = new Scene().show([A], 4000).pass('out').show([outside], 5500).show([], 10_000);
    expect(scene.receipts()).toMatchObject([{ who: 'a', leftMs: 4000 }]);
    expect(scene.receipts()[0]!.atMs).toBeLessThanOrEqual(6600);
  });
});

describe('which of those at the gate', () => {
  test('of two at the gate the one who is still seen stays', () => {
    const scene = new Scene().show([A, B], 4000).pass('out').show([B], 12_000);
    expect(scene.receipts().map(({ who }) => who)).toEqual(['a']);
    expect([...scene.shop.visits.values()].map(({ state }) => state)).toEqual(['shopping']);
  });

  test('two who go together go, with one crossing each', () => {
    const scene = new Scene().show([A, B], 4000).pass('out').show([], 4200).pass('out').show([], 8000);
    expect(scene.receipts().map(({ who }) => who)).toEqual(['a', 'b']);
    expect(scene.shop.gates.counters).toMatchObject({ crossings: 2, matched: 2 });
  });

  test('two who vanish at once and fit equally wait for the cameras', () => {
    const scene = new Scene().show([A, B], 4000).pass('out').show([], 8900);
    expect(scene.receipts()).toEqual([]);
    expect(scene.shop.gates.counters).toMatchObject({ matched: 0, unclear: 1 });
    scene.show([], 25_000);
    expect(scene.receipts().map(({ who }) => who)).toEqual(['a', 'b']);
  });

  test('a crossing that comes five times lets one person out', () => {
    const scene = new Scene().show([A, B], 4000).pass('out', GATE.gateId, 5).show([B], 8000).show([], 9000);
    expect(scene.shop.gates.counters).toMatchObject({ crossings: 1, matched: 1 });
    expect(scene.receipts().map(({ who }) => who)).toEqual(['a']);
  });

  test('nobody goes where nobody was near, or the gate is not of this store', () => {
    const scene = new Scene().show([INSIDE], 4000).pass('out').show([], 6000);
    scene.pass('out', gateId('elsewhere')).show([], 12_000);
    expect(scene.receipts()).toEqual([]);
    expect(scene.shop.gates.counters).toMatchObject({ crossings: 1, matched: 0, nobody: 1 });
    const refused = scene.told.flatMap(({ event }) =>
      event.kind === 'observation-refused' ? [event.problem] : [],
    );
    expect(refused).toMatchObject([{ code: 'GATE_UNKNOWN', where: 'gates/elsewhere:0' }]);
  });

  test('who is seen again before the receipt is shopping again', () => {
    const scene = new Scene().show([INSIDE], 3000);
    scene.isPushed = true;
    scene.show([A], 4000).pass('out').show([], 4800);
    expect([...scene.shop.visits.values()].map(({ state }) => state)).toEqual(['leaving']);
    scene.show([A], 5400).show([INSIDE], 9000);
    expect([...scene.shop.visits.values()].map(({ state }) => state)).toEqual(['shopping']);
    expect(scene.shop.gates.counters).toMatchObject({ matched: 1, cameBack: 1 });
    scene.isPushed = false;
    scene.show([A], 10_000).pass('out').show([], 14_000);
    expect(scene.receipts()).toMatchObject([{ who: 'a', leftMs: 10_000 }]);
  });

  test('a shelf that somebody is still at holds the receipt up, but not for ever', () => {
    const scene = new Scene().show([INSIDE], 3000);
    scene.isPushed = true;
    scene.show([A], 4000).pass('out').show([], 4800);
    expect(scene.receipts()).toEqual([]);
    scene.show([], 12_000);
    expect(scene.receipts()[0]!.atMs).toBeLessThanOrEqual(6800);
  });
});

describe('in through a gate', () => {
  const stranger: SeenAt = { id: 'a', isIn: false };

  test('a body whose entrance no camera saw has a visit from the crossing on', () => {
    const scene = new Scene().show([], 2000).pass('in').show([], 2300).show([stranger], 3000);
    scene.show([{ ...stranger, inM: 5 }], 6000).close();
    expect(scene.receipts()).toMatchObject([{ who: 'a', enteredMs: 2000 }]);
    const cameras = new Scene().show([], 2300).show([stranger], 6000).close();
    expect(cameras.receipts()).toEqual([]);
  });

  test('who stood inside already did not come in', () => {
    const scene = new Scene().show([A], 8000).pass('in').show([A], 14_000).close();
    expect(scene.shop.gates.counters).toMatchObject({ matched: 0, nobody: 1 });
    expect(scene.receipts()).toMatchObject([{ who: 'a', enteredMs: 0 }]);
  });

  test('of two strangers at the gate none is let in by one crossing', () => {
    const two = [stranger, { ...stranger, id: 'b', alongM: 0.3 }];
    const scene = new Scene().show([], 2000).pass('in').show(two, 8000).close();
    expect(scene.shop.gates.counters).toMatchObject({ matched: 0, unclear: 1 });
    expect(scene.receipts()).toEqual([]);
  });
});

test('nothing of a crossing outlives its visit, and no more wait than may', () => {
  const scene = new Scene().show([], 1000).pass('in').show([A], 4000).pass('out').show([], 8000);
  expect(scene.receipts()).toHaveLength(1);
  const { waiting, exits, entries } = scene.shop.gates;
  expect([waiting.length, exits.size, entries.size]).toEqual([0, 0, 0]);
  for (let time = 0; time < 300; time++) scene.pass('out');
  expect(waiting.length).toBe(256);
  expect(scene.shop.gates.counters.dropped).toBe(44);
});
