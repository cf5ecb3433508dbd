/** What an event changes about what lies where. */
import type { FusionScene } from './fusion-state.ts';
import { addForeign, addThing, isHome, removeThing } from './goods/place-belief.ts';
import type { GroupPlate } from './goods/step-groups.ts';
import { leavesThing, thingIdOf } from './stories/placed-things.ts';
import type { AppliedEvent, Option } from './stories/story.ts';

/** Expectations smaller than this are not worth remembering. */
const EXPECTED_MIN = 0.02;

/** Of a committed event: products that came to lie elsewhere, by every option, weighted by its probability. */
export function foreignAfter(scene: FusionScene, applied: AppliedEvent): void {
  const { plates } = applied.event.moment;
  const most = mostChanged(plates);
  applied.event.options.forEach((option, choice) => {
    const probability = applied.probabilities[choice]!;
    if (probability >= EXPECTED_MIN) moveForeign(scene, { option, probability, plates, most });
  });
}

/** Nameless things that came or went: what follows in the same contact asks for them already. */
export function thingsAfter(scene: FusionScene, applied: AppliedEvent): void {
  applied.event.options.forEach(({ outcome }, choice) => {
    if (outcome.thing && applied.probabilities[choice]! > 0.5) removeThing(scene.places, outcome.thing);
  });
  rememberThing(scene, applied);
}

function mostChanged(plates: readonly GroupPlate[]): GroupPlate {
  return plates.reduce((a, b) => (Math.abs(b.deltaGrams) > Math.abs(a.deltaGrams) ? b : a));
}

interface Placing {
  readonly option: Option;
  readonly probability: number;
  readonly plates: readonly GroupPlate[];
  readonly most: GroupPlate;
}

function moveForeign(scene: FusionScene, placing: Placing): void {
  for (const item of placing.option.outcome.items) {
    if (item.productId === null || isHome(scene.store, item.productId, placing.plates)) continue;
    const units = -item.count * placing.probability;
    addForeign(scene.places, placing.most.plateId, { productId: item.productId, units });
  }
}

/** Something nameless that came to lie there: remembered by its weight until it goes. */
function rememberThing(scene: FusionScene, applied: AppliedEvent): void {
  const { moment, options } = applied.event;
  let probability = 0;
  options.forEach(({ outcome }, choice) => {
    if (leavesThing(outcome)) probability += applied.probabilities[choice]!;
  });
  const grams = moment.plates.reduce((sum, plate) => sum + plate.deltaGrams, 0);
  if (grams <= 0 || probability < EXPECTED_MIN) return;
  const variance = moment.plates.reduce((sum, plate) => sum + plate.variance, 0);
  const { plateId } = mostChanged(moment.plates);
  addThing(scene.places, { thingId: thingIdOf(moment), plateId, grams, variance, probability });
}
