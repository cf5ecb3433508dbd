/**
 * What a reviewer's verdict ('this step was two of that product') may teach of a weight. Verdicts help where the scales
 * cannot tell, and are an attack where they can; so
 *
 * - a verdict counts for as much as the reviewer is trusted, P(true) = right / (right + wrong), and the trust moves by
 *   how well the step fits what the product may weigh by everybody's steps;
 * - all verdicts of one reviewer together move at most `MOVED_SHARE_MAX` of the probability over a product's weights
 *   (total variation), for good. Steps at the product's own place have no such bound: they always have the last word.
 */
import type { OtherWeight, ProductId, ProductWeight, ReviewerStanding } from '../../domain/index.ts';
import { logProductWeight, logUnknownWeight } from '../goods/weight-belief.ts';
import type { Weighed } from '../goods/weight-belief.ts';
import type { FusionSettings } from '../settings.ts';
import { weightAfter } from './weight-evidence.ts';

export interface WeightVerdict extends Weighed {
  readonly reviewerId: string;
  readonly productId: ProductId;
}

export interface ReviewerMark {
  readonly right: number;
  readonly wrong: number;
  /** Of the probability over each product's weights, what the reviewer has moved; ≤ `MOVED_PRODUCTS_MAX` products. */
  readonly moved: Map<ProductId, number>;
}

export type ReviewerBook = Map<string, ReviewerMark>;

/** A reviewer nobody knows is right nine times in ten, as far as ten verdicts would tell. */
const RIGHT_PRIOR = 9;
const WRONG_PRIOR = 1;
/** Older verdicts fade once there are this many. */
const VERDICTS_MAX = 500;
export const MOVED_SHARE_MAX = 0.2;
const MOVED_PRODUCTS_MAX = 1000;
const REVIEWERS_MAX = 1000;
/** Means closer than this many of their spreads are the same weight. */
const SAME_SIGMAS = 3;

const NO_MARK: ReviewerMark = { right: 0, wrong: 0, moved: new Map() };

/** P(a verdict of `reviewerId` is true), by how the scales bore out the earlier ones. */
export function reviewerTrust(book: ReviewerBook, reviewerId: string): number {
  const { right, wrong } = book.get(reviewerId) ?? NO_MARK;
  return (RIGHT_PRIOR + right) / (RIGHT_PRIOR + right + WRONG_PRIOR + wrong);
}

/** P(the verdict is true): what the product may weigh against a step of any weight. */
function borneOut(weight: ProductWeight, verdict: WeightVerdict, trust: number): number {
  const asTold = trust * Math.exp(logProductWeight(weight, verdict));
  const otherwise = (1 - trust) * Math.exp(logUnknownWeight(verdict.grams));
  return asTold + otherwise > 0 ? asTold / (asTold + otherwise) : 0;
}

/** What may be believed whatever the reviewer said: as much as they have moved is taken from every weight. */
function withoutMoved(weight: ProductWeight, moved: number): ProductWeight {
  const less = (share: number): number => Math.max(share - moved, 0);
  const others = weight.others.map((other) => ({ ...other, share: less(other.share) }));
  const listedShare = less(weight.listedShare);
  const named = others.reduce((sum, { share }) => sum + share, listedShare);
  return { ...weight, listedShare, anyShare: Math.max(1 - named, 0), others };
}

/** The weight after one verdict; `book` is moved. */
export function weightAfterVerdict(
  book: ReviewerBook,
  weight: ProductWeight,
  told: { readonly verdict: WeightVerdict; readonly settings: FusionSettings },
): ProductWeight {
  const { verdict, settings } = told;
  const mark = book.get(verdict.reviewerId) ?? { ...NO_MARK, moved: new Map<ProductId, number>() };
  const trust = reviewerTrust(book, verdict.reviewerId);
  const believed = weightAfter(
    weight,
    {
      grams: verdict.grams,
      variance: verdict.variance,
      logPlace: Math.log(trust),
      logRest: Math.log(1 - trust) + logUnknownWeight(verdict.grams),
    },
    settings,
  );
  const before = mark.moved.get(verdict.productId) ?? 0;
  const hasRoom = mark.moved.has(verdict.productId) || mark.moved.size < MOVED_PRODUCTS_MAX;
  const left = hasRoom ? Math.max(MOVED_SHARE_MAX - before, 0) : 0;
  const way = distance(weight, believed);
  const share = way > left ? left / way : 1;
  if (hasRoom) mark.moved.set(verdict.productId, before + way * share);
  const borne = borneOut(withoutMoved(weight, before), verdict, trust);
  setMark(
    book,
    verdict.reviewerId,
    faded({ ...mark, right: mark.right + borne, wrong: mark.wrong + 1 - borne }),
  );
  return share > 0 ? between(weight, believed, share) : weight;
}

function faded(mark: ReviewerMark): ReviewerMark {
  const kept = Math.min(1, VERDICTS_MAX / (mark.right + mark.wrong));
  return { ...mark, right: mark.right * kept, wrong: mark.wrong * kept };
}

function setMark(book: ReviewerBook, reviewerId: string, mark: ReviewerMark): void {
  book.delete(reviewerId);
  book.set(reviewerId, mark);
  const [oldest] = book.keys();
  if (book.size > REVIEWERS_MAX && oldest !== undefined) book.delete(oldest);
}

function sameAs(others: readonly OtherWeight[], other: OtherWeight): OtherWeight | undefined {
  return others.find(({ meanGrams, meanVariance }) => {
    const apart = meanGrams - other.meanGrams;
    return apart * apart < SAME_SIGMAS * SAME_SIGMAS * (meanVariance + other.meanVariance);
  });
}

/** Total variation between two beliefs, 0 to 1: half the sum of what their shares differ by. */
export function distance(a: ProductWeight, b: ProductWeight): number {
  let sum = Math.abs(a.listedShare - b.listedShare) + Math.abs(a.anyShare - b.anyShare);
  for (const other of a.others) sum += Math.abs(other.share - (sameAs(b.others, other)?.share ?? 0));
  for (const other of b.others) if (!sameAs(a.others, other)) sum += other.share;
  return sum / 2;
}

/** `share` of the way from `a` to `b`; means that both have stay where `a` has them. */
function between(a: ProductWeight, b: ProductWeight, share: number): ProductWeight {
  const mixed = (from: number, to: number): number => from + share * (to - from);
  const kept = a.others.map((other) => ({
    ...other,
    share: mixed(other.share, sameAs(b.others, other)?.share ?? 0),
  }));
  const added = b.others
    .filter((other) => !sameAs(a.others, other))
    .map((other) => ({ ...other, share: mixed(0, other.share) }));
  const others = [...kept, ...added].toSorted((one, other) => other.share - one.share);
  const listedShare = mixed(a.listedShare, b.listedShare);
  const named = others.reduce((sum, other) => sum + other.share, listedShare);
  return { ...a, listedShare, anyShare: Math.max(1 - named, 0), others };
}

export function standingsOf(book: ReviewerBook): ReviewerStanding[] {
  return [...book].map(([reviewerId, { right, wrong, moved }]) => ({
    reviewerId,
    right,
    wrong,
    moved: [...moved].map(([productId, share]) => ({ productId, share })),
  }));
}

export function reviewerBookOf(standings: readonly ReviewerStanding[]): ReviewerBook {
  return new Map(
    standings.map(({ reviewerId, right, wrong, moved }) => [
      reviewerId,
      { right, wrong, moved: new Map(moved.map(({ productId, share }) => [productId, share])) },
    ]),
  );
}
