/**
 * How well a body's reach explains that something changed on certain plates at a certain time. Evidence is summed
 * over the reach, from both wrists to the space above the plates; clocks of plates and cameras may differ, so the
 * offset is integrated over; where wrists are hidden the head and an arm's length must do.
 *
 * log L = ln Σ_τ p(τ) exp(k · mean_t ln((1 − ε) e^{−d(t+τ)²/2σ²} + ε)), τ the clock offset, d the distance in metres
 * that the hand is short of the plate's space, k the number of independent samples a reach is worth.
 */
import { logSumExp } from '../kernel/index.ts';
import { distanceToBoxM, floorDistanceM, boxCentre } from '../domain/index.ts';
import type { Box, Point3 } from '../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { createClockOffset } from './clock-offset.ts';
import type { ClockOffset } from './clock-offset.ts';
import type { FusionSettings } from './settings.ts';

export interface ReachWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly spaces: readonly Box[];
  /** What is known of the clocks; the prior where it is missing. */
  readonly clock?: ClockOffset;
}

/** A moment before and after the step belongs to the reach. */
const MARGIN_MS = 150;
/** Without any sample in the window the body is only known to have been about. */
const UNSEEN_SAMPLE_LOG = -2.5;

/** ln-likelihood of the reach, 0 for a hand inside all the time, about −18 for a body elsewhere. */
export function reachLogLikelihood(body: Body, window: ReachWindow, settings: FusionSettings): number {
  const clock = window.clock ?? createClockOffset(settings);
  const terms = reachProfile(body, window, settings).map((log, index) => log + clock.logProb[index]!);
  return logSumExp(terms, terms.length);
}

/** The same under every clock offset of `window.clock`, in their order. */
export function reachProfile(body: Body, window: ReachWindow, settings: FusionSettings): Float64Array {
  const { offsetsMs } = window.clock ?? createClockOffset(settings);
  const earliestMs = window.fromMs - settings.clockOffsetMsMax - MARGIN_MS;
  const latestMs = window.toMs + settings.clockOffsetMsMax + MARGIN_MS;
  const times: number[] = [];
  const logs: number[] = [];
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const sample = body.samples.at(index)!;
    if (sample.atMs < earliestMs - 1000) break;
    if (sample.atMs < earliestMs || sample.atMs > latestMs) continue;
    const log = sampleLogLikelihood(sample, window.spaces, settings);
    if (log === null) continue;
    times.push(sample.atMs);
    logs.push(log);
  }
  return Float64Array.from(offsetsMs, (offsetMs) => {
    const fromMs = window.fromMs + offsetMs - MARGIN_MS;
    const toMs = window.toMs + offsetMs + MARGIN_MS;
    let sum = 0;
    let count = 0;
    for (let index = 0; index < times.length; index++) {
      if (times[index]! < fromMs || times[index]! > toMs) continue;
      sum += logs[index]!;
      count++;
    }
    return settings.reachSamples * (count > 0 ? sum / count : UNSEEN_SAMPLE_LOG);
  });
}

/** ln((1 − ε) e^{−d²/2σ²} + ε) of one sample; null where it shows nothing of the body. */
function sampleLogLikelihood(
  sample: BodySample,
  spaces: readonly Box[],
  settings: FusionSettings,
): number | null {
  const outlier = settings.wristOutlierShare;
  const hands = [
    handPoints(sample.leftWrist, sample.leftElbow ?? sample.head, settings),
    handPoints(sample.rightWrist, sample.rightElbow ?? sample.head, settings),
  ];
  const isHandHidden = hands.some((points) => points.length === 0);
  let best = -Infinity;
  for (const space of spaces) {
    for (const point of hands.flat()) {
      const z = distanceToBoxM(space, point) / settings.wristSigmaM;
      best = Math.max(best, Math.log((1 - outlier) * Math.exp(-0.5 * z * z) + outlier));
    }
    if (isHandHidden && sample.head) {
      const away = floorDistanceM(sample.head, boxCentre(space));
      const z = Math.max(away - settings.armReachM, 0) / settings.bodySigmaM;
      // A hidden hand may be anywhere within the arm's reach: one of many plates, so less than a seen hand.
      best = Math.max(best, Math.log(HIDDEN_HAND_SHARE * Math.exp(-0.5 * z * z) + outlier));
    }
  }
  return best === -Infinity ? null : best;
}

const HIDDEN_HAND_SHARE = 0.3;
/** Where along wrist to fingertips the grasp may be, as shares. */
const GRASP_SHARES = [0, 1 / 3, 2 / 3, 1];

/**
 * Points along the hand, from the wrist on in the direction that comes from `behind` (the elbow, or the head where
 * no elbow is seen). Empty where the wrist is hidden.
 */
function handPoints(wrist: Point3 | null, behind: Point3 | null, settings: FusionSettings): Point3[] {
  if (!wrist) return [];
  if (!behind) return [wrist];
  const dx = wrist.x - behind.x;
  const dy = wrist.y - behind.y;
  const dz = wrist.z - behind.z;
  const length = Math.hypot(dx, dy, dz);
  if (length < 1e-6) return [wrist];
  const scale = settings.handBeyondWristM / length;
  return GRASP_SHARES.map((share) => ({
    x: wrist.x + dx * scale * share,
    y: wrist.y + dy * scale * share,
    z: wrist.z + dz * scale * share,
  }));
}
