/**
 * What a pick says of how far the planogram can be trusted. Only a pick whose weight alone tells where its product
 * belongs counts: of two neighbours of one weight either may have been taken, and what is believed of them already
 * would come back as evidence.
 */
import type { PlacePicks } from '../../domain/index.ts';
import type { Outcome } from '../goods/outcomes.ts';
import { homeProducts, neighbourProducts, placeShares } from '../goods/place-belief.ts';
import type { PlaceScene } from '../goods/place-belief.ts';
import type { GroupPlate } from '../goods/step-groups.ts';

/** A pick counts where weight alone gives one place this much. */
const TOLD_BY_WEIGHT_MIN = 0.95;
/** It must have been a pick of one product with this much, not a push or a pair. */
const ONE_PRODUCT_MIN = 0.9;

/** P(own, neighbour, elsewhere) for what was taken from `plates`; null where weight does not tell. */
export function placePickOf(
  scene: PlaceScene,
  plates: readonly GroupPlate[],
  outcomes: readonly Outcome[],
): PlacePicks | null {
  const home = homeProducts(scene.store, plates);
  const beside = neighbourProducts(scene.store, plates);
  const base = Math.max(...outcomes.map(({ logLikelihood }) => logLikelihood));
  const found = { own: 0, neighbour: 0, elsewhere: 0 };
  let all = 0;
  for (const { items, kind, logLikelihood } of outcomes) {
    const likelihood = Math.exp(logLikelihood - base);
    all += likelihood;
    const [item, second] = items;
    if (kind !== 'taken' || !item || second || item.productId === null) continue;
    // Where something was misplaced, its going says nothing of how the shelf is filled.
    if (plates.some(({ plateId }) => scene.places.foreignUnits.get(plateId)?.has(item.productId!))) continue;
    const place = home.has(item.productId) ? 'own' : beside.has(item.productId) ? 'neighbour' : 'elsewhere';
    found[place] += likelihood;
  }
  const one = found.own + found.neighbour + found.elsewhere;
  if (!(one >= ONE_PRODUCT_MIN * all)) return null;
  const shares = placeShares(scene.places.picks, scene.settings);
  const byWeight = [
    found.own / shares.own,
    found.neighbour / shares.neighbour,
    found.elsewhere / shares.elsewhere,
  ];
  const sum = byWeight.reduce((total, value) => total + value, 0);
  if (Math.max(...byWeight) < TOLD_BY_WEIGHT_MIN * sum) return null;
  return { own: found.own / one, neighbour: found.neighbour / one, elsewhere: found.elsewhere / one };
}
