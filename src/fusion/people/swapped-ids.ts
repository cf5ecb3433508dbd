/**
 * Nobody teleports, and nobody grows. Where two known ids go on, each where the other was, the tracker has mixed up two
 * people, and the ids go on with the other body. The exchange must explain both places far better than that each id
 * kept its body:
 *
 * ln P(keep) = −½ Σ min(m², M), ln P(exchange) the same with the two places exchanged, m² = (r_x² + r_y²)/σ² + r_z²/σ_z²,
 * r from where a body that walks on evenly would be to where the id is now, σ² = σ₀² + (δt)²: how well heads are seen, and
 * how much people turn and stop meanwhile (δ metres per second). Heads change height less quickly than place.
 */
import { floorDistanceM } from '../../domain/index.ts';
import type { Point3, TrackId } from '../../domain/index.ts';

/** A known id in this frame, and how its body moved until it was last seen. */
export interface KnownId {
  readonly trackId: TrackId;
  readonly lastPlace: Point3;
  /** Metres per second over the floor. */
  readonly velocity: { readonly x: number; readonly y: number };
  readonly here: Point3;
  readonly sinceMs: number;
  /** False where one of the places is not a head's: its height says nothing. */
  readonly isHeightSeen: boolean;
}

/** How far off a head is seen, and how much faster or slower people are a moment later. */
const SEEN_SIGMA_M = 0.03;
const CHANGE_M_PER_S = 0.5;
/** Heads go up and down as people bend, by no more than this. */
const BEND_M_PER_S = 0.3;
const BEND_M_MAX = 0.2;
/** Nobody walks on evenly for longer. */
const EVENLY_MS_MAX = 500;
/** Behind this a body may be anywhere. */
const SINCE_MS_MAX = 4000;
/** Only those who were this close are mixed up. */
const APART_M_MAX = 1.2;
/** A place this bad (m²) is an error of the tracker's, however much worse. */
const MISFIT_MAX = 25;
/** What an exchange must fit within (m²), and by how much its ln P must be better: exchanges are rare. */
const FITS_WITHIN = 9;
const BETTER_BY = 6;

/** m² of the hypothesis that the body last seen as `from` is the one that is seen as `to` now. */
function misfit(from: KnownId, to: KnownId, isHeightSeen: boolean): number {
  const walkedS = Math.min(from.sinceMs, EVENLY_MS_MAX) / 1000;
  const x = to.here.x - from.lastPlace.x - from.velocity.x * walkedS;
  const y = to.here.y - from.lastPlace.y - from.velocity.y * walkedS;
  const changeM = (CHANGE_M_PER_S * from.sinceMs) / 1000;
  const floor = (x * x + y * y) / (SEEN_SIGMA_M * SEEN_SIGMA_M + changeM * changeM);
  if (!isHeightSeen) return floor;
  const z = to.here.z - from.lastPlace.z;
  const bendM = Math.min(BEND_M_MAX, (BEND_M_PER_S * from.sinceMs) / 1000);
  return floor + (z * z) / (SEEN_SIGMA_M * SEEN_SIGMA_M + bendM * bendM);
}

/** ln P(exchange) − ln P(keep); −Infinity where the exchange does not fit. */
function exchangeLog(a: KnownId, b: KnownId): number {
  if (floorDistanceM(a.lastPlace, b.lastPlace) > APART_M_MAX) return -Infinity;
  const isHeightSeen = a.isHeightSeen && b.isHeightSeen;
  const exchanged = [misfit(a, b, isHeightSeen), misfit(b, a, isHeightSeen)];
  if (exchanged.some((m2) => m2 > FITS_WITHIN)) return -Infinity;
  const kept = [misfit(a, a, isHeightSeen), misfit(b, b, isHeightSeen)];
  const sum = (all: readonly number[]): number => all.reduce((so, m2) => so + Math.min(m2, MISFIT_MAX), 0);
  return 0.5 * (sum(kept) - sum(exchanged));
}

/** Pairs of ids that were exchanged since their last frames; each id at most once, the clearest first. O(people²). */
export function swappedIds(known: readonly KnownId[]): [TrackId, TrackId][] {
  const recent = known.filter(({ sinceMs }) => sinceMs > 0 && sinceMs <= SINCE_MS_MAX);
  const moved = recent.filter((one) => misfit(one, one, one.isHeightSeen) > FITS_WITHIN);
  const pairs = moved.flatMap((a) =>
    recent
      .filter((b) => b !== a && !(moved.includes(b) && a.trackId > b.trackId))
      .map((b) => ({ a, b, log: exchangeLog(a, b) }))
      .filter(({ log }) => log > BETTER_BY),
  );
  const taken = new Set<TrackId>();
  const swapped: [TrackId, TrackId][] = [];
  for (const { a, b } of pairs.sort((one, other) => other.log - one.log)) {
    if (taken.has(a.trackId) || taken.has(b.trackId)) continue;
    taken.add(a.trackId).add(b.trackId);
    swapped.push([a.trackId, b.trackId]);
  }
  return swapped;
}
