/**
 * How well a body's reach explains that something changed on certain plates at a certain time. Evidence is summed
 * over the reach, from both wrists to the space above the plates; clocks of plates and cameras may differ, so the
 * offset is integrated over; where wrists are hidden the head and an arm's length must do.
 *
 * log L = ln Σ_τ p(τ) exp(k · mean_t ln((1 − ε) e^{−d(t+τ)²/2σ²} + ε)), τ the clock offset, d the distance in metres
 * that the hand is short of the plate's space, k the number of independent samples a reach is worth.
 */
import { logSumExp } from '../../kernel/index.ts';
import { boxCentre, distanceM, distanceToBoxM, floorDistanceM } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { createClockOffset } from './clock-offset.ts';
import type { ClockOffset } from './clock-offset.ts';
import type { FusionSettings } from '../settings.ts';

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
  const { head, leftWrist, rightWrist } = sample;
  const isHandHidden = !leftWrist || !rightWrist;
  if (!leftWrist && !rightWrist && !head) return null;
  let likelihood = 0;
  for (const space of spaces) {
    const left = handLikelihood(space, { wrist: leftWrist, behind: sample.leftElbow ?? head }, settings);
    const right = handLikelihood(space, { wrist: rightWrist, behind: sample.rightElbow ?? head }, settings);
    likelihood = Math.max(likelihood, left, right);
    if (!isHandHidden || !head) continue;
    const away = floorDistanceM(head, boxCentre(space));
    const z = Math.max(away - settings.armReachM, 0) / settings.bodySigmaM;
    // A hidden hand may be anywhere within the arm's reach: one of many plates, so less than a seen hand.
    likelihood = Math.max(likelihood, HIDDEN_HAND_SHARE * Math.exp(-0.5 * z * z));
  }
  return Math.log(likelihood + settings.wristOutlierShare);
}

const HIDDEN_HAND_SHARE = 0.3;
/** Where beyond the wrist the grasp may be, as shares of the hand. */
const GRASP_SHARES = [1 / 3, 2 / 3, 1];

interface Arm {
  readonly wrist: Point3 | null;
  /** The elbow, or the head where no elbow is seen: the hand reaches on from there through the wrist. */
  readonly behind: Point3 | null;
}

/** Beyond this many standard deviations a hand is not in the space, whatever its direction. */
const FAR_SIGMAS = 5;

/** (1 − ε) e^{−d²/2σ²} of the point of the hand, wrist to fingertips, that is nearest to the space; 0 if hidden. */
function handLikelihood(space: Box, arm: Arm, settings: FusionSettings): number {
  const { wrist, behind } = arm;
  if (!wrist) return 0;
  const { handBeyondWristM, wristSigmaM } = settings;
  let nearest = distanceToBoxM(space, wrist);
  if (nearest > handBeyondWristM + FAR_SIGMAS * wristSigmaM) return 0;
  const length = behind ? distanceM(wrist, behind) : 0;
  if (behind && length > 0) {
    for (const share of GRASP_SHARES) {
      const scale = (share * handBeyondWristM) / length;
      const x = wrist.x + (wrist.x - behind.x) * scale;
      const y = wrist.y + (wrist.y - behind.y) * scale;
      const z = wrist.z + (wrist.z - behind.z) * scale;
      nearest = Math.min(nearest, distanceToBoxM(space, { x, y, z }));
    }
  }
  const z = nearest / wristSigmaM;
  return (1 - settings.wristOutlierShare) * Math.exp(-0.5 * z * z);
}
