/**
 * Why a receipt is corrected. A reason is a fact about goods and prices, never about a person: no code says that
 * somebody did wrong. Who may give it, and whether it may make the receipt dearer, is part of it.
 */

/** Who corrects: nobody but these. `system` acts on a decision that it records, such as an answer or a lost dispute. */
export type CorrectedBy = 'shopper' | 'associate' | 'reviewer' | 'operator' | 'system';

export interface ReasonTerms {
  readonly by: readonly CorrectedBy[];
  /** The goods come back into the store's keeping. */
  readonly isGoodsBack: boolean;
  /** May be given for a correction up, which needs the shopper's consent besides. */
  readonly isUpward: boolean;
}

const STAFF = ['associate', 'reviewer', 'operator'] as const;
const ANYBODY = ['shopper', ...STAFF, 'system'] as const;

export const CORRECTION_REASONS = {
  'not-taken': { by: ANYBODY, isGoodsBack: false, isUpward: false },
  'other-product': { by: [...STAFF, 'system'], isGoodsBack: false, isUpward: true },
  'other-count': { by: ANYBODY, isGoodsBack: false, isUpward: true },
  'not-billed': { by: [...STAFF, 'system'], isGoodsBack: false, isUpward: true },
  'wrong-price': { by: [...STAFF, 'system'], isGoodsBack: false, isUpward: true },
  'offer-missing': { by: [...STAFF, 'system'], isGoodsBack: false, isUpward: false },
  damaged: { by: STAFF, isGoodsBack: false, isUpward: false },
  returned: { by: STAFF, isGoodsBack: true, isUpward: false },
  recalled: { by: [...STAFF, 'system'], isGoodsBack: true, isUpward: false },
  goodwill: { by: STAFF, isGoodsBack: false, isUpward: false },
  'dispute-lost': { by: ['operator', 'system'], isGoodsBack: false, isUpward: false },
} as const satisfies Readonly<Record<string, ReasonTerms>>;

export type CorrectionReason = keyof typeof CORRECTION_REASONS;

export function reasonTerms(reason: CorrectionReason): ReasonTerms {
  return CORRECTION_REASONS[reason];
}
