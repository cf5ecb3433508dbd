/**
 * Where people walked: per track at most five points a second, and at most `POINTS_MAX`; a longer walk keeps every
 * second point and takes half as many from then on. So a day costs as little as an hour, and a short walk loses nothing
 * that a line on a floor plan could show.
 */
import type { EpochMs } from '../../base/index.ts';
import type { Point3, TrackedPerson, TrackFrame, TrackId } from '../../domain/index.ts';

export interface WalkPoint {
  readonly atMs: EpochMs;
  readonly head: Point3;
  readonly wrists: readonly Point3[];
}

export interface Walk {
  readonly trackId: TrackId;
  readonly firstAtMs: EpochMs;
  hasEntered: boolean;
  lastAtMs: EpochMs;
  /** Milliseconds between two kept points, at least. */
  stepMs: number;
  points: WalkPoint[];
}

export const WALK_STEP_MS = 200;
/** 300 walks of 2048 points are about 150 MB, if all of them are long. */
export const POINTS_MAX = 2048;
export const WALKS_MAX = 300;
const LEFT_OUT_COUNTED_MAX = 4096;
/** Frames come a little early now and then; five a second must not become four. */
const EARLY_MS = 5;

export class Walks {
  readonly byTrack = new Map<TrackId, Walk>();
  /** Ids beyond `WALKS_MAX`, counted once each up to `LEFT_OUT_COUNTED_MAX`. */
  private readonly leftOut = new Set<TrackId>();

  get leftOutCount(): number {
    return this.leftOut.size;
  }

  follow(frame: TrackFrame): void {
    for (const person of frame.people) this.followPerson(person, frame.observedAtMs);
  }

  private followPerson(person: TrackedPerson, atMs: EpochMs): void {
    const { head, neck, leftShoulder, rightShoulder, leftWrist, rightWrist } = person.parts;
    const place = head ?? neck ?? leftShoulder ?? rightShoulder;
    const walk = this.walkOf(person.trackId, atMs);
    if (!walk) return;
    walk.hasEntered ||= person.hasEntered;
    if (atMs > walk.lastAtMs) walk.lastAtMs = atMs;
    const last = walk.points.at(-1);
    if (!place || (last && atMs - last.atMs < walk.stepMs - EARLY_MS)) return;
    const wrists = [leftWrist, rightWrist].filter((wrist) => wrist !== undefined);
    walk.points.push({ atMs, head: place, wrists });
    if (walk.points.length >= POINTS_MAX) thinOut(walk);
  }

  private walkOf(track: TrackId, atMs: EpochMs): Walk | null {
    const known = this.byTrack.get(track);
    if (known) return known;
    if (this.byTrack.size >= WALKS_MAX) {
      if (this.leftOut.size < LEFT_OUT_COUNTED_MAX) this.leftOut.add(track);
      return null;
    }
    const walk: Walk = {
      trackId: track,
      firstAtMs: atMs,
      hasEntered: false,
      lastAtMs: atMs,
      stepMs: WALK_STEP_MS,
      points: [],
    };
    this.byTrack.set(track, walk);
    return walk;
  }
}

function thinOut(walk: Walk): void {
  walk.points = walk.points.filter((_, index) => index % 2 === 0);
  walk.stepMs *= 2;
}
