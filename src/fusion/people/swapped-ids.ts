/**
 * Nobody teleports. Where two known ids jump, each to where the other just was, the tracker has mixed up two people, and
 * the ids go on with the other body. A jump alone is not enough: the exchange must explain both places far better.
 */
import { floorDistanceM } from '../../domain/index.ts';
import type { Point3, TrackId } from '../../domain/index.ts';

/** A known id in this frame, and where its body was when it was last seen. */
export interface KnownId {
  readonly trackId: TrackId;
  readonly lastPlace: Point3;
  readonly here: Point3;
  readonly sinceMs: number;
}

/** Faster than people move in a shop, with what a tracker's head may jitter. */
const SPEED_M_PER_S = 2.5;
const JITTER_M = 0.12;
/** Behind this a body may have walked to where the other was. */
const SINCE_MS_MAX = 700;

function reachM(sinceMs: number): number {
  return JITTER_M + (SPEED_M_PER_S * sinceMs) / 1000;
}

/** True where this id cannot be the same person any more. */
function hasJumped({ lastPlace, here, sinceMs }: KnownId): boolean {
  return sinceMs <= SINCE_MS_MAX && floorDistanceM(lastPlace, here) > reachM(sinceMs);
}

/** Pairs of ids that were exchanged since their last frames; each id at most once, nearest pairs first. O(jumps²). */
export function swappedIds(known: readonly KnownId[]): [TrackId, TrackId][] {
  const jumped = known.filter(hasJumped);
  const pairs = jumped.flatMap((a, index) =>
    jumped.slice(index + 1).flatMap((b) => {
      const aIsB = floorDistanceM(a.here, b.lastPlace);
      const bIsA = floorDistanceM(b.here, a.lastPlace);
      return aIsB <= reachM(b.sinceMs) && bIsA <= reachM(a.sinceMs) ? [{ a, b, apartM: aIsB + bIsA }] : [];
    }),
  );
  const taken = new Set<TrackId>();
  const swapped: [TrackId, TrackId][] = [];
  for (const { a, b } of pairs.sort((one, other) => one.apartM - other.apartM)) {
    if (taken.has(a.trackId) || taken.has(b.trackId)) continue;
    taken.add(a.trackId).add(b.trackId);
    swapped.push([a.trackId, b.trackId]);
  }
  return swapped;
}
