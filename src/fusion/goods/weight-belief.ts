/**
 * What a unit of a product weighs: a mean that starts at the catalogue and a spread that starts at a share of it, both
 * learnt from settled, sure picks. Mean: normal with known variance (Kalman update). Spread: the squared residuals
 * that sensor noise does not explain, against a prior worth `PRIOR_UNITS` observations.
 */
import type { Product, ProductId } from '../../domain/index.ts';
import type { FusionSettings } from '../settings.ts';

export interface WeightBelief {
  readonly meanGrams: number;
  readonly meanVariance: number;
  readonly unitVariance: number;
  readonly observations: number;
}

const PRIOR_UNITS = 6;
/** The lightest products vary by more than a share of their weight: ±1 g of packaging. */
const UNIT_SIGMA_MIN = 0.7;
/** A single observation moves the belief by at most this many of its standard deviations. */
const SURPRISE_MAX = 3;

/** The belief before any pick; null for a product whose weight nobody knows. */
export function priorWeight(product: Product, settings: FusionSettings): WeightBelief | null {
  if (product.weightGrams === null) return null;
  const unit = Math.max(settings.unitSpreadShare * product.weightGrams, UNIT_SIGMA_MIN);
  const mean = settings.catalogueSpreadShare * product.weightGrams;
  return {
    meanGrams: product.weightGrams,
    meanVariance: mean * mean,
    unitVariance: unit * unit,
    observations: 0,
  };
}

/** Variance of the weight of `count` units: their spreads are independent, the mean's error is shared. */
export function weightVariance(belief: WeightBelief, count: number): number {
  return count * belief.unitVariance + count * count * belief.meanVariance;
}

/** The belief after `count` units together weighed `grams`, measured with variance `sensorVariance`. */
export function learnWeight(
  belief: WeightBelief,
  seen: { readonly grams: number; readonly count: number; readonly sensorVariance: number },
): WeightBelief {
  const perUnit = seen.grams / seen.count;
  const noise = (seen.count * belief.unitVariance + seen.sensorVariance) / (seen.count * seen.count);
  const expected = Math.sqrt(noise + belief.meanVariance);
  const limit = SURPRISE_MAX * expected;
  const residual = Math.max(-limit, Math.min(limit, perUnit - belief.meanGrams));
  const gain = belief.meanVariance / (belief.meanVariance + noise);
  const excess = Math.max(residual * residual - seen.sensorVariance / (seen.count * seen.count), 0);
  const weightBefore = PRIOR_UNITS + belief.observations;
  const unitVariance = (belief.unitVariance * weightBefore + excess) / (weightBefore + 1);
  return {
    meanGrams: belief.meanGrams + gain * residual,
    meanVariance: belief.meanVariance * (1 - gain),
    unitVariance: Math.max(unitVariance, UNIT_SIGMA_MIN * UNIT_SIGMA_MIN),
    observations: belief.observations + 1,
  };
}

/** Beliefs of all products, filled when first asked for. */
export type WeightBeliefs = Map<ProductId, WeightBelief | null>;
