/** A step group is one moment at which something was taken or put: steps of neighbouring plates close in time. */
import type { Interaction, InteractionId, PlateId, ShelfId, WeightStep } from '../../domain/index.ts';

export interface StepGroup {
  readonly interactionId: InteractionId;
  readonly shelfId: ShelfId;
  readonly leftAtMs: number;
  readonly settledAtMs: number;
  /** One entry per plate, in the order of the shelf. */
  readonly plates: readonly GroupPlate[];
  /**
   * Neighbouring plates that changed the same way without a step of their own: cross-talk, or the small part of
   * something that stands on them too. None where that is missing.
   */
  readonly beside?: readonly GroupPlate[];
}

export interface GroupPlate {
  readonly plateId: PlateId;
  readonly position: number;
  readonly deltaGrams: number;
  readonly variance: number;
}

/** An item stands on neighbouring plates, and its plates change in one moment. */
export const TOGETHER_PLATES = 1;
const TOGETHER_MS = 350;
/** A hand on a thing that stands on two plates presses first; on the plate that bears less, that looks like the step. */
const PRESSED_MS = 550;

/** Steps gathered by place and time, in order of time. */
export function groupSteps(interaction: Interaction, unordered: readonly WeightStep[]): StepGroup[] {
  const position = new Map(interaction.changes.map((change, index) => [change.plateId, index]));
  const steps = unordered.toSorted((a, b) => a.settledAtMs - b.settledAtMs);
  const groups: WeightStep[][] = [];
  for (const step of steps) {
    const near = groups.find((group) => group.some((other) => belongTogether(step, other, position)));
    if (near) near.push(step);
    else groups.push([step]);
  }
  const told = groups.map((group) => toGroup(interaction, group, position));
  return told.map((group) => withBeside(interaction, group, told));
}

/** Changes smaller than this many of their standard deviations are none. */
const BESIDE_SIGMAS = 3;

/** A neighbour's change belongs to the one group beside it; between two it is anybody's, and left out. */
function withBeside(interaction: Interaction, group: StepGroup, all: readonly StepGroup[]): StepGroup {
  const isOf = (each: StepGroup, position: number): boolean =>
    each.plates.some((plate) => Math.abs(plate.position - position) <= TOGETHER_PLATES);
  const grams = group.plates.reduce((sum, plate) => sum + plate.deltaGrams, 0);
  const beside = interaction.changes.flatMap(
    ({ plateId, deltaGrams, sigmaGrams }, position): GroupPlate[] => {
      if (deltaGrams * grams <= 0 || Math.abs(deltaGrams) < BESIDE_SIGMAS * sigmaGrams) return [];
      const groups = all.filter((each) => isOf(each, position));
      if (groups.length !== 1 || groups[0] !== group) return [];
      if (interaction.steps.some((step) => step.plateId === plateId)) return [];
      return [{ plateId, position, deltaGrams, variance: sigmaGrams * sigmaGrams }];
    },
  );
  return beside.length > 0 ? { ...group, beside } : group;
}

function belongTogether(
  step: WeightStep,
  other: WeightStep,
  position: ReadonlyMap<PlateId, number>,
): boolean {
  if (step.plateId === other.plateId) return false;
  const apart = Math.abs((position.get(step.plateId) ?? 0) - (position.get(other.plateId) ?? 0));
  if (apart > TOGETHER_PLATES) return false;
  const togetherMs = step.deltaGrams * other.deltaGrams > 0 ? PRESSED_MS : TOGETHER_MS;
  const apartMs = Math.min(
    Math.abs(step.leftAtMs - other.leftAtMs),
    Math.abs(step.settledAtMs - other.settledAtMs),
  );
  return apartMs <= togetherMs;
}

function toGroup(
  interaction: Interaction,
  steps: readonly WeightStep[],
  position: ReadonlyMap<PlateId, number>,
): StepGroup {
  const byPlate = new Map<PlateId, GroupPlate>();
  for (const step of steps) {
    const before = byPlate.get(step.plateId);
    byPlate.set(step.plateId, {
      plateId: step.plateId,
      position: position.get(step.plateId) ?? 0,
      deltaGrams: step.deltaGrams + (before?.deltaGrams ?? 0),
      variance: step.sigmaGrams * step.sigmaGrams + (before?.variance ?? 0),
    });
  }
  return {
    interactionId: interaction.interactionId,
    shelfId: interaction.shelfId,
    leftAtMs: Math.min(...steps.map((step) => step.leftAtMs)),
    settledAtMs: Math.max(...steps.map((step) => step.settledAtMs)),
    plates: [...byPlate.values()].sort((a, b) => a.position - b.position),
  };
}
