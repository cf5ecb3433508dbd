/**
 * How far the cameras' clock is from the plates': a distribution over offsets that starts wide and sharpens with every
 * reach whose person is beyond doubt. It forgets slowly, because clocks drift and are set again.
 */
import { logSumExp } from '../../kernel/index.ts';
import type { FusionSettings } from '../settings.ts';

export interface ClockOffset {
  /** Offsets in milliseconds, ascending, camera minus plates. */
  readonly offsetsMs: readonly number[];
  /** ln P(offset), normalised. */
  readonly logProb: Float64Array;
}

const OFFSET_STEP_MS = 100;
/** A sure reach counts half: its samples share the tracker's errors. */
const LEARNING_SHARE = 0.5;
/** Share that every reach gives back to all offsets alike. */
const FORGETTING_SHARE = 0.02;

export function createClockOffset(settings: FusionSettings): ClockOffset {
  const offsetsMs: number[] = [];
  const most = settings.clockOffsetMsMax;
  for (let offsetMs = -most; offsetMs <= most; offsetMs += OFFSET_STEP_MS) offsetsMs.push(offsetMs);
  const logProb = Float64Array.from(offsetsMs, (offsetMs) => {
    const z = offsetMs / settings.clockSigmaMs;
    return -0.5 * z * z;
  });
  return { offsetsMs, logProb: normalised(logProb) };
}

function normalised(logs: Float64Array): Float64Array {
  const total = logSumExp(logs, logs.length);
  return logs.map((log) => log - total);
}

/** The belief after a sure reach whose ln-likelihood under each offset is `profile`. */
export function learnOffset(clock: ClockOffset, profile: Float64Array): ClockOffset {
  const posterior = normalised(clock.logProb.map((log, index) => log + LEARNING_SHARE * profile[index]!));
  const flat = FORGETTING_SHARE / posterior.length;
  const logProb = posterior.map((log) => Math.log((1 - FORGETTING_SHARE) * Math.exp(log) + flat));
  return { offsetsMs: clock.offsetsMs, logProb: normalised(logProb) };
}
