/**
 * What is known already of reaches that are asked for again and again: every look at the live basket asks, for everything
 * that is still pending, after everybody's hands. What a body's samples say of a reach stays as it is once the body has
 * been seen for long enough after it, so it is worked out once; only what was learnt of clocks and hands is put on anew.
 * An answer from here is, bit for bit, what working it out again would give.
 *
 * Rejected: a grid of places. Nine of ten bodies are beyond reach, but to know that their samples must be looked at.
 *
 * Memory: ≤ `PLACES_MAX` places, the one asked for longest ago forgotten first, with an entry for everybody inside.
 */
import type { ClockOffset } from './clock-offset.ts';
import type { ReachSpread } from './reach-spread.ts';

/** ≤ 1024: 256 pending interactions of some four reaches each. */
const PLACES_MAX = 1024;

export interface KnownReach {
  readonly isFar: boolean;
  /** ln-likelihoods by clock offset under `spread`; null where the body is far. */
  readonly profile: Float64Array | null;
  readonly spread: ReachSpread;
  /** The ln-likelihood under `clock`. */
  clock: ClockOffset | null;
  log: number;
  /** When the body had gone for good, by then. */
  readonly leftAtMs: number | null;
  /** Samples that the body had had, and had lost, when this was worked out. */
  readonly pushedCount: number;
  readonly droppedCount: number;
  /** True where no later sample can change it. */
  readonly isSettled: boolean;
}

/** What is known of one reach, by body. */
export type KnownPlace = Map<object, KnownReach>;

export interface ReachMemory {
  readonly places: Map<string, KnownPlace>;
  /** The answer for every body beyond reach. */
  far: { readonly clock: ClockOffset; readonly spread: ReachSpread; readonly log: number } | null;
}

export function createReachMemory(): ReachMemory {
  return { places: new Map(), far: null };
}

/** The body's reaches are forgotten with it. O(places). */
export function forgetReaches(memory: ReachMemory, body: object): void {
  for (const place of memory.places.values()) place.delete(body);
}

/** Frames came out of order: what was settled is not. */
export function forgetAllReaches(memory: ReachMemory): void {
  memory.places.clear();
}

/** What is known of the place called `name`; it was asked for just now. */
export function placeIn(memory: ReachMemory, name: string): KnownPlace {
  const place = memory.places.get(name) ?? new Map<object, KnownReach>();
  memory.places.delete(name);
  memory.places.set(name, place);
  if (memory.places.size > PLACES_MAX) {
    const [oldest] = memory.places.keys();
    if (oldest !== undefined) memory.places.delete(oldest);
  }
  return place;
}
