/** What a committed event changes about what lies where. */
import type { AppliedEvent } from '../apply-interaction.ts';
import type { FusionState } from '../fusion-state.ts';
import type { Option } from '../stories/stories.ts';
import { addForeign, addThing, isHome, removeThing } from './place-belief.ts';
import type { GroupPlate } from './step-groups.ts';

/** Expectations smaller than this are not worth remembering. */
const EXPECTED_MIN = 0.02;

/** Moves the place belief by every option of the event, weighted by its probability. */
export function placesAfter(state: FusionState, applied: AppliedEvent): void {
  const { plates } = applied.event.moment;
  const most = plates.reduce((a, b) => (Math.abs(b.deltaGrams) > Math.abs(a.deltaGrams) ? b : a));
  applied.event.options.forEach((option, choice) => {
    const probability = applied.probabilities[choice]!;
    if (probability < EXPECTED_MIN) return;
    if (option.outcome.thing && probability > 0.5) removeThing(state.places, option.outcome.thing);
    moveForeign(state, { option, probability, plates, most });
  });
  rememberThing(state, applied, most);
}

interface Placing {
  readonly option: Option;
  readonly probability: number;
  readonly plates: readonly GroupPlate[];
  readonly most: GroupPlate;
}

function moveForeign(state: FusionState, placing: Placing): void {
  for (const item of placing.option.outcome.items) {
    if (item.productId === null || isHome(state.store, item.productId, placing.plates)) continue;
    const units = -item.count * placing.probability;
    addForeign(state.places, placing.most.plateId, { productId: item.productId, units });
  }
}

/** Something nameless that came to lie there: remembered by its weight until it goes. */
function rememberThing(state: FusionState, applied: AppliedEvent, most: GroupPlate): void {
  const { moment, options } = applied.event;
  let probability = 0;
  options.forEach((option, choice) => {
    const came = option.outcome.items.some((item) => item.productId === null && item.count < 0);
    const stayed = option.outcome.kind === 'nothing';
    if (came || stayed) probability += applied.probabilities[choice]!;
  });
  const grams = moment.plates.reduce((sum, plate) => sum + plate.deltaGrams, 0);
  if (grams <= 0 || probability < EXPECTED_MIN) return;
  const variance = moment.plates.reduce((sum, plate) => sum + plate.variance, 0);
  addThing(state.places, { plateId: most.plateId, grams, variance, probability });
}
