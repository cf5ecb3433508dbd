/**
 * A step group is one moment at which something was taken or put: steps of neighbouring plates close in time. Steps
 * of one plate that cancel each other (a push that ended, a thing taken and returned at once) are left out.
 */
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
const TOGETHER_PLATES = 1;
const TOGETHER_MS = 350;
/** A hand on a thing that stands on two plates presses first; on the plate that bears less, that looks like the step. */
const PRESSED_MS = 550;
/** A level that comes and goes within this is a hand's pressing or lifting; any longer one is doubted, not left out. */
const BRIEF_MS = 500;
const CANCEL_SIGMAS = 3;
/** What is put back to where it was taken never reads the same to the gram. */
const CANCEL_GRAMS = 4;

/** A level between two steps of one plate, which may have been a passing push. */
export interface Level {
  readonly deltaGrams: number;
  readonly lastedMs: number;
}

/** One way to read an interaction: which levels between steps were real, and which only a hand pressing. */
export interface Reading {
  readonly groups: readonly StepGroup[];
  readonly real: readonly Level[];
  readonly pushes: readonly Level[];
}

/** True where one hand may have made both steps: what two people did is never a push that ended. */
export type OneHand = (a: WeightStep, b: WeightStep) => boolean;

/** ≤ 16 readings of an interaction, each with ≤ `JOINED_MAX` more; of more levels only the shortest are doubted. */
const DOUBTED_LEVELS_MAX = 4;
/** More steps than this in one contact are hands all over the shelf, not goods one by one. */
const STEPS_READ_MAX = 48;

/**
 * The ways to read an interaction. Wherever a plate stepped more than once, the level in between was real (two things
 * happened) or a push (one thing happened, and a hand pressed meanwhile).
 */
export function readingsOf(interaction: Interaction, isOneHand: OneHand = () => true): Reading[] {
  const steps = withoutCancelled(interaction, isOneHand);
  const levels = levelsBetween(steps);
  if (steps.length > STEPS_READ_MAX) return [netReading(interaction, steps, levels)];
  const doubted = levels
    .filter(({ before, after }) => isOneHand(before, after))
    .toSorted((a, b) => a.lastedMs - b.lastedMs)
    .slice(0, DOUBTED_LEVELS_MAX);
  const readings: Reading[] = [];
  for (let mask = 0; mask < 1 << doubted.length; mask++) {
    const pushes = doubted.filter((_, index) => (mask >> index) & 1);
    const real = levels.filter((level) => !pushes.includes(level));
    const kept = pushes.reduce((left, push) => withoutLevel(interaction, left, push), steps);
    readings.push({ groups: groupSteps(interaction, kept), real, pushes });
  }
  return readings.flatMap((reading) => [reading, ...joinedReadings(reading)]);
}

/** A plate that held the small part of a thing may settle this much later than the others. */
const LATE_PART_MS = 1500;
const JOINED_MAX = 3;

/** The same reading with two neighbouring groups as one moment, for each pair that may be the parts of one thing. */
function joinedReadings(reading: Reading): Reading[] {
  const joined: Reading[] = [];
  reading.groups.forEach((one, index) => {
    for (const other of reading.groups.slice(index + 1)) {
      if (joined.length >= JOINED_MAX || !mayBeParts(one, other)) continue;
      const rest = reading.groups.filter((group) => group !== one && group !== other);
      const groups = [...rest, joinGroups(one, other)].sort((a, b) => a.settledAtMs - b.settledAtMs);
      joined.push({ ...reading, groups });
    }
  });
  return joined;
}

const gramsOf = (group: StepGroup): number => group.plates.reduce((sum, plate) => sum + plate.deltaGrams, 0);

function mayBeParts(one: StepGroup, other: StepGroup): boolean {
  if (Math.abs(one.settledAtMs - other.settledAtMs) > LATE_PART_MS) return false;
  if (gramsOf(one) * gramsOf(other) <= 0) return false;
  if (one.plates.some(({ plateId }) => other.plates.some((plate) => plate.plateId === plateId))) return false;
  return one.plates.some(({ position }) =>
    other.plates.some((plate) => Math.abs(plate.position - position) <= TOGETHER_PLATES),
  );
}

/** Two groups as one, at the time of the one that changed more: a small part settles late. */
function joinGroups(one: StepGroup, other: StepGroup): StepGroup {
  const larger = Math.abs(gramsOf(one)) >= Math.abs(gramsOf(other)) ? one : other;
  const plates = [...one.plates, ...other.plates].sort((a, b) => a.position - b.position);
  const { interactionId, shelfId, leftAtMs, settledAtMs } = larger;
  return { interactionId, shelfId, leftAtMs, settledAtMs, plates };
}

