/** `reachLogLikelihood`, remembered: see reach-memory.ts. */
import type { Body } from './bodies.ts';
import type { ClockOffset } from './clock-offset.ts';
import {
  AROUND_MS,
  farLogLikelihood,
  isFarThroughout,
  reachProfile,
  seenUntilMs,
  underClock,
} from './reach.ts';
import type { ReachWindow } from './reach.ts';
import type { KnownPlace, KnownReach, ReachMemory } from './reach-memory.ts';
import type { ReachSpread } from './reach-spread.ts';
import type { FusionSettings } from '../settings.ts';

/** A window with everything that an answer depends on. */
export type KnownWindow = ReachWindow & { readonly clock: ClockOffset; readonly spread: ReachSpread };

export interface AskedReach {
  readonly memory: ReachMemory;
  /** Of `placeIn`, under a name that stands for the window's times and spaces. */
  readonly place: KnownPlace;
  readonly window: KnownWindow;
  readonly settings: FusionSettings;
}

/** `reachLogLikelihood` of the body, remembered. */
export function knownReachLog(asked: AskedReach, body: Body): number {
  const { memory, place, window, settings } = asked;
  let known = place.get(body);
  if (!known || !isValid(known, body, window)) {
    known = workedOut(body, window, settings);
    place.set(body, known);
  }
  if (known.profile === null) return farLog(memory, window, settings);
  if (known.clock !== window.clock) {
    known.clock = window.clock;
    known.log = underClock(known.profile, window.clock);
  }
  return known.log;
}

function isValid(known: KnownReach, { samples, leftAtMs }: Body, window: KnownWindow): boolean {
  if (known.leftAtMs !== leftAtMs) return false;
  if (!known.isFar && known.spread !== window.spread) return false;
  const { size, droppedCount } = samples;
  if (!known.isSettled && known.pushedCount !== size + droppedCount) return false;
  // What has been dropped since must be older than all that the reach looks at.
  return known.droppedCount === droppedCount || samples.at(0)!.atMs < window.fromMs - AROUND_MS;
}

function workedOut(body: Body, window: KnownWindow, settings: FusionSettings): KnownReach {
  const isFar = isFarThroughout(body, window, settings);
  const { size, droppedCount } = body.samples;
  const newestMs = body.samples.newest()?.atMs ?? -Infinity;
  return {
    isFar,
    profile: isFar ? null : reachProfile(body, window, settings),
    spread: window.spread,
    clock: null,
    log: NaN,
    leftAtMs: body.leftAtMs,
    pushedCount: size + droppedCount,
    droppedCount,
    isSettled: newestMs > (isFar ? seenUntilMs(window, settings) : window.toMs + AROUND_MS),
  };
}

function farLog(memory: ReachMemory, { clock, spread }: KnownWindow, settings: FusionSettings): number {
  if (memory.far?.clock !== clock || memory.far.spread !== spread) {
    const profile = new Float64Array(clock.offsetsMs.length).fill(farLogLikelihood(spread, settings));
    memory.far = { clock, spread, log: underClock(profile, clock) };
  }
  return memory.far.log;
}
