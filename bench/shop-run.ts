/** One whole run of the shop's loop over observations that lie ready. */
import type { Interaction, Observation, Receipt, StoreModel } from '../src/domain/index.ts';
import { accept, closeShop, openShop } from '../src/engine/index.ts';
import type { Shop, ShopEvent } from '../src/engine/index.ts';

export interface ShopRun {
  readonly interactions: readonly Interaction[];
  readonly receipts: readonly Receipt[];
}

/** What a result is told by: final interactions and receipts, in order. */
export class Outcome implements ShopRun {
  readonly interactions: Interaction[] = [];
  readonly receipts: Receipt[] = [];

  hear(events: readonly ShopEvent[]): void {
    for (const event of events) {
      if (event.kind === 'interaction-told' && event.interaction.phase === 'final')
        this.interactions.push(event.interaction);
      else if (event.kind === 'receipt-issued') this.receipts.push(event.receipt);
    }
  }
}

export function runShop(
  store: StoreModel,
  observations: Iterable<Observation>,
): ShopRun & { readonly shop: Shop } {
  const shop = openShop(store);
  const outcome = new Outcome();
  for (const observation of observations) outcome.hear(accept(shop, observation));
  outcome.hear(closeShop(shop));
  return { interactions: outcome.interactions, receipts: outcome.receipts, shop };
}

/** The run without its shop, for hashing. */
export function outcomeOf({ interactions, receipts }: ShopRun): ShopRun {
  return { interactions, receipts };
}
