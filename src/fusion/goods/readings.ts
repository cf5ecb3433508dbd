/**
 * How an interaction may be read: which levels between steps were real, which only a hand that pressed, which a body that
 * leaned, and which steps are parts of one thing.
 */
import type { Interaction, WeightStep } from '../../domain/index.ts';
import { leansIn } from './leans.ts';
import type { Lean } from './leans.ts';
import { levelsBetween, withoutBrief, withoutLevel } from './levels.ts';
import type { Level, LevelBetween, OneHand } from './levels.ts';
import { groupSteps, TOGETHER_PLATES } from './step-groups.ts';
import type { StepGroup } from './step-groups.ts';

/** One way to read an interaction: which levels between steps were real, and which only a hand or a body pressing. */
export interface Reading {
  readonly groups: readonly StepGroup[];
  readonly real: readonly Level[];
  readonly pushes: readonly Level[];
  readonly leans: readonly Lean[];
}

/** ≤ 64 readings of an interaction, each with ≤ `JOINED_MAX` more; of more levels only the shortest are doubted. */
const DOUBTED_LEVELS_MAX = 4;
/** More steps than this in one contact are hands all over the shelf, not goods one by one. */
const STEPS_READ_MAX = 48;

/**
 * The ways to read an interaction. Wherever a plate stepped more than once, the level in between was real (two things
 * happened) or a push (one thing happened, and a hand pressed meanwhile); what rose and fell together on several plates was
 * real, or a lean.
 */
export function readingsOf(interaction: Interaction, isOneHand: OneHand = () => true): Reading[] {
  const steps = withoutBrief(interaction, isOneHand);
  const levels = levelsBetween(steps);
  if (steps.length > STEPS_READ_MAX) return [netReading(interaction, steps, levels)];
  const leans = leansIn(interaction, levels);
  const leant = new Set(leans.flatMap((lean) => lean.levels));
  const doubted = levels
    .filter((level) => !leant.has(level) && isOneHand(level.before, level.after))
    .toSorted((a, b) => a.lastedMs - b.lastedMs)
    .slice(0, DOUBTED_LEVELS_MAX);
  const readings = choicesOf([...doubted, ...leans]).map((chosen): Reading => {
    const pushes = doubted.filter((level) => chosen.has(level));
    const leanings = leans.filter((lean) => chosen.has(lean));
    const gone = [...pushes, ...leanings.flatMap((lean) => lean.levels)];
    const real = levels.filter((level) => !gone.includes(level));
    const kept = gone.reduce((left, level) => withoutLevel(interaction, left, level), steps);
    return { groups: groupSteps(interaction, kept), real, pushes, leans: leanings };
  });
  return readings.flatMap((reading) => [reading, ...joinedReadings(reading)]);
}

/** All subsets. */
function choicesOf<Item>(items: readonly Item[]): Set<Item>[] {
  return Array.from(
    { length: 1 << items.length },
    (_, mask) => new Set(items.filter((__, index) => (mask >> index) & 1)),
  );
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
  return { groups: groupSteps(interaction, net), real: [], pushes: levels, leans: [] };
}
