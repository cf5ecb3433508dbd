/** Everybody who may have done something at a moment, each with what may have been moved if they did it. */
import type { VisitId } from '../domain/index.ts';
import type { FusionScene } from './fusion-state.ts';
import { outcomesOf } from './goods/outcomes.ts';
import type { StepGroup } from './goods/step-groups.ts';
import { bodyOf } from './people/bodies.ts';
import type { PersonShare } from './people/person-shares.ts';
import type { Doer } from './stories/options.ts';
import { isHeldByStories } from './stories/placed-things.ts';
import { weighedTakes } from './stories/weighed-takes.ts';

export function doersOf(state: FusionScene, stepGroup: StepGroup, shares: readonly PersonShare[]): Doer[] {
  const { store, places, weights, settings } = state;
  const { plates, beside } = stepGroup;
  const isInStories = (thingId: string): boolean => isHeldByStories(state.groups, thingId);
  const world = { store, places, weights, settings, isInStories };
  // What only went is the same whoever took it; what came depends on what they had.
  const cameBack = plates.some(({ deltaGrams }) => deltaGrams > 0);
  const taken = cameBack ? null : outcomesOf({ ...world, held: new Map(), isCrew: false }, plates, beside);
  return shares.map((share) => {
    const isCrew = isCrewBody(state, share.visitId);
    const held = taken || isCrew ? new Map() : weighedTakes(state.groups, share.visitId);
    return { ...share, isCrew, outcomes: taken ?? outcomesOf({ ...world, held, isCrew }, plates, beside) };
  });
}

/** Whoever did not come in through an entrance works here. */
function isCrewBody(state: FusionScene, visit: VisitId | null): boolean {
  return bodyOf(state.bodies, visit)?.enteredAs === null;
}
