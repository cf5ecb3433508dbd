/**
 * How many units of one product are taken in one grasp. Most grasps take one; of several, the numbers fall off as a power,
 * for packs of four and six are bought as such:
 *
 *   P(n) = n⁻ˢ / Σₖ k⁻ˢ,  k ≤ `countMax`,  s = −log₂ f,  f = P(2) / P(1)
 *
 * Rejected: a geometric law. It makes four of a kind three in a thousand, and then a weight of four that one wrong row
 * of the catalogue would explain as well is read as that.
 */
import type { UnitPicks } from '../../domain/index.ts';
import type { FusionSettings } from '../settings.ts';

type CountSettings = Pick<FusionSettings, 'furtherUnitShare' | 'countMax'>;

function weightOfCount(count: number, { furtherUnitShare }: CountSettings): number {
  return Math.pow(count, Math.log2(furtherUnitShare));
}

function totalFrom(first: number, settings: CountSettings): number {
  let total = 0;
  for (let count = first; count <= settings.countMax; count++) total += weightOfCount(count, settings);
  return total;
}

/** ln P(n) of any product. */
export function logCount(count: number, settings: CountSettings): number {
  return Math.log(weightOfCount(count, settings) / totalFrom(1, settings));
}

export const NO_PICKS: UnitPicks = { single: 0, several: 0 };
/** The prior counts like this many picks: products differ much. */
const PRIOR_PICKS = 4;

/** ln P(n) of a product of which so many were taken singly and by several before: P(1) is learnt, the rest keeps its law. */
export function logCountAfter(count: number, picks: UnitPicks, settings: CountSettings): number {
  const single = 1 / totalFrom(1, settings);
  const all = PRIOR_PICKS + picks.single + picks.several;
  const one = (PRIOR_PICKS * single + picks.single) / all;
  if (count === 1) return Math.log(one);
  return Math.log(((1 - one) * weightOfCount(count, settings)) / totalFrom(2, settings));
}
