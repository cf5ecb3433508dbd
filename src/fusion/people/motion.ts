/** Where a body was last seen, how it was walking then, and how tall it is. */
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

/** How high a head is carried when nobody bends, by the samples of some 20 s. */
const HEIGHT_SAMPLES = 300;
const UPRIGHT_QUANTILE = 0.9;
/** Nobody is taller than they were; many bend. */
const TALLER_SIGMA_M = 0.05;
const BENT_SIGMA_M = 0.25;
const HEIGHT_COST_MAX = 4;

/** The height of the head, metres; null where no head was seen. O(samples · log samples). */
export function heightOfM(samples: RingBuffer<HeadSample>): number | null {
  const heights: number[] = [];
  for (let index = samples.size - 1; index >= 0 && heights.length < HEIGHT_SAMPLES; index--) {
    const sample = samples.at(index)!;
    if (sample.head && isHead(sample)) heights.push(sample.head.z);
  }
  heights.sort((a, b) => a - b);
  return heights[Math.floor(UPRIGHT_QUANTILE * (heights.length - 1))] ?? null;
}

/** −ln p of a head at `seenM` being that of somebody of `heightM`, up to a constant; 0 where either is unknown. */
export function heightCost(heightM: number | null, seenM: number | undefined): number {
  if (heightM === null || seenM === undefined) return 0;
  const taller = seenM - heightM;
  const z = taller / (taller > 0 ? TALLER_SIGMA_M : BENT_SIGMA_M);
  return Math.min(HEIGHT_COST_MAX, 0.5 * z * z);
}
