/**
 * Tells what changed in the baskets of open visits. It costs as much as there is pending, for all of it is put on top of
 * what is committed: with more than `PENDING_AT_EVERY_LOOK` interactions pending baskets are told that much less often, so
 * that a full shop costs what its size costs, and not the square of it. Receipts do not wait for it and are the same.
 */
import { epochMs } from '../base/index.ts';
import { basketOf } from '../fusion/index.ts';
import type { Shop } from './shop-state.ts';

/** A look every 200 ms of receive time is often enough for a live basket and cheap. */
export const LOOK_MS = 200;
/** Some eight people who take things without a pause; what is beyond that is a big shop. */
const PENDING_AT_EVERY_LOOK = 16;

export function tellBaskets(shop: Shop): void {
  if (!shop.isBasketStale || shop.nowMs < shop.basketsDueAtMs) return;
  shop.isBasketStale = false;
  const looks = shop.fusion.pending.size / PENDING_AT_EVERY_LOOK;
  shop.basketsDueAtMs = looks > 1 ? shop.nowMs + looks * LOOK_MS : shop.nowMs;
  for (const visit of shop.visits.values()) {
    const basket = basketOf(shop.fusion, visit.visitId);
    const told = basket.lines.map((line) => `${line.productId}*${line.quantity}:${line.status}`).join(' ');
    if (told === (shop.toldBaskets.get(visit.visitId) ?? '')) continue;
    shop.toldBaskets.set(visit.visitId, told);
    shop.events.push({ kind: 'basket-changed', atMs: epochMs(shop.nowMs), basket });
  }
}
