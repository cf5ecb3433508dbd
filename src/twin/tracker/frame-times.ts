/** When the tracker makes its frames: never quite regularly. */
import type { Random } from '../../base/index.ts';
import { drawBetweenMs, ownRandom } from '../words/index.ts';
import type { TrackerSettings } from './settings.ts';

/** A moment at which the tracker looks. */
export interface Frame {
  readonly trueMs: number;
  /** Since the frame before, or the start of the run. */
  readonly sinceMs: number;
}

export interface FrameTimes {
  readonly random: Random;
  gapIndex: number;
  nextTrueMs: number;
}

export function createFrameTimes(seed: number, settings: TrackerSettings): FrameTimes {
  const random = ownRandom(seed, 'frames');
  return { random, gapIndex: 0, nextTrueMs: random.uniform() * settings.frameGaps[0].untilMs };
}

/** Goes on to the next frame. */
export function advance(times: FrameTimes, settings: TrackerSettings): void {
  do {
    const gap = settings.frameGaps[times.gapIndex]!;
    times.nextTrueMs += drawBetweenMs(times.random, gap);
    times.gapIndex = (times.gapIndex + 1) % settings.frameGaps.length;
  } while (times.random.uniform() < settings.frameSkippedShare);
}

/** Chance that something that happens `perSecond` has happened since the last frame; after a gap no more than after 0.2 s. */
export function chanceSince(frame: Frame, perSecond: number): number {
  return (perSecond * Math.min(frame.sinceMs, 200)) / 1000;
}
