/**
 * How closely hands and shoulders tell where somebody reaches: it differs from tracker to tracker and from shop to
 * shop, so it is learnt from reaches whose person is beyond doubt.
 *
 * σ² = (n₀ σ₀² + Σ wᵢ dᵢ²) / (n₀ + Σ wᵢ), dᵢ how far off reach i was and wᵢ how much of it was no stray (the responsibility
 * of the normal law against the outliers); the newest `REMEMBERED` reaches count.
 */
import { logNormal } from '../../kernel/index.ts';

export interface Spread {
  readonly sigma: number;
  /** Reaches that it rests on, the prior's among them. */
  readonly weight: number;
}

export interface ReachSpread {
  /** Metres along the shelf by which a hand misses the middle of what it takes from. */
  readonly alongM: Spread;
  /** Radians by which the chest is turned away from what its arm reaches for. */
  readonly facingRad: Spread;
}

/** What a reach was off by; null where it was not seen. */
export interface ReachMiss {
  readonly alongM: number | null;
  readonly facingRad: number | null;
}

/** The prior is worth this many reaches, and no belief more than this many, so that it follows a tracker that is set anew. */
const PRIOR_WEIGHT = 4;
const REMEMBERED = 200;
/** Hands are seen to some centimetres; people face what they reach for, more or less, and some reach sideways. */
const ALONG_M = { prior: 0.035, least: 0.03, most: 0.12 };
const FACING_RAD = { prior: 0.25, least: 0.12, most: 0.8 };

export function createReachSpread(): ReachSpread {
  return {
    alongM: { sigma: ALONG_M.prior, weight: PRIOR_WEIGHT },
    facingRad: { sigma: FACING_RAD.prior, weight: PRIOR_WEIGHT },
  };
}

/** The spreads after a sure reach that missed by `miss`. */
export function learnSpread(spread: ReachSpread, miss: ReachMiss): ReachSpread {
  return {
    alongM: moved(spread.alongM, miss.alongM, ALONG_M),
    facingRad: moved(spread.facingRad, miss.facingRad, FACING_RAD),
  };
}

/** Share of reaches that are none of the normal law's, for learning; they miss by anything up to this many σ. */
const STRAY_SHARE = 0.1;
const STRAY_SIGMAS = 10;

function moved(
  spread: Spread,
  miss: number | null,
  bounds: { readonly least: number; readonly most: number },
): Spread {
  if (miss === null) return spread;
  const z = miss / spread.sigma;
  const normal = (1 - STRAY_SHARE) * Math.exp(logNormal(z, 0, 1));
  const share = normal / (normal + STRAY_SHARE / (2 * STRAY_SIGMAS));
  const weight = spread.weight + share;
  const sigma = Math.sqrt((spread.weight * spread.sigma * spread.sigma + share * miss * miss) / weight);
  return {
    sigma: Math.min(bounds.most, Math.max(bounds.least, sigma)),
    weight: Math.min(weight, REMEMBERED),
  };
}
