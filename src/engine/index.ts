export type { GateCounters } from './gates.ts';
export { currencyOf } from './make-receipt.ts';
export { ENGINE_PROBLEM_CODES } from './problem-codes.ts';
export type { EngineProblemCode } from './problem-codes.ts';
export type { Recording, RecordingSpan } from './recording.ts';
export { accept, closeShop, heardUntil, KINDS_NOT_YET_USED } from './shop.ts';
export type { ShopEvent } from './shop-event.ts';
export { learntBy, openShop, SHOP_SETTINGS } from './shop-state.ts';
export type { Shop, ShopKnowledge, ShopSettings } from './shop-state.ts';
