/** Takes the ln-likelihood of each candidate of a step apart, by the formulas of `src/fusion/goods`. */
import { FUSION_SETTINGS, logCount, placeShares } from '../../src/fusion/index.ts';
import type { PlacePicks, PlateId, ProductId, StoreModel } from '../../src/domain/index.ts';
import type { Committed, Option } from './follow.ts';
import type { Scene } from './scenes.ts';

type Outcome = Option['outcome'];

/** −ln of each factor; `rarity` is P(count), or the prior of something odd. Nats. */
export interface Terms {
  readonly name: string;
  readonly weight: number;
  readonly place: number;
  readonly rarity: number;
  readonly total: number;
}

/** P(product | something was taken from `plateId`) where nothing was misplaced. */
export function placeOf(store: StoreModel, plateId: PlateId, picks: PlacePicks): Map<ProductId, number> {
  const { layout, planogram } = store;
  const plate = layout.plateById.get(plateId)!;
  const shelf = layout.shelves[plate.shelfIndex]!;
  const beside = shelf.plates.filter((other) => Math.abs(other.plateIndex - plate.plateIndex) === 1);
  const shares = placeShares(picks, FUSION_SETTINGS);
  const found = new Map<ProductId, number>();
  const add = (plates: readonly { readonly plateId: PlateId }[], share: number): void => {
    const facings = plates.flatMap((each) => planogram.facingsByPlate.get(each.plateId) ?? []);
    for (const { productId } of facings)
      found.set(productId, (found.get(productId) ?? 0) + share / facings.length);
  };
  add([plate], shares.own);
  add(beside, shares.neighbour);
  add(layout.fixtures[shelf.fixtureIndex]!.plates, shares.elsewhere);
  return found;
}

function rarityOf({ items, kind }: Outcome): number {
  const { mixedGraspShare, unknownItemShare, faultShare } = FUSION_SETTINGS;
  const [item, second] = items;
  // A step this large is no residue of a push: where nothing was moved, it means nothing at all.
  if (kind === 'nothing' || !item) return -Math.log(faultShare);
  if (second) return -Math.log(mixedGraspShare);
  if (item.productId === null) return -Math.log(unknownItemShare);
  return -logCount(Math.abs(item.count), FUSION_SETTINGS);
}

export function nameOf(store: StoreModel, product: ProductId | null): string {
  return product === null ? 'something unknown' : (store.catalogue.byId.get(product)?.name ?? product);
}

function outcomeName(store: StoreModel, { items }: Outcome): string {
  if (items.length === 0) return 'nothing: a fault';
  return items
    .map(({ productId, count }) =>
      productId === null ? nameOf(store, productId) : `${Math.abs(count)} × ${nameOf(store, productId)}`,
    )
    .join(' + ');
}

/** Every outcome of the moment, the likeliest first. */
export function termsOf({ store }: Scene, { event, picks }: Committed): Terms[] {
  const places = placeOf(store, event.moment.plates[0]!.plateId, picks);
  // The likeliest first: of two ways in which nothing was moved the likelier stands.
  const outcomes = new Map(
    event.options.map(({ outcome }) => [outcomeName(store, outcome), outcome] as const).toReversed(),
  );
  return [...outcomes]
    .map(([name, outcome]) => {
      const total = -outcome.logLikelihood;
      const rarity = rarityOf(outcome);
      const named = outcome.items.flatMap(({ productId }) => productId ?? []);
      const place = -named.reduce((sum, product) => sum + Math.log(places.get(product) ?? 1), 0);
      return { name, weight: total - rarity - place, place, rarity, total };
    })
    .toSorted((a, b) => a.total - b.total);
}
