/**
 * The area that two normal densities of one spread share: 2 Φ(−d / 2σ) = erfc(d / 2√2σ), d the distance of the means;
 * 1 where they are the same (Inman and Bradley 1989, equal variances).
 */
export function gaussianOverlap(distance: number, sigma: number): number {
  return complementaryError(Math.abs(distance) / (2 * Math.SQRT2 * sigma));
}

/** erfc for x ≥ 0, absolute error below 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}
