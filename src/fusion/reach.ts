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
import type { Box } from '../domain/index.ts';
import type { Body, BodySample } from './bodies.ts';
import type { FusionSettings } from './settings.ts';

export interface ReachWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly spaces: readonly Box[];
}

const OFFSET_STEP_MS = 100;
/** A moment before and after the step belongs to the reach. */
const MARGIN_MS = 150;
/** Without any sample in the window the body is only known to have been about. */
const UNSEEN_SAMPLE_LOG = -2.5;

/** ln-likelihood of the reach, 0 for a hand inside all the time, about −14 for a body elsewhere. */
export function reachLogLikelihood(body: Body, window: ReachWindow, settings: FusionSettings): number {
  const earliestMs = window.fromMs - settings.clockOffsetMsMax - MARGIN_MS;
  const latestMs = window.toMs + settings.clockOffsetMsMax + MARGIN_MS;
  const seen: SeenReach = { times: [], logs: [] };
  for (let index = body.samples.size - 1; index >= 0; index--) {
    const sample = body.samples.at(index)!;
    if (sample.atMs < earliestMs - 1000) break;
    if (sample.atMs < earliestMs || sample.atMs > latestMs) continue;
    const log = sampleLogLikelihood(sample, window.spaces, settings);
    if (log === null) continue;
    seen.times.push(sample.atMs);
    seen.logs.push(log);
  }
  return overClockOffsets(window, seen, settings);
}

interface SeenReach {
  readonly times: number[];
  readonly logs: number[];
}

function overClockOffsets(window: ReachWindow, seen: SeenReach, settings: FusionSettings): number {
  const { times, logs } = seen;
  const terms: number[] = [];
  let priorSum = 0;
  for (
    let offsetMs = -settings.clockOffsetMsMax;
    offsetMs <= settings.clockOffsetMsMax;
    offsetMs += OFFSET_STEP_MS
  ) {
    const z = offsetMs / settings.clockSigmaMs;
    const logPrior = -0.5 * z * z;
    priorSum += Math.exp(logPrior);
    const fromMs = window.fromMs + offsetMs - MARGIN_MS;
    const toMs = window.toMs + offsetMs + MARGIN_MS;
    let sum = 0;
    let count = 0;
    for (let index = 0; index < times.length; index++) {
      if (times[index]! < fromMs || times[index]! > toMs) continue;
      sum += logs[index]!;
      count++;
    }
    const mean = count > 0 ? sum / count : UNSEEN_SAMPLE_LOG;
    terms.push(logPrior + settings.reachSamples * mean);
  }
  return logSumExp(terms, terms.length) - Math.log(priorSum);
}

/** ln((1 − ε) e^{−d²/2σ²} + ε) of one sample; null where it shows nothing of the body. */
function sampleLogLikelihood(
  sample: BodySample,
  spaces: readonly Box[],
  settings: FusionSettings,
): number | null {
  const wrists = [sample.leftWrist, sample.rightWrist].filter((wrist) => wrist !== null);
  const outlier = settings.wristOutlierShare;
  let best = -Infinity;
  for (const space of spaces) {
    for (const wrist of wrists) {
      const short = Math.max(distanceToBoxM(space, wrist) - settings.handBeyondWristM, 0);
      const z = short / settings.wristSigmaM;
      best = Math.max(best, Math.log((1 - outlier) * Math.exp(-0.5 * z * z) + outlier));
    }
    if (wrists.length < 2 && sample.head) {
      const away = floorDistanceM(sample.head, boxCentre(space));
      const z = Math.max(away - settings.armReachM, 0) / settings.bodySigmaM;
      // A hidden hand may be anywhere within the arm's reach: one of many plates, so less than a seen hand.
      best = Math.max(best, Math.log(HIDDEN_HAND_SHARE * Math.exp(-0.5 * z * z) + outlier));
    }
  }
  return best === -Infinity ? null : best;
}

const HIDDEN_HAND_SHARE = 0.3;
