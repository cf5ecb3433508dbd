/**
 * Leans: a body's weight rests on neighbouring plates, sways, and goes again. On every plate it looks like something that
 * was put there and taken away, in several goes; that all of it came at one moment and went at another tells what it was.
 * Each lean is doubted as one: told plate by plate, each plate's rise would have to be an unlikely push of its own.
 */
import type { Interaction, PlateId, WeightStep } from '../../domain/index.ts';
import { isNearNothing } from './levels.ts';
import type { LevelBetween } from './levels.ts';

export interface Lean {
  /** Everything between its coming and its going, on all its plates. */
  readonly levels: readonly LevelBetween[];
  readonly plateCount: number;
  /** What rested on all plates together. */
  readonly grams: number;
}

/** A single plate shows this much at least; a finger is a push like any other. */
const GRAMS_MIN = 60;
/** A body comes and goes within this, on all plates. */
const AT_ONCE_MS = 400;
/** The plates of a lean are neighbours, or have one between them that does not work. */
const GAP_PLATES = 2;
/** More than these in one contact are nobody's reading. */
const LEANS_MAX = 2;

/** What one plate carried for a while. */
interface Load {
  readonly position: number;
  readonly levels: readonly LevelBetween[];
  readonly came: WeightStep;
  readonly went: WeightStep;
}

/** The leans of an interaction, heaviest first, at most `LEANS_MAX`; on two plates at least. */
export function leansIn(interaction: Interaction, levels: readonly LevelBetween[]): Lean[] {
  const position = new Map(interaction.changes.map(({ plateId }, index) => [plateId, index]));
  const byPlate = Map.groupBy(levels, ({ before }) => before.plateId);
  const loads = [...byPlate].flatMap(([plate, own]) => loadsOn(own, positionOf(position, plate)));
  const together: Load[][] = [];
  for (const load of loads.toSorted((a, b) => a.position - b.position)) {
    const near = together.find((others) => others.some((other) => isOneBody(load, other)));
    if (near) near.push(load);
    else together.push([load]);
  }
  return together
    .filter((parts) => parts.length > 1)
    .map(leanOf)
    .sort((a, b) => b.grams - a.grams)
    .slice(0, LEANS_MAX);
}

function positionOf(position: ReadonlyMap<PlateId, number>, plate: PlateId): number {
  return position.get(plate) ?? 0;
}

/** From every rise to the first moment at which the plate is as it was. */
function loadsOn(levels: readonly LevelBetween[], position: number): Load[] {
  const loads: Load[] = [];
  for (let from = 0; from < levels.length;) {
    const load = loadFrom(levels, from, position);
    if (load) loads.push(load);
    from += load?.levels.length ?? 1;
  }
  return loads;
}

function loadFrom(levels: readonly LevelBetween[], from: number, position: number): Load | null {
  const came = levels[from]!.before;
  if (came.deltaGrams < GRAMS_MIN) return null;
  let left = came.deltaGrams;
  for (let to = from; to < levels.length; to++) {
    const went = levels[to]!.after;
    left += went.deltaGrams;
    if (isNearNothing(left, Math.max(came.sigmaGrams, went.sigmaGrams)))
      return { position, levels: levels.slice(from, to + 1), came, went };
  }
  return null;
}

function isOneBody(a: Load, b: Load): boolean {
  return (
    Math.abs(a.position - b.position) <= GAP_PLATES &&
    Math.abs(a.came.settledAtMs - b.came.settledAtMs) <= AT_ONCE_MS &&
    Math.abs(a.went.settledAtMs - b.went.settledAtMs) <= AT_ONCE_MS
  );
}

function leanOf(parts: readonly Load[]): Lean {
  return {
    levels: parts.flatMap(({ levels }) => levels),
    plateCount: parts.length,
    grams: parts.reduce((sum, { came }) => sum + came.deltaGrams, 0),
  };
}
