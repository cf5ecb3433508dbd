/**
 * From when to when somebody's arm was in a shelf, around a moment at which something happened there. A reach has a purpose:
 * most take one thing, some none, few two. So whose reach has taken something already is less likely to have taken the
 * next as well than whoever stands there with a reach that nothing explains yet.
 */
import { distanceM, distanceToBoxM } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { straightWrist } from './hand.ts';

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A wrist stays this far before a shelf that its fingers are in; a guessed one is off by as much again. */
const SEEN_BEFORE_M = 0.2;
const GUESSED_BEFORE_M = 0.25;
/** An arm that is guessed to be in the shelf is stretched out at least this far, shoulder to wrist. */
const STRETCHED_M = 0.35;
/** Trackers lose an arm for some frames, and clocks differ by some tenths of a second. */
const GAP_MS = 400;
/** Nobody is asked about longer ago. */
const AROUND_MS_MAX = 15_000;

/** The reach of `body` into the shelf's space around `at`; null where its arm was not seen there. O(samples of the reach). */
export function reachSpan(body: Body, space: Box, at: Span): Span | null {
  const { samples } = body;
  let fromMs = Infinity;
  let toMs = -Infinity;
  for (let index = samples.size - 1; index >= 0; index--) {
    const sample = samples.at(index)!;
    if (sample.atMs > at.toMs + AROUND_MS_MAX) continue;
    if (sample.atMs < at.fromMs - AROUND_MS_MAX) break;
    if (sample.atMs < at.fromMs - GAP_MS && fromMs - sample.atMs > GAP_MS) break;
    if (!isInShelf(sample, space)) continue;
    // Samples come newest first: a hole behind the moment ends another reach.
    if (toMs === -Infinity || (fromMs - sample.atMs > GAP_MS && fromMs > at.toMs + GAP_MS))
      toMs = sample.atMs;
    fromMs = sample.atMs;
  }
  const isThere = fromMs <= at.toMs + GAP_MS && toMs >= at.fromMs - GAP_MS;
  return isThere ? { fromMs, toMs } : null;
}

function isInShelf(sample: BodySample, space: Box): boolean {
  const { leftWrist, rightWrist, leftElbow, rightElbow, leftShoulder, rightShoulder } = sample;
  return (
    isArmIn({ wrist: leftWrist, elbow: leftElbow, shoulder: leftShoulder }, space) ||
    isArmIn({ wrist: rightWrist, elbow: rightElbow, shoulder: rightShoulder }, space)
  );
}

interface ArmPoints {
  readonly wrist: Point3 | null;
  readonly elbow: Point3 | undefined;
  readonly shoulder: Point3 | undefined;
}

function isArmIn({ wrist, elbow, shoulder }: ArmPoints, space: Box): boolean {
  if (wrist) return distanceToBoxM(space, wrist) <= SEEN_BEFORE_M;
  if (!elbow || !shoulder) return false;
  const guess = straightWrist(shoulder, elbow);
  return distanceM(shoulder, guess) >= STRETCHED_M && distanceToBoxM(space, guess) <= GUESSED_BEFORE_M;
}
