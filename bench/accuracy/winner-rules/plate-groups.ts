/**
 * One event of a shelf may be two things at once: plates that changed by more than a third of the lightest item are
 * grouped, two of them together where the planogram has one product on both, and each group is judged by itself.
 */
import type { Plate } from '../../../src/domain/index.ts';
import type { LivingPlanogram } from './living-planogram.ts';
import type { ShelfEvent } from './shelf-events.ts';

const ACTIVE_SHARE = 1 / 3;

export interface ChangedPlate {
  readonly plate: Plate;
  readonly deltaGrams: number;
}

export interface PlateGroup {
  readonly event: ShelfEvent;
  readonly plates: readonly ChangedPlate[];
  readonly deltaGrams: number;
}

function lightestGrams(event: ShelfEvent, planogram: LivingPlanogram): number {
  const weights = planogram.productsOfShelf(event.shelf).map(({ weightGrams }) => weightGrams ?? 0);
  const known = weights.filter((grams) => grams > 0);
  return known.length > 0 ? Math.min(...known) : 0;
}

function shareProduct(a: ChangedPlate, b: ChangedPlate, planogram: LivingPlanogram): boolean {
  const onB = planogram.productsOn(b.plate.plateId);
  return [...planogram.productsOn(a.plate.plateId)].some((product) => onB.has(product));
}

/** The groups of `event`; all plates in one where none of them changed enough by itself. */
export function plateGroups(event: ShelfEvent, planogram: LivingPlanogram): PlateGroup[] {
  const all = event.shelf.plates.map((plate, index) => ({ plate, deltaGrams: event.deltaGrams[index]! }));
  const activeGrams = ACTIVE_SHARE * lightestGrams(event, planogram);
  const active = all.filter(({ deltaGrams }) => Math.abs(deltaGrams) > activeGrams);
  let groups: ChangedPlate[][] = active.length > 0 ? [] : [all];
  for (const plate of active) {
    const isNear = (group: readonly ChangedPlate[]): boolean =>
      group.some((other) => shareProduct(plate, other, planogram));
    const near = groups.filter(isNear);
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), plate]];
  }
  return groups.map((plates) => ({
    event,
    plates,
    deltaGrams: plates.reduce((sum, { deltaGrams }) => sum + deltaGrams, 0),
  }));
}

/** @returns the plate of the group that changed most. */
export function mostChanged(group: PlateGroup): Plate {
  const [first, ...others] = group.plates;
  const abs = (changed: ChangedPlate): number => Math.abs(changed.deltaGrams);
  return others.reduce((most, next) => (abs(next) > abs(most) ? next : most), first!).plate;
}
