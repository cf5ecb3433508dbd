/** Which products a deal looks at: the groups it names, and the single products beside them. */
import type { ProductId } from '../domain/index.ts';
import type { BundlePart, Deal, DealKind, Off, ProductGroup } from './promotion.ts';

type DealOf<Kind extends DealKind> = Extract<Deal, { readonly kind: Kind }>;
type GroupsOf = { readonly [Kind in DealKind]: (deal: DealOf<Kind>) => readonly ProductGroup[] };

export function listed(...productIds: readonly ProductId[]): ProductGroup {
  return { kind: 'listed', productIds };
}

const partGroup = (part: BundlePart): ProductGroup[] =>
  part.kind === 'product' ? [listed(part.productId)] : [];

const GROUPS: GroupsOf = {
  'unit-off': ({ products }) => [products],
  'quantity-break': ({ products }) => [products],
  weighed: ({ products }) => [products],
  'n-for-total': ({ products }) => [products],
  'buy-get': ({ buy, get }) => (get.products === null ? [buy.products] : [buy.products, get.products]),
  'nth-item': ({ products }) => [products],
  'mix-and-match': ({ slots }) => slots.map(({ products }) => products),
  bundle: ({ parts }) => parts.flatMap(partGroup),
  coupon: ({ products }) => [products],
  threshold: ({ products }) => [products],
  'order-off': ({ products }) => [products],
  'free-gift': ({ products, gift }) => [products, listed(gift)],
  'tender-off': ({ products }) => [products],
};

export function groupsOf(deal: Deal): readonly ProductGroup[] {
  const find = GROUPS[deal.kind] as (given: Deal) => readonly ProductGroup[];
  return find(deal);
}

type OffsOf = { readonly [Kind in DealKind]: (deal: DealOf<Kind>) => readonly Off[] };

const OFFS: OffsOf = {
  'unit-off': ({ off }) => [off],
  'quantity-break': ({ tiers }) => tiers.map(({ off }) => off),
  weighed: ({ off }) => [off],
  'n-for-total': ({ totalMinor }) => [{ kind: 'price', minor: totalMinor }],
  'buy-get': ({ off }) => [off],
  'nth-item': ({ off }) => [off],
  'mix-and-match': ({ reward }) => (reward.kind === 'cheapest-free' ? [] : [reward]),
  bundle: ({ off }) => [off],
  coupon: ({ off }) => [off],
  threshold: ({ tiers }) => tiers.map(({ off }) => off),
  'order-off': ({ off }) => [off],
  'free-gift': () => [],
  'tender-off': ({ off }) => [off],
};

export function offsOf(deal: Deal): readonly Off[] {
  const find = OFFS[deal.kind] as (given: Deal) => readonly Off[];
  return find(deal);
}

type CountsOf = { readonly [Kind in DealKind]: (deal: DealOf<Kind>) => readonly number[] };

/** The counts and amounts from which a deal begins; all are at least one. */
const COUNTS: CountsOf = {
  'unit-off': () => [],
  'quantity-break': ({ tiers }) => tiers.map(({ from }) => from),
  weighed: ({ gramsMin }) => [gramsMin],
  'n-for-total': ({ units }) => [units],
  'buy-get': ({ buy, get }) => [buy.units, get.units],
  'nth-item': ({ nth }) => [nth],
  'mix-and-match': ({ slots }) => slots.map(({ units }) => units),
  bundle: ({ parts }) => parts.map(({ units }) => units),
  coupon: ({ unitsMin }) => [unitsMin],
  threshold: ({ tiers }) => tiers.map(({ from }) => from),
  'order-off': () => [],
  'free-gift': ({ spendMinor }) => [spendMinor],
  'tender-off': () => [],
};

export function countsOf(deal: Deal): readonly number[] {
  const find = COUNTS[deal.kind] as (given: Deal) => readonly number[];
  return find(deal);
}

/** Every product that a deal names, exceptions too. */
export function namedProducts(deal: Deal): readonly ProductId[] {
  return groupsOf(deal).flatMap((group) => (group.kind === 'listed' ? group.productIds : group.except));
}
