/**
 * Whose hand it was, by everybody's position: P(person) for a reach. Somebody whom no camera follows is a candidate
 * too. Within one interaction the same reach is asked for by many readings; it is worked out once.
 */
import { present } from '../../base/index.ts';
import { logSumExp } from '../../kernel/index.ts';
import type { VisitId } from '../../domain/index.ts';
import type { FusionScene } from '../fusion-state.ts';
import { everybody } from './bodies.ts';
import { knownReachLog } from './known-reach.ts';
import type { KnownWindow } from './known-reach.ts';
import { placeIn } from './reach-memory.ts';
import type { StepGroup } from '../goods/step-groups.ts';

export interface PersonShare {
  /** Null: somebody unseen, or nobody. */
  readonly visitId: VisitId | null;
  /** ln P(this person | one of all these people did it). */
  readonly logShare: number;
  /** ln P(what was seen of this person | they reached there) / P(the same | they did not); of each person alone. */
  readonly logReach: number;
}

/** Where and when a hand must have been. */
export type ReachPlace = Pick<StepGroup, 'leftAtMs' | 'settledAtMs'> & {
  readonly plates: readonly Pick<StepGroup['plates'][number], 'plateId'>[];
};

export type SharesOf = (place: ReachPlace) => readonly PersonShare[];

/** Share of reaches by somebody whom no camera follows. */
const UNSEEN_PRIOR = 0.02;
/** P(the hand of somebody who is not reaching there is seen in a plate's very space at a given moment). */
const BACKGROUND_SHARE = 0.02;

/** P(person) for any reach in `scene`, remembered as long as the function is kept: nobody may move meanwhile. */
export function sharesIn(scene: FusionScene): SharesOf {
  const known = new Map<string, readonly PersonShare[]>();
  return (place) => {
    const plates = place.plates.map(({ plateId }) => plateId).join(' ');
    const name = `${place.leftAtMs} ${place.settledAtMs} ${plates}`;
    const shares = known.get(name) ?? personShares(scene, place, name);
    known.set(name, shares);
    return shares;
  };
}

/** P(person) for a reach, by everybody's position; people too improbable are left out. */
function personShares(scene: FusionScene, place: ReachPlace, name: string): PersonShare[] {
  const { settings, bodies } = scene;
  const window = reachWindow(scene, place);
  const asked = { memory: bodies.reaches, place: placeIn(bodies.reaches, name), window, settings };
  const background = Math.log(BACKGROUND_SHARE);
  const visits: (VisitId | null)[] = [null];
  const logs = [Math.log(UNSEEN_PRIOR) + settings.unseenLogLikelihood - background];
  for (const body of everybody(bodies)) {
    visits.push(body.visitId);
    logs.push(knownReachLog(asked, body) - background);
  }
  const total = logSumExp(logs, logs.length);
  const logMin = Math.log(settings.candidateShareMin);
  const shares: PersonShare[] = [];
  logs.forEach((logReach, index) => {
    const logShare = logReach - total;
    if (logShare > logMin) shares.push({ visitId: visits[index]!, logReach, logShare });
  });
  return shares;
}

/** The window and spaces of a reach. */
export function reachWindow(scene: FusionScene, place: ReachPlace): KnownWindow {
  const spaces = place.plates.map(
    (plate) => present(scene.store.layout.plateById.get(plate.plateId), 'FUSION_PLATE_UNKNOWN').reach,
  );
  return {
    fromMs: place.leftAtMs,
    toMs: place.settledAtMs,
    spaces,
    clock: scene.clock,
    spread: scene.bodies.reachSpread,
  };
}