/** A tangle of pushes: only what each plate came to in the end is read. */
function netReading(
  interaction: Interaction,
  steps: readonly WeightStep[],
  levels: readonly LevelBetween[],
): Reading {
  const net = levels.reduce((left, level) => withoutLevel(interaction, left, level), [...steps]);
  return { groups: groupSteps(interaction, net), real: [], pushes: levels };
}

interface LevelBetween extends Level {
  readonly before: WeightStep;
  readonly after: WeightStep;
}

function levelsBetween(steps: readonly WeightStep[]): LevelBetween[] {
  const levels: LevelBetween[] = [];
  const last = new Map<PlateId, WeightStep>();
  for (const step of steps) {
    const before = last.get(step.plateId);
    if (before) {
      const lastedMs = step.leftAtMs - before.settledAtMs;
      levels.push({ before, after: step, deltaGrams: before.deltaGrams, lastedMs });
    }
    last.set(step.plateId, step);
  }
  return levels;
}

/** The steps with the two around `level` made one, at the time of the one that changed more. */
function withoutLevel(
  interaction: Interaction,
  steps: readonly WeightStep[],
  level: LevelBetween,
): WeightStep[] {
  const { plateId } = level.after;
  const at = steps.findIndex(
    (step) => step.plateId === plateId && step.settledAtMs === level.after.settledAtMs,
  );
  const before = steps.findLastIndex((step, index) => index < at && step.plateId === plateId);
  if (at < 0 || before < 0) return [...steps];
  const a = steps[before]!;
  const b = steps[at]!;
  const larger = Math.abs(a.deltaGrams) > Math.abs(b.deltaGrams) ? a : b;
  const isWhole = steps.filter((step) => step.plateId === plateId).length === 2;
  const joined: WeightStep = {
    ...b,
    leftAtMs: larger.leftAtMs,
    deltaGrams: a.deltaGrams + b.deltaGrams,
    sigmaGrams: jointSigma(interaction, { a, b, isWhole }),
  };
  const isNothing = isNearNothing(joined.deltaGrams, joined.sigmaGrams);
  const inPlace = isNothing ? [] : [joined];
  return steps.flatMap((step, index) => (index === before ? [] : index === at ? inPlace : [step]));
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

interface StepPair {
  readonly a: WeightStep;
  readonly b: WeightStep;
  /** True where the two are all that the plate did. */
  readonly isWhole: boolean;
}

/**
 * Spread of two following steps of a plate taken together. The level between them counts once up and once down: its
 * error cancels out, however short and shaken it was. Where the two are all that the plate did, its change says how
 * sure their sum is.
 */
function jointSigma(interaction: Interaction, { a, b, isWhole }: StepPair): number {
  const change = interaction.changes.find(({ plateId }) => plateId === a.plateId);
  return isWhole && change ? change.sigmaGrams : Math.max(a.sigmaGrams, b.sigmaGrams);
}

/** Removes neighbouring pairs on one plate that add up to nothing, innermost first. */
function withoutCancelled(interaction: Interaction, isOneHand: OneHand): WeightStep[] {
  const { steps } = interaction;
  const kept: WeightStep[] = [];
  const lastOfPlate = new Map<PlateId, WeightStep[]>();
  for (const step of steps) {
    const stack = lastOfPlate.get(step.plateId) ?? [];
    lastOfPlate.set(step.plateId, stack);
    const before = stack.at(-1);
    const isWhole = stack.length === 1 && steps.findLast(({ plateId }) => plateId === step.plateId) === step;
    const pair = before && { a: before, b: step, isWhole };
    const isBrief = before !== undefined && step.leftAtMs - before.settledAtMs <= BRIEF_MS;
    if (pair && isBrief && cancels(interaction, pair) && isOneHand(pair.a, pair.b)) stack.pop();
    else stack.push(step);
  }
  for (const stack of lastOfPlate.values()) kept.push(...stack);
  return kept.sort((a, b) => a.settledAtMs - b.settledAtMs);
}

function cancels(interaction: Interaction, pair: StepPair): boolean {
  const { a, b } = pair;
  if (a.deltaGrams * b.deltaGrams >= 0) return false;
  return isNearNothing(a.deltaGrams + b.deltaGrams, jointSigma(interaction, pair));
}

function isNearNothing(deltaGrams: number, sigmaGrams: number): boolean {
  return Math.abs(deltaGrams) < Math.max(CANCEL_SIGMAS * sigmaGrams, CANCEL_GRAMS);
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
