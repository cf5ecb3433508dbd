/**
 * How well a body's reach explains that something changed on certain plates at a certain time. Evidence is summed over
 * the reach: both hands against the space above the plates, seen or hidden, and where the chest is turned. Clocks of
 * plates and cameras may differ, so the offset is integrated over.
 *
 *   log L = ln Σ_τ p(τ) Σ_g P(g) Σ_b P(b) exp(k · mean_t ln(max_hands w_b(t+τ) + ε) + c · mean_t ln f(t+τ))
 *
 * with τ the clock offset; g the second of the grasp, where the step took longer than a grasp; b whether the hand rests
 * where it takes or beside it; w the weight of a hand in the space, f that of the chest's direction; k and c the numbers of
 * independent samples that the hands and the chest of one reach are worth. What is learnt of how closely they tell is
 * learnt of whole reaches, though: a reach that is off is off in all its samples, so σ√k stands in each. Beside or not is a property of the whole reach:
 * who takes one thing after the other leaves the wrist where it is and reaches on with the fingers, over the next plate
 * too. Rejected: one spread for both; what is learnt from sure reaches is sharp, and then a hand a plate away is as good as
 * none.
 *
 * A body that is not seen at all at the time may be wherever it could have walked to and back from, rather near there;
 * before it came in and after it has left it was nowhere.
 */
import { logAddExp, logSumExp } from '../../kernel/index.ts';
import { boxCentre, floorDistanceM } from '../../domain/index.ts';
import type { Box, Point3 } from '../../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import { createClockOffset } from './clock-offset.ts';
import type { ClockOffset } from './clock-offset.ts';
import { facingLog, turnedAwayRad } from './facing.ts';
import { handWeight, missAlongM } from './hand.ts';
import type { Arm, WristSighting } from './hand.ts';
import type { Span } from './reach-span.ts';
import { createReachSpread } from './reach-spread.ts';
import type { ReachMiss, ReachSpread } from './reach-spread.ts';
import type { FusionSettings } from '../settings.ts';

export interface ReachWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly spaces: readonly Box[];
  /** What is known of the clocks; the prior where it is missing. */
  readonly clock?: ClockOffset;
  /** How closely hands and chests tell; the prior where it is missing. */
  readonly spread?: ReachSpread;
}

/** Moments before and after the step belong to the reach: hands come in before they take, and go out after it. */
const MARGIN_MS = 250;
/** Samples this long before and after tell where a hidden wrist was, or a body that is not seen. */
export const AROUND_MS = 5000;
/** A body that is not seen at all speaks neither for a reach nor against it: per sample that it would be worth. */
const ABSENT_SAMPLE_LOG = -1.5;
const WALK_M_PER_S = 1.5;
/** In a shop people stand more than they walk: most are found again within this much a second, some much further. */
const STROLL_M_PER_S = 0.25;

/**
 * ln-likelihood of the reach against that of any hand in the space: 0 for a hand inside all the time whose chest is not
 * seen, about 3 where the chest faces it, about −17 for a body elsewhere.
 */
export function reachLogLikelihood(body: Body, window: ReachWindow, settings: FusionSettings): number {
  const clock = window.clock ?? createClockOffset(settings);
  return underClock(reachProfile(body, window, settings), clock);
}

/** The ln-likelihood of a profile whatever the clock's offset is. */
export function underClock(profile: Float64Array, clock: ClockOffset): number {
  const terms = profile.map((log, index) => log + clock.logProb[index]!);
  return logSumExp(terms, terms.length);
}

/** The same under every clock offset of `window.clock`, in their order. */
export function reachProfile(body: Body, window: ReachWindow, settings: FusionSettings): Float64Array {
  const { offsetsMs } = window.clock ?? createClockOffset(settings);
  if (isFarThroughout(body, window, settings) || isOutside(body, window, settings)) {
    const log = farLogLikelihood(window.spread ?? createReachSpread(), settings);
    return new Float64Array(offsetsMs.length).fill(log);
  }
  const samples = samplesAround(body, window);
  const views = viewsOf(samples, window, settings);
  const absentLog = absentLogLikelihood(samples, window, settings);
  const grasps = graspsIn(window);
  return Float64Array.from(offsetsMs, (offsetMs) => {
    const logs = grasps.map(({ fromMs, toMs }) => {
      const during = { fromMs: fromMs + offsetMs - MARGIN_MS, toMs: toMs + offsetMs + MARGIN_MS };
      return graspLog(views, during) ?? absentLog;
    });
    return logSumExp(logs, logs.length) - Math.log(logs.length);
  });
}

/** A hand grasps within about a second; a plate that is restless tells its step later. */
const GRASP_MS_MAX = 1000;
const GRASPS_MAX = 16;

