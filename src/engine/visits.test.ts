import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../base/index.ts';
import { shelfFront, sourceId, trackId } from '../domain/index.ts';
import type { PlateBatch, TrackFrame } from '../domain/index.ts';
import { scriptedShop } from '../../test/builders/index.ts';
import { accept, closeShop } from './shop.ts';
import type { ShopEvent } from './shop-event.ts';
import { openShop } from './shop-state.ts';
import type { Shop } from './shop-state.ts';

const store = scriptedShop({ fixtures: 1, shelvesPerFixture: 1 });
const START = 1_700_000_000_000;
const FRONT = shelfFront(present(store.layout.shelves[0], 'NO_SHELF'));

interface SeenAt {
  readonly id: string;
  readonly x?: number;
  readonly isIn?: boolean;
}

/** A shop and what it told; frames come twice a second, plates five times. */
class Scene {
  readonly shop: Shop = openShop(store);
  readonly events: ShopEvent[] = [];
  private readonly sequences = new Map<string, number>();
  private isPushed = false;
  nowMs = 0;

  /** The people stand there until `untilMs`; nobody is seen where the list is empty, and null is a dark camera. */
  show(people: readonly SeenAt[] | null, untilMs: number): this {
    for (; this.nowMs < untilMs; this.nowMs += 200) {
      this.events.push(...accept(this.shop, this.batch()));
      if (people) this.events.push(...accept(this.shop, this.frame(people)));
    }
    return this;
  }

  push(isPushed: boolean): this {
    this.isPushed = isPushed;
    return this;
  }

  close(): this {
    this.events.push(...closeShop(this.shop));
    return this;
  }

  told(): string[] {
    return this.events.flatMap((event) => {
      if (event.kind === 'visit-entered' || event.kind === 'visit-left')
        return [`${event.kind} ${event.visit.trackIds.join('+')}`];
      return event.kind === 'receipt-issued' ? [`receipt ${event.receipt.trackIds.join('+')}`] : [];
    });
  }

  private sent(source: string) {
    const sequence = this.sequences.get(source) ?? 0;
    this.sequences.set(source, sequence + 1);
    const atMs = epochMs(START + this.nowMs);
    return { source: sourceId(source), sequence, observedAtMs: atMs, receivedAtMs: atMs };
  }

  /** Levels that repeat nothing exactly; a push is a load that settles nowhere. */
  private batch(): PlateBatch {
    const fixture = present(store.layout.fixtures[0], 'NO_FIXTURE');
    const samplesGrams = new Float32Array(12 * fixture.plates.length);
    const moment = Math.floor(this.nowMs / 600);
    const pushGrams = this.isPushed ? 400 * ((moment % 3) - 1) * (1 + moment / 10) : 0;
    for (let index = 0; index < samplesGrams.length; index++) {
      const isPushedPlate = index % fixture.plates.length === 2;
      samplesGrams[index] = 500 + Math.sin(index * 12.9898 + this.nowMs * 0.0123);
      if (isPushedPlate) samplesGrams[index]! += pushGrams;
    }
    const { fixtureId } = fixture;
    return { kind: 'plates', ...this.sent('plates/1'), fixtureId, rateHz: 60, sampleCount: 12, samplesGrams };
  }

  private frame(people: readonly SeenAt[]): TrackFrame {
    return {
      kind: 'tracks',
      ...this.sent('tracks'),
      people: people.map(({ id, x = FRONT.x, isIn = true }) => ({
        trackId: trackId(id),
        hasEntered: isIn,
        parts: { head: { x, y: FRONT.y - 0.4, z: 1.7, confidence: 1 } },
      })),
    };
  }
}

const FIRST: SeenAt = { id: 'first' };

