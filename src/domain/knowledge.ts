/**
 * What a store has learnt of itself, as one plain value: it can be kept in a file, shown to an operator and handed to
 * the next run. Everything in it was learnt from weights and settled visits; it names no person who shops.
 */
import type { EpochMs } from '../base/index.ts';
import type { ProductId, StoreId } from './ids.ts';

/** What one unit weighs: normal with this mean, itself known to `meanVariance`, and units that vary. Grams, grams². */
export interface UnitWeight {
  readonly meanGrams: number;
  readonly meanVariance: number;
  readonly unitVariance: number;
  /** Picks it was learnt from; soft where it was not sure that they were picks of this product. */
  readonly observations: number;
  /** Picks of one unit and of several, were this its weight; soft counts, none where it is missing. */
  readonly picks?: UnitPicks;
}

export interface UnitPicks {
  readonly single: number;
  readonly several: number;
}

/** A weight that the catalogue does not have, with the probability that it is the product's. */
export interface OtherWeight extends UnitWeight {
  readonly share: number;
}

/** What a product may weigh; `listedShare`, `anyShare` and the shares of `others` sum to 1. */
export interface ProductWeight {
  /** As the catalogue has it, made sharper by picks; null where the catalogue has none. */
  readonly listed: UnitWeight | null;
  readonly listedShare: number;
  /** P(it weighs something else, of which nothing is known). */
  readonly anyShare: number;
  /** The likeliest first. */
  readonly others: readonly OtherWeight[];
  /** P(it stands in a neighbour's place and the neighbour in its own); its weight is then as listed. */
  readonly swappedShare: number;
}

/** Picks by where the product was taken that was taken; soft counts. */
export interface PlacePicks {
  readonly own: number;
  readonly neighbour: number;
  readonly elsewhere: number;
}

/** A product does not weigh what the catalogue says, or no longer seems not to. */
export interface WeightNotice {
  readonly kind: 'weight-established' | 'weight-taken-back';
  readonly productId: ProductId;
  /** Null where the catalogue has none. */
  readonly catalogueGrams: number | null;
  readonly learntGrams: number;
  /** Of `learntGrams`. */
  readonly sigmaGrams: number;
  readonly picks: number;
  readonly probabilityWrong: number;
}

/** How far a reviewer's verdicts were borne out by the scales, and how much of what is believed they have moved. */
export interface ReviewerStanding {
  readonly reviewerId: string;
  /** Soft counts of verdicts. */
  readonly right: number;
  readonly wrong: number;
  readonly moved: readonly { readonly productId: ProductId; readonly share: number }[];
}

export interface LearntWeight {
  readonly productId: ProductId;
  /** As the catalogue has it, for tables. */
  readonly name: string;
  /** What the catalogue said while this was learnt; a corrected row makes it void. */
  readonly catalogueGrams: number | null;
  readonly weight: ProductWeight;
}

export interface LearntSwap {
  readonly productIds: readonly [ProductId, ProductId];
  /** ln of P(each stands in the other's place) / P(not). */
  readonly logOdds: number;
}

/** How much a plate trembles while nothing happens: one sample around its level, and means of a tenth of a second. */
export interface PlateNoise {
  /** The name of the plate; the layout may have changed since. */
  readonly plateId: string;
  readonly noiseGrams: number;
  readonly wanderGrams: number;
}

/** A spread, and the reaches that it rests on. */
export interface LearntSpread {
  readonly sigma: number;
  readonly weight: number;
}

export interface LearntReach {
  readonly alongM: LearntSpread;
  readonly facingRad: LearntSpread;
}

export interface StoreKnowledge {
  readonly storeId: StoreId;
  readonly learntFromVisits: number;
  /** Time of the newest observation it was learnt from; null where there was none. */
  readonly untilMs: EpochMs | null;
  readonly weights: readonly LearntWeight[];
  readonly swaps: readonly LearntSwap[];
  readonly placePicks: PlacePicks;
  readonly notices: readonly WeightNotice[];
  readonly reviewers: readonly ReviewerStanding[];
  /** Of plates that were quiet for long enough to know. */
  readonly plateNoise?: readonly PlateNoise[];
  /** How closely hands and chests tell where somebody reaches. */
  readonly reachSpread?: LearntReach;
  /** What decisions have learnt, in their own format; carried along unread. */
  readonly decision?: unknown;
}
