/**
 * What one step at a product's own place says of its weight. Every weight that the product may have predicts the step,
 * and so does everything else that may have caused it:
 *
 *   p(D | weighs w)        = R + P(place)·Σₙ P(n)·N(D; nw, …)
 *   p(D | weighs anything) = R + P(place)·Σₙ P(n) / (D ln 1000)
 *
 * R is the likelihood of all explanations without the product: the neighbour's goods, a pair, a push. So a step that a
 * neighbour explains well says little, and one that only this product can have made says much. From 'anything' a mean is
 * split off where the step is (exact: its share of the probability goes with it), at most `OTHERS_MAX` of them. Nobody
 * is asked, so nobody can lie; one odd step moves a prior of some per cent a little, consistent ones multiply.
 *
 * Now and then a step makes no sense at all (two hands, a thing pushed over the edge): that is among R at the rate at which
 * rows are wrong, so that a single odd step is doubt and only consistent ones are knowledge.
 *
 * How many units people take of a product is learnt with each weight that it may have, for some are bought by twos:
 *
 *   P(1) = (s₀ + picks of one) / (s₀ + m₀ + picks),   P(n) as ever among the others
 *
 * So people who often take two are no proof that the product weighs twice as much. That nobody ever took one is, after some
 * dozens of picks; the first that does take one settles it the other way.
 */
import { logAddExp } from '../../kernel/index.ts';
import type { OtherWeight, ProductWeight, UnitPicks, UnitWeight } from '../../domain/index.ts';
import { logCount, logCountAfter, NO_PICKS } from '../goods/counts.ts';
import type { FusionSettings } from '../settings.ts';
import {
  learnWeight,
  logUnits,
  logUnknownWeight,
  unitVarianceBefore,
  UNKNOWN_GRAMS_MIN,
} from '../goods/weight-belief.ts';

/** A change of weight at a product's own place. */
export interface PlaceStep {
  /** What went, > 0. */
  readonly grams: number;
  readonly variance: number;
  /** ln of everything about a pick of this product but its weight and count. */
  readonly logPlace: number;
  /** ln-likelihood of the step by everything that has no part in this product. */
  readonly logRest: number;
}

const OTHERS_MAX = 4;
/** Two means that no scale tells apart are one. */
const SAME_SIGMAS = 3;
/** A mean split off a step may be that of one unit or of two. */
const SPLIT_COUNTS = [1, 2];
/** Steps of any size that nothing explains, of all steps at a place. */
const ODD_STEP_SHARE = 0.02;
/** Packs and rows change: at every step this much is believed anew, so that nothing is ever beyond doubt. */
const RENEWED_SHARE = 0.001;
/** A mean is not worth carrying below this. */
const SHARE_MIN = 1e-6;

/** ln Σₙ P(n)·N(D; nw, …), and the count that gives the most of it. */
export function logCounts(
  weight: UnitWeight,
  step: Pick<PlaceStep, 'grams' | 'variance'>,
  settings: FusionSettings,
): { readonly log: number; readonly likeliestCount: number } {
  const { picks = NO_PICKS } = weight;
  let log = -Infinity;
  let best = -Infinity;
  let likeliestCount = 1;
  for (let count = 1; count <= settings.countMax; count++) {
    const one = logCountAfter(count, picks, settings) + logUnits(weight, { ...step, count });
    if (one > best) [best, likeliestCount] = [one, count];
    log = logAddExp(log, one);
  }
  return { log, likeliestCount };
}

/** What the product may weigh after `seen`. O(`OTHERS_MAX` · `countMax`). */
export function weightAfter(weight: ProductWeight, seen: PlaceStep, settings: FusionSettings): ProductWeight {
  if (seen.grams < UNKNOWN_GRAMS_MIN) return weight;
  const logOdd = Math.log(ODD_STEP_SHARE) + seen.logPlace + logUnknownWeight(seen.grams);
  const step = { ...seen, logRest: logAddExp(seen.logRest, logOdd) };
  const isListed = isListedBy(weight, step, 1);
  const listedLog =
    weight.listed === null
      ? -Infinity
      : Math.log(weight.listedShare) + predicted(step, logCounts(weight.listed, step, settings).log);
  const others = weight.others.map((other) => ({
    other: learntFrom(other, step, settings),
    log: Math.log(other.share) + predicted(step, logCounts(other, step, settings).log),
  }));
  const logAny = step.logPlace + logUnknownWeight(step.grams);
  const anyLog = Math.log(weight.anyShare) + (isListed ? logAddExp(step.logRest, logAny) : step.logRest);
  const splitCounts = isListed ? [] : SPLIT_COUNTS.filter((count) => !isListedBy(weight, step, count));
  for (const count of splitCounts) {
    const log = Math.log(weight.anyShare) + logAny + logCount(count, settings);
    addSplit(others, { other: splitOff(step, count, settings), log }, step);
  }
  const listed = weight.listed && withPick(weight.listed, step, settings);
  return normalised({ ...weight, listed }, { listedLog, anyLog, others }, settings);
}

