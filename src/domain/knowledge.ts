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

/** How far a reviewer's verdicts were borne out by the scales. */
export interface ReviewerRecord {
  readonly reviewerId: string;
  readonly right: number;
  readonly wrong: number;
}

export interface StoreKnowledge {
  readonly storeId: StoreId;
  readonly learntFromVisits: number;
  /** Time of the newest observation it was learnt from; null where there was none. */
  readonly untilMs: EpochMs | null;
  readonly weights: readonly { readonly productId: ProductId; readonly weight: ProductWeight }[];
  /** ln-odds of two neighbours that may stand in each other's places. */
  readonly swaps: readonly {
    readonly productIds: readonly [ProductId, ProductId];
    readonly logOdds: number;
  }[];
  readonly placePicks: PlacePicks;
  readonly notices: readonly WeightNotice[];
  readonly reviewers: readonly ReviewerRecord[];
  /** Noise scales of plates, grams, where they were taken along. */
  readonly plateNoise?: readonly { readonly plateId: string; readonly sigmaGrams: number }[];
  /** What decisions have learnt, in their own format; carried along unread. */
  readonly decision?: unknown;
}
