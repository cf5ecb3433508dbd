/** Where a body was last seen and how it was walking then. */
import type { EpochMs, RingBuffer } from '../../base/index.ts';
import type { Point3 } from '../../domain/index.ts';

/** What of a body's sample tells where it was; another part stands for the head where that was not seen. */
export interface HeadSample {
  readonly atMs: EpochMs;
  readonly head: Point3 | null;
  readonly neck?: Point3 | undefined;
  readonly leftShoulder?: Point3 | undefined;
  readonly rightShoulder?: Point3 | undefined;
}

export interface Motion {
  readonly atMs: EpochMs;
  readonly place: Point3;
  /** Metres per second over the floor; 0 where it was seen for too short a time to tell. */
  readonly velocity: { readonly x: number; readonly y: number };
  /** False where another part stands for the head. */
  readonly isHead: boolean;
}

/** Over less than this the tremble of a tracker is more than a step; over more, people turn. */
const OVER_MS_MIN = 120;
const OVER_MS_MAX = 500;

/** The body's last motion; null where nothing of it was ever seen. O(samples of half a second). */
export function motionOf(samples: RingBuffer<HeadSample>): Motion | null {
  let newest: (HeadSample & { readonly head: Point3 }) | null = null;
  for (let index = samples.size - 1; index >= 0; index--) {
    const sample = samples.at(index)!;
    const { atMs, head } = sample;
    if (!head) continue;
    newest ??= { ...sample, head };
    const overMs = newest.atMs - atMs;
    if (overMs > OVER_MS_MAX) break;
    if (overMs < OVER_MS_MIN) continue;
    const perS = 1000 / overMs;
    const velocity = { x: (newest.head.x - head.x) * perS, y: (newest.head.y - head.y) * perS };
    return { atMs: newest.atMs, place: newest.head, velocity, isHead: isHead(newest) };
  }
  if (!newest) return null;
  return { atMs: newest.atMs, place: newest.head, velocity: { x: 0, y: 0 }, isHead: isHead(newest) };
}

function isHead({ head, neck, leftShoulder, rightShoulder }: HeadSample): boolean {
  return head !== null && head !== neck && head !== leftShoulder && head !== rightShoulder;
}
