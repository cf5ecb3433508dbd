/**
 * What a retailer may promise, as data. A promotion is its terms (when, for whom, how often, who pays) and a deal of
 * one kind. Percentages are basis points; amounts are minor units of the book's currency.
 */
import { assert } from '../base/index.ts';
import type { Brand } from '../base/index.ts';
import { isIdText } from '../domain/index.ts';
import type { ProductId } from '../domain/index.ts';
import { ALWAYS } from './local-time.ts';
import type { Hours } from './local-time.ts';

export type PromotionId = Brand<string, 'PromotionId'>;

export function promotionId(text: string): PromotionId {
  assert(isIdText(text), 'ID_NOT_PRINTABLE', { kind: 'promotion', text });
  return text as PromotionId;
}

/** Who bears a discount. What a manufacturer pays back is part of the price for US sales taxes. */
export type Funder = 'store' | 'manufacturer' | 'third-party';

/** Less by a share, less by an amount, or another price instead; never below zero and never dearer. */
export type Off =
  | { readonly kind: 'percent'; readonly bps: number }
  | { readonly kind: 'amount'; readonly minor: number }
  | { readonly kind: 'price'; readonly minor: number };

export type ProductGroup =
  | { readonly kind: 'listed'; readonly productIds: readonly ProductId[] }
  | { readonly kind: 'everything'; readonly except: readonly ProductId[] };

export interface Slot {
  readonly products: ProductGroup;
  readonly units: number;
}

export type BundlePart =
  | { readonly kind: 'product'; readonly productId: ProductId; readonly units: number }
  | { readonly kind: 'bundle'; readonly promotionId: PromotionId; readonly units: number };

/** A step of a scale: from so many units, or so much money, on. */
export interface Tier {
  readonly from: number;
  readonly off: Off;
}

export type Deal =
  /** Each unit for less. */
  | { readonly kind: 'unit-off'; readonly products: ProductGroup; readonly off: Off }
  /** From so many units in the basket on, each of them for less; units in other deals count too. */
  | { readonly kind: 'quantity-break'; readonly products: ProductGroup; readonly tiers: readonly Tier[] }
  /** A weighed package from so many grams on for less; a price is per kilogram. */
  | {
      readonly kind: 'weighed';
      readonly products: ProductGroup;
      readonly gramsMin: number;
      readonly off: Off;
    }
  | {
      readonly kind: 'n-for-total';
      readonly products: ProductGroup;
      readonly units: number;
      readonly totalMinor: number;
    }
  /** `get.products` null: of the same group, the cheapest of each set. */
  | {
      readonly kind: 'buy-get';
      readonly buy: Slot;
      readonly get: { readonly products: ProductGroup | null; readonly units: number };
      readonly off: Off;
    }
  /** Every nth of a group for less: the cheapest of each n. */
  | { readonly kind: 'nth-item'; readonly products: ProductGroup; readonly nth: number; readonly off: Off }
  /** One from here, two from there: the whole set for less, or its cheapest free. */
  | {
      readonly kind: 'mix-and-match';
      readonly slots: readonly Slot[];
      readonly reward: Off | { readonly kind: 'cheapest-free' };
    }
  | { readonly kind: 'bundle'; readonly parts: readonly BundlePart[]; readonly off: Off }
  /** A voucher with a code: for one unit, the dearest it fits, for every unit, or for the whole group at once. */
  | {
      readonly kind: 'coupon';
      readonly code: string;
      readonly products: ProductGroup;
      readonly unitsMin: number;
      readonly appliesTo: 'one-unit' | 'every-unit' | 'group';
      readonly off: Off;
    }
  /** By what is spent on a group, the highest step reached. */
  | { readonly kind: 'threshold'; readonly products: ProductGroup; readonly tiers: readonly Tier[] }
  | {
      readonly kind: 'order-off';
      readonly products: ProductGroup;
      readonly off: Off;
      readonly isCompound: boolean;
    }
  /** One unit of the gift is free once so much is spent on the rest. */
  | {
      readonly kind: 'free-gift';
      readonly products: ProductGroup;
      readonly spendMinor: number;
      readonly gift: ProductId;
    }
  /** For a way of paying. */
  | {
      readonly kind: 'tender-off';
      readonly tender: string;
      readonly products: ProductGroup;
      readonly off: Off;
    };

export type DealKind = Deal['kind'];

/** A use is one application of the deal: a set, a unit, an order. Null is without limit. */
export interface Limits {
  readonly perTransaction: number | null;
  readonly perShopper: number | null;
  readonly perDay: number | null;
  readonly budgetMinor: number | null;
}

export interface Terms {
  readonly name: string;
  readonly funder: Funder;
  readonly hours: Hours;
  readonly forMembers: boolean;
  /** Made for one shopper by their data; has to be said beside the price in some places. */
  readonly isPersonal: boolean;
  /** Lower zones choose first; deals of one zone are optimised together. */
  readonly zone: number;
  /** Shares its units with no other promotion, of its own stage or a later one. */
  readonly isExclusive: boolean;
  readonly limits: Limits;
}

export interface Promotion {
  readonly promotionId: PromotionId;
  readonly terms: Terms;
  readonly deal: Deal;
}

export const NO_LIMITS: Limits = { perTransaction: null, perShopper: null, perDay: null, budgetMinor: null };

export const PLAIN_TERMS: Terms = {
  name: '',
  funder: 'store',
  hours: ALWAYS,
  forMembers: false,
  isPersonal: false,
  zone: 0,
  isExclusive: false,
  limits: NO_LIMITS,
};

/** The stage in which a kind has its turn; the order of the stages is the order here. */
export const STAGES = ['deals', 'coupons', 'order', 'tender'] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_OF: Readonly<Record<DealKind, Stage>> = {
  'unit-off': 'deals',
  'quantity-break': 'deals',
  weighed: 'deals',
  'n-for-total': 'deals',
  'buy-get': 'deals',
  'nth-item': 'deals',
  'mix-and-match': 'deals',
  bundle: 'deals',
  coupon: 'coupons',
  threshold: 'order',
  'order-off': 'order',
  'free-gift': 'order',
  'tender-off': 'tender',
};