/** When the hand may have grasped: where the plate took long to come to rest, at any time until then. */
function graspsIn({ fromMs, toMs }: Span): Span[] {
  const restMs = toMs - fromMs - GRASP_MS_MAX;
  if (restMs <= 0) return [{ fromMs, toMs }];
  const count = Math.min(GRASPS_MAX, Math.ceil(restMs / (GRASP_MS_MAX / 2)) + 1);
  return Array.from({ length: count }, (_, index) => {
    const startMs = fromMs + (restMs * index) / (count - 1);
    return { fromMs: startMs, toMs: startMs + GRASP_MS_MAX };
  });
}

/** ln-likelihood of what was seen during a grasp; null where nothing was. */
function graspLog(views: readonly View[], { fromMs, toMs }: Span): number | null {
  let sum = 0;
  let sumBeside = 0;
  let count = 0;
  for (const { atMs, log, logBeside } of views) {
    if (atMs < fromMs || atMs > toMs) continue;
    sum += log;
    sumBeside += logBeside;
    count++;
  }
  return count > 0 ? logAddExp(LOG_AT_PLACE + sum / count, LOG_BESIDE + sumBeside / count) : null;
}

/** The body's samples around the window, in order of time. O(samples since). */
function samplesAround(body: Body, { fromMs, toMs }: ReachWindow): BodySample[] {
  const samples: BodySample[] = [];
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const sample = body.samples.at(index)!;
    if (sample.atMs < fromMs - AROUND_MS) break;
    if (sample.atMs <= toMs + AROUND_MS) samples.push(sample);
  }
  return samples.toReversed();
}

/** True where the body had left before, or where the tracker saw it come in later. */
function isOutside(
  body: Body,
  { fromMs, toMs }: Pick<ReachWindow, 'fromMs' | 'toMs'>,
  settings: FusionSettings,
): boolean {
  const slackMs = settings.clockOffsetMsMax + MARGIN_MS;
  if (body.leftAtMs !== null && body.leftAtMs < fromMs - slackMs) return true;
  if (body.enteredAs === null || body.samples.droppedCount > 0) return false;
  const first = body.samples.at(0);
  return first !== undefined && first.atMs > toMs + slackMs;
}

/** A hand that takes from beside where it rests, along the shelf: this often, and this far. */
const BESIDE_SHARE = 0.05;
const BESIDE_SIGMA_M = 0.12;
const LOG_BESIDE = Math.log(BESIDE_SHARE);
const LOG_AT_PLACE = Math.log(1 - BESIDE_SHARE);

/** One sample's part in the reach, where the hand is at its place, and where it is beside it. */
interface View {
  readonly atMs: number;
  readonly log: number;
  readonly logBeside: number;
}

function viewsOf(samples: readonly BodySample[], window: ReachWindow, settings: FusionSettings): View[] {
  const spread = window.spread ?? createReachSpread();
  const earliestMs = window.fromMs - settings.clockOffsetMsMax - MARGIN_MS;
  const latestMs = window.toMs + settings.clockOffsetMsMax + MARGIN_MS;
  const views: View[] = [];
  for (const [index, sample] of samples.entries()) {
    if (sample.atMs < earliestMs || sample.atMs > latestMs || !isAnythingSeen(sample)) continue;
    const { atMs } = sample;
    const isFar = sample.head !== null && isBeyondReach(sample.head, window.spaces, settings);
    const logFar = farLogLikelihood(spread, settings);
    views.push(
      isFar
        ? { atMs, log: logFar, logBeside: logFar }
        : { atMs, ...sampleLogLikelihoods(armsOf(samples, index), sample, { window, spread, settings }) },
    );
  }
  return views;
}

function isAnythingSeen({ head, leftWrist, rightWrist }: BodySample): boolean {
  return head !== null || leftWrist !== null || rightWrist !== null;
}

/** Beyond this many standard deviations of the body no hand is in the space. */
const FAR_SIGMAS = 4;

function isBeyondReach(head: Point3, spaces: readonly Box[], settings: FusionSettings): boolean {
  const farM = settings.armReachM + FAR_SIGMAS * settings.bodySigmaM;
  return spaces.every((space) => floorDistanceM(head, boxCentre(space)) > farM);
}

/** Until when a body must have been seen for `isFarThroughout` to know. */
export function seenUntilMs({ toMs }: Pick<ReachWindow, 'toMs'>, settings: FusionSettings): number {
  return toMs + settings.clockOffsetMsMax + MARGIN_MS;
}

/** True where the body was seen at the time, and always beyond reach: most of a crowd, at the cost of a glance. */
export function isFarThroughout(
  body: Body,
  { fromMs, toMs, spaces }: Pick<ReachWindow, 'fromMs' | 'toMs' | 'spaces'>,
  settings: FusionSettings,
): boolean {
  const slackMs = settings.clockOffsetMsMax + MARGIN_MS;
  let isSeen = false;
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const { atMs, head } = body.samples.at(index)!;
    if (atMs > toMs + slackMs) continue;
    if (atMs < fromMs - slackMs) break;
    if (!head || !isBeyondReach(head, spaces, settings)) return false;
    isSeen = true;
  }
  return isSeen;
}

