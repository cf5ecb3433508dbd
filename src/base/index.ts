export { assert, assertNever, AssertionFailure, present } from './assert.ts';
export type { Brand } from './brand.ts';
export { seededRandom } from './random.ts';
export type { Random } from './random.ts';
export { ok, refused } from './result.ts';
export type { Result } from './result.ts';
export { RingBuffer } from './ring-buffer.ts';
export { epochMs, grams, METRES_PER_INCH } from './units.ts';
export type { EpochMs, Grams } from './units.ts';
