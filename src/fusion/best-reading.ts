/**
 * Which way an interaction is read: how likely its real levels, pushes and leans are, and how well what is left of its
 * steps is explained, whoever did it.
 */
import { logAddExp, logGamma, logNormal } from '../kernel/index.ts';
import type { Interaction, WeightStep } from '../domain/index.ts';
import { doersOf } from './doers.ts';
import type { FusionScene } from './fusion-state.ts';
import type { Lean } from './goods/leans.ts';
import type { Level, OneHand } from './goods/levels.ts';
import { readingsOf } from './goods/readings.ts';
import type { Reading } from './goods/readings.ts';
import type { StepGroup } from './goods/step-groups.ts';
import { logUnknownWeight } from './goods/weight-belief.ts';
import type { PersonShare, SharesOf } from './people/person-shares.ts';
import type { FusionSettings } from './settings.ts';

/** The likeliest way to read the interaction. */
export function bestReading(state: FusionScene, interaction: Interaction, sharesOf: SharesOf): Reading {
  const readings = readingsOf(interaction, oneHandBy(sharesOf));
  let best = readings[0]!;
  let bestLog = -Infinity;
  if (readings.length === 1) return best;
  for (const reading of readings) {
    const log = readingLog(state, reading, sharesOf);
    if (log > bestLog) {
      bestLog = log;
      best = reading;
    }
  }
  return best;
}

/** Where one person made both steps of a pair with less than this, two people did. */
const ONE_HAND_MIN = 0.05;

/** Says of two steps whether one person may have made both, by where everybody's hands were. */
function oneHandBy(sharesOf: SharesOf): OneHand {
  const at = (step: WeightStep): readonly PersonShare[] =>
    sharesOf({ leftAtMs: step.leftAtMs, settledAtMs: step.settledAtMs, plates: [step] });
  return (a, b) => {
    const second = new Map(at(b).map(({ visitId, logShare }) => [visitId, Math.exp(logShare)]));
    let both = 0;
    for (const { visitId, logShare } of at(a)) both += Math.exp(logShare) * (second.get(visitId) ?? 0);
    return both >= ONE_HAND_MIN;
  };
}

function readingLog(state: FusionScene, reading: Reading, sharesOf: SharesOf): number {
  let log = 0;
  for (const level of reading.real) log += Math.log(1 - pushShare(level, state.settings));
  for (const level of reading.pushes) {
    log += Math.log(pushShare(level, state.settings)) + logPushSize(level, state.settings);
  }
  for (const lean of reading.leans) log += leanLog(lean, state.settings);
  reading.groups.forEach((stepGroup, index) => {
    const best = bestOutcomeLog(state, stepGroup, sharesOf(stepGroup));
    const undone = undoneLog(stepGroup, reading.groups.slice(0, index), state.settings);
    log += Math.max(best, undone);
  });
  return log;
}

/** What lay there for a moment is taken away again this often, rather than something else. */
const TAKEN_AWAY_SHARE = 0.5;

/**
 * ln p of the group undoing an earlier one of the same reading: what was just taken comes back, what was just put there is
 * taken. Nobody holds it yet when readings are weighed, so no outcome tells.
 */
function undoneLog(
  stepGroup: StepGroup,
  earlier: readonly StepGroup[],
  { putBackHomeShare, lastTakenShare }: FusionSettings,
): number {
  let best = -Infinity;
  for (const before of earlier) {
    if (!before.plates.some(({ plateId }) => stepGroup.plates.some((plate) => plate.plateId === plateId)))
      continue;
    const [then, now] = [changeOf(before), changeOf(stepGroup)];
    if (then.grams * now.grams >= 0) continue;
    const share = now.grams > 0 ? putBackHomeShare * lastTakenShare : TAKEN_AWAY_SHARE;
    const variance = then.variance + now.variance;
    best = Math.max(best, Math.log(share) + logNormal(then.grams + now.grams, 0, variance));
  }
  return best;
}

function changeOf({ plates }: StepGroup): { readonly grams: number; readonly variance: number } {
  return {
    grams: plates.reduce((sum, { deltaGrams }) => sum + deltaGrams, 0),
    variance: plates.reduce((sum, plate) => sum + plate.variance, 0),
  };
}

/** ln p of the likeliest outcome, whoever of those who may have been there did it. */
function bestOutcomeLog(state: FusionScene, stepGroup: StepGroup, shares: readonly PersonShare[]): number {
  const logs = doersOf(state, stepGroup, shares)
    .filter(({ logShare }) => logShare >= Math.log(ONE_HAND_MIN))
    .map(({ outcomes }) => outcomes[0]?.logLikelihood ?? 0);
  return logs.length > 0 ? Math.max(...logs) : 0;
}

/** ln-density of a lean: how often, how heavy, and how its plates share it (uniform on the simplex). */
function leanLog({ grams, plateCount }: Lean, { longPushShare, leanShare }: FusionSettings): number {
  const logSpread = (plateCount - 1) * Math.log(grams) - logGamma(plateCount);
  return Math.log(longPushShare * leanShare) + logUnknownWeight(grams) - logSpread;
}

/**
 * ln-density of a push: a hand presses with some tens of grams and lifts less; a body that leans, with anything. Between two
 * steps of one sign it is a hand that held what it had not yet taken.
 */
function logPushSize(level: Level, { pushGrams, liftGrams, leanShare }: FusionSettings): number {
  const { deltaGrams, nextGrams } = level;
  if (deltaGrams < 0 && nextGrams > 0)
    return Math.log(1 - leanShare) + logNormal(deltaGrams, 0, liftGrams * liftGrams);
  return logAddExp(
    Math.log(1 - leanShare) + logNormal(deltaGrams, 0, pushGrams * pushGrams),
    Math.log(leanShare) + logUnknownWeight(Math.abs(deltaGrams)),
  );
}

/** P(a level between two steps was only a hand pressing), by how long it stood. */
function pushShare(level: Level, settings: FusionSettings): number {
  return level.lastedMs <= settings.briefMs ? settings.briefPushShare : settings.longPushShare;
}
