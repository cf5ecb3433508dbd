/**
 * Where a hand stayed over a plate that does not work, something may have been taken that nobody weighed. The event has
 * an option for one unit of each product that belongs there, and one for nothing:
 *
 *   P(took p) = P(took) · P(person) · P(p | plate)
 */
import type { EpochMs } from '../../base/index.ts';
import { interactionId } from '../../domain/index.ts';
import type { PlateId, ProductId, VisitId } from '../../domain/index.ts';
import { productsAt } from '../goods/place-belief.ts';
import type { PlaceScene } from '../goods/place-belief.ts';
import type { FusedEvent, Option } from './story.ts';

/** A hand stayed over plates that do not work, and nothing that was weighed says all of why. */
export interface UnweighedReach {
  /** Over which of them, most of all first; shares sum to 1. */
  readonly plates: readonly { readonly plateId: PlateId; readonly share: number }[];
  /** The middle of what nothing explains, by the cameras' clock. */
  readonly atMs: EpochMs;
  /** Whose hand it was; sums to at most 1. */
  readonly visitShares: readonly { readonly visitId: VisitId; readonly share: number }[];
  /** How long the hand was over these plates rather than others, without a step that explains it. */
  readonly dwellMs: number;
  /** P(something was taken that no working plate weighed). */
  readonly tookShare: number;
}

/** Products that lie there with less than this are left out: they are part of the doubt. */
const PLACE_MIN = 0.01;

/** The event of the reach. */
export function unweighedEvent(scene: PlaceScene, reach: UnweighedReach): FusedEvent {
  const { atMs, tookShare, visitShares } = reach;
  const plates = reach.plates.map(({ plateId }) => ({ plateId, position: 0, deltaGrams: 0, variance: 0 }));
  const there = productsOver(scene, reach);
  const taken = visitShares.flatMap(({ visitId, share }) =>
    [...there].map(([product, place]) => took(product, { visitId, share: tookShare * share * place })),
  );
  const logLikelihood = Math.log(1 - tookShare);
  const nothing: Option = {
    outcome: { kind: 'nothing', items: [], logLikelihood, isMisplaced: false, thing: null },
    deeds: [],
    logLikelihood,
  };
  const moment = {
    interactionId: interactionId(`unweighed at ${reach.plates[0]?.plateId} at ${atMs}`),
    leftAtMs: atMs,
    settledAtMs: atMs,
    plates,
  };
  return { moment, options: [nothing, ...taken] };
}

/** P(product) of what was taken there, if anything. */
function productsOver(scene: PlaceScene, { plates }: UnweighedReach): Map<ProductId, number> {
  const found = new Map<ProductId, number>();
  for (const { plateId, share } of plates) {
    const plate = { plateId, position: 0, deltaGrams: 0, variance: 0 };
    for (const [product, place] of productsAt(scene, [plate]))
      if (place >= PLACE_MIN) found.set(product, (found.get(product) ?? 0) + share * place);
  }
  return found;
}

function took(productId: ProductId, by: { readonly visitId: VisitId; readonly share: number }): Option {
  const logLikelihood = Math.log(by.share);
  const items = [{ productId, count: 1 }];
  return {
    outcome: { kind: 'taken', items, logLikelihood, isMisplaced: false, thing: null },
    deeds: [{ visitId: by.visitId, items, kind: 'pick' }],
    logLikelihood,
  };
}
