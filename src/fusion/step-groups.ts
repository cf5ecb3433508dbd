/**
 * A step group is one moment at which something was taken or put: steps of neighbouring plates close in time. Steps
 * of one plate that cancel each other (a push that ended, a thing taken and returned at once) are left out.
 */
import type { Interaction, InteractionId, PlateId, ShelfId, WeightStep } from '../domain/index.ts';

export interface StepGroup {
  readonly interactionId: InteractionId;
  readonly shelfId: ShelfId;
  readonly leftAtMs: number;
  readonly settledAtMs: number;
  /** One entry per plate, in the order of the shelf. */
  readonly plates: readonly GroupPlate[];
}

export interface GroupPlate {
  readonly plateId: PlateId;
  readonly position: number;
  readonly deltaGrams: number;
  readonly variance: number;
}

/** An item stands on at most three plates, and its plates change within a moment. */
const TOGETHER_PLATES = 2;
const TOGETHER_MS = 600;
const CANCEL_SIGMAS = 3;
/** What is put back to where it was taken never reads the same to the gram. */
const CANCEL_GRAMS = 4;

/** One way to read an interaction's steps; `pushes` are the levels that this reading takes for passing pushes. */
export interface Reading {
  readonly groups: readonly StepGroup[];
  readonly pushes: readonly WeightStep[];
}

/**
 * The ways to read an interaction: step by step, and, where a plate stepped more than once, by net change, which
 * takes the levels in between for hands that pressed.
 */
export function readingsOf(interaction: Interaction): Reading[] {
  const steps = withoutCancelled(interaction.steps);
  const stepwise: Reading = { groups: groupSteps(interaction, steps), pushes: [] };
  const net = netSteps(steps);
  if (net.pushes.length === 0) return [stepwise];
  return [stepwise, { groups: groupSteps(interaction, net.steps), pushes: net.pushes }];
}

/** Per plate one step from its first level to its last, at the time of its last step. */
function netSteps(steps: readonly WeightStep[]): { steps: WeightStep[]; pushes: WeightStep[] } {
  const net = new Map<PlateId, WeightStep>();
  const pushes: WeightStep[] = [];
  for (const step of steps) {
    const before = net.get(step.plateId);
    if (before) pushes.push(before);
    const deltaGrams = step.deltaGrams + (before?.deltaGrams ?? 0);
    const sigmaGrams = Math.max(step.sigmaGrams, before?.sigmaGrams ?? 0);
    net.set(step.plateId, { ...step, deltaGrams, sigmaGrams });
  }
  return { steps: [...net.values()], pushes };
}

/** Steps gathered by place and time, in order of time. */
function groupSteps(interaction: Interaction, unordered: readonly WeightStep[]): StepGroup[] {
  const position = new Map(interaction.changes.map((change, index) => [change.plateId, index]));
  const steps = unordered.toSorted((a, b) => a.settledAtMs - b.settledAtMs);
  const groups: WeightStep[][] = [];
  for (const step of steps) {
    const near = groups.find((group) => group.some((other) => belongTogether(step, other, position)));
    if (near) near.push(step);
    else groups.push([step]);
  }
  return groups.map((group) => toGroup(interaction, group, position));
}

function belongTogether(
  step: WeightStep,
  other: WeightStep,
  position: ReadonlyMap<PlateId, number>,
): boolean {
  if (step.plateId === other.plateId) return false;
  const apart = Math.abs((position.get(step.plateId) ?? 0) - (position.get(other.plateId) ?? 0));
  if (apart > TOGETHER_PLATES) return false;
  const gapMs = Math.max(step.leftAtMs, other.leftAtMs) - Math.min(step.settledAtMs, other.settledAtMs);
  return gapMs < TOGETHER_MS;
}

/** Removes neighbouring pairs on one plate that add up to nothing, innermost first. */
function withoutCancelled(steps: readonly WeightStep[]): WeightStep[] {
  const kept: WeightStep[] = [];
  const lastOfPlate = new Map<PlateId, WeightStep[]>();
  for (const step of steps) {
    const stack = lastOfPlate.get(step.plateId) ?? [];
    lastOfPlate.set(step.plateId, stack);
    const before = stack.at(-1);
    if (before && cancels(before, step)) stack.pop();
    else stack.push(step);
  }
  for (const stack of lastOfPlate.values()) kept.push(...stack);
  return kept;
}

function cancels(a: WeightStep, b: WeightStep): boolean {
  const sigma = Math.hypot(a.sigmaGrams, b.sigmaGrams);
  const rest = Math.abs(a.deltaGrams + b.deltaGrams);
  return a.deltaGrams * b.deltaGrams < 0 && rest < Math.max(CANCEL_SIGMAS * sigma, CANCEL_GRAMS);
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
