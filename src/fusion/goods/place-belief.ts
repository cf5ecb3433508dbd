/**
 * What lies on every plate: P(product | plate). It starts at the planogram and moves with what is put back: a product
 * that was misplaced onto a plate is expected there until somebody takes it. Things that nobody can name (a bag, a
 * leaning elbow that stayed) are remembered by their weight, so that their going is not read as a sale.
 *
 * How far the planogram can be trusted is learnt too: the shares of what is taken from its own place, from a neighbour's
 * and from elsewhere are a Dirichlet posterior, its prior worth `PLACE_PRIOR_PICKS`.
 */
import type { Facing, Fixture, PlacePicks, PlateId, ProductId, StoreModel } from '../../domain/index.ts';
import type { GroupPlate } from './step-groups.ts';
import type { FusionSettings } from '../settings.ts';

export interface PlacedThing {
  /** Its own: stories tell by it whether they have put it there. */
  readonly thingId: string;
  readonly plateId: PlateId;
  readonly grams: number;
  readonly variance: number;
  readonly probability: number;
}

export interface PlaceBelief {
  /** Expected units of products that lie where the planogram does not have them. */
  readonly foreignUnits: Map<PlateId, Map<ProductId, number>>;
  /** ≤ `THINGS_MAX`, oldest dropped first. */
  readonly things: PlacedThing[];
  /** Picks whose weight told where the product belongs. */
  picks: PlacePicks;
}

const THINGS_MAX = 64;
/** One misplaced unit against the facing's own stock: as likely to be taken as three of those. */
const FOREIGN_WEIGHT = 3;

export function createPlaceBelief(): PlaceBelief {
  return { foreignUnits: new Map(), things: [], picks: { own: 0, neighbour: 0, elsewhere: 0 } };
}

/** The priors count like this many picks. */
export const PLACE_PRIOR_PICKS = 100;
/** Habits of a shop change: older picks fade once there are this many. */
const PLACE_PICKS_MAX = 5000;

/** P(own place, neighbour's, elsewhere) of what is taken, by all picks so far; they sum to 1. */
export function placeShares(picks: PlacePicks, settings: FusionSettings): PlacePicks {
  const { ownPlaceShare: own, neighbourPlaceShare: neighbour } = settings;
  const total = PLACE_PRIOR_PICKS + picks.own + picks.neighbour + picks.elsewhere;
  const share = (prior: number, seen: number): number => (PLACE_PRIOR_PICKS * prior + seen) / total;
  return {
    own: share(own, picks.own),
    neighbour: share(neighbour, picks.neighbour),
    elsewhere: share(1 - own - neighbour, picks.elsewhere),
  };
}

/** The picks with one more, which was from each place with this probability. */
export function addPlacePick(picks: PlacePicks, pick: PlacePicks): PlacePicks {
  const total = picks.own + picks.neighbour + picks.elsewhere;
  const kept = total >= PLACE_PICKS_MAX ? 1 - 1 / PLACE_PICKS_MAX : 1;
  return {
    own: picks.own * kept + pick.own,
    neighbour: picks.neighbour * kept + pick.neighbour,
    elsewhere: picks.elsewhere * kept + pick.elsewhere,
  };
}

/** P(product) for something taken from `plates`, weighted by how much each plate changed. */
export function productsAt(scene: PlaceScene, plates: readonly GroupPlate[]): Map<ProductId, number> {
  const found = new Map<ProductId, number>();
  const total = plates.reduce((sum, plate) => sum + Math.abs(plate.deltaGrams), 0);
  for (const plate of plates) {
    const share = total > 0 ? Math.abs(plate.deltaGrams) / total : 1 / plates.length;
    addPlateProducts(scene, { plateId: plate.plateId, share, found });
  }
  return found;
}

/** What P(product | plate) is worked out from. */
export interface PlaceScene {
  readonly store: StoreModel;
  readonly places: PlaceBelief;
  readonly settings: FusionSettings;
}

interface PlateShare {
  readonly plateId: PlateId;
  readonly share: number;
  readonly found: Map<ProductId, number>;
}

