/**
 * Whether a part is seen at all. Parts are not lost frame by frame: a hand that goes where it is hard to see is lost
 * for as long as it stays there, or is not; and in the open a part is lost now and then for a while.
 */
import type { Random } from '../../base/index.ts';
import { floorDistanceM } from '../../domain/index.ts';
import type { BodyPart, Point3 } from '../../domain/index.ts';
import type { PersonMoment } from '../words/index.ts';
import { drawBetweenMs } from '../words/index.ts';
import { chanceSince } from './frame-times.ts';
import type { Frame } from './frame-times.ts';
import { armDepthM } from './occluders.ts';
import type { Occluders } from './occluders.ts';
import type { HardPlace, TrackerSettings } from './settings.ts';
import type { WatchedPart } from './watched-body.ts';

const SHOULDERS: Readonly<Partial<Record<BodyPart, BodyPart>>> = {
  leftWrist: 'leftShoulder',
  rightWrist: 'rightShoulder',
};
const CLARITY_IN_HARD_PLACES = 0.9;

export interface Surroundings {
  readonly settings: TrackerSettings;
  readonly occluders: Occluders;
  /** Necks of those near enough to stand before this body: their torsos hang below. */
  readonly othersNecks: readonly Point3[];
}

/** Where the part of this body is hard to see; null in the open. Cameras hang high: heads are always in the open. */
export function hardPlaceOf(
  moment: PersonMoment,
  part: BodyPart,
  surroundings: Surroundings,
): HardPlace | null {
  const { settings, occluders, othersNecks } = surroundings;
  const place = moment.skeleton[part];
  const shoulder = SHOULDERS[part];
  const depthM = shoulder
    ? armDepthM(occluders, { shoulder: moment.skeleton[shoulder], wrist: place })
    : -Infinity;
  if (depthM > settings.inShelfM) return 'in-shelf';
  const isBehind = (neck: Point3): boolean => floorDistanceM(neck, place) < settings.behindBodyM;
  if (part !== 'head' && othersNecks.some(isBehind)) return 'behind-body';
  return depthM > -settings.nearShelfM ? 'near-shelf' : null;
}

export interface PartView {
  readonly frame: Frame;
  readonly settings: TrackerSettings;
  readonly burstsPerSecond: number;
  readonly random: Random;
}

/** How clearly the part is seen where it is now: 1 in the open, less in hard places, 0 where it is lost. */
export function clarityOf(part: WatchedPart, place: HardPlace | null, view: PartView): number {
  const { frame, settings, random } = view;
  if (place !== part.place) {
    if (part.isLostHere) part.lostUntilTrueMs = frame.trueMs + random.uniform() * settings.regainMsMax;
    part.place = place;
    part.isLostHere = place !== null && random.uniform() < settings.lostShareByPlace[place];
  }
  const begins = random.uniform() < chanceSince(frame, view.burstsPerSecond);
  if (begins && frame.trueMs >= part.lostUntilTrueMs)
    part.lostUntilTrueMs = frame.trueMs + drawBetweenMs(random, settings.burstMs);
  if (part.isLostHere || frame.trueMs < part.lostUntilTrueMs) return 0;
  return place === null ? 1 : CLARITY_IN_HARD_PLACES;
}
