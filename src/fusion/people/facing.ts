/**
 * Where a chest is turned: people face what they reach for, whether or not their hands are seen. The line between the
 * shoulders is enough; where one shoulder is hidden the neck stands for the middle between them.
 *
 * L = ((1 − ε) e^{−θ²/2σ²} + ε) / b, θ the angle over the floor from where the chest faces to the middle of the space's
 * front, b the mean of the numerator over all directions within a right angle, where those look who stand before
 * shelves: L is P(seen so | reaches there) / P(seen so | does not), and 1 where nothing is seen.
 */
import { transformPoint } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { BodySample } from './bodies.ts';

/** Reaches sideways or behind oneself. */
const SIDEWAYS_SHARE = 0.05;

interface Chest {
  readonly middle: Point3;
  /** From the right to the left shoulder, of any length. */
  readonly acrossX: number;
  readonly acrossY: number;
}

function chestOf({ leftShoulder, rightShoulder, neck }: BodySample): Chest | null {
  const left = leftShoulder ?? neck;
  const right = rightShoulder ?? neck;
  if (!left || !right || left === right) return null;
  const middle = neck ?? { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, z: left.z };
  return { middle, acrossX: left.x - right.x, acrossY: left.y - right.y };
}

/** Radians, 0 to π, from where the chest faces to `space`, the nearest of `spaces`; null where the chest is hidden. */
export function turnedAwayRad(sample: BodySample, spaces: readonly Box[]): number | null {
  const chest = chestOf(sample);
  if (!chest) return null;
  // A quarter turn to the right of the line from the right shoulder to the left.
  const aheadX = chest.acrossY;
  const aheadY = -chest.acrossX;
  let least = Math.PI;
  for (const { storeFromBox, sizeM } of spaces) {
    const front = transformPoint(storeFromBox, { x: sizeM.x / 2, y: 0, z: 0 });
    const x = front.x - chest.middle.x;
    const y = front.y - chest.middle.y;
    least = Math.min(least, Math.abs(Math.atan2(aheadX * y - aheadY * x, aheadX * x + aheadY * y)));
  }
  return least;
}

/** ln L of a chest that is turned away by this much; 0 where that is not seen. */
export function facingLog(awayRad: number | null, sigmaRad: number): number {
  if (awayRad === null) return 0;
  const z = awayRad / sigmaRad;
  const ahead = Math.min(1, (sigmaRad * Math.sqrt(2 * Math.PI)) / Math.PI);
  const background = (1 - SIDEWAYS_SHARE) * ahead + SIDEWAYS_SHARE;
  return Math.log(((1 - SIDEWAYS_SHARE) * Math.exp(-0.5 * z * z) + SIDEWAYS_SHARE) / background);
}