/** No hand inside, and a chest turned away. */
export function farLogLikelihood(spread: ReachSpread, settings: FusionSettings): number {
  return (
    settings.reachSamples * Math.log(settings.wristOutlierShare) +
    settings.facingSamples * facingLog(Math.PI, spread.facingRad.sigma)
  );
}

interface Scene {
  readonly window: ReachWindow;
  readonly spread: ReachSpread;
  readonly settings: FusionSettings;
}

/** By how much wider than of the whole reach a spread is in each of its samples. */
function inEach(sampleCount: number): number {
  return Math.sqrt(Math.max(sampleCount, 1));
}

function sampleLogLikelihoods(arms: readonly Arm[], sample: BodySample, scene: Scene): Omit<View, 'atMs'> {
  const { window, spread, settings } = scene;
  const facingRad = spread.facingRad.sigma * inEach(settings.facingSamples);
  const facing = settings.facingSamples * facingLog(turnedAwayRad(sample, window.spaces), facingRad);
  const handLog = (alongSigmaM: number): number => {
    let weight = 0;
    for (const space of window.spaces)
      for (const arm of arms) weight = Math.max(weight, handWeight(space, arm, { settings, alongSigmaM }));
    return settings.reachSamples * Math.log(weight + settings.wristOutlierShare);
  };
  const alongM = spread.alongM.sigma * inEach(settings.reachSamples);
  return { log: facing + handLog(alongM), logBeside: facing + handLog(Math.max(alongM, BESIDE_SIGMA_M)) };
}

/** Both arms at `index`, with where their wrists were last seen before and are first seen after. */
function armsOf(samples: readonly BodySample[], index: number): Arm[] {
  const { atMs, head, leftShoulder, rightShoulder, leftElbow, rightElbow, leftWrist, rightWrist } =
    samples[index]!;
  const sighting = (side: 'leftWrist' | 'rightWrist', step: -1 | 1): WristSighting | null => {
    for (let at = index + step; at >= 0 && at < samples.length; at += step) {
      const wrist = samples[at]![side];
      if (wrist) return { atMs: samples[at]!.atMs, wrist };
    }
    return null;
  };
  const arm = (side: 'leftWrist' | 'rightWrist', parts: Pick<Arm, 'shoulder' | 'elbow' | 'wrist'>): Arm => ({
    atMs,
    head,
    ...parts,
    before: parts.wrist ? null : sighting(side, -1),
    after: parts.wrist ? null : sighting(side, 1),
  });
  return [
    arm('leftWrist', { shoulder: leftShoulder ?? null, elbow: leftElbow ?? null, wrist: leftWrist }),
    arm('rightWrist', { shoulder: rightShoulder ?? null, elbow: rightElbow ?? null, wrist: rightWrist }),
  ];
}

/** The reach of a body that no camera saw at the time: as likely as that it walked there and on from there. */
function absentLogLikelihood(
  samples: readonly BodySample[],
  window: ReachWindow,
  settings: FusionSettings,
): number {
  const { reachSamples, armReachM, bodySigmaM, wristOutlierShare } = settings;
  const before = samples.findLast(({ atMs, head }) => head !== null && atMs <= window.fromMs);
  const after = samples.find(({ atMs, head }) => head !== null && atMs >= window.toMs);
  let walked = 1;
  for (const sample of [before, after]) {
    if (!sample?.head) continue;
    const head = sample.head;
    const awayM = Math.min(...window.spaces.map((space) => floorDistanceM(head, boxCentre(space))));
    const goneS = Math.max(window.fromMs - sample.atMs, sample.atMs - window.toMs, 0) / 1000;
    const walkM = Math.max(awayM - armReachM, 0);
    const beyond = Math.max(walkM - WALK_M_PER_S * goneS, 0) / bodySigmaM;
    const unlike = walkM / (bodySigmaM + STROLL_M_PER_S * goneS);
    walked *= Math.exp(-0.5 * beyond * beyond) / (1 + unlike * unlike);
  }
  const floor = Math.pow(wristOutlierShare, reachSamples);
  return Math.log(Math.exp(reachSamples * ABSENT_SAMPLE_LOG) * walked + floor);
}

/** By how much the hand and the chest of a reach that surely was one missed: the median over its samples. */
export function reachMiss(body: Body, window: ReachWindow, settings: FusionSettings): ReachMiss {
  const spread = window.spread ?? createReachSpread();
  const scale = { settings, alongSigmaM: spread.alongM.sigma };
  const along: number[] = [];
  const facing: number[] = [];
  for (const sample of samplesAround(body, window)) {
    if (sample.atMs < window.fromMs || sample.atMs > window.toMs) continue;
    const misses = window.spaces.flatMap((space) =>
      armsOf([sample], 0).flatMap((arm) => missAlongM(space, arm, scale) ?? []),
    );
    if (misses.length > 0) along.push(Math.min(...misses));
    const awayRad = turnedAwayRad(sample, window.spaces);
    if (awayRad !== null) facing.push(awayRad);
  }
  return { alongM: middleOf(along), facingRad: middleOf(facing) };
}

function middleOf(values: number[]): number | null {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? null;
}
