/**
 * Where the tracker shows a part: its true place and three errors. It wanders about it slowly (first-order
 * autoregression: w ← k w + √(1 − k²) σ n, k = e^(−Δt/τ)), it trembles from frame to frame, more where it moves, and
 * now and then it strays.
 */
import { exactExp } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { BODY_PARTS, distanceM } from '../../domain/index.ts';
import type { BodyPart, Point3, TrackedPoint } from '../../domain/index.ts';
import { drawBetweenMs } from '../words/index.ts';
import { chanceSince } from './frame-times.ts';
import type { Frame } from './frame-times.ts';
import type { PartNoise, TrackerSettings } from './settings.ts';
import type { WatchedPart } from './watched-body.ts';

const SPEED_MAX_MPS = 3;
/** A stray point leaves its true place and comes back over this time. */
const STRAY_RAMP_MS = 100;
/** Turns a uniform number within ±0.5 into one with standard deviation 1. */
const UNIT_UNIFORM = Math.sqrt(12);

/** What is left of a wandering since the last frame. */
export interface Keep {
  /** k above. */
  readonly share: number;
  /** √(1 − k²) σ. */
  readonly freshM: number;
}

export type KeepByPart = Readonly<Record<BodyPart, Keep>>;

export function keepSince(frame: Frame, settings: TrackerSettings): KeepByPart {
  const keep = (part: BodyPart): Keep => {
    const { wanderM, wanderMs } = settings.noiseByPart[part];
    const share = exactExp(-frame.sinceMs / wanderMs);
    return { share, freshM: Math.sqrt(1 - share * share) * wanderM };
  };
  return Object.fromEntries(BODY_PARTS.map((part) => [part, keep(part)])) as Record<BodyPart, Keep>;
}

export interface PointView {
  readonly frame: Frame;
  readonly settings: TrackerSettings;
  readonly noise: PartNoise;
  readonly keep: Keep;
  readonly random: Random;
}

function wander(part: WatchedPart, view: PointView): void {
  const { random, keep, noise } = view;
  const isNew = part.lastInStore === null;
  const share = isNew ? 0 : keep.share;
  const freshM = isNew ? noise.wanderM : keep.freshM;
  for (const axis of [0, 1, 2] as const)
    part.wanderM[axis] = share * part.wanderM[axis] + freshM * random.normal();
}

function stray(part: WatchedPart, view: PointView): number {
  const { random, frame, noise, settings } = view;
  const begins = random.uniform() < chanceSince(frame, noise.straysPerSecond);
  if (begins && frame.trueMs >= part.strayUntilTrueMs) {
    part.strayFromTrueMs = frame.trueMs;
    part.strayUntilTrueMs = frame.trueMs + drawBetweenMs(random, settings.strayMs);
    for (const axis of [0, 1, 2] as const) part.strayM[axis] = random.normal() * noise.strayM;
  }
  if (frame.trueMs >= part.strayUntilTrueMs) return 0;
  const sinceMs = frame.trueMs - part.strayFromTrueMs;
  const untilMs = part.strayUntilTrueMs - frame.trueMs;
  return Math.min(1, sinceMs / STRAY_RAMP_MS, untilMs / STRAY_RAMP_MS);
}

function whiteM(part: WatchedPart, truth: Point3, view: PointView): number {
  const { whiteM: atRestM, whiteMPerMps } = view.settings;
  if (part.lastInStore === null) return atRestM;
  const speedMps = (distanceM(part.lastInStore, truth) * 1000) / view.frame.sinceMs;
  return atRestM + whiteMPerMps * Math.min(SPEED_MAX_MPS, speedMps);
}

/** Tenths of a millimetre: no tracker means more digits than that, and recordings stay small. */
function rounded(valueM: number): number {
  return Math.round(valueM * 10_000) / 10_000;
}

/** (measured) Median 0.95, one in twenty below 0.8, one in a hundred below 0.5. */
function confidence(random: Random, clarity: number): number {
  const doubt = random.uniform();
  const worst = random.uniform() < 0.03 ? 0.5 * random.uniform() : 0;
  const value = clarity * (0.998 - 0.22 * doubt * doubt * doubt * doubt - 0.06 * doubt - worst);
  return Math.round(value * 1000) / 1000;
}

/** Where a part is shown that truly is at `truth`; `clarity` 1 is a clear view, less lowers the confidence. */
export function seePoint(
  part: WatchedPart,
  seen: { readonly truth: Point3; readonly clarity: number },
  view: PointView,
): TrackedPoint {
  const { truth, clarity } = seen;
  const { random } = view;
  wander(part, view);
  const strayShare = view.noise.straysPerSecond > 0 ? stray(part, view) : 0;
  const trembleM = whiteM(part, truth, view) * UNIT_UNIFORM;
  const [wanderX, wanderY, wanderZ] = part.wanderM;
  const [strayX, strayY, strayZ] = part.strayM;
  part.lastInStore = truth;
  return {
    x: rounded(truth.x + wanderX + strayShare * strayX + trembleM * (random.uniform() - 0.5)),
    y: rounded(truth.y + wanderY + strayShare * strayY + trembleM * (random.uniform() - 0.5)),
    z: rounded(truth.z + wanderZ + strayShare * strayZ + trembleM * (random.uniform() - 0.5)),
    confidence: confidence(random, clarity),
  };
}
