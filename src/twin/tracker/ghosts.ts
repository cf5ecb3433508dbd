/** Bodies that are not there: somebody's reflection in a pane, most of them standing still. */
import type { Random } from '../../base/index.ts';
import { BODY_PARTS } from '../../domain/index.ts';
import type { BodyPart, Point3, TrackId } from '../../domain/index.ts';
import { drawBetweenMs, ownRandom } from '../words/index.ts';
import type { PersonMoment, Skeleton } from '../words/index.ts';
import { chanceSince } from './frame-times.ts';
import type { Frame } from './frame-times.ts';
import type { TrackerSettings } from './settings.ts';
import { createParts } from './watched-body.ts';
import type { WatchedPart } from './watched-body.ts';

/** The pane that mirrors stands upright across x or y, this far from whom it mirrors. */
const PANE_DISTANCE_M = { fromM: 0.5, untilM: 1.25 };

export interface Ghost {
  readonly trackId: TrackId;
  readonly untilTrueMs: number;
  readonly moves: boolean;
  readonly ofPersonNumber: number;
  readonly paneAxis: 'x' | 'y';
  readonly paneAtM: number;
  readonly parts: Readonly<Record<BodyPart, WatchedPart>>;
  skeleton: Skeleton;
}

export interface Ghosts {
  readonly random: Random;
  /** All there are now. */
  present: Ghost[];
}

export function createGhosts(seed: number): Ghosts {
  return { random: ownRandom(seed, 'ghosts'), present: [] };
}

function mirrored(skeleton: Skeleton, pane: Pick<Ghost, 'paneAxis' | 'paneAtM'>): Skeleton {
  const mirror = (point: Point3): Point3 => ({
    ...point,
    [pane.paneAxis]: 2 * pane.paneAtM - point[pane.paneAxis],
  });
  return Object.fromEntries(BODY_PARTS.map((part) => [part, mirror(skeleton[part])])) as Skeleton;
}

function appear(ghosts: Ghosts, now: GhostMoment): void {
  const { random } = ghosts;
  const person = now.people[random.below(now.people.length)]!;
  const paneAxis = random.uniform() < 0.5 ? 'x' : 'y';
  const side = random.uniform() < 0.5 ? -1 : 1;
  const distanceM =
    PANE_DISTANCE_M.fromM + random.uniform() * (PANE_DISTANCE_M.untilM - PANE_DISTANCE_M.fromM);
  const paneAtM = person.skeleton.neck[paneAxis] + side * distanceM;
  ghosts.present.push({
    trackId: now.newTrackId(),
    untilTrueMs: now.frame.trueMs + drawBetweenMs(random, now.settings.ghostMs),
    moves: random.uniform() < now.settings.ghostMovesShare,
    ofPersonNumber: person.personNumber,
    paneAxis,
    paneAtM,
    parts: createParts(),
    skeleton: mirrored(person.skeleton, { paneAxis, paneAtM }),
  });
}

export interface GhostMoment {
  readonly frame: Frame;
  readonly people: readonly PersonMoment[];
  readonly settings: TrackerSettings;
  readonly newTrackId: () => TrackId;
}

/** Lets ghosts come, move and go. One that mirrors somebody who has left stands still. */
export function followGhosts(ghosts: Ghosts, now: GhostMoment): void {
  ghosts.present = ghosts.present.filter((ghost) => now.frame.trueMs < ghost.untilTrueMs);
  for (const ghost of ghosts.present) {
    const person = ghost.moves
      ? now.people.find((each) => each.personNumber === ghost.ofPersonNumber)
      : undefined;
    if (person) ghost.skeleton = mirrored(person.skeleton, ghost);
  }
  const comes = ghosts.random.uniform() < chanceSince(now.frame, now.settings.ghostsPerMinute / 60);
  if (comes && now.people.length > 0) appear(ghosts, now);
}
