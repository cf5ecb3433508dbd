/** Learning from settled visits: what units weigh, from picks that are beyond doubt. */
import type { VisitId } from '../domain/index.ts';
import type { FusionState } from './fusion-state.ts';
import { learnWeight, listedProbability, logProductWeight, logUnits } from './goods/weight-belief.ts';
import { optionProbabilities } from './stories/stories.ts';
import type { Group, Moment, Option } from './stories/story.ts';

/** Only what is this sure teaches anything. */
const TEACHES_MIN = 0.98;

/** Moves what is believed of catalogue weights by the sure picks of `visit`. */
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
  const weight = state.weights.get(item.productId);
  if (!weight?.listed) return;
  let grams = 0;
  let variance = 0;
  for (const plate of moment.plates) {
    grams -= plate.deltaGrams;
    variance += plate.variance;
  }
  const weighed = { grams, count: item.count, variance };
  // A pick that a weight other than the catalogue's explains says nothing of the catalogue's.
  const logListed = Math.log(listedProbability(weight)) + logUnits(weight.listed, weighed);
  if (Math.exp(logListed - logProductWeight(weight, weighed)) < TEACHES_MIN) return;
  const listed = learnWeight(weight.listed, { grams, count: item.count, sensorVariance: variance });
  state.weights.set(item.productId, { ...weight, listed });
}
