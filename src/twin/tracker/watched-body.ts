/** One body as the tracker follows it: the id it has now, those it was told under, and how each part is seen. */
import { BODY_PARTS } from '../../domain/index.ts';
import type { BodyPart, Point3, TrackId } from '../../domain/index.ts';
import type { Random } from '../../base/index.ts';
import { ownRandom } from '../words/index.ts';
import type { HardPlace } from './settings.ts';

/** What goes on with one part from frame to frame. */
export interface WatchedPart {
  readonly wanderM: [number, number, number];
  /** Where it truly was in the last frame; null before the first. */
  lastInStore: Point3 | null;
  readonly strayM: [number, number, number];
  strayFromTrueMs: number;
  strayUntilTrueMs: number;
  /** Where it is hard to see, and whether it is lost for as long as it stays there. */
  place: HardPlace | null;
  isLostHere: boolean;
  lostUntilTrueMs: number;
}

export interface WatchedBody {
  readonly personNumber: number;
  trackId: TrackId;
  hasEntered: boolean;
  /** Each id once, in the order in which they were first told. */
  readonly toldIds: TrackId[];
  /** Not told before this. */
  absentUntilTrueMs: number;
  readonly parts: Readonly<Record<BodyPart, WatchedPart>>;
  /** For its points, and for what becomes of it: a fault that renames bodies leaves their points as they are. */
  readonly noise: Random;
  readonly fate: Random;
}

function createPart(): WatchedPart {
  return {
    wanderM: [0, 0, 0],
    lastInStore: null,
    strayM: [0, 0, 0],
    strayFromTrueMs: -Infinity,
    strayUntilTrueMs: -Infinity,
    place: null,
    isLostHere: false,
    lostUntilTrueMs: -Infinity,
  };
}

export function createParts(): Readonly<Record<BodyPart, WatchedPart>> {
  return Object.fromEntries(BODY_PARTS.map((part) => [part, createPart()])) as Record<BodyPart, WatchedPart>;
}

export interface NewBody {
  readonly seed: number;
  readonly personNumber: number;
  readonly trackId: TrackId;
  readonly hasEntered: boolean;
}

export function createBody({ seed, personNumber, trackId, hasEntered }: NewBody): WatchedBody {
  return {
    personNumber,
    trackId,
    hasEntered,
    toldIds: [],
    absentUntilTrueMs: -Infinity,
    parts: createParts(),
    noise: ownRandom(seed, `points of ${personNumber}`),
    fate: ownRandom(seed, `fate of ${personNumber}`),
  };
}

/** The body was told in a frame. */
export function noteTold(body: WatchedBody): void {
  if (body.toldIds.at(-1) !== body.trackId && !body.toldIds.includes(body.trackId))
    body.toldIds.push(body.trackId);
}