interface Weighted {
  readonly other: UnitWeight;
  readonly log: number;
}

function predicted(step: PlaceStep, logWeight: number): number {
  return logAddExp(step.logRest, step.logPlace + logWeight);
}

/** True where `count` units of the listed weight explain the step better than any weight at all does. */
function isListedBy({ listed }: ProductWeight, step: PlaceStep, count: number): boolean {
  return listed !== null && logUnits(listed, { ...step, count }) > logUnknownWeight(step.grams);
}

/** The mean moved by the step, as far as the step was this product's at this weight. */
function learntFrom(other: UnitWeight, step: PlaceStep, settings: FusionSettings): UnitWeight {
  const { log, likeliestCount: count } = logCounts(other, step, settings);
  const share = Math.exp(step.logPlace + log - predicted(step, log));
  if (share < SHARE_MIN) return other;
  const weight = learnWeight(other, { grams: step.grams, count, sensorVariance: step.variance }, share);
  return { ...weight, picks: picksAfter(other, count, share) };
}

/** The listed weight with one pick more, of one unit or of several, as far as the step was that. */
function withPick(listed: UnitWeight, step: PlaceStep, settings: FusionSettings): UnitWeight {
  const { log, likeliestCount } = logCounts(listed, step, settings);
  const share = Math.exp(step.logPlace + log - predicted(step, log));
  return share < SHARE_MIN ? listed : { ...listed, picks: picksAfter(listed, likeliestCount, share) };
}

/** Habits change: older picks fade once there are this many. */
const PICKS_MAX = 200;

function picksAfter(
  { picks = NO_PICKS }: Pick<UnitWeight, 'picks'>,
  count: number,
  share: number,
): UnitPicks {
  const kept = picks.single + picks.several >= PICKS_MAX ? 1 - share / PICKS_MAX : 1;
  const isOne = count === 1;
  return {
    single: picks.single * kept + (isOne ? share : 0),
    several: picks.several * kept + (isOne ? 0 : share),
  };
}

function splitOff(step: PlaceStep, count: number, settings: FusionSettings): UnitWeight {
  const meanGrams = step.grams / count;
  const unitVariance = unitVarianceBefore(meanGrams, settings);
  return {
    meanGrams,
    meanVariance: unitVariance / count + step.variance / (count * count),
    unitVariance,
    observations: 1,
    picks: picksAfter({ picks: NO_PICKS }, count, 1),
  };
}

/** Adds what was split off; where that mean is there already, its share grows. */
function addSplit(others: Weighted[], split: Weighted, step: PlaceStep): void {
  if (split.other.meanGrams < UNKNOWN_GRAMS_MIN) return;
  const at = others.findIndex(({ other }) => isSame(other, split.other, step));
  const same = others[at];
  if (same) others[at] = { ...same, log: logAddExp(same.log, split.log) };
  else others.push(split);
}

function isSame(a: UnitWeight, b: UnitWeight, { variance }: PlaceStep): boolean {
  const apart = a.meanGrams - b.meanGrams;
  return apart * apart < SAME_SIGMAS * SAME_SIGMAS * (variance + a.meanVariance + b.meanVariance);
}

interface Grown {
  readonly listedLog: number;
  readonly anyLog: number;
  readonly others: readonly Weighted[];
}

/** Shares that sum to 1, the least of them given back to 'anything', and a little of everything believed anew. */
function normalised(before: ProductWeight, grown: Grown, settings: FusionSettings): ProductWeight {
  const { listedLog, anyLog, others } = grown;
  const most = Math.max(listedLog, anyLog, ...others.map(({ log }) => log));
  const share = (log: number): number => Math.exp(log - most);
  const total = share(listedLog) + share(anyLog) + others.reduce((sum, { log }) => sum + share(log), 0);
  const listedPrior = before.listed ? 1 - settings.catalogueWrongShare : 0;
  const kept = others
    .map(({ other, log }): OtherWeight => ({
      ...other,
      share: ((1 - RENEWED_SHARE) * share(log)) / total,
    }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, OTHERS_MAX)
    .filter((other) => other.share >= SHARE_MIN);
  const listedShare = ((1 - RENEWED_SHARE) * share(listedLog)) / total + RENEWED_SHARE * listedPrior;
  const named = kept.reduce((sum, other) => sum + other.share, listedShare);
  return { ...before, listedShare, anyShare: Math.max(1 - named, 0), others: kept };
}