describe('a visit', () => {
  test('begins with an entrance, and ends in a receipt once nobody has seen its body for 15 s', () => {
    const scene = new Scene().show([FIRST], 5000).show([], 19_600);
    expect(scene.told()).toEqual(['visit-entered first']);
    scene.show([], 21_000);
    expect(scene.told()).toEqual(['visit-entered first', 'visit-left first', 'receipt first']);
    const receipt = present(
      scene.events.find((event) => event.kind === 'receipt-issued')?.receipt,
      'NO_RECEIPT',
    );
    expect(receipt).toMatchObject({ enteredAtMs: START, leftAtMs: START + 4800, decision: 'charge' });
    expect(scene.shop.visits.size).toBe(0);
    scene.close();
    expect(scene.told()).toHaveLength(3);
  });

  test('goes on where the body is found again in time, under the same id or another', () => {
    const scene = new Scene().show([FIRST], 5000).show([], 15_000).show([FIRST], 20_000);
    scene
      .show([], 24_000)
      .show([{ id: 'again', isIn: false }], 30_000)
      .close();
    expect(scene.told()).toEqual(['visit-entered first', 'visit-left first+again', 'receipt first+again']);
  });

  test('is another one where the body comes back after its receipt', () => {
    const scene = new Scene().show([FIRST], 5000).show([], 30_000).show([FIRST], 35_000).close();
    expect(scene.told().filter((line) => line === 'receipt first')).toHaveLength(2);
  });

  test('stays open while the cameras are dark', () => {
    const scene = new Scene().show([FIRST], 5000).show(null, 120_000);
    expect(scene.told()).toEqual(['visit-entered first']);
    scene.show([FIRST], 125_000).show([], 145_000);
    expect(scene.told()).toEqual(['visit-entered first', 'visit-left first', 'receipt first']);
  });

  test('gets its receipt when the shop closes, in the order of entry', () => {
    const scene = new Scene()
      .show([FIRST], 1000)
      .show([FIRST, { id: 'second', x: 3 }], 3000)
      .close();
    expect(scene.told().filter((line) => line.startsWith('receipt'))).toEqual([
      'receipt first',
      'receipt second',
    ]);
  });
});

describe('a leaving visit', () => {
  test('waits for a shelf that it may have touched, but not for ever', () => {
    const scene = new Scene().show([FIRST], 5000).push(true).show([FIRST], 6000).show([], 21_600);
    expect(scene.told()).toEqual(['visit-entered first', 'visit-left first']);
    scene.show([], 24_000);
    expect(scene.told().at(-1)).toBe('receipt first');
  });

  test('does not wait for a shelf that is touched since, or far away', () => {
    const since = new Scene().show([FIRST], 5000).show([], 18_000).push(true).show([], 20_600);
    expect(since.told().at(-1)).toBe('receipt first');
    const far = [{ id: 'first', x: FRONT.x + 4 }];
    const away = new Scene().show(far, 5000).push(true).show(far, 6000).show([], 21_600);
    expect(away.told().at(-1)).toBe('receipt first');
  });

  test('is shopping again where the body is found while it waits', () => {
    const scene = new Scene().show([FIRST], 5000).push(true).show([FIRST], 6000).show([], 21_600);
    scene.show([FIRST], 23_000);
    expect([...scene.shop.visits.values()].map((visit) => visit.state)).toEqual(['shopping']);
    scene.push(false).show([], 45_000);
    expect(scene.told()).toEqual([
      'visit-entered first',
      'visit-left first',
      'visit-left first',
      'receipt first',
    ]);
  });
});

test('bodies that never came in get no receipt and are forgotten', () => {
  const scene = new Scene();
  scene.show([{ id: 'outside', isIn: false }], 5000);
  expect(scene.shop.fusion.bodies.byVisit.size).toBe(1);
  scene.show([], 21_000);
  expect(scene.shop.fusion.bodies.byVisit.size).toBe(0);
  expect(scene.shop.fusion.bodies.byTrack.size).toBe(0);
  expect(scene.close().told()).toEqual([]);
});

test('who is seen to come in later has a visit from when they were first seen', () => {
  const scene = new Scene()
    .show([{ id: 'first', isIn: false }], 2000)
    .show([FIRST], 4000)
    .close();
  expect(scene.told()).toEqual(['visit-entered first', 'visit-left first', 'receipt first']);
  const entered = scene.events.find((event) => event.kind === 'visit-entered');
  expect(entered?.visit.enteredAtMs).toBe(START);
});