function addPlateProducts(scene: PlaceScene, at: PlateShare): void {
  const { store, settings } = scene;
  const foreign = scene.places.foreignUnits.get(at.plateId);
  let foreignUnits = 0;
  for (const units of foreign?.values() ?? []) foreignUnits += units;
  const foreignShare = foreignUnits / (foreignUnits + FOREIGN_WEIGHT);
  for (const [product, units] of foreign ?? []) {
    const share = foreignUnits > 0 ? (foreignShare * units) / foreignUnits : 0;
    addTo(at.found, product, at.share * share);
  }
  const plannedShare = at.share * (1 - foreignShare);
  const shares = placeShares(scene.places.picks, settings);
  addFacings(at, facingsOn(store, [at.plateId]), plannedShare * shares.own);
  addFacings(at, facingsOn(store, neighbours(store, at.plateId)), plannedShare * shares.neighbour);
  const fixture = fixtureOf(store, at.plateId);
  const everywhere = fixture ? fixture.plates.map((plate) => plate.plateId) : [];
  addFacings(at, facingsOn(store, everywhere), plannedShare * shares.elsewhere);
}

function facingsOn(store: StoreModel, plates: readonly PlateId[]): Facing[] {
  return plates.flatMap((plate) => store.planogram.facingsByPlate.get(plate) ?? []);
}

/** Spreads `share` evenly over the facings. */
function addFacings(at: PlateShare, facings: readonly Facing[], share: number): void {
  for (const facing of facings) addTo(at.found, facing.productId, share / facings.length);
}

/** Products whose places lie beside those of `plates`, and not on them. */
export function neighbourProducts(store: StoreModel, plates: readonly GroupPlate[]): Set<ProductId> {
  const beside = facingsOn(
    store,
    plates.flatMap(({ plateId }) => neighbours(store, plateId)),
  );
  const products = new Set(beside.map(({ productId }) => productId));
  for (const product of homeProducts(store, plates)) products.delete(product);
  return products;
}

/** Products whose places are on `plates`. */
export function homeProducts(store: StoreModel, plates: readonly GroupPlate[]): Set<ProductId> {
  const facings = facingsOn(
    store,
    plates.map(({ plateId }) => plateId),
  );
  return new Set(facings.map(({ productId }) => productId));
}

function addTo(found: Map<ProductId, number>, product: ProductId, share: number): void {
  if (share > 0) found.set(product, (found.get(product) ?? 0) + share);
}

function neighbours(store: StoreModel, plateId: PlateId): PlateId[] {
  const plate = store.layout.plateById.get(plateId);
  if (!plate) return [];
  const shelf = store.layout.shelves[plate.shelfIndex]!;
  return shelf.plates
    .filter((other) => Math.abs(other.plateIndex - plate.plateIndex) === 1)
    .map((other) => other.plateId);
}

function fixtureOf(store: StoreModel, plateId: PlateId): Fixture | undefined {
  const plate = store.layout.plateById.get(plateId);
  if (!plate) return undefined;
  return store.layout.fixtures[store.layout.shelves[plate.shelfIndex]!.fixtureIndex];
}

/** True where the planogram has `product` on any of `plates`. */
export function isHome(store: StoreModel, product: ProductId, plates: readonly GroupPlate[]): boolean {
  return plates.some((plate) =>
    store.planogram.facingsByPlate.get(plate.plateId)?.some((facing) => facing.productId === product),
  );
}

/** `units` (negative: taken) of `product` came to lie on a plate where the planogram does not have it. */
export function addForeign(
  belief: PlaceBelief,
  plateId: PlateId,
  moved: { readonly productId: ProductId; readonly units: number },
): void {
  const there = belief.foreignUnits.get(plateId) ?? new Map<ProductId, number>();
  const units = Math.max((there.get(moved.productId) ?? 0) + moved.units, 0);
  if (units > 0) there.set(moved.productId, units);
  else there.delete(moved.productId);
  if (there.size > 0) belief.foreignUnits.set(plateId, there);
  else belief.foreignUnits.delete(plateId);
}

export function addThing(belief: PlaceBelief, thing: PlacedThing): void {
  belief.things.push(thing);
  if (belief.things.length > THINGS_MAX) belief.things.shift();
}

/** The thing on `plates` whose going would read like `grams` (negative), if any. */
export function thingAt(
  belief: PlaceBelief,
  plates: readonly GroupPlate[],
  change: { readonly grams: number; readonly variance: number },
): PlacedThing | null {
  for (const thing of belief.things.toReversed()) {
    if (!plates.some((plate) => plate.plateId === thing.plateId)) continue;
    const rest = change.grams + thing.grams;
    if (rest * rest < 16 * (change.variance + thing.variance)) return thing;
  }
  return null;
}

export function removeThing(belief: PlaceBelief, { thingId }: Pick<PlacedThing, 'thingId'>): void {
  const at = belief.things.findIndex((thing) => thing.thingId === thingId);
  if (at >= 0) belief.things.splice(at, 1);
}
