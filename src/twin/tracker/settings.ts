/**
 * How good the tracker is. Figures marked (measured) come from the camera tracker of the AutoCheckout competition's
 * public recording "benchmark-1": one shopper, 19.5 s, 276 frames with a body in it. Its points are smoothed by the
 * tracker itself: from frame to frame a still point moves by 1 mm, while the length of a bone, which cannot change,
 * wanders by 15–39 mm over about a third of a second. What one recording of one person cannot tell (other people in
 * the way, ids that switch, ghosts) is a prior; the faults of a run make it worse.
 */
import type { BodyPart } from '../../domain/index.ts';

/** The time from one frame to the next is uniform between the two. */
export interface FrameGap {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** How a point wanders about its true place. */
export interface PartNoise {
  /** Standard deviation along each axis, metres, and the time it stays correlated. */
  readonly wanderM: number;
  readonly wanderMs: number;
  /** Now and then the point is somewhere else altogether: this often a second, this far off along each axis. */
  readonly straysPerSecond: number;
  readonly strayM: number;
  /** Seen in the open, the part is lost this often a second nevertheless. */
  readonly burstsPerSecond: number;
}

/** Where a part is hard to see. */
export type HardPlace = 'in-shelf' | 'near-shelf' | 'behind-body';

export interface TrackerSettings {
  /** Used in turn, over and over. */
  readonly frameGaps: readonly [FrameGap, ...FrameGap[]];
  /** A frame that was never made. */
  readonly frameSkippedShare: number;
  readonly noiseByPart: Readonly<Record<BodyPart, PartNoise>>;
  /** From frame to frame: at rest, and more by this for each metre per second. */
  readonly whiteM: number;
  readonly whiteMPerMps: number;
  readonly strayMs: FrameGap;
  readonly burstMs: FrameGap;
  /** Chance that a part is lost for as long as it stays there. */
  readonly lostShareByPlace: Readonly<Record<HardPlace, number>>;
  /** A lost part is found again this long after it has left the place, at most. */
  readonly regainMsMax: number;
  /** A wrist this deep in a shelf or fixture along its arm is in it; this close before it is near it. */
  readonly inShelfM: number;
  readonly nearShelfM: number;
  /** Another torso within this distance over the floor hides a part. */
  readonly behindBodyM: number;
  /** A body goes on under a new id this often, after it was gone for this long. */
  readonly idSwitchesPerMinute: number;
  readonly idSwitchMs: FrameGap;
  /** Two heads this close may become one body, for this long. */
  readonly mergeWithinM: number;
  readonly mergeShare: number;
  readonly mergeMs: FrameGap;
  /** Who was merged away comes back under a new id. */
  readonly mergeRenewsShare: number;
  /** False bodies, while anybody is there. */
  readonly ghostsPerMinute: number;
  readonly ghostMs: FrameGap;
  /** A ghost that moves as a mirror would, rather than standing still. */
  readonly ghostMovesShare: number;
  /** After a darkness longer than this nobody is recognised any more. */
  readonly rememberedMs: number;
}

/** (measured) Bones between head, neck and shoulders: 15–23 mm, still correlated after a second. */
const TRUNK: PartNoise = {
  wanderM: 0.011,
  wanderMs: 1000,
  straysPerSecond: 0,
  strayM: 0,
  burstsPerSecond: 0.01,
};
/** (measured) Upper arms: 24 mm, 15 mm by the median; 0.8 correlated after 134 ms, 0.4 after 0.4 s. */
const ELBOW: PartNoise = {
  wanderM: 0.011,
  wanderMs: 350,
  straysPerSecond: 0.12,
  strayM: 0.07,
  burstsPerSecond: 0.01,
};
/** (measured) Forearms: 39 mm, 18 mm by the median. Wrists missing in 0.7 and 1.4 % of the frames; others 0–1.8 %. */
const WRIST: PartNoise = {
  wanderM: 0.014,
  wanderMs: 350,
  straysPerSecond: 0.22,
  strayM: 0.125,
  burstsPerSecond: 0.02,
};

export const TRACKER_SETTINGS: TrackerSettings = {
  // 10–30 Hz, 14.9 Hz on average (measured: 14.9 Hz on average, but as `PAIRED_FRAME_GAPS`).
  frameGaps: [{ fromMs: 34, untilMs: 100 }],
  // (measured) Two gaps of 200 ms among 290.
  frameSkippedShare: 0.007,
  noiseByPart: {
    head: TRUNK,
    neck: TRUNK,
    leftShoulder: TRUNK,
    rightShoulder: TRUNK,
    leftElbow: ELBOW,
    rightElbow: ELBOW,
    leftWrist: WRIST,
    rightWrist: WRIST,
  },
  // (measured) 1.1–4.4 mm at rest, heads 4.5 and wrists 11–14 mm while they move at up to 2.4 m/s.
  whiteM: 0.001,
  whiteMPerMps: 0.007,
  strayMs: { fromMs: 200, untilMs: 600 },
  burstMs: { fromMs: 200, untilMs: 1500 },
  lostShareByPlace: { 'in-shelf': 0.7, 'near-shelf': 0.15, 'behind-body': 0.5 },
  regainMsMax: 200,
  // (measured) The wrist is never shown nearer than 0.11 m to a shelf's space, though goods are taken from it.
  inShelfM: 0.1,
  nearShelfM: 0.1,
  behindBodyM: 0.3,
  idSwitchesPerMinute: 0.03,
  idSwitchMs: { fromMs: 0, untilMs: 700 },
  mergeWithinM: 0.25,
  mergeShare: 0.3,
  mergeMs: { fromMs: 500, untilMs: 4000 },
  mergeRenewsShare: 0.4,
  ghostsPerMinute: 0.1,
  ghostMs: { fromMs: 300, untilMs: 3000 },
  ghostMovesShare: 0.2,
  rememberedMs: 2000,
};

/** (measured) Frames come in twos: 5–10 ms apart, then nothing for 85–107 ms. */
export const PAIRED_FRAME_GAPS: TrackerSettings['frameGaps'] = [
  { fromMs: 5, untilMs: 10 },
  { fromMs: 85, untilMs: 107 },
];
