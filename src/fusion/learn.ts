/** Learning from settled visits: what units weigh, from picks that are beyond doubt. */
import type { VisitId } from '../domain/index.ts';
import type { FusionState } from './fusion-state.ts';
import { optionProbabilities } from './stories/stories.ts';
import type { Group, Moment, Option } from './stories/stories.ts';
import { learnWeight } from './goods/weight-belief.ts';

/** Only what is this sure teaches anything. */
const TEACHES_MIN = 0.98;

/** Moves the weight beliefs by the sure picks of `visit`. */
export function learnFromVisit(state: FusionState, group: Group, visit: VisitId): void {
  group.events.forEach((event, index) => {
    const probabilities = optionProbabilities(group, index);
    event.options.forEach((option, choice) => {
      if (
        probabilities[choice]! >= TEACHES_MIN &&
        option.deeds.length === 1 &&
        option.deeds[0]!.visitId === visit
      )
        learnFromOption(state, event.moment, option);
    });
  });
}

function learnFromOption(state: FusionState, moment: Moment, option: Option): void {
  const [item, second] = option.outcome.items;
  if (!item || second || item.productId === null || item.count <= 0) return;
  const belief = state.weights.get(item.productId);
  if (!belief) return;
  let grams = 0;
  let sensorVariance = 0;
  for (const plate of moment.plates) {
    grams -= plate.deltaGrams;
    sensorVariance += plate.variance;
  }
  state.weights.set(item.productId, learnWeight(belief, { grams, count: item.count, sensorVariance }));
}
