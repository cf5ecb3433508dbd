/** Bundles made of bundles are laid flat once, when promotions are read; a bundle that contains itself is refused. */
import type { ProductId } from '../domain/index.ts';
import type { BundlePart, Promotion, PromotionId } from './promotion.ts';

export interface FlatPart {
  readonly productId: ProductId;
  readonly units: number;
}

export type BundleFault =
  | { readonly kind: 'circular'; readonly way: readonly PromotionId[] }
  | { readonly kind: 'unknown-part'; readonly promotionId: PromotionId };

type PartsOf = ReadonlyMap<PromotionId, readonly BundlePart[]>;

function flatten(
  promotionId: PromotionId,
  partsOf: PartsOf,
  way: readonly PromotionId[],
): FlatPart[] | BundleFault {
  if (way.includes(promotionId)) return { kind: 'circular', way: [...way, promotionId] };
  const parts = partsOf.get(promotionId);
  if (!parts) return { kind: 'unknown-part', promotionId };
  const units = new Map<ProductId, number>();
  for (const part of parts) {
    const inner =
      part.kind === 'product'
        ? [{ productId: part.productId, units: 1 }]
        : flatten(part.promotionId, partsOf, [...way, promotionId]);
    if (!Array.isArray(inner)) return inner;
    for (const each of inner)
      units.set(each.productId, (units.get(each.productId) ?? 0) + each.units * part.units);
  }
  return [...units].map(([productId, count]) => ({ productId, units: count }));
}

export function bundleParts(promotions: readonly Promotion[]): PartsOf {
  return new Map(
    promotions.flatMap(({ promotionId, deal }) =>
      deal.kind === 'bundle' ? [[promotionId, deal.parts] as const] : [],
    ),
  );
}

/** What a bundle holds in products, or why it cannot be laid flat. */
export function flatBundle(promotionId: PromotionId, partsOf: PartsOf): FlatPart[] | BundleFault {
  return flatten(promotionId, partsOf, []);
}
