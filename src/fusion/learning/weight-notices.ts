/** When a wrong catalogue weight is worth telling, and when it is taken back. */
import type { Product, ProductWeight, WeightNotice } from '../../domain/index.ts';
import type { Learnt } from './learnt.ts';

const ESTABLISHED_MIN = 0.95;
/** What was told stays told until it is as likely as not to be untrue. */
const TAKEN_BACK_BELOW = 0.5;
/** One step is never enough, however odd it was. */
const PICKS_MIN = 2;

/** Compares what is believed with what was told last. */
export function noticeWeight(learnt: Learnt, product: Product, weight: ProductWeight): void {
  const told = learnt.notices.get(product.productId);
  const notice = noticeOf(product, weight);
  const isEstablished =
    notice !== null && notice.picks >= PICKS_MIN && notice.probabilityWrong >= ESTABLISHED_MIN;
  if (isEstablished) {
    learnt.notices.set(product.productId, notice);
    if (!told || isElsewhere(told, notice)) learnt.untold.push(notice);
  } else if (told && (notice?.probabilityWrong ?? 0) < TAKEN_BACK_BELOW) {
    learnt.notices.delete(product.productId);
    learnt.untold.push({
      ...told,
      kind: 'weight-taken-back',
      probabilityWrong: notice?.probabilityWrong ?? 0,
    });
  }
}

/** True where the learnt weight has moved so far that it is another piece of news. */
function isElsewhere(told: WeightNotice, now: WeightNotice): boolean {
  return Math.abs(told.learntGrams - now.learntGrams) > 3 * told.sigmaGrams + 1;
}

function noticeOf(product: Product, weight: ProductWeight): WeightNotice | null {
  const [other] = weight.others;
  if (!other) return null;
  return {
    kind: 'weight-established',
    productId: product.productId,
    catalogueGrams: product.weightGrams,
    learntGrams: other.meanGrams,
    sigmaGrams: Math.sqrt(other.meanVariance),
    picks: Math.round(other.observations),
    probabilityWrong: other.share * (weight.listed ? 1 - weight.swappedShare : 1),
  };
}
