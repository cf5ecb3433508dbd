/**
 * What a unit of a product weighs. The catalogue is believed first, with a mean that picks make sharper and a spread
 * that they teach; beside it stands what the catalogue does not know: that the product weighs something else, spread
 * evenly in logarithm from 5 g to 5 kg until steps at its own place narrow it to a few means.
 *
 *   p(D | n units) = P(listed)·N(D; nμ, s² + Var) + Σ P(other)·N(D; nμ', s² + Var') + P(any)·1 / (D ln 1000)
 *
 * Mean: normal with known variance (Kalman update). Spread: what a pick says of the units' own variance, given that the
 * mean and the sensor may be off too (one step of expectation-maximisation), against a prior worth `PRIOR_UNITS` picks.
 */
import { logAddExp, logNormal } from '../../kernel/index.ts';
import type { Product, ProductId, ProductWeight, UnitWeight } from '../../domain/index.ts';
import type { FusionSettings } from '../settings.ts';

export type WeightBelief = UnitWeight;

const PRIOR_UNITS = 6;
/** The lightest products vary by more than a share of their weight: ±1 g of packaging. */
const UNIT_SIGMA_MIN = 0.7;
/** A single observation moves the belief by at most this many of its standard deviations. */
const SURPRISE_MAX = 3;

/** Weights of unknown things spread evenly in logarithm from 5 g to 5 kg. */
export const UNKNOWN_GRAMS_MIN = 5;
const LOG_WEIGHT_RANGE = Math.log(1000);

/** ln-density of a change of `sizeGrams` by something whose weight nobody knows. */
export function logUnknownWeight(sizeGrams: number): number {
  return sizeGrams < UNKNOWN_GRAMS_MIN ? -Infinity : -Math.log(sizeGrams) - Math.log(LOG_WEIGHT_RANGE);
}

/** The belief before any pick; null for a product whose weight nobody knows. */
export function priorWeight(product: Product, settings: FusionSettings): WeightBelief | null {
  if (product.weightGrams === null) return null;
  const mean = settings.catalogueSpreadShare * product.weightGrams;
  return {
    meanGrams: product.weightGrams,
    meanVariance: mean * mean,
    unitVariance: unitVarianceBefore(product.weightGrams, settings),
    observations: 0,
  };
}

/** Variance of one unit of something that weighs about `grams`, before anything is learnt. */
export function unitVarianceBefore(grams: number, settings: FusionSettings): number {
  const sigma = Math.max(settings.unitSpreadShare * grams, UNIT_SIGMA_MIN);
  return sigma * sigma;
}

/** All that may be believed of a product before any pick; `product` is undefined where the catalogue lacks it. */
export function priorProductWeight(product: Product | undefined, settings: FusionSettings): ProductWeight {
  const listed = product ? priorWeight(product, settings) : null;
  const listedShare = listed ? 1 - settings.catalogueWrongShare : 0;
  return { listed, listedShare, anyShare: 1 - listedShare, others: [], swappedShare: 0 };
}

/** Variance of the weight of `count` units: their spreads are independent, the mean's error is shared. */
export function weightVariance(belief: WeightBelief, count: number): number {
  return count * belief.unitVariance + count * count * belief.meanVariance;
}

/** What was weighed: `count` units together changed the plates by `grams` (positive), with variance `variance`. */
export interface Weighed {
  readonly grams: number;
  readonly count: number;
  readonly variance: number;
}

/** ln N(grams; count·mean, all that may be off). */
export function logUnits(belief: WeightBelief, { grams, count, variance }: Weighed): number {
  return logNormal(grams, count * belief.meanGrams, variance + weightVariance(belief, count));
}

/** P(the catalogue's weight is right): where two neighbours were swapped, both weigh what is listed. */
export function listedProbability(weight: ProductWeight): number {
  if (!weight.listed) return 0;
  return weight.swappedShare + (1 - weight.swappedShare) * weight.listedShare;
}

/** ln-density of what `weighed` units weigh, over all that the product may weigh. */
export function logProductWeight(weight: ProductWeight, weighed: Weighed): number {
  const right = listedProbability(weight);
  let log = weight.listed && right > 0 ? Math.log(right) + logUnits(weight.listed, weighed) : -Infinity;
  const wrong = weight.listed ? 1 - weight.swappedShare : 1;
  if (wrong <= 0) return log;
  for (const other of weight.others)
    log = logAddExp(log, Math.log(wrong * other.share) + logUnits(other, weighed));
  // Several units of nobody knows what are no more likely for being several.
  if (weighed.count === 1 && weight.anyShare > 0)
    log = logAddExp(log, Math.log(wrong * weight.anyShare) + logUnknownWeight(weighed.grams));
  return log;
}

/** The likeliest of the weights that have a mean; null where there is none. */
export function likeliestWeight(weight: ProductWeight): WeightBelief | null {
  const [other] = weight.others;
  const right = listedProbability(weight);
  if (!other) return weight.listed;
  return weight.listed && right >= (1 - weight.swappedShare) * other.share ? weight.listed : other;
}

/**
 * The belief after `count` units together weighed `grams`, measured with variance `sensorVariance`. With a `share`
 * below 1 it is not sure that they were units of this product: the observation counts for as much less.
 */
export function learnWeight(
  belief: WeightBelief,
  seen: { readonly grams: number; readonly count: number; readonly sensorVariance: number },
  share = 1,
): WeightBelief {
  const { count } = seen;
  const own = belief.unitVariance / count;
  const noise = own + seen.sensorVariance / (count * count);
  const expected = noise + belief.meanVariance;
  const limit = SURPRISE_MAX * Math.sqrt(expected);
  const residual = Math.max(-limit, Math.min(limit, seen.grams / count - belief.meanGrams));
  const gain = belief.meanVariance / (belief.meanVariance + noise / share);
  // Of the residual this much is expected to be the units' own: its square and the doubt about it.
  const ownShare = own / expected;
  const unitSample = count * (ownShare * ownShare * residual * residual + own * (1 - ownShare));
  const weightBefore = PRIOR_UNITS + belief.observations;
  const unitVariance = (belief.unitVariance * weightBefore + share * unitSample) / (weightBefore + share);
  return {
    ...belief,
    meanGrams: belief.meanGrams + gain * residual,
    meanVariance: belief.meanVariance * (1 - gain),
    unitVariance: Math.max(unitVariance, UNIT_SIGMA_MIN * UNIT_SIGMA_MIN),
    observations: belief.observations + share,
  };
}

/** Beliefs of all products, filled when first asked for. */
export type WeightBeliefs = Map<ProductId, ProductWeight>;
