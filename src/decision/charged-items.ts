/** From units charged of the products in doubt to the items on the bill. What nobody can price is never on it. */
import type { ItemCount } from '../domain/index.ts';
import type { Beliefs, ReceiptInDoubt } from './beliefs.ts';
import type { Charge } from './harm.ts';

type Prices = Pick<ReceiptInDoubt, 'unitPriceMinor'>;

export function chargedItems(beliefs: Beliefs, charge: Charge, { unitPriceMinor }: Prices): ItemCount[] {
  const doubtful = beliefs.products.map((productId, i) => ({ productId, quantity: charge[i]! }));
  return [...beliefs.sure, ...doubtful].filter(
    ({ productId, quantity }) => quantity > 0 && unitPriceMinor(productId) !== null,
  );
}

/** Minor units. */
export function amountOf(items: readonly ItemCount[], { unitPriceMinor }: Prices): number {
  return items.reduce((sum, item) => sum + (unitPriceMinor(item.productId) ?? 0) * item.quantity, 0);
}
