/**
 * Who did it: the one whose head or hand came nearest to the most changed plate, from the start of the event to its
 * peak. Everybody whom the tracker names is a candidate, under the name they had then.
 */
import { boxCentre, distanceM } from '../../../src/domain/index.ts';
import type { Plate, TrackFrame, TrackId } from '../../../src/domain/index.ts';

const FRAMES_KEPT_MS = 300_000;
/** Without any frame in the event the nearest in time serves, up to this far away. */
const NEAR_MS = 2000;
const PARTS = ['head', 'leftWrist', 'rightWrist'] as const;

export interface Moment {
  readonly plate: Plate;
  readonly fromMs: number;
  readonly untilMs: number;
}

export class People {
  private readonly frames: TrackFrame[] = [];
  private newestMs = Number.NEGATIVE_INFINITY;

  see(frame: TrackFrame): void {
    this.frames.push(frame);
    this.newestMs = Math.max(this.newestMs, frame.observedAtMs);
    // Now and then: dropping from the front of a long list one by one is slow.
    if (this.frames.length % 1024 !== 0) return;
    const kept = this.frames.findIndex(({ observedAtMs }) => observedAtMs > this.newestMs - FRAMES_KEPT_MS);
    this.frames.splice(0, kept);
  }

  get seenUntilMs(): number {
    return this.newestMs;
  }

  nearest(moment: Moment): TrackId | null {
    const during = this.frames.filter(
      ({ observedAtMs, people }) =>
        people.length > 0 && observedAtMs >= moment.fromMs && observedAtMs <= moment.untilMs,
    );
    return nearestIn(during.length > 0 ? during : this.framesAround(moment), moment.plate);
  }

  private framesAround({ fromMs, untilMs }: Moment): TrackFrame[] {
    const awayMs = ({ observedAtMs }: TrackFrame): number =>
      Math.max(fromMs - observedAtMs, observedAtMs - untilMs);
    const near = this.frames.filter((frame) => frame.people.length > 0 && awayMs(frame) <= NEAR_MS);
    return near.sort((a, b) => awayMs(a) - awayMs(b)).slice(0, 1);
  }
}

function nearestIn(frames: readonly TrackFrame[], plate: Plate): TrackId | null {
  const place = boxCentre(plate.reach);
  let nearest: TrackId | null = null;
  let nearestM = Number.POSITIVE_INFINITY;
  for (const { people } of frames)
    for (const { trackId, parts } of people)
      for (const name of PARTS) {
        const point = parts[name];
        const awayM = point ? distanceM(point, place) : Number.POSITIVE_INFINITY;
        if (awayM < nearestM) [nearest, nearestM] = [trackId, awayM];
      }
  return nearest;
}
