/** Why a promotion that looked at the basket gave nothing. */
import type { PromotionId } from './promotion.ts';

export type LostBecause =
  | { readonly kind: 'beaten-by'; readonly promotionIds: readonly PromotionId[] }
  | { readonly kind: 'not-enough-units' }
  | { readonly kind: 'below-threshold' }
  | { readonly kind: 'outside-its-hours' }
  | { readonly kind: 'members-only' }
  | { readonly kind: 'needs-tender'; readonly tender: string }
  | { readonly kind: 'limit-reached' }
  | { readonly kind: 'label-allows-none' }
  | { readonly kind: 'saves-nothing' };

export interface Loser {
  readonly promotionId: PromotionId;
  readonly because: LostBecause;
}
