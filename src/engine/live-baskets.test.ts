import { expect, test } from 'vitest';
import { present } from '../base/index.ts';
import { interactionId } from '../domain/index.ts';
import { busyShopScript, scriptedShop, scriptRecording } from '../../test/builders/index.ts';
import { LOOK_MS, tellBaskets } from './live-baskets.ts';
import { openShop } from './shop-state.ts';
import type { Shop } from './shop-state.ts';
import { accept } from './shop.ts';

/** A shop in which somebody has just taken something that is still pending. */
function shopWithPending(): Shop {
  const store = scriptedShop({ seed: 3, fixtures: 2, shelvesPerFixture: 4 });
  const shop = openShop(store);
  for (const observation of scriptRecording(store, busyShopScript(store, 3), { seed: 3 }).observations()) {
    const events = accept(shop, observation);
    if (events.some(({ kind }) => kind === 'basket-changed') && shop.fusion.pending.size > 0) return shop;
  }
  throw new Error('nothing was ever pending');
}

/** Tells the pending interaction `count` times, under as many names. */
function multiplyPending({ fusion }: Shop, count: number): void {
  const told = present([...fusion.pending.values()][0], 'NOTHING_PENDING');
  for (let index = 0; index < count; index++) {
    const id = interactionId(`again#${index}`);
    fusion.pending.set(id, { ...told, interactionId: id });
  }
  fusion.tentative = null;
}

/** How many baskets are told where one has changed `afterMs` later. */
function toldAfter(shop: Shop, afterMs: number): number {
  shop.nowMs += afterMs;
  shop.toldBaskets.clear();
  shop.isBasketStale = true;
  tellBaskets(shop);
  return shop.events.splice(0).filter(({ kind }) => kind === 'basket-changed').length;
}

test('baskets are told at every look while little is pending', () => {
  const shop = shopWithPending();
  multiplyPending(shop, 8);
  expect([1, 2, 3].map(() => toldAfter(shop, LOOK_MS)).every((count) => count > 0)).toBe(true);
});

test('baskets are told four times less often with four times as much pending, and none is left out', () => {
  const shop = shopWithPending();
  multiplyPending(shop, 63);
  expect(shop.fusion.pending.size).toBe(64);
  const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => toldAfter(shop, LOOK_MS));
  expect(counts.map((count) => count > 0)).toEqual([
    true,
    false,
    false,
    false,
    true,
    false,
    false,
    false,
    true,
  ]);
  expect(shop.isBasketStale).toBe(false);
});
